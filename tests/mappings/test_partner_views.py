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
from mappings import care_plan
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson
from mappings.shapes import scp_plan as scp
from mappings.shapes.nictiz_mdo import nictiz_mdo
from mappings.shapes.nursing_interventions import _STATUSES, nursing_interventions
from mappings.shapes.partial_view import PARTIAL_NOTE
from mappings.shapes.partner_frame import partner_frame
from mappings.shapes.recipient import Recipient, name_of
from mappings.shapes.scp_plan import scp_plan
from tests.mappings.builders import IDS, MESO, NURSING, PHYSIO, WELFARE
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


# --- actions of a nursing organisation --------------------------------------------------------


def test_there_is_one_intervention_per_action_that_one_owns() -> None:
    (found,) = nursing_interventions(DOSSIER, recipient(NURSING))
    assert found["activity"][0]["detail"]["description"].startswith("Dagelijks wegen")
    assert [len(found[name]) for name in ("addresses", "goal", "partOf", "contributor")] == [1] * 4


def test_an_action_of_another_is_not_among_them_though_it_is_visible() -> None:
    visible = frozenset(EVERYONE)
    found = nursing_interventions(DOSSIER, recipient(NURSING, visible=visible))
    assert len(found) == 1


def test_the_social_domain_and_naasten_get_no_interventions() -> None:
    visible = frozenset(EVERYONE)
    naaste = ClosePerson(related_person="rp-1")
    assert nursing_interventions(DOSSIER, recipient(WELFARE, visible=visible)) == []
    assert nursing_interventions(DOSSIER, recipient(NURSING, party=naaste, kind="naaste")) == []


def test_an_action_in_words_has_no_code() -> None:
    (found,) = nursing_interventions(DOSSIER, recipient(NURSING))
    assert "code" not in found["activity"][0]["detail"]


def test_an_intervention_names_the_first_goal_that_its_owner_may_see() -> None:
    resources = copy.deepcopy(DOSSIER)
    task = next(one for one in resources if "Dagelijks" in str(one.get("description")))
    links = [e for e in task["extension"] if e["url"].endswith("resource-pertainsToGoal")]
    hidden = copy.deepcopy(links[0])
    hidden["valueReference"]["reference"] = "Goal/hidden"
    task["extension"] = [hidden, *task["extension"]]
    (found,) = nursing_interventions(resources, recipient(NURSING))
    assert found["goal"] == [links[0]["valueReference"]]


@pytest.mark.parametrize(
    ("timing", "when"),
    [("Elke ochtend", {"scheduledString"}), (None, {"scheduledPeriod"})],
)
def test_when_is_said_in_words_if_there_are_any(timing: str | None, when: set[str]) -> None:
    resources = copy.deepcopy(DOSSIER)
    for one in resources:
        if one["resourceType"] == "Task" and timing is None:
            kept = [e for e in one["extension"] if not e["url"].endswith("action-timing")]
            one["extension"] = kept
    (found,) = nursing_interventions(resources, recipient(NURSING))
    detail = found["activity"][0]["detail"]
    assert {name for name in detail if name.startswith("scheduled")} == when
    assert found["period"] == {"start": "2026-06-02", "end": "2026-09-01"}


@pytest.mark.parametrize("status", sorted(_STATUSES))
def test_every_status_of_a_task_has_its_counterpart(status: str) -> None:
    resources = copy.deepcopy(DOSSIER)
    for one in resources:
        if one["resourceType"] == "Task":
            one["status"] = status
    (found,) = nursing_interventions(resources, recipient(NURSING))
    assert (found["status"], found["activity"][0]["detail"]["status"]) == _STATUSES[status]
    assert faults(found, encode(found)) == []


def test_a_task_that_is_no_action_of_a_plan_is_no_intervention() -> None:
    resources = copy.deepcopy(DOSSIER)
    for one in resources:
        if one["resourceType"] == "Task":
            one["code"]["coding"][0]["code"] = "handover"
    assert nursing_interventions(resources, recipient(NURSING)) == []


# --- the meeting ------------------------------------------------------------------------------


def test_the_outcome_of_a_meeting_refers_to_ones_own_agreements() -> None:
    encounter, outcome = nictiz_mdo(DOSSIER, recipient(NURSING))
    agreed = list(names(outcome["activity"]))
    assert len(agreed) == 1
    assert set(agreed) <= audience(NURSING)
    assert outcome["encounter"]["reference"] == name_of(encounter)
    assert encounter["type"][0]["coding"][0]["code"] == "384682003"
    assert encounter["class"]["code"] == "AMB"


def test_the_code_of_the_meeting_stands_in_its_class_for_who_asks_for_that() -> None:
    encounter, _ = nictiz_mdo(DOSSIER, recipient(NURSING), code_in="class")
    assert encounter["class"] == {"system": SNOMED, "code": "384682003"}


