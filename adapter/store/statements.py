"""The statements of the read path: each decides and fetches in one go.

They are built once from the gates, compiled by SQLAlchemy for the dialect and run as text by
the driver (technical decision 4); `tests/store/golden/` holds the text. `visible` is the only
source of rows for searches: no search can name the base table without the gates.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

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

from adapter.access.policy import Scope, load_policy
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
    _pick: Callable[[dict[str, object]], Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.places) > 1:  # a tuple, four times as fast as a loop
            object.__setattr__(self, "_pick", itemgetter(*self.places))
        else:
            pick = lambda values: tuple([values[name] for name in self.places])  # noqa: E731 - as above
            object.__setattr__(self, "_pick", pick)

    def arguments(self, values: dict[str, object]) -> tuple[object, ...]:
        """Positional arguments (SQLite)."""
        return self._pick(values)  # type: ignore[no-any-return] # itemgetter says nothing


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


class Found(NamedTuple):
    """A row of `read`: its gates, each true, false or null, and the resource."""

    tenant: object
    role_ok: object
    deny: object
    relation: int | None
    relation_ok: object
    permit: object
    consent: str | None
    view: str | None
    rid: int
    version: int
    updated: int
    patient: str
    category: str
    custodian: str
    trajectory: str | None
    body: bytes


@cache
def read(dialect: str, role: str, type_: str) -> Compiled:
    """One resource with every gate for this role, as `Found`. No row: the id never existed."""
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
            resource.c.trajectory,
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
def targets(dialect: str, role: str) -> Compiled:
    """What one resource refers to and this role's caller may see. `patient`, `category`,
    `custodian` and `trajectory` are the resource's own: that dossier was judged a moment ago.
    """
    scopes = load_policy().scopes_of_role(role)
    pairs = sorted({(scope.type, scope.category) for scope in scopes})
    in_scope = or_(
        *(
            and_(
                resource.c.type == gates.fixed(type_),
                resource.c.category == gates.fixed(category),
            )
            for type_, category in pairs
        )
    )
    places = (resource.c.patient, resource.c.category, resource.c.custodian, resource.c.trajectory)
    near = [c.is_not_distinct_from(bindparam(c.name, type_=String)) for c in places]
    nobodys = resource.c.patient == gates.fixed(gates.NO_PARTY)  # scope is all it takes
    statement = (
        select(resource.c.type, resource.c.id)
        .join_from(
            reference,
            resource,
            and_(
                reference.c.target_type == resource.c.type,
                reference.c.target_id == resource.c.id,
            ),
        )
        .where(
            reference.c.rid == bindparam("rid", type_=BigInteger),
            in_scope,
            gates.Gates(gates.RESOURCE, scopes).addressed(),
            or_(nobodys, and_(*near), _open_dossier(scopes)),
        )
    )
    return compile_for(statement, dialect)


def _open_dossier(scopes: Sequence[Scope]) -> ColumnElement[bool]:
    """Everything of the item's category in its dossier is open to the caller, but for what is
    judged part by part: its audience, and whether it was entered in error.
    """
    item = replace(gates.RESOURCE, rid=None, owner=None, hidden=false())
    kinds = (  # the GP record asks more of an agreement
        [s for s in scopes if s.category in gates.GP_CATEGORIES],
        [s for s in scopes if s.category not in gates.GP_CATEGORIES],
    )
    ways = [and_(*gates.Gates(item, kind).all()) for kind in kinds if kind]
    return gates.exists_in(patient_table, patient_table.c.key == resource.c.patient, or_(*ways))


def visible_rows(role: str, type_: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """Rows of a type that the caller may see, and nothing else."""
    of = gates.Gates(gates.RESOURCE, load_policy().scopes_of(role, type_))
    return (
        select(*columns)
        .select_from(resource)
        .outerjoin(patient_table, patient_table.c.key == resource.c.patient)
        .where(resource.c.type == gates.fixed(type_), *of.all())
    )
