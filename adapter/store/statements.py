"""The statements of the read path: each decides and fetches in one go.

They are built once from the gates, compiled by SQLAlchemy for the dialect and run as text by
the driver (technical decision 4); `tests/store/golden/` holds the text. `visible` is the only
source of rows for searches: no search can name the base table without the gates.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Select,
    String,
    and_,
    bindparam,
    false,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from adapter.access.policy import load_policy
from adapter.store import gates
from adapter.store.schema import (
    organisation,
    reference,
    resource,
    staff,
    token,
)
from adapter.store.schema import patient as patient_table


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL text and the names of its parameters in the order of their places."""

    text: str
    places: tuple[str, ...]  # of `?1`, `?2`, …; empty where the driver takes names (PostgreSQL)

    def arguments(self, values: dict[str, object]) -> tuple[object, ...]:
        """Positional arguments (SQLite)."""
        return tuple([values[name] for name in self.places])


def compile_for(
    statement: Select[Any], dialect: str, values: dict[str, object] | None = None
) -> Compiled:
    """Text for the driver of `dialect` ("sqlite" or "postgresql").

    `values` takes what SQLAlchemy itself binds (the offset of a LIMIT, the escape of a LIKE); a
    statement without one binds nothing but what its caller names.
    """
    target: Dialect = (sqlite if dialect == "sqlite" else postgresql).dialect()
    compiled = statement.compile(dialect=target)
    positions = getattr(compiled, "positiontup", None) or ()
    bound = {name: value for name, value in compiled.params.items() if value is not None}
    if values is not None:
        values |= bound
    elif bound:
        raise ValueError("constants of a statement are part of its text (gates.fixed)")
    if not positions:
        return Compiled(str(compiled), ())
    places = tuple(dict.fromkeys(positions))
    number = iter(positions)
    # each value is bound once, however often it is named; no constant of ours holds a `?`
    text = re.sub(r"\?", lambda _: f"?{places.index(next(number)) + 1}", str(compiled))
    return Compiled(text, places)


_CALLER = (
    token.c.client,
    token.c.ura,
    token.c.staff,
    token.c.person,
    token.c.role,
    token.c.purpose,
    token.c.scope,
)


@cache
def identity(dialect: str) -> Compiled:
    """Who the token stands for. No row: no valid token."""
    statement = (
        select(*_CALLER, gates.staff_is_active().label("staff_ok"))
        .join_from(
            token,
            staff,
            and_(  # a token ends with the role it was made for: one role per token (RI-12)
                staff.c.id == token.c.staff,
                staff.c.ura == token.c.ura,
                staff.c.role == token.c.role,
                staff.c.person == token.c.person,
            ),
        )
        .where(gates.token_is_valid())
    )
    return compile_for(statement, dialect)


def _gate_columns(of: gates.Gates) -> list[ColumnElement[Any]]:
    return [
        of.tenant().label("tenant"),
        of.role().label("role_ok"),
        of.deny().label("deny"),
        of.relation_id().label("relation"),
        of.needs_no_relation().label("relation_ok"),
        of.permit().label("permit"),
        of.consent_id().label("consent"),
        of.view().label("view"),
    ]


@cache
def read(dialect: str, role: str, type_: str) -> Compiled:
    """One resource with every gate for this role. No row: the id never existed."""
    of = gates.Gates(gates.RESOURCE, load_policy().scopes_of(role, type_))
    statement = (
        select(
            *_gate_columns(of),
            resource.c.rid,
            resource.c.version,
            resource.c.updated,
            resource.c.patient,
            resource.c.category,
            resource.c.custodian,
            resource.c.body,
        )
        .select_from(resource)
        .outerjoin(patient_table, patient_table.c.key == resource.c.patient)
        .where(
            resource.c.type == gates.fixed(type_), resource.c.id == bindparam("id", type_=String)
        )
    )
    return compile_for(statement, dialect)


