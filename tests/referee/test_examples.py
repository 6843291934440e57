"""Whatever we write is valid FHIR, MESO and nl-core, in Bundles in which references resolve."""

import copy

import pytest

from adapter.fhir.constants import CANONICAL
from tests.referee.accepted import OUTSIDE_SLICES, UNDECIDED, WARNINGS, unexplained
from tests.referee.bundles import closed, unresolved
from tests.referee.documents import documentation, example_sets, sample_sets
from tests.referee.examples import examples
from tests.referee.jury import judge_sets
from tests.referee.referee import Finding, Referee

pytestmark = [pytest.mark.hapi, pytest.mark.profiles, pytest.mark.xdist_group("referee")]

SAMPLE = 3_000
# Ours, but without a profile: AuditEvents follow IHE's patterns, which no package here has.
WITHOUT_PROFILE = {"AuditEvent"}


@pytest.fixture(scope="module")
def of_examples(referee: Referee) -> dict[str, list[Finding]]:
    return judge_sets(referee, example_sets())


@pytest.fixture(scope="module")
def of_documentation(referee: Referee) -> dict[str, list[Finding]]:
    return {name: referee.judge_document(document) for name, document in documentation()}


@pytest.fixture(scope="module")
def of_sample(referee: Referee) -> dict[str, list[Finding]]:
    return {name: referee.judge(resources) for name, resources in sample_sets()}


def told(found: dict[str, list[Finding]]) -> list[str]:
    """What is not explained, each once."""
    lines = [f"{name}: {one}" for name, all_ in found.items() for one in unexplained(all_)]
    return list(dict.fromkeys(lines))


def test_nothing_is_wrong_with_any_example(of_examples: dict[str, list[Finding]]) -> None:
    assert told(of_examples) == []


def test_nothing_is_wrong_with_what_the_documentation_shows(
    of_documentation: dict[str, list[Finding]],
) -> None:
    assert of_documentation
    assert told(of_documentation) == []


def test_nothing_is_wrong_with_a_sample_of_the_region(
    of_sample: dict[str, list[Finding]],
) -> None:
    assert sum(len(resources) for _, resources in sample_sets()) >= SAMPLE
    assert told(of_sample) == []


def test_in_the_region_every_reference_has_its_target() -> None:
    assert [name for _, resources in sample_sets() for name in unresolved(resources)] == []


def test_what_we_write_says_which_of_our_profiles_it_meets() -> None:
    own = f"{CANONICAL}/StructureDefinition/"
    without = {
        (example.name, example.resource["resourceType"])
        for example in examples()
        if not any(profile.startswith(own) for profile in example.profiles)
    }
    assert {type_ for _, type_ in without} <= WITHOUT_PROFILE


def test_every_accepted_remark_is_still_made(
    of_examples: dict[str, list[Finding]],
    of_documentation: dict[str, list[Finding]],
    of_sample: dict[str, list[Finding]],
) -> None:
    judged = (of_examples, of_documentation, of_sample)
    made = [one for found in judged for all_ in found.values() for one in all_]
    assert [one for one in WARNINGS if not any(map(one.covers, made))] == []
    assert set(UNDECIDED) <= {one.undecided_system for one in made}
    assert set(OUTSIDE_SLICES) <= {one.element for one in made if one.is_unknown_slice}


def test_a_target_that_breaks_its_profile_is_seen_in_the_bundle(referee: Referee) -> None:
    """The Bundle is what makes slices and targets by `resolve()` count."""
    found = next(e for e in examples() if e.resource["resourceType"] == "EpisodeOfCare")
    cast = copy.deepcopy(closed(list(found.written)))
    patient = next(r for r in cast if r["resourceType"] == "Patient")
    patient["gender"] = "mevrouw"
    broken = [one for one in referee.judge(cast) if one.is_error]
    assert {cast[one.entry]["resourceType"] for one in broken if one.entry is not None} >= {
        "Patient"
    }


def test_a_profile_that_no_package_has_is_an_error(referee: Referee) -> None:
    claimed = f"{CANONICAL}/StructureDefinition/meso-nothing"
    patient = {"resourceType": "Patient", "id": "p", "meta": {"profile": [claimed]}}
    assert any(one.is_error and claimed in one.text for one in referee.judge([patient]))


def test_what_is_no_json_is_a_verdict_and_the_session_goes_on(referee: Referee) -> None:
    assert any(one.is_error for one in referee.judge_document({"resourceType": "Nothing"}))
    assert not any(one.is_error for one in referee.judge([{"resourceType": "Patient", "id": "p"}]))
