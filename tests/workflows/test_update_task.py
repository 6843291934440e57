"""A Task that is sent back: who may change what of it, and what stays whoever changes it."""

import json
from itertools import product
from typing import Any

import pytest

from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.fhir.issues import FhirError
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG, member
from adapter.workflows.transitions import find_transition
from tests.builders.care import SO, Care
from tests.builders.region import Doors, places, resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("update_task")

Json = dict[str, Any]
GP, PARTNER = "haverkort", "ait-ouali"
STATUSES = [
    "draft",
    "requested",
    "received",
    "accepted",
    "rejected",
    "ready",
    "cancelled",
    "in-progress",
    "on-hold",
    "failed",
    "completed",
    "entered-in-error",
]
# Conventions 4.1, written down once more: (from, to) → who may.
REFERRAL = {
    ("requested", "received"): "owner",
    ("requested", "accepted"): "owner",
    ("requested", "rejected"): "owner",
    ("requested", "cancelled"): "either",
    ("received", "accepted"): "owner",
    ("received", "rejected"): "owner",
    ("received", "cancelled"): "either",
    ("accepted", "completed"): "owner",
}
ACTION = {
    ("requested", "requested"): "owner",
    ("requested", "received"): "owner",
    ("requested", "accepted"): "owner",
    ("requested", "in-progress"): "owner",
    ("requested", "rejected"): "owner",
    ("requested", "cancelled"): "either",
    ("received", "accepted"): "owner",
    ("received", "rejected"): "owner",
    ("received", "cancelled"): "either",
    ("accepted", "accepted"): "owner",
    ("accepted", "in-progress"): "owner",
    ("accepted", "cancelled"): "either",
    ("in-progress", "in-progress"): "owner",
    ("in-progress", "on-hold"): "either",
    ("in-progress", "completed"): "owner",
    ("in-progress", "failed"): "owner",
    ("on-hold", "in-progress"): "either",
}


@pytest.mark.parametrize(("kind", "table"), [("referral", REFERRAL), ("plan-action", ACTION)])
def test_every_other_step_is_refused_for_everybody(
    kind: str, table: dict[tuple[str, str], str]
) -> None:
    for before, after, is_owner in product(STATUSES, STATUSES, (True, False)):
        actor = table.get((before, after))
        allowed = actor == "either" or (actor == "owner" and is_owner)
        if allowed:
            assert find_transition(kind, before, after, is_owner=is_owner)
            continue
        with pytest.raises(FhirError) as refused:
            find_transition(kind, before, after, is_owner=is_owner)
        assert refused.value.status == 422


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def shared(care: Care) -> Dossier:
    """A published plan that De Rietkraag may see its part of."""
    dossier = care.taken_up()
    assert care.publish(dossier).status_code == 201
    care.give(dossier, RIETKRAAG, "CON-5")
    return dossier


def action_of(doors: Doors, who: str, dossier: Dossier) -> tuple[Json, str]:
    """The partner's action as `who` reads it, with its ETag."""
    mine = resources(doors.about(PARTNER, "Task", dossier.patient))[0]
    read = doors.read(who, f"Task/{mine['id']}")
    return read.json(), read.headers["etag"]


def test_the_owner_reports_progress_and_the_gp_reads_it_at_once(
    doors: Doors, shared: Dossier
) -> None:
    """RI-22, R-51."""
    task, etag = action_of(doors, PARTNER, shared)
    changed = task | {"status": "in-progress", "note": [{"text": "Loopt goed"}]}
    answer = doors.put(PARTNER, changed, etag)
    assert answer.status_code == 200
    assert answer.json()["meta"]["versionId"] == "2"
    (note,) = doors.read(GP, f"Task/{task['id']}").json()["note"]
    assert note["text"] == "Loopt goed"
    assert note["authorReference"]["identifier"]["value"] == member(PARTNER).uzi


def test_the_answer_is_the_task_as_it_is_read_afterwards(doors: Doors, shared: Dossier) -> None:
    task, etag = action_of(doors, PARTNER, shared)
    answer = doors.put(PARTNER, task | {"status": "received"}, etag)
    read = doors.read(PARTNER, f"Task/{task['id']}")
    assert answer.content == read.content
    assert answer.headers["etag"] == read.headers["etag"]
    assert answer.headers["last-modified"] == read.headers["last-modified"]


