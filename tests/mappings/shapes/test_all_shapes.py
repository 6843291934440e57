"""Laws of every foreign shape: nothing is lost, nothing is believed, nothing breaks the reader."""

import copy
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted
from adapter.fhir.validation import validate
from mappings.records.consent_scope import levels
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from mappings.shapes.shape import Shape
from mappings.toolkit.entries import Entries
from mappings.toolkit.envelope import open_collection, open_transaction
from tests.mappings import consent_strategies, intake_strategies, strategies
from tests.mappings.builders import BSN, IDS, UZI
from tests.mappings.mutator import mutants
from tests.mappings.shapes.examples import AGB_NOW, AGB_OLD, EXAMPLES, UZI_OLD

Json = dict[str, Any]

INPUTS = int(os.environ.get("MESO_PROVE_INPUTS", "4000"))
BSN_OLD = "urn:oid:2.16.840.1.113883.2.4.6.3"
NAMES = list(shapes.SHAPES)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def entries(sent: Json) -> Entries:
    return open_transaction(sent) if sent.get("type") == "transaction" else open_collection(sent)


def unnamed(resources: Sequence[Json]) -> list[Json]:
    """The resources without a citizen number in `for`, which is never sent back."""
    found = []
    for resource in copy.deepcopy(list(resources)):
        subject = resource.get("for")
        number = subject.get("identifier") if isinstance(subject, dict) else None
        if isinstance(number, dict) and number.get("system") in (BSN, BSN_OLD):
            del subject["identifier"]
            if not subject:
                del resource["for"]
        found.append(resource)
    return found


def back(shape: Shape, foreign: Foreign[Any]) -> list[Json]:
    return shape.write(foreign, IDS)


def expected(shape: Shape, resources: Sequence[Json]) -> list[Json]:
    is_pull = shape.name.startswith("notified-pull")
    return unnamed(resources) if is_pull else list(resources)


def refused(shape: Shape, resources: Sequence[Json]) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        shape.read(resources, IDS)
    return [(issue.code, issue.expression) for issue in caught.value.issues]


def test_every_shape_has_an_example() -> None:
    assert set(EXAMPLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_message_comes_back_as_it_was_sent(name: str) -> None:
    shape, sent = shapes.SHAPES[name], EXAMPLES[name]
    foreign = shapes.read(sent, shape, IDS)
    assert foreign.record.synthetic
    assert foreign.kept.items()
    assert back(shape, foreign) == expected(shape, entries(sent))


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_known_by_its_shape(name: str) -> None:
    found = shapes.recognised(entries(EXAMPLES[name]))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", [name for name in NAMES if shapes.SHAPES[name].is_r4])
def test_an_example_is_valid_r4(name: str) -> None:
    assert [i for resource in entries(EXAMPLES[name]) for i in validate(resource)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not shapes.SHAPES[name].is_r4])
def test_a_shape_that_is_not_held_to_r4_is_none(name: str) -> None:
    assert [i for resource in entries(EXAMPLES[name]) for i in validate(resource)]


# --- what is unknown --------------------------------------------------------------------------


def _objects(node: Any) -> Iterator[Json]:
    """Every object that somebody may extend: not extensions, and no rule of a consent."""
    if isinstance(node, dict):
        if "url" not in node:
            yield node
        for name, item in node.items():
            if name not in ("extension", "provision", "request"):
                yield from _objects(item)
    elif isinstance(node, list):
        for item in node:
            yield from _objects(item)


def _extensions() -> st.SearchStrategy[Json]:
    urls = st.sampled_from(["https://his.example/e/1", "https://his.example/e/2"])
    return st.builds(lambda url, text: {"url": url, "valueString": text}, urls, strategies.lines)


@pytest.mark.parametrize("name", NAMES)
@ANY
@given(data=st.data())
def test_whatever_stands_beside_the_record_is_kept_and_comes_back(
    name: str, data: st.DataObject
) -> None:
    shape = shapes.SHAPES[name]
    sent = copy.deepcopy(list(entries(EXAMPLES[name])))
    plain = replace(entries(EXAMPLES[name]), resources=tuple(copy.deepcopy(sent)))
    places = list(_objects(sent))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.sampled_from(places))
        # A national consent is held to R4 once its gaps are filled, so it has no other elements.
        if name == "nl-gf-consent" or data.draw(st.booleans()):
            place.setdefault("extension", []).insert(0, data.draw(_extensions()))
        else:
            unknown = data.draw(st.sampled_from(["vrijVeld", "oudNummer", "_title"]))
            place[unknown] = data.draw(
                st.sampled_from([["a", "b"], {"x": {"y": "1"}}, "los", [{"z": True}]])
            )
    resources = replace(plain, resources=tuple(sent))
    foreign = shape.read(resources, IDS)
    assert foreign.record == shape.read(plain, IDS).record
    assert back(shape, foreign) == expected(shape, sent)


@pytest.mark.parametrize("name", NAMES)
@ANY
@given(data=st.data())
def test_what_changes_the_meaning_of_what_stands_around_it_is_refused(
    name: str, data: st.DataObject
) -> None:
    sent = copy.deepcopy(list(entries(EXAMPLES[name])))
    place = data.draw(st.sampled_from(list(_objects(sent))))
    member = data.draw(st.sampled_from(["modifierExtension", "implicitRules"]))
    place[member] = [{"url": "https://his.example/niet", "valueBoolean": True}]
    resources = replace(entries(EXAMPLES[name]), resources=tuple(sent))
    assert refused(shapes.SHAPES[name], resources)[0][1].endswith(member)


