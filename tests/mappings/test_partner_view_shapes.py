"""The three shapes that single partners want: what each says, and what it leaves out."""

import copy
import json

import pytest

from adapter.fhir.constants import SNOMED, URA
from adapter.fhir.json import encode
from adapter.fhir.sieve import faults
from mappings.records.trajectory import ClosePerson
from mappings.shapes.nictiz_mdo import nictiz_mdo
from mappings.shapes.nursing_interventions import _STATUSES, nursing_interventions
from mappings.shapes.partner_frame import partner_frame
from mappings.shapes.recipient import name_of
from mappings.shapes.scp_plan import scp_plan
from tests.mappings.builders import MESO, NURSING, WELFARE
from tests.mappings.partner_view_builders import audience, dossier, frame_of, names, recipient

DOSSIER = dossier()
EVERYONE = sorted({*names(DOSSIER), *map(name_of, DOSSIER)})
ZIB = "http://nictiz.nl/fhir/StructureDefinition"

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
