"""First contact: what a peer really does decides whether and how anything is sent to it."""

from typing import Any

import pytest

from adapter.standin import faults
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.resource_store import Habits
from adapter.sync.options import PushOptions
from tests.sync.outbox import (
    TIMING,
    Outbox,
    held_by,
    patient,
    plan_ring,
    second_writer,
    task,
    writes_to,
)

pytestmark = pytest.mark.anyio

HABITS = {
    "if-match-zero": Habits(),
    "if-none-match": Habits(create_only="if-none-match", stale_status=412),
    "read-first": Habits(create_only="none", stale_status=412),
}


def strangers(outbox: Outbox) -> None:
    """As if there had been no contact yet."""
    outbox.register(create_only=None)


@pytest.mark.parametrize(("form", "habits"), HABITS.items(), ids=HABITS.keys())
async def test_how_a_peer_creates_is_found_out_once_and_kept(
    outbox: Outbox, peer: StandinFhirServer, form: str, habits: Habits
) -> None:
    peer.store.habits = habits
    strangers(outbox)
    person = patient()
    outbox.save(person, *plan_ring(person["id"]))
    await outbox.push()
    assert outbox.peer.create_only == form
    assert held_by(peer) == outbox.expected()
    peer.requests.clear()
    outbox.save(patient())
    await outbox.push()
    assert len(writes_to(peer)) == 1


@pytest.mark.parametrize("habits", HABITS.values(), ids=HABITS.keys())
async def test_however_a_peer_creates_nothing_is_overwritten(
    outbox: Outbox, peer: StandinFhirServer, habits: Habits
) -> None:
    peer.store.habits = habits
    strangers(outbox)
    await outbox.push()
    person, frame, action = _there_already(peer)
    outbox.save(person, frame, action)
    before = held_by(peer)
    await outbox.push()
    assert {address: held_by(peer)[address] for address in before} == before
    assert "conflict" in {state for _, _, state, _ in outbox.states()}


def _there_already(peer: StandinFhirServer) -> tuple[Any, Any, Any]:
    """A ring of which one resource is somebody else's already."""
    person = patient()
    frame, action = plan_ring(person["id"], actions=1)
    stranger = task(person["id"], action["id"], status="draft")
    del stranger["for"]
    second_writer(peer, stranger)
    return person, frame, action


async def test_a_peer_that_ignores_if_match_gets_nothing(
    outbox: Outbox, peer: StandinFhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(peer.store), "_check_preconditions", lambda *_: None)
    strangers(outbox)
    outbox.save(person := patient())
    report = await outbox.push()
    assert (report.stopped, report.left) == ("ignores-if-match", 1)
    assert f"Patient/{person['id']}" not in held_by(peer)
    assert outbox.peer.create_only is None


async def test_a_peer_that_wants_its_own_ids_gets_nothing(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    strangers(outbox)
    for _ in range(3):  # one for each form that is tried
        peer.fail(faults.status(405), method="PUT")
    outbox.save(patient())
    report = await outbox.push()
    assert (report.stopped, report.left) == ("no-client-ids", 1)


async def test_a_peer_that_is_away_at_first_contact_is_judged_later(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    strangers(outbox)
    outbox.save(patient())
    peer.fail(faults.drop(applied=False), method="GET", path="metadata")
    report = await outbox.push()
    assert (report.stopped, report.left) == ("unreachable", 1)
    assert (await outbox.push()).left == 0


async def test_a_test_server_is_not_even_tried_out_without_a_tag(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.peer_class = "test"
    strangers(outbox)
    outbox.save(patient())
    report = await outbox.push(PushOptions(timing=TIMING))
    assert (report.stopped, writes_to(peer)) == ("guard", [])


async def test_the_trial_leaves_nothing_behind(outbox: Outbox, peer: StandinFhirServer) -> None:
    strangers(outbox)
    await outbox.push()
    assert held_by(peer) == {}
