"""`meso serve`: uvicorn on the application, one process.

With a demo folder also the invented GP sources, each on a free port, so that a consultation of
the GP record has somewhere to go.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

import uvicorn

from adapter.cli.folder import RegionFolder
from adapter.cli.opening import NotMigratedError, opened
from adapter.cli.output import fail, say
from adapter.cli.sources import serve_sources
from adapter.settings import Settings
from adapter.store import parties


def run(host: str | None, port: int | None, region: Path | None) -> None:
    """Serve until stopped; exit code 2 when there is no installation."""
    settings = _settings(host, port, region)
    try:
        with opened(settings):
            pass
    except NotMigratedError:
        fail("Hier is nog geen installatie. Draai eerst `meso migrate` of `meso demo`.")
    with ExitStack() as stack:
        if region is not None:
            stack.enter_context(_gp_sources(settings, RegionFolder(region)))
        say(f"De adapter luistert op {settings.public_base}")
        # The one step upwards: a command starts the application (layers: app above cli).
        build = import_module("adapter.app").build
        uvicorn.run(
            build(settings),
            host=settings.listen_host,
            port=settings.listen_port,
            loop="uvloop",
            http="httptools",
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=10,
        )


def _settings(host: str | None, port: int | None, region: Path | None) -> Settings:
    known = Settings()
    host, port = host or known.listen_host, known.listen_port if port is None else port
    same = (host, port) == (known.listen_host, known.listen_port)
    base = known.public_base if same else f"http://{host}:{port}"
    if region is not None:
        return RegionFolder(region).settings(base=base, host=host, port=port)
    return known.model_copy(update={"public_base": base, "listen_host": host, "listen_port": port})


@contextmanager
def _gp_sources(settings: Settings, folder: RegionFolder) -> Iterator[None]:
    try:
        about = folder.about()
    except FileNotFoundError:
        fail("Deze map is niet door `meso demo` gemaakt.")
    with serve_sources(about) as sources, opened(settings) as installation:
        for ura, base in sources.items():
            installation.store.write(
                lambda connection, ura=ura, base=base: parties.set_record_source(  # type: ignore[misc] # bound per turn
                    connection, ura, base
                )
            )
        yield
