"""The MESO team decides on a referral: who may, on what grounds, and what opens or closes with it."""

import json
from typing import Any

import pytest

from adapter.fhir.constants import FHIR_JSON
from adapter.synthetic.network import RIETKRAAG, member
from mappings.toolkit.codes import BUSINESS_STATUS, STATUS_REASON, STEPPED_CARE
from tests.builders.care import NURSE, SO, TRAINEE, Care, lighter_help
from tests.builders.region import Doors, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("decide_referral")

Json = dict[str, Any]
GP = "haverkort"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


def episodes(doors: Doors, patient: str, who: str = SO) -> list[Json]:
    return resources(doors.about(who, "EpisodeOfCare", patient))


# --- who decides (R-104) ----------------------------------------------------------------------


def test_a_nurse_reads_the_referral_and_does_not_decide(doors: Doors, care: Care) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "accepted", "trajectory", who=NURSE, why="Domeinen")
    assert (answer.status_code, rules(answer)) == (422, ["R-104"])
    refusal = care.decide(
        referred.task, "rejected", "not-taken-up", who=NURSE, reason=lighter_help()
    )
    assert (refusal.status_code, rules(refusal)) == (422, ["R-104"])
    assert episodes(doors, referred.patient) == []


def test_a_nurse_may_say_that_it_was_received(care: Care) -> None:
    """The allowed neighbour: acknowledging is no decision."""
    assert care.decide(care.refer().task, "received", None, who=NURSE).status_code == 200


def test_who_is_in_training_has_no_door_to_decide(care: Care) -> None:
    answer = care.decide(care.refer().task, "accepted", "trajectory", who=TRAINEE, why="Domeinen")
    assert answer.status_code == 403


@pytest.mark.parametrize("status", ["received", "accepted", "rejected", "completed"])
def test_the_sender_does_not_decide_about_his_own_referral(care: Care, status: str) -> None:
    business = {"accepted": "trajectory", "rejected": "not-taken-up"}.get(status)
    answer = care.decide(care.refer().task, status, business, who=GP, why="Domeinen")
    assert answer.status_code == 422


# --- trajectory or consult (R-104) ------------------------------------------------------------


def test_a_choice_has_to_be_made(doors: Doors, care: Care) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "accepted", None, why="Domeinen")
    assert (answer.status_code, rules(answer)) == (422, ["R-104"])
    assert doors.read(SO, f"Task/{referred.task}").json()["status"] == "requested"


def test_a_trajectory_needs_why_a_consult_is_not_enough(doors: Doors, care: Care) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "accepted", "trajectory")
    assert (answer.status_code, rules(answer)) == (422, ["R-104"])
    assert episodes(doors, referred.patient) == []
    assert doors.record(SO, referred.patient, "Condition").status_code == 404


def test_a_trajectory_opens_episode_team_and_record_at_once(doors: Doors, care: Care) -> None:
    """R-2, R-82, R-83: the GP sees it as soon as the SO has decided."""
    referred = care.refer()
    answer = care.decide(referred.task, "accepted", "trajectory", why="Meerdere domeinen")
    assert answer.status_code == 200
    assert answer.headers["etag"] == 'W/"2"'
    (episode,) = episodes(doors, referred.patient)
    assert episode["status"] == "active"
    assert len(resources(doors.about(GP, "CareTeam", referred.patient))) == 1
    assert doors.record(SO, referred.patient, "Condition").status_code == 200


def test_the_task_says_who_decided_and_what_came_of_it(doors: Doors, care: Care) -> None:
    referred = care.refer()
    trajectory = care.accept(referred).trajectory
    told = doors.read(GP, f"Task/{referred.task}").json()
    (decider,) = told["extension"]
    who, function = decider["extension"]
    assert who["valueReference"]["identifier"]["value"] == member(SO).uzi
    assert function["valueCoding"]["code"] == "meso-so"
    (output,) = told["output"]
    assert output["valueReference"]["reference"] == f"EpisodeOfCare/{trajectory}"


