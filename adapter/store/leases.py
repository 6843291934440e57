"""Leases on jobs: who sends what now, and what it came to.

A lease is fenced: `lease_no` is raised by every lease, and every later write names its own, so a
worker that was paused and wakes late changes nothing. A lease that runs out becomes `unknown`,
never `new`: the request may have been sent. At one peer one batch of a dossier is under way at a
time, over all processes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Row,
    and_,
    bindparam,
    func,
    null,
    select,
    update,
)

from adapter.store.dialect import try_lock
from adapter.store.jobs import IS_OPEN, State, is_push_to
from adapter.store.links import Link, save_link
from adapter.store.schema import job, link, resource, resource_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A job that is ours until `lease_until`, with the bytes of its version.

    `recovering`: it may have been applied already. `newest` is the version that stands in the
    store. `attempt` counts leases in a row, this one included, that ended for one `reason`.
    """

    id: int
    lease_no: int
    lease_until: int
    attempt: int
    reason: str | None
    recovering: bool
    dossier: str
    type: str
    resource_id: str
    version: int
    newest: int
    body: bytes
    custodian: str
    synthetic: bool
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a leased job came to. `link` is what the peer has been seen to hold; `attempt` replaces
    the count when there is another reason than before."""

    job: Leased
    state: State
    reason: str | None = None
    next_at: int | None = None
    attempt: int | None = None
    link: Link | None = None


def expire_leases(connection: Connection, peer_name: str, now: int, wait: int) -> int:
    """Leases that ran out: the request may have been sent until the last moment of the lease, so
    `wait` microseconds (the peer's own limit for a request) are counted from there."""
    expired = (
        update(job)
        .where(is_push_to(peer_name), job.c.state == "leased", job.c.lease_until <= now)
        .values(state="unknown", next_at=job.c.lease_until + wait, reason="lease-expired")
    )
    return connection.execute(expired).rowcount


def lease(
    connection: Connection,
    ids: Collection[int],
    *,
    peer_name: str,
    dossier: str,
    recovering: bool,
    now: int,
    until: int,
) -> list[Leased]:
    """All of `ids` or none: none when another worker is at this dossier, or was first.

    `recovering` says which kind is expected, so that a job that became unknown in the meantime is
    not taken for one that was never sent.
    """
    if not try_lock(connection, f"push|{peer_name}|{dossier}"):
        return []
    busy = {"peer": peer_name, "dossier": dossier, "ids": ids}
    if connection.scalar(_UNDER_WAY, busy) is not None:
        return []
    states = ("unknown",) if recovering else ("new", "wait")
    free = [
        row.id
        for row in connection.execute(_CANDIDATES, {"ids": ids})
        if row.state in states and row.next_at <= now
    ]
    if len(free) != len(ids):
        return []
    connection.execute(_TAKE, {"ids": free, "until": until})
    rows = connection.execute(_TAKEN, {"ids": free})
    return [_leased(row, recovering=recovering) for row in rows]


def renew(connection: Connection, leased: Leased, until: int) -> bool:
    """Lengthen a lease; false when it is not ours any more."""
    return connection.execute(_RENEW, {**_fence(leased), "until": until}).rowcount == 1


def settle(connection: Connection, peer_name: str, result: Settlement) -> bool:
    """Write what a job came to; false, and nothing written, when the lease is not ours any more."""
    done = result.job
    values = {
        "new_state": result.state,
        "new_reason": result.reason,
        "new_next_at": result.next_at,
        "new_attempt": result.attempt,
    }
    if connection.execute(_SETTLE, {**_fence(done), **values}).rowcount != 1:
        return False
    if result.link is not None:
        save_link(connection, peer_name, done.type, done.resource_id, result.link)
    return True


# --- statements, built once -------------------------------------------------------------------

_UNDER_WAY: Final = (
    select(job.c.id)
    .where(
        is_push_to(bindparam("peer")),
        job.c.dossier == bindparam("dossier"),
        IS_OPEN,
        job.c.state.in_(("leased", "unknown")),
        job.c.id.not_in(bindparam("ids", expanding=True)),
    )
    .limit(1)
)
_THESE: Final = job.c.id.in_(bindparam("ids", expanding=True))
# By id alone: with the state beside it SQLite would look through everything that is due.
_CANDIDATES: Final = (
    select(job.c.id, job.c.state, job.c.next_at).where(_THESE).with_for_update(skip_locked=True)
)
_TAKE: Final = (
    update(job)
    .where(_THESE)
    .values(
        state="leased",
        lease_no=job.c.lease_no + 1,
        lease_until=bindparam("until"),
        attempt=job.c.attempt + 1,
    )
)
_TAKEN: Final = (
    select(
        job,
        resource.c.version.label("newest"),
        resource.c.custodian,
        resource.c.synthetic,
        resource_version.c.body,
        link.c.remote_version,
        link.c.remote_hash,
        link.c.local_version,
    )
    .join_from(
        job, resource, and_(resource.c.type == job.c.type, resource.c.id == job.c.resource_id)
    )
    .join(
        resource_version,
        and_(resource_version.c.rid == resource.c.rid, resource_version.c.version == job.c.version),
    )
    .outerjoin(
        link,
        and_(
            link.c.peer == job.c.peer,
            link.c.type == job.c.type,
            link.c.local_id == job.c.resource_id,
        ),
    )
    .where(_THESE)
    .order_by(job.c.id)
)
_MINE: Final = and_(
    job.c.id == bindparam("job_id"),
    job.c.lease_no == bindparam("my_lease"),
    job.c.state == "leased",
)
_RENEW: Final = update(job).where(_MINE).values(lease_until=bindparam("until"))
_SETTLE: Final = (
    update(job)
    .where(_MINE)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("new_reason"),
        lease_until=null(),
        next_at=func.coalesce(bindparam("new_next_at", type_=BigInteger), job.c.next_at),
        attempt=func.coalesce(bindparam("new_attempt", type_=Integer), job.c.attempt),
    )
)


def _fence(leased: Leased) -> dict[str, object]:
    return {"job_id": leased.id, "my_lease": leased.lease_no}


def _leased(row: Row[Any], *, recovering: bool) -> Leased:
    known = None
    if row.remote_version is not None:
        known = Link(
            remote_version=row.remote_version,
            remote_hash=row.remote_hash,
            local_version=row.local_version,
        )
    return Leased(
        id=row.id,
        lease_no=row.lease_no,
        lease_until=row.lease_until,
        attempt=row.attempt,
        reason=row.reason,
        recovering=recovering,
        dossier=row.dossier,
        type=row.type,
        resource_id=row.resource_id,
        version=row.version,
        newest=row.newest,
        body=bytes(row.body),
        custodian=row.custodian,
        synthetic=row.synthetic,
        link=known,
    )
