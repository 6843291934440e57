"""The statement of a search: the gated rows of one type, narrowed, counted and paged.

https://hl7.org/fhir/R4/search.html

Built and compiled once per shape (role, type, parameters, number of alternatives); the values of a
request are bound to it. The total is counted over the same gated rows as the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from adapter.access.policy import load_policy
from adapter.store import gates
from adapter.store.gates import exists_in
from adapter.store.schema import patient as patient_table
from adapter.store.schema import reference, resource, search_date, search_text, search_token
from adapter.store.statements import Compiled, compile_for, visible_rows

_KEPT_SHAPES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One AND-ed condition; `values` are OR-ed.

    Values by kind: token (system or None, code or None), reference (type or None, id),
    date and updated (prefix, low, high), string (lower-case beginning,), id (id,),
    patient (type, id).
    """

    param: str
    kind: str
    values: tuple[tuple[Any, ...], ...]


# (param, kind, for each alternative what its form is): all that the text of a statement depends on
_Shape = tuple[tuple[str, str, tuple[str, ...]], ...]


def search(
    dialect: str,
    role: str,
    type_: str,
    criteria: Sequence[Criterion],
    *,
    after: tuple[int, str] | None,
) -> tuple[Compiled, dict[str, object]]:
    """Page of visible matches, newest first, with the exact total beside each row. What is shown
    reduced comes last, by id: its time moves with what is hidden (Q4), and its `place` is 0.

    Returns the statement and its own values; the caller adds who asks, now and limit. A row with
    `id` null and the total stands for an empty page.
    """
    shape = tuple((c.param, c.kind, tuple(_form(c.kind, v) for v in c.values)) for c in criteria)
    statement, fixed = _statement(dialect, role, type_, shape, after is not None)
    values = dict(fixed)
    for n, criterion in enumerate(criteria):
        for i, value in enumerate(criterion.values):
            values |= {f"c{n}_{i}_{k}": item for k, item in enumerate(value) if item is not None}
    if after is not None:
        values |= {"after_place": after[0], "after_id": after[1]}
    return statement, values


def _form(kind: str, value: tuple[Any, ...]) -> str:
    if kind in {"date", "updated"}:
        return str(value[0])
    return "".join("-" if item is None else "v" for item in value)


@lru_cache(maxsize=_KEPT_SHAPES)
def _statement(
    dialect: str, role: str, type_: str, shape: _Shape, has_after: bool
) -> tuple[Compiled, dict[str, object]]:
    of = gates.Gates(gates.RESOURCE, load_policy().scopes_of(role, type_))
    rows = visible_rows(
        role,
        type_,
        resource.c.rid,
        resource.c.id,
        resource.c.version,
        _place(of).label("place"),
        resource.c.patient,
        resource.c.category,
        resource.c.custodian,
        resource.c.trajectory,
        of.relation_id().label("relation"),
        of.consent_id().label("consent"),
        of.view().label("view"),
    )
    for n, (param, kind, forms) in enumerate(shape):
        rows = rows.where(
            or_(*(_matches(param, kind, form, f"c{n}_{i}") for i, form in enumerate(forms)))
        )
    hits = rows.cte("hits")
    page = select(hits, resource.c.body).join(resource, resource.c.rid == hits.c.rid)
    if has_after:
        # newest first, then by id: the key strictly advances over the visible rows only
        after = tuple_(-bindparam("after_place", type_=BigInteger), _text("after_id"))
        page = page.where(tuple_(-hits.c.place, hits.c.id) > after)
    limit = bindparam("limit", type_=BigInteger)
    shown = page.order_by(hits.c.place.desc(), hits.c.id).limit(limit).subquery()
    count = select(func.count().label("total")).select_from(hits).subquery()
    statement = (
        select(count.c.total, shown)
        .select_from(count.outerjoin(shown, literal_column("1") == literal_column("1")))
        .order_by(shown.c.place.desc(), shown.c.id)
    )
    fixed: dict[str, object] = {}
    return compile_for(statement, dialect, fixed), fixed


def _place(of: gates.Gates) -> ColumnElement[int]:
    if all(scope.view == "full" for scope in of.scopes):
        return resource.c.updated
    return case((of.view() == gates.fixed("full"), resource.c.updated), else_=literal_column("0"))


def _matches(param: str, kind: str, form: str, name: str) -> ColumnElement[bool]:
    return _CONDITIONS[kind](param, form, name)


def _id(_param: str, _form: str, name: str) -> ColumnElement[bool]:
    return resource.c.id == _text(f"{name}_0")


def _patient(_param: str, _form: str, name: str) -> ColumnElement[bool]:
    """The dossier of this Patient, by the internal key: no other pointer makes it hers."""
    key = select(patient_table.c.key).where(patient_table.c.resource_id == _text(f"{name}_1"))
    return resource.c.patient == key.scalar_subquery()


def _updated(_param: str, form: str, name: str) -> ColumnElement[bool]:
    return _period(resource.c.updated, resource.c.updated + literal_column("1"), form, name)


def _token(param: str, form: str, name: str) -> ColumnElement[bool]:
    parts = [
        search_token.c.rid == resource.c.rid,
        search_token.c.type == resource.c.type,
        search_token.c.param == gates.fixed(param),
    ]
    if form[0] == "v":
        parts.append(search_token.c.system == _text(f"{name}_0"))
    if form[1] == "v":
        parts.append(search_token.c.code == _text(f"{name}_1"))
    return exists_in(search_token, *parts)


def _reference(param: str, form: str, name: str) -> ColumnElement[bool]:
    parts = [reference.c.rid == resource.c.rid, reference.c.param == gates.fixed(param)]
    if form[0] == "v":
        parts.append(reference.c.target_type == _text(f"{name}_0"))
    parts.append(reference.c.target_id == _text(f"{name}_1"))
    return exists_in(reference, *parts)


def _date(param: str, form: str, name: str) -> ColumnElement[bool]:
    return exists_in(
        search_date,
        search_date.c.rid == resource.c.rid,
        search_date.c.param == gates.fixed(param),
        _period(search_date.c.low, search_date.c.high, form, name),
    )


def _string(param: str, _form: str, name: str) -> ColumnElement[bool]:
    begins = _text(f"{name}_0")
    return exists_in(
        search_text,
        search_text.c.rid == resource.c.rid,
        search_text.c.param == gates.fixed(param),
        func.substr(search_text.c.value, literal_column("1"), func.length(begins)) == begins,
    )


_CONDITIONS = {
    "id": _id,
    "patient": _patient,
    "updated": _updated,
    "token": _token,
    "reference": _reference,
    "date": _date,
    "string": _string,
}


def _text(name: str) -> ColumnElement[str]:
    return bindparam(name, type_=String)


def _period(
    low: ColumnElement[int], high: ColumnElement[int], prefix: str, name: str
) -> ColumnElement[bool]:
    """R4 comparison of two intervals (https://hl7.org/fhir/R4/search.html#prefix)."""
    a: ColumnElement[int] = bindparam(f"{name}_1", type_=BigInteger)
    b: ColumnElement[int] = bindparam(f"{name}_2", type_=BigInteger)
    inside = and_(low >= a, high <= b)
    comparisons = {
        "eq": inside,
        "ne": or_(low < a, high > b),
        "gt": high > b,
        "lt": low < a,
        "ge": or_(high > b, inside),
        "le": or_(low < a, inside),
        "sa": low >= b,
        "eb": high <= a,
    }
    return comparisons[prefix]
