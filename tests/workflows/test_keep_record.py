"""Assessment, conversation about wishes, people around the patient, capacity: who keeps them and sees
them.
"""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG, WILGENHOF
from tests.builders.care import NURSE, SECRETARY, SO, TRAINEE, Care, names
from tests.builders.region import Doors, places, resources, rules
from tests.builders.team import (
    assessment,
    capacity,
    conversation,
    keep_assessment,
    keep_capacity,
    keep_conversation,
    keep_person,
    key_of,
    number,
    related_person,
    represents,
)
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("keep_record")

Json = dict[str, Any]
GP, POH, PARTNER, OTHER_GP = "haverkort", "oosterbaan", "ait-ouali", "ottema"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    """A trajectory whose plan De Rietkraag sees a part of."""
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    care.give(found, RIETKRAAG, "CON-5")
    return found


def seen(doors: Doors, who: str, type_: str, patient: str) -> int:
    answer = doors.about(who, type_, patient)
    return len(resources(answer)) if answer.status_code == 200 else 0


# --- who sees what ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "type_", ["ClinicalImpression", "Encounter", "Procedure", "RelatedPerson", "Observation"]
)
def test_gp_and_team_see_what_was_kept_and_a_partner_does_not(
    doors: Doors, care: Care, dossier: Dossier, type_: str
) -> None:
    daughter = keep_person(care, dossier)
    keep_assessment(care, dossier, naasteNeeds=[_need(daughter)])
    keep_conversation(care, dossier, naasten=[daughter])
    keep_capacity(care, dossier)
    for who in (GP, SO, TRAINEE, NURSE):
        assert seen(doors, who, type_, dossier.patient) > 0
    for who in (PARTNER, SECRETARY, OTHER_GP):
        assert seen(doors, who, type_, dossier.patient) == 0


def _need(naaste: str) -> Json:
    return {"key": "nood", "naaste": naaste, "text": "Slaapt slecht", "seenBy": key_of(NURSE)}


