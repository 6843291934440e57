"""What is worth a look: it travels with the answer, stands on the worklist, and goes when mended."""

from datetime import date
from typing import Any

import httpx
import pytest

from adapter.fhir.constants import CONTENT_TYPE
from adapter.fhir.constants import JSON as PLAIN
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import KWARTEL, RIETKRAAG, member
from tests.builders.bundle import referral_bundle
from tests.builders.care import NURSE, SECRETARY, SO, TRAINEE, Care
from tests.builders.region import Doors
from tests.builders.team import keep_assessment, keep_person, key_of, warned, worklist
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("worklist")

Json = dict[str, Any]
GP, OTHER_GP, PARTNER = "haverkort", "ottema", "ait-ouali"
TEAM = (SO, TRAINEE, NURSE)


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    return care.taken_up()


def about(care: Care, who: str, reference: str) -> set[tuple[str, str, str | None]]:
    """(kind, rule, place) of the items about one thing."""
    found = [item for item in worklist(care, who) if item["reference"] == reference]
    return {(item["kind"], item["rule"], item.get("place")) for item in found}


def name(answer: httpx.Response, type_: str) -> str:
    return next(n for n in answer.json()["resources"] if n.startswith(f"{type_}/"))


def smart(care: Care, dossier: Dossier) -> Json:
    """A plan in which nothing of R-92 is left out."""
    sent = care.plan(dossier)
    sent["problems"][0] |= {"rank": 1}
    sent["goals"][0] |= {"target": {"measure": "Weekrol is leeg"}, "due": "2027-02-01"}
    for action in sent["actions"]:
        action |= {"timing": "elke dag", "bestFit": {"reasons": ["expertise"]}}
    return sent


# --- a plan (R-92, R-95, P1 …) ----------------------------------------------------------------


def test_a_plan_that_lacks_something_is_taken_and_told_of(care: Care, dossier: Dossier) -> None:
    answer = care.publish(dossier)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == PLAIN
    outcome = answer.json()["outcome"]
    assert outcome["resourceType"] == "OperationOutcome"
    wanted = {("R-92", "CarePlan.goals[0].due"), ("R-92", "CarePlan.scenarios")}
    assert wanted | {("P1", "CarePlan.assessments")} <= warned(answer)
    listed = {(rule, place) for _, rule, place in about(care, SO, name(answer, "CarePlan"))}
    assert listed == warned(answer)


def test_what_was_mended_in_the_next_version_is_off_the_list(care: Care, dossier: Dossier) -> None:
    first = care.publish(dossier)
    plan = name(first, "CarePlan")
    due = ("warning", "R-92", "CarePlan.goals[0].due")
    assert due in about(care, SO, plan)
    better = smart(care, dossier) | {"version": 1}
    for part in ("problems", "goals"):
        better[part][0]["version"] = 1
    again = care.doors.post(SO, "/records/plans", better)
    assert again.status_code == 200, again.text
    assert ("R-92", "CarePlan.goals[0].due") not in warned(again)
    left = about(care, SO, plan)
    assert due not in left
    assert ("warning", "R-92", "CarePlan.scenarios") in left


def test_the_same_plan_again_says_the_same_and_changes_nothing(
    service: Service, care: Care, dossier: Dossier
) -> None:
    first = care.publish(dossier)
    before = service.state()
    again = care.publish(dossier)
    assert (again.status_code, again.json()) == (200, first.json())
    assert service.state() == before


def test_an_item_keeps_its_age_and_says_nothing_that_was_written(
    service: Service, care: Care, dossier: Dossier
) -> None:
    plan = name(care.publish(dossier), "CarePlan")
    (item,) = [
        i
        for i in worklist(care, SO)
        if (i["reference"], i.get("place")) == (plan, "CarePlan.goals[0].due")
    ]
    assert item["days"] == 0
    assert set(item) == {"kind", "rule", "text", "reference", "place", "since", "days"}
    assert care.plan(dossier)["goals"][0]["text"] not in item["text"]


def test_a_plan_by_one_assessor_is_warned_about(care: Care, dossier: Dossier) -> None:
    """R-95."""
    so = {**key_of(SO), "function": "meso-so"}
    alone = [{"component": f"D{n}", "state": "done", "assessors": [so]} for n in range(1, 11)]
    found = keep_assessment(care, dossier, components=alone)
    answer = care.publish(dossier, assessments=[found])
    assert answer.status_code == 201, answer.text
    assert ("R-95", "CarePlan.assessments") in warned(answer)


def test_a_plan_on_the_work_of_both_is_not(care: Care, dossier: Dossier) -> None:
    answer = care.publish(dossier, assessments=[keep_assessment(care, dossier)])
    assert answer.status_code == 201, answer.text
    assert not {rule for rule, _ in warned(answer)} & {"R-95", "P1"} - {"P1"}
    assert ("P1", "CarePlan.assessments") not in warned(answer)


