"""The outbox: what has to be sent, decided again when it is sent.

A row is written in the transaction of the change that it announces; the network is touched from
here only (`adapter/sync/`). States:

    new       never tried          leased    a worker is at it until `lease_until`
    wait      try again at next_at unknown   may have been applied: read at next_at, never just send
    done      at the peer, or overtaken by a newer version (`reason`)
    withheld  may not leave        conflict  somebody else changed it     dead  given up

Taking jobs up and settling them is `leases.py`.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from adapter.store.resources import Placement, Saved
from adapter.store.schema import job, link, peer, reference, resource, resource_version

State = Literal["new", "leased", "unknown", "wait", "done", "withheld", "conflict", "dead"]

# The log is never copied. Provenance names versions that a peer does not have and is left for the
# increment that also pulls; what is not queued is not withheld either.
NEVER_PUSHED: Final = ("AuditEvent", "Provenance")
DIRECTORY: Final = "-"  # the dossier of what is nobody's

_PUSH: Final = "push"
# Written out, not bound: only then can an index on these rows alone be used.
OPEN: Final = ("new", "leased", "unknown", "wait")
IS_OPEN = job.c.state.in_([literal_column(f"'{state}'") for state in OPEN])
_CAN_BE_LEASED = and_(IS_OPEN, job.c.state != "leased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An open job as the planner sees it.

    `needs`: open jobs of resources that this one refers to and that the peer does not have yet.
    """

    id: int
    state: State
    due: bool
    needs: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """Jobs of one peer in one state; `oldest` is when the oldest of them was accepted here."""

    peer: str
    state: State
    count: int
    oldest: int


# --- in ---------------------------------------------------------------------------------------


def enqueue_push(connection: Connection, saved: Saved, placement: Placement, now: int) -> None:
    """One push of this version to every peer."""
    if saved.type in NEVER_PUSHED:
        return
    row = select(
        literal(_PUSH),
        peer.c.name,
        literal(placement.patient),
        literal(saved.type),
        literal(saved.id),
        literal(saved.version),
        *_fresh(now),
    ).order_by(peer.c.name)
    connection.execute(insert(job).from_select(_COLUMNS, row))


def count_missing(connection: Connection, peer_name: str) -> int:
    """How many versions `enqueue_missing` would queue."""
    missing = _missing(peer_name, resource.c.rid).subquery()
    return connection.scalars(select(func.count()).select_from(missing)).one()


def enqueue_missing(connection: Connection, peer_name: str, now: int) -> None:
    """Queue every newest version that this peer was never meant to get.

    For a peer that is registered later than the data, and for the directory, which comes in
    without a workflow.
    """
    rows = _missing(
        peer_name,
        literal(_PUSH),
        literal(peer_name),
        resource.c.patient,
        resource.c.type,
        resource.c.id,
        resource.c.version,
        *_fresh(now),
    )
    rows = rows.order_by(resource.c.rid)
    connection.execute(insert(job).from_select(_COLUMNS, rows))


def _missing(peer_name: str, *columns: ColumnElement[Any]) -> Select[Any]:
    queued = exists().where(
        is_push_to(peer_name),
        job.c.type == resource.c.type,
        job.c.resource_id == resource.c.id,
        job.c.version == resource.c.version,
    )
    return select(*columns).where(resource.c.type.not_in(NEVER_PUSHED), ~queued)


_COLUMNS: Final = (
    "kind",
    "peer",
    "dossier",
    "type",
    "resource_id",
    "version",
    "state",
    "attempt",
    "next_at",
    "lease_no",
)


def _fresh(now: int) -> tuple[ColumnElement[Any], ...]:
    return literal("new"), literal(0), literal(now), literal(0)


# --- what is to be done -----------------------------------------------------------------------


def due_dossiers(connection: Connection, peer_name: str, now: int) -> list[str]:
    """Dossiers with something to send, in the order in which they were queued."""
    due = (
        select(job.c.dossier)
        .where(is_push_to(peer_name), _CAN_BE_LEASED, job.c.next_at <= now)
        .group_by(job.c.dossier)
        .order_by(func.min(job.c.id))
    )
    return list(connection.scalars(due))


def count_due(connection: Connection, peer_name: str, now: int) -> int:
    """Jobs that a run could take up now."""
    due = select(func.count()).where(is_push_to(peer_name), _CAN_BE_LEASED, job.c.next_at <= now)
    return connection.scalars(due).one()


