"""Push towards a peer that behaves: everything arrives once, in order, logged."""

import pytest

from adapter.standin.fhir_server import StandinFhirServer
from tests.sync.outbox import (
    Outbox,
    bodies,
    held_by,
    patient,
    plan_ring,
    ref,
    resource,
    task,
    versions_at,
    writes_to,
)

pytestmark = pytest.mark.anyio


def a_dossier() -> list[dict]:
    """As a workflow saves it: what refers comes before what it refers to."""
    person = patient()
    request = resource("ServiceRequest", status="active", intent="order")
    request["subject"] = ref("Patient", person["id"])
    referral = task(person["id"], focus=ref("ServiceRequest", request["id"]))
    return [referral, request, person, *plan_ring(person["id"])]


async def test_everything_that_is_due_arrives_once(
    outbox_on_either: Outbox, peer: StandinFhirServer
) -> None:
    outbox = outbox_on_either
    for number in range(5):
        outbox.save(*a_dossier(), dossier=f"pk-{number}")
    report = await outbox.push()
    assert held_by(peer) == outbox.expected()
    assert set(versions_at(peer).values()) == {1}
    assert (report.counts, report.left, report.stopped) == ({"done": 30}, 0, None)
