"""The installation's secret keys: one file, mode 0600, made once and part of every backup.

Losing it changes every derived id, so it is never made anew beside an existing database.
"""

import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from hmac import digest
from pathlib import Path

_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Sub-keys, one per use, so that none can stand in for another."""

    ids: bytes  # logical ids (`mappings/toolkit/identity.py`)
    lookup: bytes  # identifiers and names that are only ever compared
    pages: bytes  # page tokens
    anchors: bytes  # daily anchors over the log

    def lookup_hash(self, *parts: str) -> str:
        """Keyed hash of an identifier or a name: comparable, not readable, not guessable."""
        return digest(self.lookup, "\x1f".join(parts).encode(), "sha256").hex()


def create_keys(path: Path) -> None:
    """Write a new key file; an existing one is kept."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_LENGTH) + "\n")


def load_keys(path: Path) -> Keys:
    """Keys of this installation. `FileNotFoundError` when `meso migrate` never ran."""
    master = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(master) != _LENGTH:
        raise ValueError("the key file is damaged")

    def sub(use: bytes) -> bytes:
        return blake2b(use, key=master, digest_size=_LENGTH).digest()

    return Keys(
        ids=sub(b"ids"), lookup=sub(b"lookup"), pages=sub(b"pages"), anchors=sub(b"anchors")
    )