def test_only_a_meeting_with_the_patient_is_a_contact_as_nl_core_has_it() -> None:
    without = copy.deepcopy(DOSSIER)
    for one in without:
        for found in one.get("extension", ()):
            if found["url"].endswith("mdo-patient-attended"):
                found["valueBoolean"] = False
    claimed = [
        nictiz_mdo(resources, recipient(NURSING))[0]["meta"]["profile"][1:]
        for resources in (DOSSIER, without)
    ]
    assert claimed == [[f"{ZIB}/nl-core-Encounter"], []]


def test_words_of_the_meeting_stay_in_its_reports() -> None:
    text = json.dumps(nictiz_mdo(DOSSIER, recipient(NURSING, visible=frozenset(EVERYONE))))
    for words in ("cardioloog", "Eerst het vocht", "ziekenhuis", "Insturen of niet"):
        assert words not in text


def test_who_the_recipient_may_not_see_was_not_there() -> None:
    encounter, _ = nictiz_mdo(DOSSIER, recipient(NURSING))
    present = set(names(encounter["participant"]))
    assert present
    assert not any(name.startswith("RelatedPerson/") for name in present)


def test_an_outcome_is_completed_when_nothing_visible_is_left_to_do() -> None:
    done = copy.deepcopy(DOSSIER)
    for one in done:
        if one["resourceType"] == "Task" and name_of(one) in audience(NURSING):
            one["status"] = "completed"
    statuses = [nictiz_mdo(all_, recipient(NURSING))[1]["status"] for all_ in (DOSSIER, done)]
    assert statuses == ["active", "completed"]


def test_a_meeting_that_is_only_planned_has_no_such_shape() -> None:
    planned = [one for one in DOSSIER if one["resourceType"] != "Encounter"]
    assert nictiz_mdo(planned, recipient(NURSING)) == []


def test_a_contact_that_is_no_meeting_is_left_alone() -> None:
    other = copy.deepcopy(DOSSIER)
    for one in other:
        if one["resourceType"] == "Encounter":
            one["type"][0]["coding"][0]["code"] = "185349003"
    assert nictiz_mdo(other, recipient(NURSING)) == []


# --- shared care planning ---------------------------------------------------------------------


def test_the_author_is_a_role_or_an_organisation_as_the_network_wants() -> None:
    person, _ = scp_plan(DOSSIER, recipient(NURSING), author="PractitionerRole")
    organisation, _ = scp_plan(DOSSIER, recipient(NURSING), author="Organization")
    assert person["author"]["type"] == "PractitionerRole"
    assert organisation["author"]["type"] == "Organization"
    assert organisation["author"]["identifier"] == {"system": URA, "value": MESO}


def test_an_organisation_that_may_not_be_read_is_named_by_its_number_alone() -> None:
    visible = frozenset(name for name in recipient(NURSING).visible if "Organization/" not in name)
    plan, _ = scp_plan(DOSSIER, recipient(NURSING, visible=visible), author="Organization")
    assert plan["author"] == {
        "type": "Organization",
        "identifier": {"system": URA, "value": MESO},
    }


def test_there_is_one_category_and_one_team() -> None:
    plan, team = scp_plan(DOSSIER, recipient(NURSING), author="PractitionerRole")
    codes = [coding["code"] for one in plan["category"] for coding in one["coding"]]
    assert codes == ["135411000146103"]
    assert [link["reference"] for link in plan["careTeam"]] == [name_of(team)]


def test_members_are_organisations_to_call_and_ones_own() -> None:
    _, team = scp_plan(DOSSIER, recipient(NURSING), author="PractitionerRole")
    roles = [one["role"][0]["coding"][0]["code"] for one in team["participant"]]
    assert roles == ["hoofdbehandelaar", "regiehouder", "coordinator"]
    assert {one["member"]["type"] for one in team["participant"]} == {"Organization"}
    practice = recipient(MESO, visible=recipient(NURSING).visible)
    _, own = scp_plan(DOSSIER, practice, author="PractitionerRole")
    assert [one["role"][0]["coding"][0]["code"] for one in own["participant"]] == [
        *roles,
        "medebehandelaar",
    ]


def test_what_is_not_done_is_no_activity_of_such_a_plan() -> None:
    plan, _ = scp_plan(DOSSIER, recipient(NURSING), author="PractitionerRole")
    assert {name.partition("/")[0] for name in names(plan["activity"])} == {"Task"}
    frame = partner_frame(frame_of(DOSSIER), recipient(NURSING))[0]
    assert "ServiceRequest" in {name.partition("/")[0] for name in names(frame["activity"])}


@pytest.mark.parametrize("missing", ["CareTeam", "Patient", "PractitionerRole", "CarePlan"])
def test_without_plan_team_patient_or_author_there_is_no_such_plan(missing: str) -> None:
    visible = frozenset(
        name for name in recipient(NURSING).visible if not name.startswith(f"{missing}/")
    )
    who = recipient(NURSING, visible=visible)
    assert scp_plan(DOSSIER, who, author="PractitionerRole") == []


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
