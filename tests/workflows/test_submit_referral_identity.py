"""Whom a referral is about: what is on file elsewhere or does not fit is parked for people to look at.

The sender hears what any sender hears; nothing opens, and nothing moves between dossiers.
"""

import json
from copy import deepcopy
from typing import Any

import pytest

from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.synthetic.network import MESO, SINGELZICHT, WILGENHOF
from tests.builders.bundle import referral_bundle
from tests.builders.care import SO, Care, names
from tests.builders.refusals import Sent, refused
from tests.builders.region import Doors, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("submit_referral_identity")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


# --- another practice knows her (R-4, domain decision 4) --------------------------------------


def shape(value: object) -> object:
    """A document with every id and number replaced by its kind."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item)) for item in value})
    return str(value).partition("/")[0]


def test_a_referral_of_another_practices_patient_gets_the_normal_answer(
    service: Service, care: Care
) -> None:
    """Parked: status, headers and shape of the answer are those of any other referral."""
    person = care.refer().person
    normal = service.doors.post(
        OTHER_GP,
        "/records/referrals",
        care.by_other_practice(),
    )
    parked = service.doors.post(OTHER_GP, "/records/referrals", care.by_other_practice(person))
    assert parked.status_code == normal.status_code == 201
    assert shape(parked.json()) == shape(normal.json())
    assert parked.headers.keys() == normal.headers.keys()


def test_a_parked_transaction_gets_the_normal_answer(service: Service, care: Care) -> None:
    known, other = care.refer().person, next(care.neighbours)
    answers = [
        service.doors.post(
            OTHER_GP, "/fhir", referral_bundle(care.by_other_practice(person), service.ids)
        )
        for person in (other, known)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    statuses = [{e["response"]["status"] for e in answer.json()["entry"]} for answer in answers]
    etags = [{e["response"]["etag"] for e in answer.json()["entry"]} for answer in answers]
    assert statuses == [{"201 Created"}] * 2
    assert etags == [{'W/"1"'}] * 2


def test_a_parked_referral_opens_nothing_and_asks_both_practices(
    service: Service, care: Care
) -> None:
    person = care.refer().person
    parked = service.doors.post(OTHER_GP, "/records/referrals", care.by_other_practice(person))
    (task,) = names(parked, "Task")
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(OTHER_GP, f"Task/{task}").status_code == 200
    assert service.work_items(task) == {
        ("parked-referral", "R-4", org) for org in (WILGENHOF.ura, MESO.ura, SINGELZICHT.ura)
    }


def test_a_parked_referral_changes_nothing_for_the_practice_on_file(
    service: Service, care: Care
) -> None:
    dossier = care.taken_up()
    before = service.doors.read(GP, f"Patient/{dossier.patient}").content
    service.doors.post(OTHER_GP, "/records/referrals", care.by_other_practice(dossier.person))
    assert service.doors.read(GP, f"Patient/{dossier.patient}").content == before
    assert service.doors.record(SO, dossier.patient, "Condition").status_code == 200
    assert service.doors.read(OTHER_GP, f"Patient/{dossier.patient}").status_code == 404


def test_a_practice_may_send_two_referrals_that_are_parked(service: Service, care: Care) -> None:
    """Two persons of doubt with one number at the same practice stay apart from one another."""
    person = care.refer().person
    first = care.by_other_practice(person)
    second = {**first, "identifier": {**first["identifier"], "value": f"{person.number}-tweede"}}
    second["problems"] = [
        {**p, "identifier": {**p["identifier"], "value": f"{p['identifier']['value']}-2"}}
        for p in first["problems"]
    ]
    answers = [service.doors.post(OTHER_GP, "/records/referrals", r) for r in (first, second)]
    assert [answer.status_code for answer in answers] == [201, 201]
    (patient,) = set(names(answers[0], "Patient")) | set(names(answers[1], "Patient"))
    assert service.doors.read(OTHER_GP, f"Patient/{patient}").status_code == 200
    for answer in answers:
        (task,) = names(answer, "Task")
        assert service.doors.read(OTHER_GP, f"Task/{task}").status_code == 200


# --- identity (technical decision 15, N10) ----------------------------------------------------


DOUBTS: dict[str, Json] = {
    "another name": {"family": "Andersnaam"},
    "another birth date": {"birthDate": "1931-01-31"},
    "another number of the practice": {
        "identifier": {"system": WILGENHOF.numbers, "value": "ander-nummer"}
    },
}


@pytest.mark.parametrize("changes", DOUBTS.values(), ids=DOUBTS.keys())
def test_a_person_in_doubt_is_looked_at_and_the_known_one_stays_as_she_was(
    service: Service, care: Care, changes: Json
) -> None:
    known = care.taken_up()
    before = service.doors.read(GP, f"Patient/{known.patient}")
    record = care.again(known.person)
    record["patient"] |= deepcopy(changes)
    if "identifier" in changes:
        record["patient"]["identifier"]["value"] += known.person.number
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert service.work_items(task) == {
        ("identity-doubt", "RI-13", org) for org in (WILGENHOF.ura, MESO.ura)
    }
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(GP, f"Patient/{known.patient}").content == before.content
    assert service.doors.record(SO, known.patient, "Condition").status_code == 200


def test_her_bsn_with_the_number_of_somebody_else_is_looked_at(
    service: Service, care: Care
) -> None:
    one, other = care.taken_up(), care.taken_up()
    record = care.again(one.person)
    record["patient"]["identifier"]["value"] = other.person.number
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert {kind for kind, _, _ in service.work_items(task)} == {"identity-doubt"}
    for dossier in (one, other):
        assert service.doors.read(SO, f"Patient/{dossier.patient}").status_code == 200
        assert service.doors.record(SO, dossier.patient, "Condition").status_code == 200


def test_a_number_that_named_a_problem_of_somebody_else_takes_nothing_over(
    service: Service, care: Care
) -> None:
    """One number, one thing, one patient: a resource never moves to another dossier."""
    first = care.refer()
    record = deepcopy(care.referral())
    record["problems"][0]["identifier"] = first.sent["problems"][0]["identifier"]
    problem = first.id_of("Condition")
    before = service.doors.read(GP, f"Condition/{problem}").content
    body = json.dumps(record).encode()
    sent = Sent("POST", "/records/referrals", body, {"content-type": PLAIN_JSON}, GP)
    answer = refused(service, sent, 409)
    assert rules(answer) == ["RI-21"]
    assert service.doors.read(GP, f"Condition/{problem}").content == before


def test_a_problem_that_the_gp_keeps_may_be_named_again_for_the_same_patient(
    service: Service, care: Care
) -> None:
    """The allowed neighbour: the GP's own episode of care has one number for years."""
    first = care.refer()
    record = deepcopy(first.sent)
    record["identifier"]["value"] += "-2"
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    assert names(answer, "Condition") == names(first.answer, "Condition")
