"""Two texts are the same content when only what a server may change differs."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.clients.guard_content import TEST_RUN
from adapter.fhir.constants import htest
from adapter.sync.normal_form import content_hash, outgoing

Json = dict[str, Any]
OTHER = {"system": "urn:x", "code": "a"}


def task(**elements: Any) -> Json:
    return {
        "resourceType": "Task",
        "id": "t1",
        "meta": {"profile": ["urn:b", "urn:a"], "security": [htest(), OTHER]},
        "for": {"reference": "Patient/p1"},
        "input": [{"valueDecimal": Decimal("1.10")}],
        "contained": [{"resourceType": "Basic", "id": "a"}, {"resourceType": "Basic", "id": "b"}],
        **elements,
    }


def with_meta(**meta: Any) -> Json:
    return task(meta={**task()["meta"], **meta})


SAME = {
    "version and instant of the server": with_meta(versionId="7", lastUpdated="2026-01-01"),
    "source": with_meta(source="urn:uuid:1#abc"),
    "order of labels": with_meta(security=[OTHER, htest()]),
    "display of a label": with_meta(security=[{**htest(), "display": "test"}, OTHER]),
    "order of profiles": with_meta(profile=["urn:a", "urn:b"]),
    "an empty list of tags": with_meta(tag=[]),
    "tag of a test run": with_meta(tag=[{"system": TEST_RUN, "code": "x"}]),
    "version in a reference": task(**{"for": {"reference": "Patient/p1/_history/3"}}),
    "order of contained resources": task(contained=task()["contained"][::-1]),
    "order of names": dict(reversed(task().items())),
    "generated narrative": task(text={"status": "generated", "div": "<div/>"}),
}
OTHERWISE = {
    "another id": task(id="t2"),
    "digits of a decimal": task(input=[{"valueDecimal": Decimal("1.1")}]),
    "order of a list": task(contained=[], input=[{"valueString": "a"}, {"valueDecimal": 1}]),
    "a label less": with_meta(security=[htest()]),
    "a tag more": with_meta(tag=[OTHER]),
    "a profile less": with_meta(profile=["urn:a"]),
    "another target": task(**{"for": {"reference": "Patient/p2"}}),
    "narrative that somebody wrote": task(text={"status": "additional", "div": "<div/>"}),
    "a letter in another Unicode form": task(description="e\u0301"),
}


@pytest.mark.parametrize("document", SAME.values(), ids=SAME.keys())
def test_what_a_server_may_change_does_not_count(document: Json) -> None:
    assert content_hash(document) == content_hash(task())


@pytest.mark.parametrize("document", OTHERWISE.values(), ids=OTHERWISE.keys())
def test_everything_else_counts(document: Json) -> None:
    assert content_hash(document) != content_hash(task())


def test_a_letter_is_compared_as_it_is_written() -> None:
    assert content_hash(task(description="\u00e9")) != content_hash(task(description="e\u0301"))


TREES = st.recursive(
    st.text(max_size=3) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES, TREES)
def test_the_hash_tells_any_two_contents_apart(one: object, other: object) -> None:
    same = content_hash(task(extra=one)) == content_hash(task(extra=other))
    assert same == (repr(_sorted(one)) == repr(_sorted(other)))


def _sorted(node: object) -> object:
    if isinstance(node, dict):
        return {name: _sorted(node[name]) for name in sorted(node)}
    return [_sorted(item) for item in node] if isinstance(node, list) else node


def test_what_is_sent_lacks_our_own_version_and_nothing_else() -> None:
    stored = with_meta(versionId="3", lastUpdated="2026-11-24T10:00:00Z", source="urn:a")
    assert outgoing(stored) == with_meta(source="urn:a")


def test_what_is_sent_has_no_empty_meta() -> None:
    assert outgoing({"resourceType": "Basic", "id": "a", "meta": {"versionId": "1"}}) == {
        "resourceType": "Basic",
        "id": "a",
    }


def test_the_tag_of_a_run_is_added_beside_other_tags_and_replaces_an_older_one() -> None:
    stored = with_meta(tag=[OTHER, {"system": TEST_RUN, "code": "old"}])
    sent = outgoing(stored, "new")
    assert sent["meta"]["tag"] == [OTHER, {"system": TEST_RUN, "code": "new"}]
    assert content_hash(sent) == content_hash(stored)


def test_nothing_is_changed_in_place() -> None:
    stored = with_meta(versionId="3", tag=[OTHER])
    before = repr(stored)
    outgoing(stored, "run")
    content_hash(stored)
    assert repr(stored) == before
