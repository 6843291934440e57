"""Messages that came in, and what people have to look at.

The inbox makes a repeated message one message: same author, kind and identifier, whichever door
and however it was written (technical decision 14).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from adapter.store.schema import inbox, work_item


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An earlier message with the same key, and the answer that it got."""

    content_hash: str
    answer: bytes


def find(connection: Connection, owner: str, kind: str, key: str) -> Received | None:
    """Message of this author with this key."""
    row = connection.execute(
        select(inbox.c.content_hash, inbox.c.answer).where(
            inbox.c.owner == owner, inbox.c.kind == kind, inbox.c.key == key
        )
    ).one_or_none()
    return Received(content_hash=row.content_hash, answer=row.answer) if row else None


def keep(
    connection: Connection,
    *,
    owner: str,
    kind: str,
    key: str,
    content_hash: str,
    body: bytes,
    answer: bytes,
    state: str,
    now: int,
) -> None:
    """Store the message as received, with its answer."""
    connection.execute(
        insert(inbox).values(
            owner=owner,
            kind=kind,
            key=key,
            content_hash=content_hash,
            body=body,
            answer=answer,
            state=state,
            received_at=now,
        )
    )


def ask_people(
    connection: Connection, *, kind: str, rule: str, org: str, patient: str, subject: str, now: int
) -> None:
    """Worklist item for `org`; one per kind and subject."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(work_item).values(
                    kind=kind, rule=rule, org=org, patient=patient, subject=subject, created_at=now
                )
            )
    except IntegrityError:
        return  # it already stands there


def waiting(connection: Connection, *, kind: str, org: str) -> list[tuple[str, str]]:
    """(subject, patient) of what `org` has to look at and is not done."""
    rows = connection.execute(
        select(work_item.c.subject, work_item.c.patient).where(
            work_item.c.kind == kind, work_item.c.org == org, work_item.c.done_at.is_(None)
        )
    )
    return [(row.subject, row.patient) for row in rows]


def done(connection: Connection, *, kind: str, subject: str, now: int) -> None:
    """Nobody has to look at this any more."""
    connection.execute(
        update(work_item)
        .where(
            work_item.c.kind == kind,
            work_item.c.subject == subject,
            work_item.c.done_at.is_(None),
        )
        .values(done_at=now)
    )
