"""What a run makes of a peer that refuses, waits, or was changed by somebody else (H1 to H9)."""

from typing import Any

import pytest

from adapter.fhir.json import decode_own, encode
from adapter.standin import faults
from adapter.standin.asgi import Request
from adapter.standin.fhir_server import StandinFhirServer
from adapter.sync.options import PushOptions, Timing
from tests.sync.outbox import (
    TIMING,
    Json,
    Outbox,
    assert_once,
    held_by,
    patient,
    ref,
    resource,
    second_writer,
    task,
    versions_at,
    writes_to,
)

pytestmark = pytest.mark.anyio


def delete(peer: StandinFhirServer, document: Json) -> None:
    path = f"/fhir/{document['resourceType']}/{document['id']}"
    assert peer.answer(Request(method="DELETE", base="http://x", path=path)).status == 200


# --- the peer says no, or later ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [("7", 7), (None, 1), ("1000000000", 1), ("0", 1), ("3600", 900)]
)
async def test_a_throttled_run_stops_and_waits_as_long_as_asked(
    outbox: Outbox, peer: StandinFhirServer, retry_after: str | None, seconds: int
) -> None:
    outbox.save(patient(), patient())
    peer.fail(faults.status(429, retry_after=retry_after), method="PUT")
    report = await outbox.push()
    assert (report.stopped, report.left, len(writes_to(peer))) == ("throttled", 2, 1)
    row = outbox.jobs()[0]
    assert (row.state, row.next_at) == ("wait", outbox.world.time.now + seconds * 1_000_000)
    outbox.pass_time(seconds)
    await outbox.push()
    assert_once(outbox, peer)


async def test_an_overloaded_peer_may_have_written_and_gets_the_time_it_asks(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())
    peer.fail(faults.status(503, retry_after="90"), method="PUT")
    await outbox.push()
    row = outbox.jobs()[0]
    assert (row.state, row.next_at) == ("unknown", outbox.world.time.now + 90_000_000)


@pytest.mark.parametrize("status", [400, 404, 405, 413, 415, 422])
async def test_what_is_refused_for_good_is_not_tried_again(
    outbox: Outbox, peer: StandinFhirServer, status: int
) -> None:
    outbox.save(refused := patient(), patient())
    peer.fail(faults.status(status), method="PUT", path=refused["id"])
    await outbox.push()
    outbox.pass_time(1000)
    await outbox.push()
    assert outbox.states() == [
        ("Patient", 1, "dead", f"refused-{status}"),
        ("Patient", 1, "done", None),
    ]
    assert len(writes_to(peer)) == 2


@pytest.mark.parametrize("status", [401, 403])
async def test_a_peer_that_does_not_let_us_in_ends_the_run_and_nothing_is_given_up(
    outbox: Outbox, peer: StandinFhirServer, status: int
) -> None:
    outbox.save(patient(), patient())
    peer.fail(faults.status(status), method="PUT")
    report = await outbox.push()
    assert (report.stopped, len(writes_to(peer))) == ("login", 1)
    outbox.pass_time(1)
    await outbox.push()
    assert_once(outbox, peer)