def count_open(connection: Connection, peer_name: str) -> int:
    """Jobs that are not finished, due or not."""
    return connection.scalars(select(func.count()).where(is_push_to(peer_name), IS_OPEN)).one()


def skip_superseded(connection: Connection, peer_name: str, dossier: str) -> int:
    """Close versions that were never sent and that a newer one has overtaken."""
    newer = job.alias("newer")
    overtaken = exists().where(
        newer.c.kind == job.c.kind,
        newer.c.peer == job.c.peer,
        newer.c.type == job.c.type,
        newer.c.resource_id == job.c.resource_id,
        newer.c.version > job.c.version,
    )
    closed = (
        update(job)
        .where(
            is_push_to(peer_name),
            job.c.dossier == dossier,
            IS_OPEN,
            job.c.state.in_(("new", "wait")),
            overtaken,
        )
        .values(state="done", reason="superseded")
    )
    return connection.execute(closed).rowcount


def open_jobs(connection: Connection, peer_name: str, dossier: str, now: int) -> list[Queued]:
    """Every open job of a dossier, oldest first."""
    here = and_(is_push_to(peer_name), job.c.dossier == dossier, IS_OPEN)
    needs: dict[int, set[int]] = {}
    for pair in connection.execute(_REFERENCES_TO_OPEN_JOBS.where(here)):
        if pair.other is not None:
            needs.setdefault(pair.one, set()).add(pair.other)
    rows = connection.execute(
        select(job.c.id, job.c.state, job.c.next_at).where(here).order_by(job.c.id)
    )
    return [
        Queued(
            id=row.id,
            state=row.state,
            due=row.state != "leased" and row.next_at <= now,
            needs=frozenset(needs.get(row.id, ())),
        )
        for row in rows
    ]


def _references_to_open_jobs() -> Select[Any]:
    """(job, open job of what it refers to, or null), where the peer does not have that yet.

    A scalar subquery and not a join: SQLite would begin a join at all jobs of the peer.
    """
    target = job.alias("target")
    is_there = exists().where(
        link.c.peer == target.c.peer,
        link.c.type == target.c.type,
        link.c.local_id == target.c.resource_id,
    )
    other = (
        select(func.min(target.c.id))
        .where(
            target.c.kind == job.c.kind,
            target.c.peer == job.c.peer,
            target.c.type == reference.c.target_type,
            target.c.resource_id == reference.c.target_id,
            target.c.state.in_(OPEN),
            ~is_there,
        )
        .correlate(job, reference)
        .scalar_subquery()
    )
    itself = and_(
        reference.c.target_type == resource.c.type, reference.c.target_id == resource.c.id
    )
    return (
        select(job.c.id.label("one"), other.label("other"))
        .join_from(
            job, resource, and_(resource.c.type == job.c.type, resource.c.id == job.c.resource_id)
        )
        .join(reference, reference.c.rid == resource.c.rid)
        .where(~itself)
        .distinct()
    )


_REFERENCES_TO_OPEN_JOBS: Final = _references_to_open_jobs()


# --- out --------------------------------------------------------------------------------------


def queue_status(connection: Connection) -> list[QueueLine]:
    """Jobs by peer and state; finished ones are left out of nothing but the age."""
    rows = connection.execute(
        select(
            job.c.peer,
            job.c.state,
            func.count().label("number"),
            func.min(resource_version.c.updated).label("oldest"),
        )
        .join_from(
            job, resource, and_(resource.c.type == job.c.type, resource.c.id == job.c.resource_id)
        )
        .join(
            resource_version,
            and_(
                resource_version.c.rid == resource.c.rid,
                resource_version.c.version == job.c.version,
            ),
        )
        .where(job.c.kind == _PUSH)
        .group_by(job.c.peer, job.c.state)
        .order_by(job.c.peer, job.c.state)
    )
    return [
        QueueLine(peer=row.peer, state=row.state, count=row.number, oldest=row.oldest)
        for row in rows.all()
    ]


def is_push_to(peer_name: str | ColumnElement[Any]) -> ColumnElement[bool]:
    """Condition: a push job for this peer."""
    return and_(job.c.kind == _PUSH, job.c.peer == peer_name)
