"""What a run makes of an answer that is lost: one effect, whatever happened on the way (H1 to H9)."""

import pytest

from adapter.standin import faults
from adapter.standin.fhir_server import StandinFhirServer
from tests.sync.outbox import (
    TIMING,
    Outbox,
    assert_once,
    held_by,
    patient,
    plan_ring,
    second_writer,
    versions_at,
    writes_to,
)

pytestmark = pytest.mark.anyio

APPLIED = {
    "answer lost": faults.drop(applied=True),
    "503 after it was applied": faults.status(503, applied=True),
    "500 after it was applied": faults.status(500, applied=True),
    "a page after it was applied": faults.html(502, applied=True),
    "a page with 200": faults.replace(faults.HTML),
    "answer cut off": faults.truncate(),
    "answer without a body": faults.replace(b""),
}
NOT_APPLIED = {
    "request lost": faults.drop(applied=False),
    "503 before it was applied": faults.status(503, applied=False),
    "500 before it was applied": faults.status(500, applied=False),
    "a page before it was applied": faults.html(502, applied=False),
}


# --- the answer is lost -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", APPLIED.values(), ids=APPLIED.keys())
async def test_a_write_that_was_applied_is_found_out_at_once(
    outbox: Outbox, peer: StandinFhirServer, fault: faults.Fault
) -> None:
    outbox.save(patient())
    peer.fail(fault, method="PUT")
    await outbox.push()
    assert_once(outbox, peer)
    assert len(writes_to(peer)) == 1


@pytest.mark.parametrize("fault", NOT_APPLIED.values(), ids=NOT_APPLIED.keys())
async def test_a_write_that_was_not_applied_goes_again_after_the_peers_limit(
    outbox: Outbox, peer: StandinFhirServer, fault: faults.Fault
) -> None:
    outbox.save(patient())
    peer.fail(fault, method="PUT")
    await outbox.push()
    assert outbox.states() == [("Patient", 1, "unknown", "no-answer")]
    await outbox.push()
    assert len(writes_to(peer)) == 1  # it may still be carried out
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert_once(outbox, peer)
    first, second = writes_to(peer)
    assert (first.body, first.headers["if-match"]) == (second.body, second.headers["if-match"])


@pytest.mark.parametrize("applied", [True, False])
async def test_a_timeout_is_an_unknown_outcome(
    outbox: Outbox, peer: StandinFhirServer, applied: bool
) -> None:
    outbox.save(patient())
    peer.fail(faults.delay(0.6, applied=applied), method="PUT")
    await outbox.push(total_s=0.3)
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert_once(outbox, peer)


async def test_when_reading_back_fails_too_nothing_is_sent_again_before_it_succeeds(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())
    peer.fail(faults.drop(applied=True), method="PUT")
    peer.fail(faults.drop(applied=True), method="GET")
    peer.fail(faults.status(503), method="GET")
    for _ in range(3):
        await outbox.push()
        outbox.pass_time(TIMING.unknown_wait_s)
    assert_once(outbox, peer)
    assert len(writes_to(peer)) == 1


async def test_an_unknown_outcome_keeps_its_dossier_waiting_and_no_other(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(first := patient(), patient())
    outbox.save(patient(), dossier="pk-2")
    peer.fail(faults.drop(applied=False), method="PUT", path=first["id"])
    await outbox.push()
    assert [state for _, _, state, _ in outbox.states()] == ["unknown", "new", "done"]


async def test_an_update_whose_answer_was_lost_is_found_out(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    outbox.save({**person, "gender": "female"})
    peer.fail(faults.drop(applied=True), method="PUT")
    await outbox.push()
    assert held_by(peer) == outbox.expected()
    assert (set(versions_at(peer).values()), len(writes_to(peer))) == ({2}, 2)


async def test_a_newer_version_waits_for_the_outcome_of_the_one_before(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    peer.fail(faults.drop(applied=False), method="PUT")
    await outbox.push()
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert len(writes_to(peer)) == 1
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert held_by(peer) == outbox.expected()
    assert [row.headers["if-match"] for row in writes_to(peer)] == ['W/"0"', 'W/"0"', 'W/"1"']


async def test_what_stands_there_after_a_lost_answer_and_is_not_ours_is_a_conflict(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    peer.fail(faults.drop(applied=False), method="PUT")
    peer.fail(faults.drop(applied=False), method="GET")
    await outbox.push()
    second_writer(peer, {**person, "gender": "male"})
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert outbox.states() == [("Patient", 1, "conflict", "changed-at-peer")]
    assert set(versions_at(peer).values()) == {1}


@pytest.mark.parametrize(("applied", "lines"), [(True, 1), (False, 2)])
async def test_what_goes_again_is_logged_again_and_reading_back_is_not(
    outbox: Outbox, peer: StandinFhirServer, applied: bool, lines: int
) -> None:
    outbox.save(patient())
    peer.fail(faults.drop(applied=applied), method="PUT")
    await outbox.push()
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert [line.outcome for line in outbox.log()] == [0] * lines


# --- a transaction whose answer is lost -------------------------------------------------------


@pytest.mark.parametrize("fault", APPLIED.values(), ids=APPLIED.keys())
async def test_a_transaction_that_was_applied_is_found_out(
    outbox: Outbox, peer: StandinFhirServer, fault: faults.Fault
) -> None:
    person = patient()
    outbox.save(person, *plan_ring(person["id"]))
    peer.fail(fault, method="POST")
    await outbox.push()
    assert_once(outbox, peer)


@pytest.mark.parametrize("fault", NOT_APPLIED.values(), ids=NOT_APPLIED.keys())
async def test_a_transaction_that_was_not_applied_goes_again_as_a_whole(
    outbox: Outbox, peer: StandinFhirServer, fault: faults.Fault
) -> None:
    person = patient()
    outbox.save(person, *plan_ring(person["id"]))
    peer.fail(fault, method="POST")
    await outbox.push()
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert_once(outbox, peer)
    assert [request.method for request in writes_to(peer)] == ["PUT", "POST", "POST"]


async def test_a_transaction_does_not_go_again_while_a_part_of_it_cannot_be_read(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person, *(ring := plan_ring(person["id"])))
    peer.fail(faults.drop(applied=False), method="POST")
    await outbox.push()
    outbox.pass_time(TIMING.unknown_wait_s)
    peer.fail(faults.status(503), method="GET", path=ring[1]["id"])
    await outbox.push()
    assert [state for _, _, state, _ in outbox.states()] == ["done", *["unknown"] * 3]
    assert [request.method for request in writes_to(peer)] == ["PUT", "POST"]
    outbox.pass_time(TIMING.unknown_wait_s)
    await outbox.push()
    assert_once(outbox, peer)


async def test_one_conflict_undoes_a_transaction_and_the_others_go_without_it(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    frame, first, second = plan_ring(person["id"])
    outbox.save(person, frame, first, second)
    bare = {name: value for name, value in first.items() if name not in ("basedOn", "for")}
    second_writer(peer, {**bare, "status": "draft"})
    await outbox.push()
    states = {(t, i): s for t, i, s in _states_by_id(outbox)}
    assert states.pop(("Task", first["id"])) == "conflict"
    assert states == {
        ("Patient", person["id"]): "done",
        ("CarePlan", frame["id"]): "wait",
        ("Task", second["id"]): "wait",
    }
    outbox.pass_time(10)
    await outbox.push()
    assert [s for _, _, s in _states_by_id(outbox)].count("done") == 3


def _states_by_id(outbox: Outbox) -> list[tuple[str, str, str]]:
    return [(row.type, row.resource_id, row.state) for row in outbox.jobs()]
