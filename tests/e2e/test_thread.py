"""One patient's whole way on the served process, from referral to log review, as the region lives it."""

from datetime import timedelta

import pytest

from adapter.synthetic import conversations
from adapter.synthetic.network import RIETKRAAG, member
from adapter.synthetic.plans import wolderink_plan
from tests.builders.care import NURSE, SO
from tests.builders.region import resources
from tests.fixtures.service import Served

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e-thread")]
GP, PARTNER, REVIEWER = "haverkort", "ait-ouali", "brouwhuis"


def test_the_whole_thread(served: Served) -> None:
    doors, care = served.doors, served.care
    referred = care.refer()
    assert doors.post(GP, "/records/referrals", referred.sent).status_code == 200
    assert doors.record(SO, referred.patient, "Condition").status_code == 404
    dossier = care.accept(referred)
    assert doors.record(SO, dossier.patient, "Condition").status_code == 200
    assert doors.record(NURSE, dossier.patient, "ouderenmodule").status_code == 200

    plan = wolderink_plan(dossier, care.created)
    assert doors.post(SO, "/records/plans", plan).status_code == 201
    assert resources(doors.about(PARTNER, "Task", dossier.patient)) == []
    care.give(dossier, RIETKRAAG, "CON-5")
    care.give(dossier, RIETKRAAG, "CON-3")
    tasks = resources(doors.about(PARTNER, "Task", dossier.patient))
    assert len(tasks) == 2
    read = doors.read(PARTNER, f"Task/{tasks[0]['id']}")
    progress = read.json() | {"status": "in-progress", "note": [{"text": "Begonnen"}]}
    assert doors.put(PARTNER, progress, read.headers["etag"]).status_code == 200
    assert doors.put(PARTNER, progress, read.headers["etag"]).status_code == 412
    assert doors.read(GP, f"Task/{tasks[0]['id']}").json()["note"][0]["text"] == "Begonnen"

    guests = [(member(PARTNER), conversations.consent_number(dossier, RIETKRAAG, "CON-3"))]
    meeting = doors.post(SO, "/records/mdos", care.held(dossier, guests))
    assert (meeting.status_code, meeting.json()["notInvited"]) == (201, [])

    renewed = care.give(dossier, RIETKRAAG, "CON-5", until=doors.now() + timedelta(days=90))
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404
    assert len(resources(doors.about(PARTNER, "Task", dossier.patient))) == 2
    gone = conversations.withdrawal(renewed, doors.now())
    assert doors.post(NURSE, "/records/consents", gone).status_code == 200
    assert resources(doors.about(PARTNER, "Task", dossier.patient)) == []

    events = resources(doors.get(REVIEWER, f"/fhir/AuditEvent?patient=Patient/{dossier.patient}"))
    consults = [e["outcome"] for e in events if e["subtype"][0]["code"] == "consult"]
    assert sorted(consults) == ["0", "0", "8", "8"]

    served.stop_process()
    verified = served.meso("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    said = served.said()
    person = referred.person
    assert not [
        word for word in (person.bsn, person.family, "Begonnen", "Traceback") if word in said
    ]