def test_a_version_that_is_no_longer_the_newest_overwrites_nothing(
    doors: Doors, shared: Dossier
) -> None:
    task, etag = action_of(doors, PARTNER, shared)
    assert doors.put(PARTNER, task | {"status": "received"}, etag).status_code == 200
    assert doors.put(PARTNER, task | {"status": "in-progress"}, etag).status_code == 412
    assert doors.read(PARTNER, f"Task/{task['id']}").json()["status"] == "received"


def test_a_colleague_of_the_owner_works_on_and_each_note_keeps_its_author(
    doors: Doors, shared: Dossier
) -> None:
    task, etag = action_of(doors, PARTNER, shared)
    doors.put(PARTNER, task | {"status": "in-progress", "note": [{"text": "Een"}]}, etag)
    task, etag = action_of(doors, "terwisga", shared)
    notes = [*task["note"], {"text": "Twee"}]
    assert doors.put("terwisga", task | {"note": notes}, etag).status_code == 200
    held = doors.read(GP, f"Task/{task['id']}").json()["note"]
    authors = [note["authorReference"]["identifier"]["value"] for note in held]
    assert authors == [member(PARTNER).uzi, member("terwisga").uzi]


@pytest.mark.parametrize("change", ["other words", "gone", "other order"])
def test_a_note_that_stands_stays(doors: Doors, shared: Dossier, change: str) -> None:
    """R-32."""
    task, etag = action_of(doors, PARTNER, shared)
    notes = [{"text": "Een"}, {"text": "Twee"}]
    doors.put(PARTNER, task | {"status": "in-progress", "note": notes}, etag)
    task, etag = action_of(doors, PARTNER, shared)
    held = task["note"]
    sent = {
        "other words": [held[0] | {"text": "Anders"}, held[1]],
        "gone": held[1:],
        "other order": held[::-1],
    }[change]
    answer = doors.put(PARTNER, task | {"note": sent}, etag)
    assert (answer.status_code, places(answer)) == (422, ["Task.note"])


def test_nobody_writes_a_note_in_somebody_elses_name(doors: Doors, shared: Dossier) -> None:
    task, etag = action_of(doors, PARTNER, shared)
    so = {"type": "Practitioner", "identifier": task["requester"]["identifier"]}
    note = {"text": "Namens de SO", "authorReference": so}
    answer = doors.put(PARTNER, task | {"status": "in-progress", "note": [note]}, etag)
    assert answer.status_code == 422


FROZEN: dict[str, Any] = {
    "description": "Iets anders doen",
    "intent": "plan",
    "priority": "stat",
    "owner": {"reference": "Organization/m1", "type": "Organization"},
    "for": {"reference": "Patient/m1", "type": "Patient"},
    "authoredOn": "2020-01-01",
    "basedOn": [{"reference": "CarePlan/m1", "type": "CarePlan"}],
    "reasonCode": {"text": "Omdat"},
    "restriction": {"repetitions": 3},
    "output": [{"type": {"text": "x"}, "valueString": "y"}],
}


@pytest.mark.parametrize("name", FROZEN)
def test_the_owner_changes_how_it_stands_and_not_what_it_is(
    doors: Doors, shared: Dossier, name: str
) -> None:
    """R-31: nobody writes themselves access or another order."""
    task, etag = action_of(doors, PARTNER, shared)
    if task.get(name) == FROZEN[name]:
        pytest.fail("the example changes nothing")
    answer = doors.put(PARTNER, task | {"status": "in-progress", name: FROZEN[name]}, etag)
    assert answer.status_code == 422
    assert f"Task.{name}" in places(answer)


def test_a_partner_whose_action_it_is_not_finds_no_task(doors: Doors, shared: Dossier) -> None:
    """RI-13: not 403, not 412, whatever is sent."""
    task, etag = action_of(doors, PARTNER, shared)
    for who in ("ait-ouali-kwartel", "spaanders"):
        assert doors.put(who, task | {"status": "completed"}, etag).status_code == 404
        assert doors.put(who, task, None).status_code == 404


def test_the_gp_reads_the_action_of_a_partner_and_does_not_change_it(
    doors: Doors, shared: Dossier
) -> None:
    task, etag = action_of(doors, GP, shared)
    assert doors.put(GP, task | {"status": "completed"}, etag).status_code == 404


