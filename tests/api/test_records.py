"""What the record doors take and give: plain JSON, in which an empty list says nothing."""

import json
from typing import Any

import pytest

from adapter.fhir.constants import CONTENT_TYPE
from adapter.fhir.constants import JSON as PLAIN
from adapter.synthetic.network import RIETKRAAG
from mappings.kinds import KINDS
from tests.builders.care import NURSE, SO, Care
from tests.builders.region import Doors
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("records")

Json = dict[str, Any]
GP = "haverkort"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


# --- empty lists ------------------------------------------------------------------------------


def test_an_empty_list_is_as_if_it_were_left_out(service: Service, care: Care) -> None:
    sent = care.referral()
    without = {name: value for name, value in sent.items() if name != "tried"}
    first = service.doors.post(GP, "/records/referrals", without)
    assert first.status_code == 201
    before = service.state()
    again = service.doors.post(GP, "/records/referrals", {**without, "tried": []})
    assert (again.status_code, again.json()) == (200, first.json())
    assert service.state() == before


def test_a_consent_without_categories_may_say_so(doors: Doors, care: Care) -> None:
    dossier = care.taken_up()
    consent = care.consent(dossier, RIETKRAAG, "CON-5") | {"categories": [], "parts": []}
    assert doors.post(NURSE, "/records/consents", consent).status_code == 201


def test_a_meeting_of_which_every_output_is_empty_is_recorded(doors: Doors, care: Care) -> None:
    dossier = care.taken_up()
    care.publish(dossier)
    held = care.held(dossier, outputs={"shared": [], "goals": []})
    assert doors.post(SO, "/records/mdos", held).status_code == 201


def test_a_list_that_has_to_hold_something_is_missing_when_it_is_empty(
    doors: Doors, care: Care
) -> None:
    answer = doors.post(GP, "/records/referrals", care.referral(problems=[]))
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["expression"] == ["Referral.problems"]


def test_in_fhir_an_empty_list_stays_a_fault(doors: Doors, care: Care) -> None:
    referred = care.refer()
    read = doors.read(SO, f"Task/{referred.task}")
    answer = doors.put(SO, {**read.json(), "note": []}, read.headers["etag"])
    assert answer.status_code == 400


# --- media types ------------------------------------------------------------------------------


def test_what_is_told_about_a_record_is_plain_json(doors: Doors, care: Care) -> None:
    referral = care.referral()
    first = doors.post(GP, "/records/referrals", referral)
    again = doors.post(GP, "/records/referrals", referral)
    schema = doors.get(GP, "/records/schema/referral")
    found = [(a.status_code, a.headers.get_list("content-type")) for a in (first, again, schema)]
    assert found == [(201, [PLAIN]), (200, [PLAIN]), (200, [PLAIN])]
    assert all(a.headers["cache-control"] == "no-store" for a in (first, again, schema))


@pytest.mark.parametrize(
    ("change", "status"), [({"zilver": "1"}, 422), ({"question": None}, 400)], ids=str
)
def test_a_fault_in_a_record_is_an_operation_outcome(
    doors: Doors, care: Care, change: Json, status: int
) -> None:
    answer = doors.post(GP, "/records/referrals", {**care.referral(), **change})
    assert (answer.status_code, answer.headers["content-type"]) == (status, CONTENT_TYPE)
    assert answer.json()["resourceType"] == "OperationOutcome"


def test_who_may_not_write_here_hears_it_as_fhir(doors: Doors, care: Care) -> None:
    for who, status in ((None, 401), (SO, 403)):
        answer = doors.post(who, "/records/referrals", care.referral())
        assert (answer.status_code, answer.headers["content-type"]) == (status, CONTENT_TYPE)


def test_what_comes_from_the_gp_record_is_fhir(doors: Doors, care: Care) -> None:
    answer = doors.record(SO, care.taken_up().patient, "Condition")
    assert (answer.status_code, answer.headers["content-type"]) == (200, CONTENT_TYPE)
    assert json.loads(answer.content)["resourceType"] == "Bundle"


def test_a_transaction_and_a_task_are_answered_as_fhir(doors: Doors, care: Care) -> None:
    referred = care.refer()
    answer = care.decide(referred.task, "received", None)
    assert (answer.status_code, answer.headers["content-type"]) == (200, CONTENT_TYPE)


# --- schemas ----------------------------------------------------------------------------------


def test_every_kind_has_its_schema_and_stands_in_the_list(doors: Doors) -> None:
    listed = doors.get(None, "/records/schema").json()["schemas"]
    assert {item["kind"] for item in listed} == {*KINDS, "closing"}
    for item in listed:
        answer = doors.get(None, item["path"])
        assert answer.status_code == 200
        assert (answer.json()["$id"], answer.json()["title"]) == (item["id"], item["title"])


@pytest.mark.parametrize("name", ["plan", "Referral", "x", "care-plan/x"])
def test_another_name_has_no_schema(doors: Doors, name: str) -> None:
    assert doors.get(GP, f"/records/schema/{name}").status_code == 404
