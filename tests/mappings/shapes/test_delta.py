"""What differs between two JSON values is put back whatever they are, and yields to a change."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from mappings.shapes.delta import delta, put_back, same, unknown

scalars = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b", "1"])
names = st.sampled_from(["a", "b", "reference", "code"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(values, values)
def test_theirs_comes_back_on_the_same_ours(ours: object, theirs: object) -> None:
    before = copy.deepcopy(ours)
    assert same(put_back(ours, delta(ours, theirs), "at"), theirs)
    assert same(ours, before)


@given(values)
def test_nothing_differs_from_itself(value: object) -> None:
    assert delta(value, copy.deepcopy(value)) is None


def test_true_is_no_one() -> None:
    assert not same({"a": True}, {"a": 1})


def test_a_change_of_ours_stands_and_what_is_unknown_comes_back() -> None:
    ours = {"text": "vraag", "code": "fulfill"}
    found = delta(ours, {"text": "vraag", "code": "fullfill", "extra": {"x": [1]}})
    changed = {"text": "andere vraag", "code": "fulfill"}
    assert put_back(changed, found, "at") == {
        "text": "andere vraag",
        "code": "fullfill",
        "extra": {"x": [1]},
    }
    assert put_back({"text": "vraag", "code": "approve"}, found, "at") == {
        "text": "vraag",
        "code": "approve",
        "extra": {"x": [1]},
    }


def test_items_are_known_by_what_they_share_wherever_they_stand() -> None:
    ours = [{"system": "s", "value": "1"}, {"system": "t", "value": "2"}]
    theirs = [
        {"system": "x", "value": "9"},
        {"system": "t", "value": "2", "use": "usual"},
        {"system": "s", "value": "1"},
    ]
    found = delta(ours, theirs)
    changed = [{"system": "s", "value": "7"}, {"system": "t", "value": "2"}]
    assert put_back(changed, found, "at") == [*theirs[:2], changed[0]]
    assert list(unknown(found)) == [((0,), theirs[0]), ((1, "use"), "usual")]


def test_a_reference_is_put_back_whole_or_not_at_all() -> None:
    ours = {"reference": "Organization/a", "type": "Organization"}
    found = delta(ours, {"reference": "urn:uuid:1", "type": "HealthcareService"})
    changed = {"reference": "Organization/b", "type": "Organization"}
    assert put_back(changed, found, "at") == changed


def test_what_ours_got_since_stands_behind_theirs() -> None:
    found = delta(["a"], ["x", "a"])
    assert put_back(["a", "b"], found, "at") == ["x", "a", "b"]


def test_what_is_unknown_is_not_lost_with_the_part_it_belongs_to() -> None:
    found = delta([{"a": "1"}], [{"a": "1", "extra": "x"}])
    with pytest.raises(FhirError) as refused:
        put_back([], found, "Task.note")
    assert [(i.code, i.expression) for i in refused.value.issues] == [("conflict", "Task.note[0]")]


def test_what_was_only_spelt_otherwise_goes_with_it() -> None:
    assert put_back([], delta([{"a": "1", "b": "1"}], [{"a": "1", "b": "2"}]), "at") == []
