"""A referral: who may send it, what it opens and for whom, and what an earlier one leaves behind."""

import json
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from adapter.fhir.constants import FHIR_JSON, URA
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.store import schema
from adapter.synthetic.network import MESO, WILGENHOF, member
from tests.builders.bundle import referral_bundle, resource_in
from tests.builders.care import SO, Care, lighter_help, names
from tests.builders.refusals import Sent, refused
from tests.builders.region import Doors, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("submit_referral")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


# --- what a referral opens (R-2, A-46) --------------------------------------------------------


def test_before_a_referral_a_patient_does_not_exist_for_meso(doors: Doors, care: Care) -> None:
    """R-2, R-1, RI-13."""
    person = next(care.people)
    found = doors.search(
        SO, "Patient", ("identifier", f"http://fhir.nl/fhir/NamingSystem/bsn|{person.bsn}")
    )
    assert found.json()["total"] == 0


def test_a_referral_shows_itself_to_sender_and_addressee_and_to_nobody_else(
    doors: Doors, care: Care
) -> None:
    referred = care.refer()
    statuses = {
        who: doors.read(who, f"ServiceRequest/{referred.request}").status_code
        for who in (GP, "oosterbaan", SO, "dussel", OTHER_GP)
    }
    assert statuses == {GP: 200, "oosterbaan": 200, SO: 200, "dussel": 200, OTHER_GP: 404}
    assert doors.read("ait-ouali", f"ServiceRequest/{referred.request}").status_code == 404
    assert doors.read("mulderij", f"ServiceRequest/{referred.request}").status_code == 403


def test_while_it_is_weighed_the_gp_record_stays_closed(doors: Doors, care: Care) -> None:
    """A-46, technical decision 8."""
    referred = care.refer()
    assert doors.record(SO, referred.patient, "Condition").status_code == 404
    assert resources(doors.about(SO, "EpisodeOfCare", referred.patient)) == []


def test_everything_that_was_stored_carries_its_number_and_one_provenance(
    service: Service, care: Care
) -> None:
    referred = care.refer()
    held = schema.resource
    (key,) = service.rows(select(held.c.patient).where(held.c.id == referred.patient))[0]
    kinds = sorted(
        row.type for row in service.rows(select(held.c.type).where(held.c.patient == key))
    )
    named = sorted(name.partition("/")[0] for name in referred.answer.json()["resources"])
    assert kinds == sorted([*named, "Provenance"])


def test_a_referral_is_logged_resource_by_resource(service: Service, care: Care) -> None:
    mark = service.mark()
    care.doors.token(GP)
    referred = care.refer()
    entries = [line.entry for line in service.lines(mark) if line.entry.interaction == "create"]
    logged = {f"{entry.type}/{entry.resource_id}" for entry in entries}
    assert logged >= set(referred.answer.json()["resources"])
    assert len({entry.request_id for entry in entries}) == 1
    assert {entry.person for entry in entries} == {member(GP).uzi}


# --- who may refer (R-3, R-4) -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["oosterbaan", "tjalma", SO, "dussel", "ait-ouali", "samenspel"])
@pytest.mark.parametrize("door", ["/fhir", "/records/referrals"])
def test_nobody_but_a_gp_refers(service: Service, who: str, door: str) -> None:
    """R-3 by role: the same for every patient, so a plain 403."""
    record = service.care.referral()
    body = record if door != "/fhir" else referral_bundle(record, service.ids)
    media = FHIR_JSON if door == "/fhir" else PLAIN_JSON
    refused(
        service, Sent("POST", door, json.dumps(body).encode(), {"content-type": media}, who), 403
    )


def test_a_gp_refers_for_herself_only(service: Service) -> None:
    """R-3 on the message: the requester is who holds the token."""
    record = service.care.referral(referrer={"ura": WILGENHOF.ura, "uzi": member("oosterbaan").uzi})
    answer = service.doors.post(GP, "/records/referrals", record)
    assert (answer.status_code, rules(answer)) == (422, ["R-3"])


def test_a_patient_whose_gp_is_a_colleague_of_the_practice_is_referred(care: Care) -> None:
    """R-4, the allowed neighbour: the practice counts, not the person in it."""
    record = deepcopy(care.referral())
    colleague = {"ura": WILGENHOF.ura, "uzi": member("oosterbaan").uzi}
    record["patient"]["generalPractitioner"] = colleague
    assert care.doors.post(GP, "/records/referrals", record).status_code == 201


# --- agreement (R-9, R-8) ---------------------------------------------------------------------


def test_without_the_line_of_agreement_it_is_stored_and_people_are_asked(
    service: Service, care: Care
) -> None:
    """R-9: awaiting the patient's agreement, for GP and MESO both."""
    referred = care.refer(agreement=None)
    wanted = {("awaiting-agreement", "R-9", org) for org in (WILGENHOF.ura, MESO.ura)}
    assert service.work_items(referred.task) == wanted


def test_without_agreement_the_record_stays_closed_after_acceptance(
    doors: Doors, care: Care
) -> None:
    """R-9, R-5: taken up, and still nothing of the GP record."""
    dossier = care.taken_up(agreement=None)
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404


