"""What the story needs around it: a fresh region folder, the GP sources, a server process."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import anyio

from adapter.access.jose import new_private_jwk, public_jwks
from adapter.cli.demo.narrator import DemoFailedError
from adapter.cli.folder import RegionFolder
from adapter.cli.opening import opened
from adapter.cli.region import load_region
from adapter.cli.sources import describe, serve_sources
from adapter.clients.http import HttpClient, NotSentError, OutcomeUnknownError
from adapter.settings import Settings
from adapter.store.migrate import migrate
from adapter.synthetic.region import Region

SERVER_LOG: Final = "server.log"
_START_LIMIT_S: Final = 60.0
_STOP_LIMIT_S: Final = 15.0
_BETWEEN_TRIES_S: Final = 0.1
_OK: Final = 200


@dataclass(slots=True)
class Server:
    """The adapter as a process of its own."""

    settings: Settings
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return self.settings.public_base

    @property
    def environment(self) -> dict[str, str]:
        """What a command of ours needs to find this installation."""
        settings = self.settings
        return {
            **os.environ,
            "MESO_DATABASE_URL": settings.database_url,
            "MESO_LOG_DIR": str(settings.log_dir),
            "MESO_KEY_FILE": str(settings.key_file),
            "MESO_PUBLIC_BASE": settings.public_base,
            "MESO_LISTEN_HOST": settings.listen_host,
            "MESO_LISTEN_PORT": str(settings.listen_port),
        }

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "adapter.cli", "serve"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def ready(self, http: HttpClient) -> None:
        """Wait until it answers. `DemoFailedError` when it stopped or takes too long."""
        with anyio.move_on_after(_START_LIMIT_S):
            while self.process is not None and self.process.poll() is None:
                try:
                    answer = await http.send("GET", f"{self.base}/fhir/metadata")
                except (NotSentError, OutcomeUnknownError):
                    await anyio.sleep(_BETWEEN_TRIES_S)
                    continue
                if answer.status == _OK:
                    return
                await anyio.sleep(_BETWEEN_TRIES_S)
        raise DemoFailedError("Start", f"de adapter antwoordt niet; zie {self.log}")

    def stop(self) -> None:
        """Ask it to stop, and make it stop when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Without a chance to finish anything, as when the power fails."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(_STOP_LIMIT_S)


@contextmanager
def build_stage(folder: RegionFolder, region: Region) -> Iterator[Server]:
    """A new installation of `region` with its sources and a server under way; stopped at the end.

    `NotOursError` when the folder holds something else.
    """
    about = describe(region)
    folder.create_anew(about)
    port = _free_port()
    settings = folder.settings(base=f"http://127.0.0.1:{port}", port=port)
    migrate(settings)
    server = Server(settings, folder.path / SERVER_LOG)
    with serve_sources(about) as sources:
        _register(folder, settings, region, sources)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _register(
    folder: RegionFolder, settings: Settings, region: Region, sources: dict[str, str]
) -> None:
    keys = {}
    for party in region.organisations:
        private = new_private_jwk(f"{party.client}-1")
        folder.write_client_key(party.client, private)
        keys[party.client] = public_jwks(private)
    with opened(settings) as installation:
        load_region(installation, region, jwks=keys, record_sources=sources)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