def test_a_consult_needs_no_reason_and_opens_no_trajectory(doors: Doors, care: Care) -> None:
    """A-47, domain decision 2: referral and MESO data, not the GP record."""
    referred = care.refer()
    assert care.decide(referred.task, "accepted", "consult").status_code == 200
    assert doors.read(SO, f"ServiceRequest/{referred.request}").status_code == 200
    assert episodes(doors, referred.patient) == []
    assert doors.record(SO, referred.patient, "Condition").status_code == 404


def test_a_consult_that_is_finished_closes(doors: Doors, care: Care) -> None:
    referred = care.refer()
    care.decide(referred.task, "accepted", "consult")
    assert care.decide(referred.task, "completed", None).status_code == 200
    assert doors.read(SO, f"ServiceRequest/{referred.request}").status_code == 404
    assert doors.read(GP, f"ServiceRequest/{referred.request}").status_code == 200


def test_a_trajectory_is_not_finished_like_a_consult(doors: Doors, care: Care) -> None:
    """R-84: the door to end it is the closing."""
    referred = care.refer()
    care.accept(referred)
    answer = care.decide(referred.task, "completed", None)
    assert (answer.status_code, rules(answer)) == (422, ["R-84"])
    assert doors.record(SO, referred.patient, "Condition").status_code == 200


# --- not taken up (R-106) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("business", "reason"),
    [
        ("not-taken-up", None),
        ("not-taken-up", {"text": "Past niet"}),
        ("not-taken-up", {"coding": [STATUS_REASON.coding("lighter-help-suffices")]}),
        ("not-taken-up", {"coding": [STEPPED_CARE.coding("SC-2")]}),
        (None, lighter_help()),
        ("trajectory", lighter_help()),
        ("consult", lighter_help()),
    ],
    ids=["nothing", "words", "no step", "no reason", "no status", "trajectory", "consult"],
)
def test_not_taken_up_needs_a_reason_and_an_advised_step(
    doors: Doors, care: Care, business: str | None, reason: Json | None
) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "rejected", business, reason=reason)
    assert (answer.status_code, rules(answer)) == (422, ["R-106"])
    assert doors.read(SO, f"Task/{referred.task}").json()["status"] == "requested"


def test_reason_and_advised_step_go_back_to_the_gp_and_the_weighing_ends(
    doors: Doors, care: Care
) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "rejected", "not-taken-up", reason=lighter_help())
    assert answer.status_code == 200
    told = doors.read(GP, f"Task/{referred.task}").json()
    codes = {coding["code"] for coding in told["statusReason"]["coding"]}
    assert (told["status"], codes) == ("rejected", {"lighter-help-suffices", "SC-2"})
    assert doors.read(SO, f"ServiceRequest/{referred.request}").status_code == 404


# --- withdrawn, and decided once --------------------------------------------------------------


@pytest.mark.parametrize("who", [GP, SO])
def test_before_it_is_taken_up_either_side_may_cancel(doors: Doors, care: Care, who: str) -> None:
    referred = care.refer()
    assert care.decide(referred.task, "cancelled", None, who=who).status_code == 200
    assert doors.read(SO, f"Task/{referred.task}").status_code == 404
    assert doors.read(GP, f"Task/{referred.task}").json()["status"] == "cancelled"


@pytest.mark.parametrize("status", ["requested", "received", "accepted", "rejected", "cancelled"])
def test_what_was_decided_is_not_decided_again(care: Care, status: str) -> None:
    referred = care.refer()
    care.accept(referred)
    business = {"accepted": "trajectory", "rejected": "not-taken-up"}.get(status)
    answer = care.decide(referred.task, status, business, reason=lighter_help(), why="Domeinen")
    assert answer.status_code == 422


def test_eight_decisions_at_once_are_one_decision(service: Service, care: Care) -> None:
    """C1: one wins, the others hear that the Task has changed."""
    referred = care.refer()
    read = service.doors.read(SO, f"Task/{referred.task}")
    changed = read.json() | {
        "status": "accepted",
        "businessStatus": BUSINESS_STATUS.concept("trajectory"),
        "statusReason": {"text": "Meerdere domeinen"},
    }
    headers = {
        "authorization": f"Bearer {service.doors.token(SO)}",
        "content-type": FHIR_JSON,
        "if-match": read.headers["etag"],
    }
    request = ("PUT", f"/fhir/Task/{referred.task}", headers, json.dumps(changed).encode())
    statuses = [answer.status_code for answer in service.together([request] * 8)]
    assert sorted(statuses) == [200] + [412] * 7
    assert len(episodes(service.doors, referred.patient)) == 1