def test_what_a_naaste_needs_is_for_gp_and_team_alone(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    need = {
        "key": "nachten",
        "text": "Slaapt slecht",
        "observedOn": doors.now().date().isoformat(),
        "observedBy": key_of(NURSE),
    }
    sent = related_person(dossier, supportNeeds=[need])
    answer = doors.post(NURSE, "/records/related-persons", sent)
    (own,) = names(answer, "Observation")
    found = {who: doors.read(who, f"Observation/{own}").status_code for who in (GP, SO, POH)}
    assert found == {GP: 200, SO: 200, POH: 404}
    assert doors.read(PARTNER, f"Observation/{own}").status_code == 403


def test_people_stay_known_when_a_trajectory_ends_and_the_gp_record_does_not_reopen(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    daughter = keep_person(care, dossier)
    assert care.close(dossier).status_code == 200
    assert doors.read(SO, f"RelatedPerson/{daughter}").status_code == 200
    answer = doors.post(NURSE, "/records/related-persons", related_person(dossier))
    assert answer.status_code == 404


# --- who keeps it -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [GP, TRAINEE, SECRETARY, PARTNER, POH])
def test_only_so_and_nurse_record_an_assessment(
    doors: Doors, care: Care, dossier: Dossier, who: str
) -> None:
    sent = assessment(dossier, doors.now())
    assert doors.post(who, "/records/assessments", sent).status_code == 403


@pytest.mark.parametrize(
    ("door", "make"),
    [
        ("assessments", assessment),
        ("advance-care-planning", conversation),
        ("capacities", capacity),
    ],
)
def test_it_is_recorded_by_who_did_it(
    doors: Doors, care: Care, dossier: Dossier, door: str, make: Any
) -> None:
    other = key_of(GP)
    author = {"assessedBy": other} if door == "capacities" else {"author": other}
    answer = doors.post(SO, f"/records/{door}", make(dossier, doors.now()) | author)
    assert answer.status_code == 422
    assert rules(answer) == (["R-54"] if door == "capacities" else ["R-31"])


@pytest.mark.parametrize(
    ("door", "make"),
    [
        ("assessments", assessment),
        ("advance-care-planning", conversation),
        ("capacities", capacity),
    ],
)
def test_who_is_not_treated_here_has_nothing_to_record(
    doors: Doors, care: Care, door: str, make: Any
) -> None:
    weighed, running = care.refer(), care.taken_up()
    sent = make(running, doors.now()) | {"patient": weighed.patient}
    assert doors.post(SO, f"/records/{door}", sent).status_code == 404


def test_the_gp_records_a_representative_of_an_own_patient_and_of_nobody_else(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    sent = related_person(dossier) | {
        "author": WILGENHOF.ura,
        "identifier": {"system": WILGENHOF.numbers, "value": f"n-{dossier.person.number}"},
    }
    assert doors.post(OTHER_GP, "/records/related-persons", sent).status_code == 404
    assert doors.post(GP, "/records/related-persons", sent).status_code == 201
    assert seen(doors, SO, "RelatedPerson", dossier.patient) == 1


def test_a_consent_by_her_mentor_whom_the_gp_recorded_counts(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """R-54."""
    ground = represents("mentorship", doors.now() - timedelta(days=90))
    sent = related_person(dossier, representations=[ground]) | {
        "author": WILGENHOF.ura,
        "identifier": {"system": WILGENHOF.numbers, "value": f"m-{dossier.person.number}"},
    }
    (mentor,) = names(doors.post(GP, "/records/related-persons", sent), "RelatedPerson")
    consent = care.consent(dossier, RIETKRAAG, "CON-3") | {"givenBy": {"relatedPerson": mentor}}
    assert doors.post(NURSE, "/records/consents", consent).status_code == 201


# --- what it may name and how it changes ------------------------------------------------------


def test_naasten_in_a_conversation_are_of_this_dossier(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    stranger = keep_person(care, care.taken_up())
    sent = conversation(dossier, doors.now(), naasten=[stranger])
    answer = doors.post(SO, "/records/advance-care-planning", sent)
    assert (answer.status_code, places(answer)) == (422, ["AdvanceCarePlanning.naasten[0]"])


def test_a_conversation_or_judgement_that_has_yet_to_come_is_refused(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    later = doors.now() + timedelta(days=1)
    for door, sent in (
        ("advance-care-planning", conversation(dossier, later)),
        ("capacities", capacity(dossier, later)),
    ):
        assert doors.post(SO, f"/records/{door}", sent).status_code == 422


def post(doors: Doors, sent: Json) -> httpx.Response:
    return doors.post(SO, "/records/assessments", sent)


def test_an_assessment_changes_on_the_version_that_was_seen(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    first = assessment(dossier, doors.now(), status="in-progress")
    assert post(doors, first).status_code == 201
    assert post(doors, first).status_code == 200
    done = first | {"status": "completed", "conclusion": "Samen te doen"}
    assert post(doors, done).status_code == 412
    assert post(doors, done | {"version": 1}).status_code == 200


def test_a_part_of_an_assessment_stays(doors: Doors, care: Care, dossier: Dossier) -> None:
    """R-32."""
    first = assessment(dossier, doors.now())
    assert post(doors, first).status_code == 201
    less = first | {"contacts": first["contacts"][:1], "version": 1}
    answer = post(doors, less)
    assert (answer.status_code, rules(answer)) == (422, ["R-32"])


def test_a_visit_is_no_meeting(doors: Doors, care: Care, dossier: Dossier) -> None:
    """R-88 counts meetings, not the visits of an assessment."""
    keep_assessment(care, dossier)
    assert doors.post(SO, "/records/mdos", care.held(dossier)).status_code == 201


def test_the_review_of_a_conversation_changes_with_the_conversation_only(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    review = {"on": "2027-05-20", "owner": {"ura": key_of(SO)["ura"]}}
    sent = conversation(dossier, doors.now(), nextReview=review)
    (task,) = names(doors.post(SO, "/records/advance-care-planning", sent), "Task")
    read = doors.read(SO, f"Task/{task}")
    answer = doors.put(SO, {**read.json(), "status": "completed"}, read.headers["etag"])
    assert answer.status_code == 422


def test_a_number_of_another_patients_person_takes_nothing_over(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    keep_person(care, dossier)
    other = care.taken_up()
    sent = related_person(other) | {"identifier": number(dossier, "dochter")}
    assert doors.post(NURSE, "/records/related-persons", sent).status_code == 409