@cache
def gp_record(dialect: str, role: str, category: str) -> Compiled:
    """The gates for a category of the GP record of the patient with this logical id."""
    scopes = load_policy().scopes_of(role, category)
    statement = (
        select(
            *_gate_columns(gates.Gates(gates.gp_record(category), scopes)),
            patient_table.c.key.label("patient"),
            patient_table.c.gp.label("custodian"),
            organisation.c.record_source,
            resource.c.body.label("patient_body"),
        )
        .select_from(patient_table)
        .outerjoin(organisation, organisation.c.ura == patient_table.c.gp)
        .outerjoin(
            resource,
            and_(
                resource.c.type == gates.fixed("Patient"),
                resource.c.id == patient_table.c.resource_id,
                resource.c.patient == patient_table.c.key,
            ),
        )
        .where(patient_table.c.resource_id == bindparam("id", type_=String))
    )
    return compile_for(statement, dialect)


@cache
def visible_targets(dialect: str, role: str) -> Compiled:
    """What one resource refers to and this caller may see, by type and id.

    The dossier's gates are judged once for each (patient, category, custodian, trajectory) among
    the targets, only the audience for each target.
    """
    policy = load_policy()
    found = (
        select(
            resource.c.rid,
            resource.c.type,
            resource.c.id,
            resource.c.patient,
            resource.c.category,
            resource.c.custodian,
            resource.c.trajectory,
            resource.c.hidden,
        )
        .join_from(
            reference,
            resource,
            and_(
                reference.c.target_type == resource.c.type,
                reference.c.target_id == resource.c.id,
            ),
        )
        .where(reference.c.rid == bindparam("rid", type_=BigInteger))
        .distinct()
        .cte("found")
    )
    dossier = (
        select(found.c.patient, found.c.category, found.c.custodian, found.c.trajectory)
        .distinct()
        .cte("dossier")
    )
    scopes = policy.scopes_of_role(role)
    of_dossier = gates.Gates(
        gates.Item(
            patient=dossier.c.patient,
            category=dossier.c.category,
            custodian=dossier.c.custodian,
            trajectory=dossier.c.trajectory,
            rid=None,
            owner=None,
            hidden=false(),
        ),
        scopes,
    )
    admitted = (
        select(dossier)
        .select_from(dossier)
        .outerjoin(patient_table, patient_table.c.key == dossier.c.patient)
        .where(*of_dossier.all())
        .cte("admitted")
    )
    of_target = gates.Gates(
        gates.Item(
            patient=found.c.patient,
            category=found.c.category,
            custodian=found.c.custodian,
            trajectory=found.c.trajectory,
            rid=found.c.rid,
            owner=None,
            hidden=found.c.hidden,
        ),
        scopes,
    )
    pairs = sorted({(scope.type, scope.category) for scope in scopes})
    statement = (
        select(found.c.type, found.c.id)
        .select_from(found)
        .join(
            admitted,
            and_(
                admitted.c.patient == found.c.patient,
                admitted.c.category == found.c.category,
                admitted.c.custodian == found.c.custodian,
                admitted.c.trajectory.is_not_distinct_from(found.c.trajectory),
            ),
        )
        .outerjoin(patient_table, patient_table.c.key == found.c.patient)
        .where(
            or_(
                *(
                    and_(
                        found.c.type == gates.fixed(type_),
                        found.c.category == gates.fixed(category),
                    )
                    for type_, category in pairs
                )
            ),
            of_target.role(),
        )
    )
    return compile_for(statement, dialect)


def visible_rows(role: str, type_: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """Rows of a type that the caller may see, and nothing else."""
    of = gates.Gates(gates.RESOURCE, load_policy().scopes_of(role, type_))
    return (
        select(*columns)
        .select_from(resource)
        .outerjoin(patient_table, patient_table.c.key == resource.c.patient)
        .where(resource.c.type == gates.fixed(type_), *of.all())
    )
