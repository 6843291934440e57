"""The worklist: what people have to look at, as it stands, and warnings about what was recorded.

A warning stays as long as the newest version of its record gives rise to it, and keeps its age.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select, update

from adapter.fhir.issues import Issue
from adapter.store.schema import work_item

WARNING: Final = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """`subject` is Type/id; `patient` the internal key, "-" when it is about nobody; `since` in
    microseconds.
    """

    kind: str
    rule: str
    subject: str
    place: str | None
    text: str | None
    patient: str
    since: int


def open_items(connection: Connection, org: str, *, limit: int) -> list[WorkItem]:
    """What `org` has to look at, the oldest first."""
    rows = connection.execute(
        select(work_item)
        .where(work_item.c.org == org, work_item.c.done_at.is_(None))
        .order_by(work_item.c.created_at, work_item.c.id)
        .limit(limit)
    )
    return [
        WorkItem(
            kind=row.kind,
            rule=row.rule,
            subject=row.subject.partition("|")[0],
            place=row.place,
            text=row.text,
            patient=row.patient,
            since=row.created_at,
        )
        for row in rows
    ]


def replace_warnings(
    connection: Connection,
    issues: Sequence[Issue],
    *,
    org: str,
    patient: str,
    subject: str,
    now: int,
) -> None:
    """The warnings of `org` about `subject` are these; what was there and is not among them is done."""
    wanted = {_key(subject, issue): issue for issue in issues}
    about = (
        work_item.c.kind == WARNING,
        work_item.c.org == org,
        work_item.c.subject.startswith(f"{subject}|", autoescape=True),
    )
    rows = connection.execute(select(work_item.c.subject, work_item.c.done_at).where(*about)).all()
    is_open = {row.subject: row.done_at is None for row in rows}
    for key in sorted(k for k, open_ in is_open.items() if open_ and k not in wanted):
        _set(connection, org, key, done_at=now)
    for key, issue in wanted.items():
        if key not in is_open:
            connection.execute(
                insert(work_item).values(
                    kind=WARNING,
                    rule=issue.rule or "",
                    org=org,
                    patient=patient,
                    subject=key,
                    place=issue.expression,
                    text=issue.text,
                    created_at=now,
                )
            )
        elif not is_open[key]:
            _set(connection, org, key, done_at=None, created_at=now)


def _key(subject: str, issue: Issue) -> str:
    """One warning at one place is one item, version after version."""
    said = f"{issue.rule}|{issue.expression}|{issue.text}"
    return f"{subject}|{sha256(said.encode()).hexdigest()[:16]}"


def _set(connection: Connection, org: str, key: str, **values: int | None) -> None:
    connection.execute(
        update(work_item)
        .where(work_item.c.kind == WARNING, work_item.c.org == org, work_item.c.subject == key)
        .values(**values)
    )
