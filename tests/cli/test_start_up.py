"""The command starts fast and says what it can do."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app

_HEAVY = ("sqlalchemy", "fastapi", "httpx", "joserfc", "fhir", "rich.progress", "uvicorn")


def test_help_loads_nothing_that_does_the_work() -> None:
    code = (
        "import sys\n"
        "from adapter.cli.app import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not set(_HEAVY) & set(ran.stderr.decode().split())


@pytest.mark.parametrize(
    "words",
    [
        ["serve"],
        ["migrate"],
        ["demo"],
        ["token"],
        ["explain"],
        ["client", "add"],
        ["audit", "verify"],
        ["audit", "anchor"],
        ["audit", "report"],
        ["sync", "add"],
        ["sync", "push"],
        ["sync", "status"],
    ],
    ids=" ".join,
)
def test_every_command_explains_itself(runner: CliRunner, words: list[str]) -> None:
    assert runner.invoke(app, [*words, "--help"]).exit_code == 0


def test_a_command_that_does_not_exist_is_wrong_use(runner: CliRunner) -> None:
    assert runner.invoke(app, ["nietbestaand"]).exit_code == 2
