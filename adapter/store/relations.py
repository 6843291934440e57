"""Treatment relations (behandelrelatie): who may deal with whom, from when to when.

Written by workflows only. Closing is one UPDATE and the next statement sees it (R-7).
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import BigInteger, Connection, String, bindparam, insert, or_, select, update

from adapter.store.gates import fixed
from adapter.store.schema import FOREVER, relation
from adapter.store.statements import Compiled, compile_for


def open_relation(
    connection: Connection,
    *,
    org: str,
    patient: str,
    kind: str,
    opened_by: str,
    now: int,
    trajectory: str | None = None,
) -> bool:
    """Open a relation unless it is open; whether it was opened. `opened_by` is Type/id."""
    if _is_open(connection, org, patient, kind):
        return False
    connection.execute(
        insert(relation).values(
            org=org,
            patient=patient,
            kind=kind,
            trajectory=trajectory,
            valid_from=now,
            valid_to=FOREVER,
            opened_by=opened_by,
        )
    )
    return True


def close_relations(
    connection: Connection,
    *,
    patient: str,
    kind: str,
    reason: str,
    now: int,
    org: str | None = None,
) -> list[str]:
    """Close every open relation of this kind, of one organisation or of all; their URAs."""
    condition = [
        relation.c.patient == patient,
        relation.c.kind == kind,
        relation.c.valid_to == FOREVER,
    ]
    if org is not None:
        condition.append(relation.c.org == org)
    orgs = connection.scalars(select(relation.c.org).where(*condition)).all()
    connection.execute(
        update(relation).where(*condition).values(valid_to=now, closed_reason=reason)
    )
    return list(orgs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An open relation; `opened_by` is the Task or Consent that opened it."""

    kind: str
    trajectory: str | None
    opened_by: str


def find_open(
    connection: Connection, *, org: str, patient: str, kind: str, now: int
) -> Relation | None:
    """The relation of this kind that is open at `now`."""
    row = connection.execute(
        select(relation.c.kind, relation.c.trajectory, relation.c.opened_by).where(
            relation.c.org == org,
            relation.c.patient == patient,
            relation.c.kind == kind,
            relation.c.valid_from <= now,
            relation.c.valid_to > now,
        )
    ).one_or_none()
    if row is None:
        return None
    return Relation(kind=row.kind, trajectory=row.trajectory, opened_by=row.opened_by)


def open_orgs(connection: Connection, patient: str, kind: str) -> list[str]:
    """Organisations with an open relation of this kind."""
    return list(
        connection.scalars(
            select(relation.c.org).where(
                relation.c.patient == patient,
                relation.c.kind == kind,
                relation.c.valid_to == FOREVER,
            )
        )
    )


@cache
def ended_treatment(dialect: str) -> Compiled:
    """A row when `ura` treated `patient` before, in a trajectory or a consult that has ended."""
    statement = select(relation.c.id).where(
        relation.c.patient == bindparam("patient", type_=String),
        relation.c.org == bindparam("ura", type_=String),
        or_(relation.c.kind == fixed("care"), relation.c.kind == fixed("consult")),
        relation.c.valid_to <= bindparam("now", type_=BigInteger),
    )
    return compile_for(statement, dialect)


def _is_open(connection: Connection, org: str, patient: str, kind: str) -> bool:
    return org in open_orgs(connection, patient, kind)
