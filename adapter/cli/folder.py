"""A region folder: database, log files, installation keys, and the private keys of its clients.

    .region/meso.db  .region/log/  .region/meso.key  .region/keys/<client>.json  .region/region.json

`region.json` marks a folder that was made by a command and may be made anew by one.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapter.fhir.json import Json, decode_own, encode
from adapter.settings import Settings

DEFAULT: Final = Path(".region")
_MARK: Final = "region.json"


class NotOursError(Exception):
    """The folder holds something that no command of ours made."""


@dataclass(frozen=True, slots=True)
class RegionFolder:
    """Where everything of one region stands."""

    path: Path

    def settings(self, *, base: str, host: str = "127.0.0.1", port: int = 8000) -> Settings:
        """Settings of an adapter on this folder that is reached at `base`."""
        return Settings(
            database_url=f"sqlite:///{self.path / 'meso.db'}",
            log_dir=self.path / "log",
            key_file=self.path / "meso.key",
            public_base=base,
            listen_host=host,
            listen_port=port,
        )

    def create_anew(self, about: Json) -> None:
        """Empty folder with a mark. `NotOursError` when there is something else in the way."""
        if self.path.exists():
            if any(self.path.iterdir()) and not (self.path / _MARK).exists():
                raise NotOursError(str(self.path))
            shutil.rmtree(self.path)
        (self.path / "keys").mkdir(parents=True, mode=0o700)
        (self.path / _MARK).write_bytes(encode(about))

    def about(self) -> Json:
        """What the mark says. `FileNotFoundError` when there is none."""
        return decode_own((self.path / _MARK).read_bytes())

    def write_client_key(self, client_id: str, private_jwk: Json) -> Path:
        """Private key of a client, mode 0600; an existing one is never overwritten."""
        path = self.client_key(client_id)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(encode(private_jwk) + b"\n")
        return path

    def client_key(self, client_id: str) -> Path:
        return self.path / "keys" / f"{client_id}.json"