def test_what_a_plan_stands_on_is_of_this_dossier(care: Care, dossier: Dossier) -> None:
    other = care.taken_up()
    found = keep_assessment(care, other)
    answer = care.publish(dossier, assessments=[found])
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["expression"] == ["CarePlan.assessments[0]"]
    somebody = keep_person(care, other)
    scenarios = [
        {"key": "val", "event": "Val", "whatToDo": "Bellen", "naasten": [somebody]},
    ]
    answer = care.publish(dossier, scenarios=scenarios)
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["expression"] == ["CarePlan.scenarios[0].naasten[0]"]


def test_the_first_plan_begins_the_treatment_phase(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    def phases() -> list[str]:
        episode = doors.read(GP, f"EpisodeOfCare/{dossier.trajectory}").json()
        return [
            part["valueCoding"]["code"]
            for found in episode["extension"]
            for part in found.get("extension", [])
            if part["url"] == "phase"
        ]

    assert phases() == ["diagnostic"]
    assert care.publish(dossier).status_code == 201
    assert phases() == ["diagnostic", "treatment"]
    assert care.publish(dossier).status_code == 200
    assert phases() == ["diagnostic", "treatment"]


# --- a meeting, a closing, a consent, a referral ----------------------------------------------


def test_a_meeting_without_outputs_is_taken_and_told_of(care: Care, dossier: Dossier) -> None:
    """R-91."""
    care.publish(dossier)
    answer = care.doors.post(SO, "/records/mdos", care.held(dossier))
    assert answer.status_code == 201
    assert ("R-91", "Mdo.held.outputs.goals") in warned(answer)
    full = care.held(
        dossier,
        outputs={
            "shared": ["Wat er is"],
            "goals": ["g1"],
            "priorities": ["Eerst de pillen"],
            "agreements": ["a1"],
            "outlook": ["Bel de regiehouder"],
        },
    )
    again = care.doors.post(SO, "/records/mdos", full)
    assert again.status_code == 200, again.text
    assert warned(again) == {("R-91", "Mdo.held.outputs.agreements[0]")}  # no moment for it


def test_a_meeting_before_there_is_a_plan_is_told_of(care: Care, dossier: Dossier) -> None:
    """R-90."""
    answer = care.doors.post(SO, "/records/mdos", care.mdo(dossier))
    assert (answer.status_code, warned(answer)) == (201, {("R-90", "Mdo.agenda")})
    care.publish(dossier)
    again = care.doors.post(SO, "/records/mdos", care.mdo(dossier))
    assert (again.status_code, warned(again)) == (200, set())
    assert about(care, SO, name(again, "Appointment")) == set()


def test_who_was_not_there_and_not_spoken_to_is_told_of(care: Care, dossier: Dossier) -> None:
    """R-102."""
    care.publish(dossier)
    care.give(dossier, RIETKRAAG, "CON-3")
    answer = care.doors.post(SO, "/records/mdos", care.held(dossier, [(member(PARTNER), None)]))
    assert ("R-102", "Mdo.invitees[1]") in warned(answer)


def test_closing_tells_what_is_still_open(care: Care, dossier: Dossier) -> None:
    """R-86, R-87; what was worth a look in the plan is past."""
    plan = name(care.publish(dossier), "CarePlan")
    closing = care.closing(dossier)
    answer = care.doors.post(SO, "/records/closings", closing)
    assert answer.status_code == 200, answer.text
    assert {("R-86", "Closing.checklist"), ("R-87", "CarePlan.actions[1]")} == warned(answer)
    assert about(care, SO, plan) == set()
    assert {rule for _, rule, _ in about(care, SO, f"EpisodeOfCare/{dossier.trajectory}")} == {
        *("R-86", "R-87")
    }
    again = care.doors.post(SO, "/records/closings", closing)
    assert (again.status_code, warned(again)) == (200, warned(answer))


def test_closing_for_another_reason_without_a_successor_only_warns(
    care: Care, dossier: Dossier
) -> None:
    """R-84."""
    assert warned(care.close(dossier, "END-7")) == {("R-84", "Closing.successor")}


def test_missing_alignment_is_told_to_both_and_goes_with_it(care: Care, dossier: Dossier) -> None:
    """R-47, domain decision 14: De Kwartel has no standing overleg with the GP; De Rietkraag has."""
    assert warned(
        care.doors.post(NURSE, "/records/consents", _con_5(care, dossier, RIETKRAAG))
    ) == (set())
    sent = _con_5(care, dossier, KWARTEL)
    answer = care.doors.post(NURSE, "/records/consents", sent)
    assert warned(answer) == {("R-47", "ConsentRecord.alignment")}
    consent = name(answer, "Consent")
    for who in (SO, GP):
        assert {rule for _, rule, _ in about(care, who, consent)} == {"R-47"}
    care.doors.post(NURSE, "/records/consents", sent | {"alignment": "overleg-7"})
    for who in (SO, GP):
        assert about(care, who, consent) == set()


def _con_5(care: Care, dossier: Dossier, party: Any) -> Json:
    return care.consent(dossier, party, "CON-5")


def young(care: Care) -> Json:
    sent = care.referral()
    born = date(care.doors.now().year - 58, 1, 1).isoformat()
    return {**sent, "patient": {**sent["patient"], "birthDate": born, "wlzIndication": True}}


CRITERIA = {("R-105", "Referral.patient.birthDate"), ("R-105", "Referral.patient.wlzIndication")}


def test_a_young_patient_with_wlz_is_weighed_and_never_refused(care: Care) -> None:
    """R-105: told to the GP, and to both on the list until it is decided."""
    sent = young(care)
    answer = care.doors.post(GP, "/records/referrals", sent)
    assert (answer.status_code, warned(answer)) == (201, CRITERIA)
    task = name(answer, "Task")
    for who in (GP, SO):
        assert {(rule, place) for _, rule, place in about(care, who, task)} == CRITERIA
    again = care.doors.post(GP, "/records/referrals", sent)
    assert (again.status_code, again.json()) == (200, answer.json())
    task_id = task.removeprefix("Task/")
    assert care.decide(task_id, "accepted", "trajectory", why="Domeinen").status_code == 200
    for who in (GP, SO):
        assert about(care, who, task) == set()


def test_a_usual_referral_has_no_outcome(care: Care) -> None:
    assert "outcome" not in care.refer().answer.json()


def test_a_transaction_carries_it_in_the_answer_of_its_entry(service: Service, care: Care) -> None:
    answer = care.doors.post(GP, "/fhir", referral_bundle(young(care), service.ids))
    assert (answer.status_code, answer.headers["content-type"]) == (200, CONTENT_TYPE)
    outcomes = [
        e["response"]["outcome"] for e in answer.json()["entry"] if "outcome" in e["response"]
    ]
    (outcome,) = outcomes
    found = {(i["details"]["coding"][0]["code"], i["expression"][0]) for i in outcome["issue"]}
    assert found == CRITERIA


# --- who sees the list ------------------------------------------------------------------------


def test_team_and_gp_see_the_items_of_their_own_practice(care: Care, dossier: Dossier) -> None:
    plan = name(care.publish(dossier), "CarePlan")
    assert all(about(care, who, plan) for who in TEAM)
    assert about(care, GP, plan) == set()  # it is for who writes the plan
    assert about(care, OTHER_GP, plan) == set()


def test_the_secretary_sees_what_has_to_be_arranged_only(care: Care, dossier: Dossier) -> None:
    plan = name(care.publish(dossier), "CarePlan")
    answer = care.doors.post(SO, "/records/mdos", care.mdo(dossier, [(member(PARTNER), None)]))
    meeting = name(answer, "Appointment")
    assert about(care, SECRETARY, meeting) == {("missing-consent", "R-52", None)}
    assert about(care, SECRETARY, plan) == set()
    assert {item["kind"] for item in worklist(care, SECRETARY)} == {"missing-consent"}


def test_a_missing_consent_is_listed_for_both_until_it_is_there(
    care: Care, dossier: Dossier
) -> None:
    """Domain decision 14."""
    care.publish(dossier)
    sent = care.mdo(dossier, [(member(PARTNER), None)])
    meeting = name(care.doors.post(SO, "/records/mdos", sent), "Appointment")
    for who in (SO, GP):
        assert ("missing-consent", "R-52", None) in about(care, who, meeting)
    care.give(dossier, RIETKRAAG, "CON-3")
    care.doors.post(SO, "/records/mdos", sent)
    for who in (SO, GP):
        assert about(care, who, meeting) == set()


@pytest.mark.parametrize("who", [PARTNER, "spaanders", "oosterbaan", "brouwhuis", "samenspel"])
def test_nobody_else_has_a_list(doors: Doors, who: str) -> None:
    assert doors.get(who, "/records/worklist").status_code == 403


def test_without_a_token_there_is_none(doors: Doors) -> None:
    assert doors.get(None, "/records/worklist").status_code == 401


def test_a_parked_referral_is_not_on_the_list_of_who_may_not_see_it(care: Care) -> None:
    """R-4: the MESO practice hears nothing of it while people look."""
    person = care.refer().person
    answer = care.doors.post(OTHER_GP, "/records/referrals", care.by_other_practice(person))
    assert answer.status_code == 201
    task = name(answer, "Task")
    assert about(care, SO, task) == set()
    assert ("parked-referral", "R-4", None) in about(care, OTHER_GP, task)


def test_looking_at_the_list_is_logged_under_each_patient(
    service: Service, care: Care, dossier: Dossier
) -> None:
    care.publish(dossier)
    service.doors.token(SO)
    mark = service.mark()
    listed = worklist(care, SO)
    entries = [line.entry for line in service.lines(mark)]
    assert listed
    assert {(e.interaction, e.detail, e.role) for e in entries} == {
        ("search-system", "werklijst", "meso-so")
    }
    assert len({e.patient for e in entries}) == len(entries)
    assert all(e.patient for e in entries)


def test_the_list_takes_no_parameters_and_only_json(doors: Doors) -> None:
    assert doors.get(SO, "/records/worklist?patient=x").status_code == 400
    assert doors.get(SO, "/records/worklist", accept="text/html").status_code == 406
    assert doors.post(SO, "/records/worklist", {}).status_code == 405
