"""The `meso` command. Importing this package loads nothing: every command imports what it needs."""


def main() -> None:
    """Entry point; see `app.py` for the commands and their exit codes."""
    from adapter.cli.app import app  # noqa: PLC0415 - a command starts fast

    app()
