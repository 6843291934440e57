from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.fhir.search import (
    Criterion,
    Include,
    Kind,
    Parameter,
    SearchQuery,
    Sort,
    parse_search,
)
from adapter.fhir.search_values import Flag, Number, Target, Text, Token

BASE = "https://adapter.example/fhir"
PARAMETERS = {
    "patient": Parameter(
        kind=Kind.REFERENCE,
        targets=frozenset({"Patient"}),
        modifiers=frozenset({"identifier"}),
    ),
    "owner": Parameter(kind=Kind.REFERENCE, targets=frozenset({"Organization", "CareTeam"})),
    "focus": Parameter(kind=Kind.REFERENCE),
    "status": Parameter(kind=Kind.TOKEN, modifiers=frozenset({"not", "missing"})),
    "authored-on": Parameter(kind=Kind.DATE),
    "name": Parameter(kind=Kind.STRING, modifiers=frozenset({"exact"})),
    "url": Parameter(kind=Kind.URI),
    "priority-number": Parameter(kind=Kind.NUMBER),
    "_id": Parameter(kind=Kind.TOKEN),
}


def parse(*pairs: tuple[str, str]) -> SearchQuery:
    found = parse_search("Task", pairs, PARAMETERS, base=f"{BASE}/")
    assert isinstance(found, SearchQuery), found
    return found


def faults(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    found = parse_search("Task", pairs, PARAMETERS, base=BASE)
    assert isinstance(found, list)
    return [(issue.code, issue.expression) for issue in found]


def test_commas_are_alternatives_and_repeats_all_hold() -> None:
    query = parse(("status", "draft,s|ready"), ("status:not", "x"), ("name:exact", r"a\,b"))
    assert query.criteria == (
        Criterion(
            name="status",
            kind=Kind.TOKEN,
            modifier=None,
            values=(Token(None, "draft"), Token("s", "ready")),
        ),
        Criterion(name="status", kind=Kind.TOKEN, modifier="not", values=(Token(None, "x"),)),
        Criterion(name="name", kind=Kind.STRING, modifier="exact", values=(Text("a,b"),)),
    )


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("patient", "p1", Target("Patient", "p1")),
        ("patient:Patient", "p1", Target("Patient", "p1")),
        ("patient", f"{BASE}/Patient/p1", Target("Patient", "p1")),
        ("patient:identifier", "s|v", Token("s", "v")),
        ("owner:CareTeam", "c1", Target("CareTeam", "c1")),
        ("owner", "c1", Target(None, "c1")),
        ("focus", "Goal/g1", Target("Goal", "g1")),
        ("status:missing", "true", Flag(True)),
        ("status:missing", "false", Flag(False)),
        ("url", "https://x", Text("https://x")),
        ("_id", "t1", Token(None, "t1")),
    ],
)
def test_a_value_is_read_by_kind_and_modifier(name: str, value: str, read: object) -> None:
    (criterion,) = parse((name, value)).criteria
    assert criterion.values == (read,)


def test_dates_and_numbers_carry_their_prefix() -> None:
    query = parse(("authored-on", "ge2026"), ("priority-number", "lt5"))
    date = query.criterion("authored-on")
    number = query.criterion("priority-number")
    assert date is not None
    assert number is not None
    assert isinstance(number.values[0], Number)
    assert query.criterion("status") is None


