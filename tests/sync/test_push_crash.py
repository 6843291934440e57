"""Killed at any point and run again: nothing lost, nothing doubled (F5, I3, I4, I13)."""

import itertools

import pytest

from adapter.standin.fhir_server import StandinFhirServer
from adapter.sync.points import POINTS, Point
from tests.sync.crash import push_until_killed
from tests.sync.outbox import Json, Outbox, held_by, patient, plan_ring, task, versions_at

pytestmark = pytest.mark.anyio
LEASE_AND_MORE_S = 65


def two_dossiers(outbox: Outbox) -> list[Json]:
    """Single writes and a transaction in each; returned are the patients."""
    people = [patient(), patient()]
    for number, person in enumerate(people):
        about = person["id"]
        outbox.save(task(about), person, *plan_ring(about), dossier=f"pk-{number}")
    return people


def assert_in_step(outbox: Outbox, peer: StandinFhirServer, version: int = 1) -> None:
    assert held_by(peer) == outbox.expected()
    assert max(versions_at(peer).values()) == version
    assert {state for _, _, state, _ in outbox.states()} == {"done"}
    seen = {(row.type, row.local_id): row.remote_version for row in outbox.links()}
    assert {f"{t}/{i}": int(v) for (t, i), v in seen.items()} == versions_at(peer)


@pytest.mark.parametrize("turn", [1, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_once_and_run_again(
    outbox_on_either: Outbox, peer: StandinFhirServer, point: Point, turn: int
) -> None:
    outbox = outbox_on_either
    two_dossiers(outbox)
    assert push_until_killed(outbox, point, turn)
    outbox.pass_time(LEASE_AND_MORE_S)
    await outbox.push()
    assert_in_step(outbox, peer)
    assert {row.resource_id for row in outbox.log()} == {row.resource_id for row in outbox.jobs()}


@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_an_update_and_run_again(
    outbox: Outbox, peer: StandinFhirServer, point: Point
) -> None:
    people = two_dossiers(outbox)
    await outbox.push()
    for number, person in enumerate(people):
        outbox.save({**person, "gender": "female"}, dossier=f"pk-{number}")
    assert push_until_killed(outbox, point, 1)
    outbox.pass_time(LEASE_AND_MORE_S)
    await outbox.push()
    assert_in_step(outbox, peer, version=2)


@pytest.mark.parametrize(("first", "second"), list(itertools.product(POINTS, POINTS)))
async def test_killed_again_during_recovery(
    outbox: Outbox, peer: StandinFhirServer, first: Point, second: Point
) -> None:
    two_dossiers(outbox)
    assert push_until_killed(outbox, first, 2)
    outbox.pass_time(LEASE_AND_MORE_S)
    push_until_killed(outbox, second, 1)
    outbox.pass_time(LEASE_AND_MORE_S)
    await outbox.push()
    assert_in_step(outbox, peer)


async def test_before_its_lease_has_run_out_a_killed_job_is_left_alone(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())
    assert push_until_killed(outbox, "push.after_lease", 1)
    report = await outbox.push()
    assert (report.left, held_by(peer)) == (1, {})