async def test_a_peer_that_cannot_be_reached_uses_up_no_attempts(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(*(patient() for _ in range(8)))
    there, outbox.base = outbox.base, "http://127.0.0.1:9/fhir"
    outbox.register()
    for _ in range(40):
        report = await outbox.push(PushOptions(timing=TIMING, parallel=1))
        assert report.stopped in ("unreachable", None)
        outbox.pass_time(400)
    assert "dead" not in {state for _, _, state, _ in outbox.states()}
    outbox.base = there
    outbox.register()
    await outbox.push()
    assert_once(outbox, peer)


async def test_a_reference_to_what_never_comes_waits_a_bounded_time(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(task("nobody"))
    options = PushOptions(timing=Timing(dependency_attempts=3))
    for _ in range(2):
        await outbox.push(options)
        assert outbox.states() == [("Task", 1, "wait", "missing-target")]
        outbox.pass_time(10)
    await outbox.push(options)
    assert outbox.states() == [("Task", 1, "dead", "missing-target")]


async def test_a_reference_to_what_comes_later_is_sent_then(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(task(person["id"]))
    await outbox.push()
    outbox.save(person)
    outbox.pass_time(10)
    await outbox.push()
    assert_once(outbox, peer)


async def test_what_refers_to_something_that_waits_is_not_tried(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(task(person["id"]), person)
    peer.fail(faults.status(409), method="PUT")
    await outbox.push()
    assert [state for _, _, state, _ in outbox.states()] == ["new", "wait"]
    assert len(writes_to(peer)) == 1


async def test_a_dossier_waits_for_what_it_refers_to_in_the_directory(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    organisation = resource("Organization")
    outbox.save(organisation, dossier="-")
    person = patient(managingOrganization=ref("Organization", organisation["id"]))
    outbox.save(person, patient())
    peer.fail(faults.status(409), method="PUT", path="Organization")
    await outbox.push()
    assert [state for _, _, state, _ in outbox.states()] == ["wait", "new", "done"]
    outbox.pass_time(10)
    await outbox.push()
    assert_once(outbox, peer)


async def test_attempts_are_counted_for_each_reason_anew(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(task("nobody"))
    options = PushOptions(timing=Timing(dependency_attempts=2))
    for _ in range(5):
        peer.fail(faults.status(429), method="PUT")
        await outbox.push(options)
        outbox.pass_time(100)
    await outbox.push(options)
    row = outbox.jobs()[0]
    assert (row.state, row.reason, row.attempt) == ("wait", "missing-target", 1)


async def test_after_five_failures_in_a_row_a_run_leaves_the_peer_alone(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    for number in range(9):
        outbox.save(patient(), dossier=f"pk-{number}")
    for _ in range(9):
        peer.fail(faults.drop(applied=False), method="PUT")
    report = await outbox.push(PushOptions(timing=TIMING, parallel=1))
    assert (report.stopped, report.left, len(writes_to(peer))) == ("no-answer", 9, 5)


# --- somebody else was there ------------------------------------------------------------------


async def test_a_stale_version_is_a_conflict_and_nothing_is_overwritten(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    second_writer(peer, {**person, "gender": "male"})
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert outbox.states()[-1] == ("Patient", 2, "conflict", "changed-at-peer")
    assert decode_own(next(iter(peer.store.live())).body or b"")["gender"] == "male"


async def test_an_id_that_is_taken_is_a_conflict_and_nothing_is_overwritten(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    second_writer(peer, {**person, "gender": "male"})
    outbox.save(person)
    await outbox.push()
    assert outbox.states() == [("Patient", 1, "conflict", "changed-at-peer")]
    assert set(versions_at(peer).values()) == {1}


async def test_what_stands_there_already_with_our_content_is_done(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    second_writer(peer, person)
    outbox.save(person)
    await outbox.push()
    assert_once(outbox, peer)


async def test_what_was_deleted_at_the_peer_is_not_revived(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    delete(peer, person)
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert outbox.states()[-1][2] == "conflict"
    assert held_by(peer) == {}


async def test_a_peer_that_lost_a_resource_gets_it_anew_and_it_is_said(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    peer.purge()
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert held_by(peer) == outbox.expected()
    assert outbox.states()[-1] == ("Patient", 2, "done", "made-anew")


async def test_a_refusal_that_nobody_caused_is_tried_again_a_few_times(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())
    for _ in range(5):
        peer.fail(faults.status(409), method="PUT")
        await outbox.push()
        outbox.pass_time(100)
    assert outbox.states() == [("Patient", 1, "dead", "conflict-unexplained")]


async def test_what_the_peer_altered_is_for_a_person_and_the_next_version_goes_over_it(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    altered = {**person, "gender": "unknown", "meta": {"versionId": "1"}}
    peer.fail(faults.replace(encode(altered)), method="PUT")
    await outbox.push()
    assert outbox.states() == [("Patient", 1, "conflict", "altered-by-peer")]
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert outbox.states()[-1] == ("Patient", 2, "done", None)


async def test_a_person_without_a_name_for_an_owner_still_leaves_others_alone(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    """A dead target does not keep what refers to it from being tried."""
    person = patient()
    request: dict[str, Any] = resource("ServiceRequest", status="active", intent="order")
    request["subject"] = ref("Patient", person["id"])
    outbox.save(person, request, patient())
    peer.fail(faults.status(422), method="PUT", path=person["id"])
    await outbox.push()
    assert [(t, s, r) for t, _, s, r in outbox.states()] == [
        ("Patient", "dead", "refused-422"),
        ("ServiceRequest", "wait", "missing-target"),
        ("Patient", "done", None),
    ]
