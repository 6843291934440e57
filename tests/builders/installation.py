"""An installation on SQLite with one MESO practice, its staff and its client."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, insert

from adapter.access.policy import load_policy
from adapter.store import identity
from adapter.store.engine import Store
from adapter.store.keys import Keys
from adapter.store.schema import FOREVER, metadata, staff
from adapter.workflows.installation import Installation
from mappings.toolkit.identity import Ids
from tests.builders.identity import CLIENT, NOW, PERSON, URA, jwks

KEYS = Keys(ids=b"i" * 32, lookup=b"l" * 32, pages=b"p" * 32, anchors=b"a" * 32)


@dataclass
class Time:
    """A clock that stands still until a test moves it."""

    now: int = NOW

    def __call__(self) -> int:
        return self.now


@dataclass
class World:
    store: Store
    folder: Path
    time: Time = field(default_factory=Time)

    @property
    def installation(self) -> Installation:
        return Installation(
            store=self.store,
            keys=KEYS,
            ids=Ids(KEYS.ids),
            policy=load_policy(),
            clock=self.time,
            log_stream="write",
        )


def make_world(folder: Path, url: str | None = None) -> World:
    store = Store(url or f"sqlite:///{folder / 'meso.db'}")
    store.write(_fill)
    return World(store, folder)


def staff_row(**changes: object) -> dict[str, object]:
    return {
        "id": "role-so-1",
        "ura": URA,
        "person": PERSON,
        "role": "meso-so",
        "initials": "S.O.",
        "employer": None,
        "secrecy_signed_at": NOW - 1,
        "conduct_signed_at": NOW - 1,
        "suspended_at": None,
        "valid_from": NOW - 1,
        "valid_to": FOREVER,
        **changes,
    }


def _fill(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(insert(staff).values(**staff_row()))
    identity.register_client(
        connection, client_id=CLIENT, name="HTEST EPD", jwks=jwks(), jwks_uri=None
    )
    identity.allow_client(connection, client_id=CLIENT, ura=URA, basis="own")
