"""The same promises against a real HAPI FHIR server, with resources as the mappings write them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from adapter.fhir.constants import htest
from adapter.fhir.json import decode_own, encode
from adapter.fhir.reference import parse_reference, references
from adapter.sync.normal_form import content_hash
from tests.mappings.kinds import KINDS
from tests.sync.outbox import (
    Json,
    Outbox,
    make_outbox,
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


def everything_mapped() -> list[Json]:
    """Output of every mapping under ids of this run, with a stub for each target they lack."""
    made = {}
    for kind in KINDS:
        for document in kind.written():
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
}


async def test_all_that_the_mappings_write_arrives_as_it_was_accepted(outbox: Outbox) -> None:
    outbox.save(*everything_mapped())
    report = await outbox.push()
    assert {state for _, _, state, _ in outbox.states()} == {"done"}, outbox.states()
    assert report.left == 0
    found = {address: read(outbox.base, address) for address in outbox.expected()}
    assert {a: content_hash(document) for a, document in found.items()} == outbox.expected()
    assert {document["meta"]["versionId"] for document in found.values()} == {"1"}
