from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.fhir.search_values import (
    Interval,
    Number,
    Prefix,
    Target,
    Text,
    Token,
    date_value,
    number_value,
    reference_value,
    split_unescaped,
    string_value,
    token_value,
    uri_value,
)

BASE = "https://adapter.example/fhir"
PATIENT = frozenset({"Patient"})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a,b", ["a", "b"]),
        (r"a\,b", [r"a\,b"]),
        (r"a\\,b", [r"a\\", "b"]),
        ("", [""]),
        (",", ["", ""]),
        ("a\\", ["a\\"]),
    ],
)
def test_a_list_is_split_where_nothing_is_escaped(text: str, parts: list[str]) -> None:
    assert split_unescaped(text, ",") == parts


@given(st.lists(st.text(st.sampled_from(r"ab,\|$"), max_size=5), min_size=1, max_size=4))
def test_escaping_and_splitting_give_the_values_back(values: list[str]) -> None:
    written = ",".join(
        value.replace("\\", "\\\\").replace(",", r"\,").replace("|", r"\|") for value in values
    )
    parts = split_unescaped(written, ",")
    assert len(parts) == len(values)
    for value, part in zip(values, parts, strict=True):
        assert string_value(part) == Text(value) or not value


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("a", Token(None, "a")),
        ("s|a", Token("s", "a")),
        ("|a", Token("", "a")),
        ("s|", Token("s", None)),
        (r"s|a\|b", Token("s", "a|b")),
        (r"a\$b", Token(None, "a$b")),
    ],
)
def test_a_token_has_four_forms(text: str, token: Token) -> None:
    assert token_value(text) == token


@pytest.mark.parametrize("text", ["", "|", "a|b|c", r"a\b", "a\\"])
def test_another_form_is_no_token(text: str) -> None:
    assert isinstance(token_value(text), str)


@pytest.mark.parametrize(
    ("text", "targets", "target"),
    [
        ("p1", PATIENT, Target("Patient", "p1")),
        ("p1", frozenset({"Patient", "Group"}), Target(None, "p1")),
        ("p1", frozenset(), Target(None, "p1")),
        ("Patient/p1", PATIENT, Target("Patient", "p1")),
        ("Patient/p1", frozenset(), Target("Patient", "p1")),
        (f"{BASE}/Patient/p1", PATIENT, Target("Patient", "p1")),
    ],
)
def test_a_reference_of_our_own_is_a_target(
    text: str, targets: frozenset[str], target: Target
) -> None:
    assert reference_value(text, targets, BASE) == target


@pytest.mark.parametrize(
    "text", ["", "..", "Group/1", "https://other.example/fhir/Patient/1", "a b", r"Patient/1\,2"]
)
def test_another_reference_is_refused(text: str) -> None:
    assert isinstance(reference_value(text, PATIENT, BASE), str)


@pytest.mark.parametrize("prefix", list(Prefix))
def test_a_prefix_stands_before_a_date_or_number(prefix: Prefix) -> None:
    found = date_value(f"{prefix}2026-03-02T10:00Z")
    assert isinstance(found, Interval)
    assert found.prefix is prefix
    assert found.high - found.low == 60_000_000
    assert number_value(f"{prefix}-5.00") == Number(prefix, Decimal("-5.00"))


def test_without_prefix_it_is_equality() -> None:
    found = date_value("2026")
    assert isinstance(found, Interval)
    assert found.prefix is Prefix.EQ
    assert number_value("5") == Number(Prefix.EQ, Decimal(5))


@pytest.mark.parametrize(
    "text", ["", "ap2026", "xx2026", "ge", "2026-13", "ge 2026", "2026-03-02T10:00:00 01:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert isinstance(date_value(text), str)


@pytest.mark.parametrize("text", ["", "ap5", "1e5", "NaN", "5.", "1" * 19])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert isinstance(number_value(text), str)


def test_a_string_may_not_be_empty_and_a_uri_has_no_white_space() -> None:
    assert string_value(r"a\,b") == Text("a,b")
    assert uri_value("https://x") == Text("https://x")
    assert isinstance(string_value(""), str)
    assert isinstance(uri_value("a b"), str)
    assert isinstance(uri_value(""), str)


# search: [10, 20); a value before, across the start, inside, equal, across the end, after, around
VALUES = [(1, 5), (5, 15), (12, 15), (10, 20), (15, 25), (20, 25), (5, 25)]
HOLDS = {
    Prefix.EQ: [False, False, True, True, False, False, False],
    Prefix.NE: [True, True, False, False, True, True, True],
    Prefix.LT: [True, True, False, False, False, False, True],
    Prefix.GT: [False, False, False, False, True, True, True],
    Prefix.LE: [True, True, True, True, False, False, True],
    Prefix.GE: [False, False, True, True, True, True, True],
    Prefix.SA: [False, False, False, False, False, True, False],
    Prefix.EB: [True, False, False, False, False, False, False],
}


@pytest.mark.parametrize("prefix", list(Prefix))
def test_a_prefix_compares_intervals_as_fhir_says(prefix: Prefix) -> None:
    asked = Interval(prefix, 10, 20)
    assert [asked.holds(low, high) for low, high in VALUES] == HOLDS[prefix]
