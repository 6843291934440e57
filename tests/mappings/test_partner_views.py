"""Views for partners: made of what a recipient may see, and holding nothing else."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.access import views
from adapter.fhir.constants import ACT_REASON, BSN, CANONICAL, OBSERVATION_VALUE, SNOMED, URA
from adapter.fhir.json import decode_own, encode
from adapter.fhir.sieve import faults
from mappings.plan import care_plan
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson
from mappings.shapes import scp_plan as scp
from mappings.shapes.nursing_interventions import _STATUSES
from mappings.shapes.partial_view import PARTIAL_NOTE
from mappings.shapes.partner_frame import partner_frame
from mappings.shapes.recipient import Recipient, name_of
from tests.mappings.builders import IDS, NURSING, PHYSIO, WELFARE
from tests.mappings.partner_view_builders import (
    audience,
    common,
    dossier,
    every_view,
    frame_of,
    names,
    partner_view_sets,
    recipient,
)
from tests.mappings.plan_strategies import care_plans

Json = dict[str, Any]

STEADY = settings(deadline=None)  # the machine may be busy
DOSSIER = dossier()
EVERYONE = sorted({*names(DOSSIER), *map(name_of, DOSSIER)})
PARTS = sorted(name for name in EVERYONE if name not in common(DOSSIER))
NUMBER = "999900006"
STRUCTURE = f"{CANONICAL}/StructureDefinition/meso-"
ZIB = "http://nictiz.nl/fhir/StructureDefinition"

# Every text that a view has of itself.
CONSTANTS = {
    *(PARTIAL_NOTE, "Multidisciplinair overleg"),
    *(f"{STRUCTURE}{name}" for name in ("care-plan-part", "nursing-action", "nictiz-mdo")),
    *(f"{STRUCTURE}{name}" for name in ("nictiz-mdo-plan", "scp-plan", "scp-team")),
    *(f"{ZIB}/nl-core-Encounter", f"{ZIB}/ext-NursingIntervention-ContributorIsRequester"),
    *(OBSERVATION_VALUE, "SUBSETTED", ACT_REASON, "HTEST", SNOMED, URA, BSN),
    *("9632001", "423134005", "135411000146103", "384682003"),
    *("CarePlan", "Encounter", "CareTeam", "Patient", "Organization", "plan"),
    *(status for pair in _STATUSES.values() for status in pair),
}

parts_seen = st.sets(st.sampled_from(PARTS)).map(lambda parts: frozenset(parts | common(DOSSIER)))
anything_seen = st.sets(st.sampled_from(EVERYONE)).map(frozenset)
recipients = st.builds(
    Recipient,
    party=st.sampled_from([Party(ura=NURSING), Party(ura=PHYSIO), Party(ura=WELFARE)])
    | st.just(ClosePerson(related_person="rp-1")),
    kind=st.sampled_from(["care", "social", "naaste", "resv"]),
    visible=parts_seen | anything_seen,
    through_platform=st.booleans(),
)


def leaves(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    elif isinstance(node, str):
        yield node


def made(resources: list[Json], who: Recipient) -> list[Json]:
    return [one for all_ in every_view(resources, who).values() for one in all_]


def profile(resource: Json) -> str:
    return resource["meta"]["profile"][0].removeprefix(STRUCTURE)


def by_profile(who: Recipient, name: str, resources: list[Json] = DOSSIER) -> list[Json]:
    return [one for one in made(resources, who) if profile(one) == name]


# --- every view -------------------------------------------------------------------------------


def test_every_view_has_an_example() -> None:
    shown = {profile(one) for _, found in partner_view_sets() for one in found}
    assert shown == {url.removeprefix(STRUCTURE) for url in CONSTANTS if url.startswith(STRUCTURE)}


@pytest.mark.parametrize(("name", "resources"), list(partner_view_sets()))
def test_every_example_is_valid_fhir(name: str, resources: list[Json]) -> None:
    assert resources
    assert [faults(one, encode(one)) for one in resources] == [[] for _ in resources]


@STEADY
@given(recipients)
def test_whatever_is_made_is_valid_fhir(who: Recipient) -> None:
    for one in made(DOSSIER, who):
        missing = profile(one) == "care-plan-part" and "subject" not in one
        assert missing or faults(one, encode(one)) == []


@STEADY
@given(recipients)
def test_a_view_says_nothing_that_was_not_given(who: Recipient) -> None:
    known = {*leaves(DOSSIER), *map(name_of, DOSSIER)} | CONSTANTS
    assert [text for text in leaves(made(DOSSIER, who)) if text not in known] == []


@STEADY
@given(recipients)
def test_what_is_hidden_changes_nothing(who: Recipient) -> None:
    allowed = [one for one in DOSSIER if name_of(one) in who.visible]
    frame = name_of(frame_of(DOSSIER)) in who.visible
    whole = made(DOSSIER, who)
    assert (made(allowed, who) if frame else made([frame_of(DOSSIER), *allowed], who)) == whole


@cache
def own_texts(name: str) -> frozenset[str]:
    """What only this resource says."""
    (told,) = [set(leaves(one)) for one in DOSSIER if name_of(one) == name]
    others = {text for one in DOSSIER if name_of(one) != name for text in leaves(one)}
    return frozenset(told - others - CONSTANTS)


@STEADY
@given(recipients)
def test_of_a_hidden_part_there_is_no_trace(who: Recipient) -> None:
    told = set(leaves(made(DOSSIER, who)))
    for one in DOSSIER:
        if name_of(one) not in who.visible:
            assert told.isdisjoint(own_texts(name_of(one)))
    ids = {name.partition("/")[2] for name in set(EVERYONE) - who.visible}
    assert not any(id_ in text for id_ in ids for text in told)


@STEADY
@given(recipients)
def test_the_same_again_is_the_same(who: Recipient) -> None:
    before = copy.deepcopy(DOSSIER)
    assert encode(made(DOSSIER, who)) == encode(made(DOSSIER, who))
    assert before == DOSSIER


@STEADY
@given(recipients)
def test_every_view_has_the_line_that_it_is_a_part(who: Recipient) -> None:
    for name, found in every_view(DOSSIER, who).items():
        plans = [one for one in found if one["resourceType"] == "CarePlan"]
        assert [one["note"] for one in plans] == [[{"text": PARTIAL_NOTE}] for _ in plans], name
        assert bool(found) == bool(plans)
        for one in found:
            assert one["meta"]["tag"] == [{"system": OBSERVATION_VALUE, "code": "SUBSETTED"}]
            assert not {"versionId", "lastUpdated"} & one["meta"].keys()
            assert not {"title", "description", "text", "contained"} & one.keys()


def test_what_is_invented_is_marked_so_and_what_is_not_is_not() -> None:
    real = copy.deepcopy(DOSSIER)
    for one in real:
        del one["meta"]["security"]
    who = recipient(NURSING)
    assert all(one["meta"]["security"] for one in made(DOSSIER, who))
    assert not any("security" in one["meta"] for one in made(real, who))


# --- who may know the BSN, who gets nothing ---------------------------------------------------


@STEADY
@given(recipients)
def test_only_a_care_provider_without_a_platform_between_gets_the_bsn(who: Recipient) -> None:
    if who.kind != "care" or who.through_platform:
        assert NUMBER not in json.dumps(made(DOSSIER, who))


def test_a_care_provider_gets_the_bsn_with_the_patient() -> None:
    (plan,) = by_profile(recipient(NURSING), "nictiz-mdo-plan")[:1]
    assert plan["subject"]["identifier"] == {"system": BSN, "value": NUMBER}


def test_a_bsn_that_a_reference_carries_is_not_handed_on() -> None:
    told = copy.deepcopy(DOSSIER)
    for one in told:
        for member in ("for", "subject"):
            if member in one:
                one[member]["identifier"] = {"system": BSN, "value": NUMBER}
    who = recipient(WELFARE)
    assert made(told, who) == made(DOSSIER, who)
    assert made(told, who)


def test_the_body_of_a_network_gets_nothing() -> None:
    everything = frozenset(EVERYONE)
    assert made(DOSSIER, recipient(NURSING, kind="resv", visible=everything)) == []


def test_a_recipient_behind_a_platform_gets_the_view_without_the_number() -> None:
    who = recipient(NURSING, through_platform=True)
    found = by_profile(who, "scp-plan")
    assert found
    assert "identifier" not in found[0]["subject"]


# --- the frame --------------------------------------------------------------------------------


@STEADY
@given(care_plans(), st.data())
def test_the_frame_is_what_a_partner_reads(plan: care_plan.CarePlan, data: st.DataObject) -> None:
    """Two rooms that may not import each other say the same, byte for byte."""
    frame = care_plan.to_fhir(plan, IDS)[0]
    targets = sorted(set(names(frame)))
    seen = frozenset(data.draw(st.sets(st.sampled_from(targets)))) | {name_of(frame)}
    who = Recipient(party=Party(ura=NURSING), kind="care", visible=seen)
    assert encode(partner_frame(frame, who)[0]) == views.reduce(encode(frame), "part", seen)


def test_the_fixed_line_and_the_contacts_are_those_of_what_a_partner_reads() -> None:
    assert PARTIAL_NOTE == views.PARTIAL_NOTE
    assert scp.CONTACT_ROLES == views._CONTACT_ROLES


def test_the_frame_names_what_is_meant_for_its_reader() -> None:
    (found,) = partner_frame(frame_of(DOSSIER), recipient(WELFARE))
    assert [len(found[name]) for name in ("addresses", "goal", "activity")] == [1, 1, 1]
    assert {*names(found["activity"]), *names(found["goal"])} <= audience(WELFARE)


def test_without_a_plan_for_you_there_is_no_frame() -> None:
    nothing = frozenset(common(DOSSIER))
    assert partner_frame(frame_of(DOSSIER), recipient(NURSING, visible=nothing)) == []


def test_a_reduced_dossier_gives_the_same_views_as_the_whole() -> None:
    """What the reading door shows of a part suffices."""
    who = recipient(NURSING)
    types = {"CarePlan", "Goal", "Condition"}
    reduced = [
        decode_own(views.reduce(encode(one), "part", who.visible))
        if one["resourceType"] in types
        else one
        for one in DOSSIER
    ]
    assert made(reduced, who) == made(DOSSIER, who)