def test_with_agreement_nobody_is_asked_and_acceptance_opens(service: Service, care: Care) -> None:
    referred = care.refer()
    assert service.work_items(referred.task) == set()
    care.accept(referred)
    assert care.doors.record(SO, referred.patient, "Condition").status_code == 200


def test_a_no_is_kept_as_a_rule_that_closes(doors: Doors, care: Care) -> None:
    """R-6, A-45: the referral stays."""
    record = care.referral()
    agreement = {**record["agreement"], "agreed": False}
    dossier = care.taken_up(agreement=agreement)
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404
    assert doors.read(SO, f"ServiceRequest/{dossier.referral}").status_code == 200


# --- the directory is matched (decision 21) ---------------------------------------------------


def test_register_entries_that_come_along_are_matched_and_never_changed(
    service: Service, care: Care
) -> None:
    directory = schema.resource.c.category == "directory"
    held = select(schema.resource.c.id, schema.resource.c.version, schema.resource.c.hash)
    before = set(service.rows(held.where(directory)))
    bundle = referral_bundle(care.referral(), service.ids, directory=True)
    answer = service.doors.post(GP, "/fhir", bundle)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["entry"]) == len(bundle["entry"])
    matched = answer.json()["entry"][-3:]
    assert [e["response"]["status"] for e in matched] == ["200 OK"] * 3
    kinds = [e["response"]["location"].partition("/")[0] for e in matched]
    assert kinds == ["Organization", "Practitioner", "PractitionerRole"]
    assert set(service.rows(held.where(directory))) == before


def test_an_organisation_that_nobody_knows_is_refused_and_nothing_is_stored(
    service: Service, care: Care
) -> None:
    bundle = referral_bundle(care.referral(), service.ids, directory=True)
    resource_in(bundle, "Organization")["identifier"] = [{"system": URA, "value": "90009999"}]
    body = json.dumps(bundle).encode()
    answer = refused(service, Sent("POST", "/fhir", body, {"content-type": FHIR_JSON}, GP), 422)
    assert "R-3" in rules(answer)


# --- a second referral (RI-19) ----------------------------------------------------------------


def test_a_re_referral_is_a_new_referral_with_a_trajectory_of_its_own(
    doors: Doors, care: Care
) -> None:
    first = care.taken_up()
    assert care.close(first).status_code == 200
    second = care.accept(care.send(first.person, care.again(first.person)))
    assert second.patient == first.patient
    assert (second.referral, second.trajectory) != (first.referral, first.trajectory)
    assert doors.record(SO, second.patient, "Condition").status_code == 200


@pytest.mark.parametrize("ending", ["closed", "rejected", "cancelled", "consult"])
def test_an_earlier_consent_opens_nothing_in_a_later_referral(
    doors: Doors, care: Care, ending: str
) -> None:
    """RI-19: agreed the first time, not asked the second time."""
    first = care.refer()
    if ending == "closed":
        care.close(care.accept(first))
    elif ending == "rejected":
        care.decide(first.task, "rejected", "not-taken-up", reason=lighter_help())
    elif ending == "cancelled":
        care.decide(first.task, "cancelled", None, who=GP)
    else:
        care.decide(first.task, "accepted", "consult")
        care.decide(first.task, "completed", None)
    record = care.again(first.person, agreement=None)
    second = care.accept(care.send(first.person, record))
    assert doors.record(SO, second.patient, "Condition").status_code == 404


def test_agreed_again_it_opens_again(doors: Doors, care: Care) -> None:
    """The allowed neighbour of the rule above."""
    first = care.refer()
    care.decide(first.task, "cancelled", None, who=GP)
    second = care.accept(care.send(first.person, care.again(first.person)))
    assert doors.record(SO, second.patient, "Condition").status_code == 200


# --- death (RI-20, N12) -----------------------------------------------------------------------


@pytest.mark.parametrize("deceased", [True, "2026-11-20"], ids=["true", "a day"])
def test_a_referral_of_somebody_who_died_is_taken_in_for_people_and_opens_nothing(
    service: Service, care: Care, deceased: object
) -> None:
    record = deepcopy(care.referral())
    record["patient"]["deceased"] = deceased
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert service.work_items(task) == {("deceased", "RI-20", o) for o in (WILGENHOF.ura, MESO.ura)}
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(GP, f"Task/{task}").status_code == 200


def test_death_in_a_later_message_closes_a_running_trajectory_but_for_its_closing(
    service: Service, care: Care
) -> None:
    """RI-20: MESO may close administratively and do nothing else."""
    dossier = care.taken_up()
    record = care.again(dossier.person)
    record["patient"]["deceased"] = True
    assert service.doors.post(GP, "/records/referrals", record).status_code == 201
    assert service.doors.read(SO, f"Patient/{dossier.patient}").status_code == 404
    assert service.doors.record(SO, dossier.patient, "Condition").status_code == 404
    assert care.publish(dossier).status_code == 404
    assert service.doors.post(SO, "/records/mdos", care.mdo(dossier)).status_code == 404
    assert care.close(dossier, "END-5").status_code == 200
