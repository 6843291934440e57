"""The same promises against a real HAPI FHIR server, with resources as the mappings write them."""

import httpx
import pytest

from adapter.fhir.json import decode_own, encode
from adapter.fhir.reference import parse_reference, references
from adapter.sync.normal_form import content_hash
from adapter.sync.points import POINTS, Point
from tests.mappings.kinds import KINDS
from tests.sync.crash import push_until_killed
from tests.sync.outbox import (
    Json,
    Outbox,
    new_id,
    patient,
    plan_ring,
    ref,
    resource,
    task,
)

pytestmark = [pytest.mark.anyio, pytest.mark.hapi]


@pytest.fixture
def base(hapi: str) -> str:
    """Instead of the stand-in's."""
    return hapi


def read(base: str, address: str) -> Json:
    reply = httpx.get(f"{base}/{address}", headers={"cache-control": "no-cache"})
    assert reply.status_code == 200, address
    return decode_own(reply.content)


# What the doors store, and so what is pushed.
_STORED = {
    "referral", "intake-decision", "consent", "care-plan", "mdo", "trajectory", "organisation",
    "practitioner", "staff", "related-person", "capacity", "assessment", "advance-care-planning",
}  # fmt: skip


def everything_mapped() -> list[Json]:
    """Output of these mappings under ids of this run, with a stub for each target they lack."""
    made = {}
    for kind in KINDS:
        for document in kind.written() if kind.name in _STORED else ():
            made[f"{document['resourceType']}/{document['id']}"] = document
    for document in list(made.values()):
        for _, element in references(document):
            target = parse_reference(element["reference"], "")
            if target is not None and str(target) not in made:
                made[str(target)] = resource(target.type, target.id, **_REQUIRED[target.type])
    suffix = new_id("-")
    text = encode(list(made.values())).decode()
    for address in made:
        id_ = address.partition("/")[2]
        text = text.replace(id_, f"{id_[:30]}{suffix}")
    return decode_own(f'{{"all":{text}}}'.encode())["all"]


_REQUIRED = {
    "Organization": {"name": "Testorganisatie"},
    "Practitioner": {},
    "PractitionerRole": {},
    "Patient": {},
    "RelatedPerson": {"patient": {"display": "onbekend"}},
    "EpisodeOfCare": {"status": "active", "patient": {"display": "onbekend"}},
    "ServiceRequest": {"status": "active", "intent": "order", "subject": {"display": "onbekend"}},
    "CarePlan": {"status": "active", "intent": "plan", "subject": {"display": "onbekend"}},
    "CareTeam": {},
    "Task": {"status": "requested", "intent": "order"},
    "Goal": {
        "lifecycleStatus": "active",
        "description": {"text": "Doel"},
        "subject": {"display": "onbekend"},
    },
    "Consent": {},
    "Condition": {"subject": {"display": "onbekend"}},
    "Observation": {"status": "final", "code": {"text": "Meting"}},
    "ClinicalImpression": {"status": "completed", "subject": {"display": "onbekend"}},
    "Procedure": {"status": "completed", "subject": {"display": "onbekend"}},
    "QuestionnaireResponse": {"status": "completed"},
    "DocumentReference": {
        "status": "current",
        "content": [{"attachment": {"title": "Document"}}],
    },
    "Composition": {
        "status": "final",
        "type": {"text": "Brief"},
        "date": "2026-05-01",
        "author": [{"display": "onbekend"}],
        "title": "Brief",
    },
}


async def test_all_that_the_mappings_write_arrives_as_it_was_accepted(outbox: Outbox) -> None:
    outbox.register(create_only=None)
    outbox.save(*everything_mapped())
    report = await outbox.push()
    assert {state for _, _, state, _ in outbox.states()} == {"done"}, outbox.states()
    assert (report.left, outbox.peer.create_only) == (0, "if-match-zero")
    assert in_step(outbox) == {"1"}
    assert (await outbox.push()).counts == {}


async def test_an_update_replaces_content_and_labels(outbox: Outbox) -> None:
    person = patient()
    labels = [*person["meta"]["security"], {"system": "urn:x", "code": "R"}]
    outbox.save({**person, "meta": {"security": labels}})
    await outbox.push()
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert in_step(outbox) == {"2"}


async def test_a_ring_that_grows_is_sent_over_what_is_there(outbox: Outbox) -> None:
    person = patient()
    frame, first = plan_ring(person["id"], actions=1)
    outbox.save(person, frame, first)
    await outbox.push()
    second = task(person["id"], basedOn=[ref("CarePlan", frame["id"])])
    grown = [*frame["activity"], {"reference": ref("Task", second["id"])}]
    outbox.save({**frame, "activity": grown}, second)
    await outbox.push()
    assert {state for _, _, state, _ in outbox.states()} == {"done"}, outbox.states()
    assert in_step(outbox) == {"1", "2"}


async def test_what_somebody_else_wrote_is_not_overwritten(outbox: Outbox) -> None:
    person, taken = patient(), patient()
    put(outbox.base, {**taken, "gender": "male"})
    outbox.save(person, taken)
    await outbox.push()
    put(outbox.base, {**person, "gender": "male"})
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert [(state, reason) for _, _, state, reason in outbox.states()] == [
        ("done", None),
        ("conflict", "changed-at-peer"),
        ("conflict", "changed-at-peer"),
    ]
    for document in (person, taken):
        assert read(outbox.base, f"Patient/{document['id']}")["gender"] == "male"


async def test_a_missing_target_is_waited_for(outbox: Outbox) -> None:
    person = patient()
    outbox.save(task(person["id"]))
    await outbox.push()
    assert outbox.states() == [("Task", 1, "wait", "missing-target")]
    outbox.save(person)
    outbox.pass_time(10)
    await outbox.push()
    assert in_step(outbox) == {"1"}


@pytest.mark.parametrize("point", POINTS)
async def test_killed_and_run_again(outbox: Outbox, point: Point) -> None:
    person = patient()
    outbox.save(task(person["id"]), person, *plan_ring(person["id"]))
    assert push_until_killed(outbox, point, 2)
    outbox.pass_time(65)
    await outbox.push()
    assert {state for _, _, state, _ in outbox.states()} == {"done"}
    assert in_step(outbox) == {"1"}


def in_step(outbox: Outbox) -> set[str]:
    """Versions at the peer, after its content was seen to be what was accepted here."""
    found = {address: read(outbox.base, address) for address in outbox.expected()}
    assert {a: content_hash(document) for a, document in found.items()} == outbox.expected()
    return {document["meta"]["versionId"] for document in found.values()}


def put(base: str, document: Json) -> None:
    address = f"{base}/{document['resourceType']}/{document['id']}"
    reply = httpx.put(
        address, content=encode(document), headers={"content-type": "application/fhir+json"}
    )
    assert reply.status_code in (200, 201)
