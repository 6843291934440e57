"""Peers, and what stands at each of them according to its own answers.

The id at a peer is the local id (technical decision 17), so references need no rewriting. A link
exists from the first proven write on; its versions are the peer's and opaque.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, select, update

from adapter.store.parties import CreateOnly, PeerClass
from adapter.store.schema import link, peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A FHIR server that we keep in step. `create_only` is None before first contact."""

    name: str
    base: str
    peer_class: PeerClass
    create_only: CreateOnly | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A resource at a peer: its version and content hash there, and our version that it was."""

    remote_version: str
    remote_hash: str
    local_version: int


def find_peer(connection: Connection, name: str) -> Peer | None:
    """The peer of this name. A class that we do not know counts as `test` (RI-8)."""
    row = connection.execute(select(peer).where(peer.c.name == name)).one_or_none()
    if row is None:
        return None
    found = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return Peer(
        name=found["name"],
        base=found["base"],
        peer_class="own" if found["class"] == "own" else "test",
        create_only=found["create_only"],
    )


def peer_names(connection: Connection) -> list[str]:
    """Every peer, by name."""
    return list(connection.scalars(select(peer.c.name).order_by(peer.c.name)))


def set_create_only(connection: Connection, name: str, form: CreateOnly) -> None:
    """Keep what first contact found out."""
    connection.execute(update(peer).where(peer.c.name == name).values(create_only=form))


def find_link(connection: Connection, peer_name: str, type_: str, local_id: str) -> Link | None:
    """What stands at the peer, as far as it was proven."""
    row = connection.execute(select(link).where(_key(peer_name, type_, local_id))).one_or_none()
    if row is None or row.remote_version is None:
        return None
    return Link(
        remote_version=row.remote_version,
        remote_hash=row.remote_hash,
        local_version=row.local_version,
    )


def save_link(
    connection: Connection, peer_name: str, type_: str, local_id: str, found: Link
) -> None:
    """Replace what is known; the lease of the job is what keeps others out."""
    values = {
        "new_version": found.remote_version,
        "new_hash": found.remote_hash,
        "ours": found.local_version,
        "peer_name": peer_name,
        "type_": type_,
        "id_": local_id,
    }
    if connection.execute(_UPDATE, values).rowcount == 0:
        connection.execute(_INSERT, values)


def _key(peer_name: str, type_: str, local_id: str) -> ColumnElement[bool]:
    return and_(link.c.peer == peer_name, link.c.type == type_, link.c.local_id == local_id)


_VALUES: Final[dict[str, ColumnElement[object]]] = {
    "remote_version": bindparam("new_version"),
    "remote_hash": bindparam("new_hash"),
    "local_version": bindparam("ours"),
}
_UPDATE: Final = (
    update(link)
    .where(
        link.c.peer == bindparam("peer_name"),
        link.c.type == bindparam("type_"),
        link.c.local_id == bindparam("id_"),
    )
    .values(_VALUES)
)
_INSERT: Final = insert(link).values(
    peer=bindparam("peer_name"),
    type=bindparam("type_"),
    local_id=bindparam("id_"),
    remote_id=bindparam("id_"),
    **_VALUES,
)