# --- two referrals of one patient (RI-19) -----------------------------------------------------


def test_a_second_referral_stays_to_be_weighed_when_the_first_is_not_taken_up(
    doors: Doors, care: Care
) -> None:
    first = care.refer()
    second = care.send(first.person, care.again(first.person))
    care.decide(first.task, "rejected", "not-taken-up", reason=lighter_help())
    assert doors.read(SO, f"Task/{second.task}").status_code == 200
    assert care.accept(second).trajectory
    assert doors.record(SO, second.patient, "Condition").status_code == 200


def test_when_both_are_not_taken_up_nothing_is_left(doors: Doors, care: Care) -> None:
    first = care.refer()
    second = care.send(first.person, care.again(first.person))
    for referred in (second, first):
        care.decide(referred.task, "rejected", "not-taken-up", reason=lighter_help())
    assert doors.read(SO, f"Task/{first.task}").status_code == 404
    assert doors.read(SO, f"Patient/{first.patient}").status_code == 404


def test_the_agreement_of_another_referral_opens_nothing(doors: Doors, care: Care) -> None:
    """Agreed in one that is still weighed, not asked in the one that is taken up."""
    first = care.refer()
    second = care.send(first.person, care.again(first.person, agreement=None))
    care.accept(second)
    assert doors.record(SO, second.patient, "Condition").status_code == 404


def test_while_a_trajectory_runs_a_second_one_does_not_begin(doors: Doors, care: Care) -> None:
    running = care.taken_up()
    second = care.send(running.person, care.again(running.person))
    answer = care.decide(second.task, "accepted", "trajectory", why="Nog meer")
    assert (answer.status_code, rules(answer)) == (422, ["RI-19"])
    assert [e["id"] for e in episodes(doors, running.patient)] == [running.trajectory]


def test_after_closing_the_waiting_referral_can_be_taken_up(doors: Doors, care: Care) -> None:
    """The allowed neighbour."""
    running = care.taken_up()
    second = care.send(running.person, care.again(running.person))
    assert care.close(running).status_code == 200
    begun = care.accept(second)
    assert begun.trajectory != running.trajectory
    assert doors.record(SO, begun.patient, "Condition").status_code == 200


def test_a_consent_about_a_partner_does_not_go_on_in_the_next_trajectory(
    doors: Doors, care: Care
) -> None:
    """RI-19 for CON-5: until closing is until closing."""
    first = care.taken_up()
    care.publish(first)
    care.give(first, RIETKRAAG, "CON-5")
    assert len(resources(doors.about("ait-ouali", "Task", first.patient))) == 1
    care.close(first)
    second = care.accept(care.send(first.person, care.again(first.person)))
    plan = care.plan(second)
    plan["identifier"] = {**plan["identifier"], "value": f"{plan['identifier']['value']}-2"}
    assert doors.post(SO, "/records/plans", plan).status_code == 201
    assert resources(doors.about("ait-ouali", "Task", first.patient)) == []


# --- what was agreed to for it (RI-19) --------------------------------------------------------


@pytest.mark.parametrize("ending", ["rejected", "cancelled", "consult"])
def test_the_consents_of_a_referral_that_ended_are_inactive(
    doors: Doors, care: Care, ending: str
) -> None:
    referred, other = care.refer(), care.refer()
    if ending == "rejected":
        care.decide(referred.task, "rejected", "not-taken-up", reason=lighter_help())
    elif ending == "cancelled":
        care.decide(referred.task, "cancelled", None, who="haverkort")
    else:
        care.decide(referred.task, "accepted", "consult")
        consents = resources(doors.about(SO, "Consent", referred.patient))
        assert {c["status"] for c in consents} == {"active"}
        care.decide(referred.task, "completed", None)
    for sent, status in ((referred, "inactive"), (other, "active")):
        consents = resources(doors.about("haverkort", "Consent", sent.patient))
        assert [c["status"] for c in consents] == [status, status]