def test_the_so_cancels_an_action_and_does_not_report_for_the_owner(
    doors: Doors, shared: Dossier
) -> None:
    """`either` and `owner` in the table."""
    task, etag = action_of(doors, SO, shared)
    assert doors.put(SO, task | {"status": "in-progress"}, etag).status_code == 422
    assert doors.put(SO, task | {"status": "cancelled"}, etag).status_code == 200


def test_once_the_consent_is_withdrawn_the_task_does_not_exist(
    doors: Doors, care: Care, shared: Dossier
) -> None:
    """RI-3: at once, for writing as for reading."""
    task, etag = action_of(doors, PARTNER, shared)
    given = care.consent(shared, RIETKRAAG, "CON-5")
    gone = given | {"status": "inactive", "withdrawal": {"on": given["dateTime"]}}
    assert doors.post("dussel", "/records/consents", gone).status_code in {200, 201}
    assert doors.put(PARTNER, task | {"status": "in-progress"}, etag).status_code == 404


def test_a_change_is_one_version_with_one_provenance_and_its_lines(
    service: Service, shared: Dossier
) -> None:
    task, etag = action_of(service.doors, PARTNER, shared)
    mark = service.mark()
    service.doors.put(PARTNER, task | {"status": "received"}, etag)
    entries = [line.entry for line in service.lines(mark)]
    assert [(e.interaction, e.type, e.version) for e in entries] == [
        ("update", "Task", 2),
        ("create", "Provenance", 1),
    ]
    assert {e.resource_id for e in entries if e.type == "Task"} == {task["id"]}


def test_the_same_change_again_after_a_new_read_makes_no_version(
    doors: Doors, shared: Dossier
) -> None:
    """RI-21: what is not new writes nothing."""
    task, etag = action_of(doors, PARTNER, shared)
    doors.put(PARTNER, task | {"status": "in-progress"}, etag)
    task, etag = action_of(doors, PARTNER, shared)
    again = doors.put(PARTNER, json.loads(json.dumps(task)), etag)
    assert (again.status_code, again.headers["etag"]) == (200, etag)


def test_two_colleagues_at_once_do_not_overwrite_one_another(
    service: Service, shared: Dossier
) -> None:
    """C1 on both stores: one is heard, the others read again and say it then."""
    task, etag = action_of(service.doors, PARTNER, shared)
    requests = []
    for n in range(8):
        who = (PARTNER, "terwisga")[n % 2]
        body = task | {"status": "in-progress", "note": [{"text": f"Van {n}"}]}
        headers = {
            "authorization": f"Bearer {service.doors.token(who)}",
            "content-type": FHIR_JSON,
            "if-match": etag,
        }
        requests.append(("PUT", f"/fhir/Task/{task['id']}", headers, json.dumps(body).encode()))
    statuses = [answer.status_code for answer in service.together(requests)]
    assert sorted(statuses) == [200] + [412] * 7
    held = service.doors.read(GP, f"Task/{task['id']}").json()
    assert held["meta"]["versionId"] == "2"
    assert held["note"][0]["text"] == f"Van {statuses.index(200)}"


def test_an_edit_of_the_plan_at_the_same_moment_loses_no_progress(
    service: Service, care: Care, shared: Dossier
) -> None:
    task, etag = action_of(service.doors, PARTNER, shared)
    progress = task | {"status": "in-progress", "note": [{"text": "Begonnen"}]}
    plan = care.plan(shared)
    plan["actions"] = [action | {"why": "Andere reden"} for action in plan["actions"]]
    login = {who: f"Bearer {service.doors.token(who)}" for who in (PARTNER, SO)}
    put = {"authorization": login[PARTNER], "content-type": FHIR_JSON, "if-match": etag}
    post = {"authorization": login[SO], "content-type": PLAIN_JSON}
    answers = service.together(
        [
            ("POST", "/records/plans", post, json.dumps(plan).encode()),
            ("PUT", f"/fhir/Task/{task['id']}", put, json.dumps(progress).encode()),
        ]
    )
    assert answers[0].status_code == 200
    assert answers[1].status_code in {200, 412}
    held = service.doors.read(GP, f"Task/{task['id']}").json()
    assert "Andere reden" in json.dumps(held)
    assert ("Begonnen" in json.dumps(held)) == (answers[1].status_code == 200)