@pytest.mark.parametrize("name", NAMES)
def test_an_order_that_is_a_prohibition_is_refused(name: str) -> None:
    sent = copy.deepcopy(list(entries(EXAMPLES[name])))
    main = next(x for x in sent if x["resourceType"] in ("ServiceRequest", "Task", "Consent"))
    main["doNotPerform"] = True
    resources = replace(entries(EXAMPLES[name]), resources=tuple(sent))
    assert [at.rpartition(".")[2] for _, at in refused(shapes.SHAPES[name], resources)] == [
        "doNotPerform"
    ]


@pytest.mark.parametrize("name", ["elz-referral", "routed-referral", "scp-negotiation"])
def test_a_consent_that_nobody_refers_to_is_not_a_detail(name: str) -> None:
    sent = list(entries(EXAMPLES[name]))
    loose = {**EXAMPLES["pcf-consent"], "id": "los"}
    resources = [*sent, loose]
    whole = Entries(
        resources=tuple(resources),
        paths=tuple(f"Bundle.entry[{n}].resource" for n in range(len(resources))),
        names=entries(EXAMPLES[name]).names,
    )
    at = f"Bundle.entry[{len(sent)}].resource"
    assert refused(shapes.SHAPES[name], whole) == [("structure", at)]


# --- spellings --------------------------------------------------------------------------------


def _respelt(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {name: _respelt(item, old, new) for name, item in node.items()}
    if isinstance(node, list):
        return [_respelt(item, old, new) for item in node]
    return new if node == old else node


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "pair",
    [
        (UZI, UZI_OLD),
        (UZI_OLD, UZI),
        (UZI, "urn:oid:2.16.528.1.1007.3.1"),
        (AGB_NOW, AGB_OLD),
        (AGB_OLD, AGB_NOW),
        (BSN, BSN_OLD),
        ("http://fhir.nl/fhir/NamingSystem/ura", "urn:oid:2.16.528.1.1007.3.3"),
    ],
)
def test_either_spelling_of_a_national_number_is_the_same_number(
    name: str, pair: tuple[str, str]
) -> None:
    shape = shapes.SHAPES[name]
    sent = _respelt(EXAMPLES[name], *pair)
    foreign = shapes.read(sent, shape, IDS)
    assert foreign.record == shapes.read(EXAMPLES[name], shape, IDS).record
    assert back(shape, foreign) == expected(shape, entries(sent))


# --- writing in a shape of our own accord -----------------------------------------------------


@pytest.mark.parametrize("name", ["elz-referral", "routed-referral", "scp-negotiation"])
@ANY
@given(record=strategies.referrals)
def test_a_referral_of_ours_is_the_same_in_each_shape(name: str, record: Any) -> None:
    _written_and_read(shapes.SHAPES[name], record)


@ANY
@given(record=consent_strategies.consents())
def test_a_consent_of_ours_is_the_same_in_the_national_shape(record: Any) -> None:
    _written_and_read(shapes.SHAPES["nl-gf-consent"], record)


@ANY
@given(record=consent_strategies.consents())
def test_a_consent_of_ours_is_the_same_in_pcf_if_that_has_the_words(record: Any) -> None:
    has_words = record.is_decided and not any(x.actions or x.categories for x in levels(record))
    if has_words:
        _written_and_read(shapes.SHAPES["pcf-consent"], record)
        return
    with pytest.raises(FhirError) as caught:
        back(shapes.SHAPES["pcf-consent"], Foreign(record=record))
    assert [i.expression for i in caught.value.issues] == ["Consent.provision"]


@ANY
@given(record=intake_strategies.intake_decisions())
def test_a_decision_of_ours_is_the_same_in_a_shared_plan(record: Any) -> None:
    _written_and_read(shapes.SHAPES["scp-answer"], record)


def _written_and_read(shape: Shape, record: Any) -> None:
    written = back(shape, Foreign(record=record))
    assert [i for resource in written for i in validate(resource)] == []
    foreign = shape.read(written, IDS)
    assert foreign.record == record
    assert foreign.kept.items() == ()


# --- any input --------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(2))
def test_any_input_is_read_whole_or_refused_with_its_faults(part: int) -> None:
    chance = Random(part)
    seeds = list(EXAMPLES.values())
    outcomes = {True: 0, False: 0}
    for data in mutants(seeds, INPUTS // 2, seed=part):
        outcomes[_is_read(data, chance)] += 1
    assert min(outcomes.values()) > 0


def _is_read(data: bytes, chance: Random) -> bool:
    """Whether it was read. What was read comes back, and is then read as the same."""
    try:
        sent = decode_untrusted(data)
        resources = entries(sent)
        known = shapes.recognised(resources)
        shape = known if known and chance.random() < 0.8 else shapes.SHAPES[chance.choice(NAMES)]
        foreign = shapes.read(sent, shape, IDS)
    except FhirError as error:
        _tells_what_is_wrong(error)
        return False
    assert back(shape, foreign) == expected(shape, resources)
    return True


def _tells_what_is_wrong(error: FhirError) -> None:
    assert error.issues
    assert all(issue.text and issue.code for issue in error.issues)