REFUSED = {
    "unknown parameter": (("foo", "x"), ("invalid", "")),
    "unknown underscore": (("_filter", "x"), ("invalid", "")),
    "unknown modifier": (("status:in", "x"), ("invalid", "http.status")),
    "modifier of another kind": (("authored-on:exact", "2026"), ("invalid", "http.authored-on")),
    "type that is no target": (("patient:Group", "x"), ("invalid", "http.patient")),
    "chain": (("patient.name", "x"), ("invalid", "")),
    "typed chain": (("patient:Patient.name", "x"), ("invalid", "")),
    "_has": (("_has:Observation:patient:code", "x"), ("invalid", "")),
    "empty value": (("status", ""), ("value", "http.status")),
    "empty alternative": (("status", "a,"), ("value", "http.status")),
    "wrong missing": (("status:missing", "x"), ("value", "http.status")),
    "wrong date": (("authored-on", "soon"), ("value", "http.authored-on")),
    "foreign reference": (("patient", "https://x/Patient/1"), ("value", "http.patient")),
    "count that is no number": (("_count", "x"), ("value", "http._count")),
    "negative count": (("_count", "-1"), ("value", "http._count")),
    "count with modifier": (("_count:x", "1"), ("invalid", "http._count")),
    "unknown total": (("_total", "x"), ("value", "http._total")),
    "unknown summary": (("_summary", "x"), ("value", "http._summary")),
    "elements that are none": (("_elements", "id,a.b"), ("value", "http._elements")),
    "sort by something unknown": (("_sort", "foo"), ("value", "http._sort")),
    "sort twice by the same": (("_sort", "status,-status"), ("value", "http._sort")),
    "page that is none": (("_page", "a b"), ("value", "http._page")),
    "include everything": (("_include", "*"), ("value", "http._include")),
    "include of another type": (("_include", "Goal:patient"), ("value", "http._include")),
    "include of no reference": (("_include", "Task:status"), ("value", "http._include")),
    "include of an unknown name": (("_include", "Task:foo"), ("value", "http._include")),
    "include of a wrong target": (("_include", "Task:patient:Group"), ("value", "http._include")),
    "iterated include": (("_include:iterate", "Task:patient"), ("invalid", "http._include")),
    "revinclude of a wrong target": (
        ("_revinclude", "Provenance:target:Goal"),
        ("value", "http._revinclude"),
    ),
    "revinclude that is none": (("_revinclude", "Provenance"), ("value", "http._revinclude")),
}


@pytest.mark.parametrize(("pair", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_understood_is_refused(pair: tuple[str, str], fault: tuple[str, str]) -> None:
    assert faults(pair) == [fault]


def test_what_steers_the_answer_is_read_too() -> None:
    query = parse(
        ("_count", "20"),
        ("_sort", "-authored-on,status"),
        ("_total", "none"),
        ("_summary", "count"),
        ("_elements", "id,status"),
        ("_include", "Task:patient"),
        ("_include", "Task:owner:CareTeam"),
        ("_revinclude", "Provenance:target:Task"),
        ("_page", "eyJh.b-c_d~"),
        ("_format", "json"),
        ("_pretty", "true"),
    )
    assert query == SearchQuery(
        type="Task",
        count=20,
        sort=(Sort(name="authored-on", descending=True), Sort(name="status", descending=False)),
        total="none",
        summary="count",
        elements=("id", "status"),
        include=(
            Include(type="Task", parameter="patient", target=None),
            Include(type="Task", parameter="owner", target="CareTeam"),
        ),
        revinclude=(Include(type="Provenance", parameter="target", target="Task"),),
        page="eyJh.b-c_d~",
    )


def test_what_steers_the_answer_stands_once() -> None:
    assert faults(("_count", "1"), ("_count", "2")) == [("invalid", "http._count")]


def test_every_fault_is_told() -> None:
    assert faults(("foo", "x"), ("_count", "x"), ("status", "")) == [
        ("invalid", ""),
        ("value", "http.status"),
        ("value", "http._count"),
    ]


def test_too_many_parameters_or_values_are_refused() -> None:
    assert faults(*[("status", "a")] * 51) == [("too-costly", "")]
    assert faults(("status", ",".join("a" * 101))) == [("too-costly", "")]
    assert len(parse(("status", ",".join("a" * 100))).criteria[0].values) == 100


names = st.sampled_from(
    [*PARAMETERS, "_count", "_sort", "_include", "_has", "status:not", "patient.name", "x|y:z"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(names | st.text(max_size=5), st.text(max_size=12)), max_size=6))
def test_any_query_is_a_tree_or_issues_that_repeat_nothing(pairs: list[Any]) -> None:
    marked = [(name, f"{value}Jansen999911120") for name, value in pairs]
    for given_pairs in (pairs, marked):
        found = parse_search("Task", given_pairs, PARAMETERS, base=BASE)
        assert isinstance(found, SearchQuery) or found
    assert isinstance(found, SearchQuery) or "999911120" not in repr(found)
