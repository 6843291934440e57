"""Push towards a peer that behaves: everything arrives once, in order, logged."""

from dataclasses import replace

import anyio
import pytest

from adapter.fhir.json import decode_own
from adapter.standin.fhir_server import StandinFhirServer
from adapter.store.engine import Store
from adapter.sync.options import PushOptions
from adapter.sync.points import Point
from tests.builders.installation import World
from tests.sync.outbox import (
    FAST,
    PEER,
    TIMING,
    Json,
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


def a_dossier() -> list[Json]:
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
    for number in range(6):
        outbox.save(*a_dossier(), dossier=f"pk-{number}")
    report = await outbox.push()
    assert held_by(peer) == outbox.expected()
    assert set(versions_at(peer).values()) == {1}
    assert (report.counts, report.left, report.stopped) == ({"done": 36}, 0, None)


async def test_a_second_run_sends_nothing(outbox: Outbox, peer: StandinFhirServer) -> None:
    outbox.save(*a_dossier())
    await outbox.push()
    peer.requests.clear()
    report = await outbox.push()
    assert peer.requests == []
    assert (report.counts, report.left) == ({}, 0)


async def test_two_runs_at_once_double_nothing(
    outbox_on_either: Outbox, peer: StandinFhirServer
) -> None:
    outbox = outbox_on_either
    for number in range(8):
        outbox.save(*a_dossier(), dossier=f"pk-{number}")
    second = Outbox(
        World(Store(outbox.store.url), outbox.world.folder, outbox.world.time), outbox.base
    )
    async with anyio.create_task_group() as group:
        group.start_soon(outbox.push)
        group.start_soon(second.push)
    second.store.close()
    await outbox.push()  # what one of them found taken by the other
    assert held_by(peer) == outbox.expected()
    assert set(versions_at(peer).values()) == {1}
    sent = [f"{body['resourceType']}/{body['id']}" for body in bodies(peer)]
    assert sorted(sent) == sorted(set(sent))


async def test_what_is_referred_to_arrives_first_and_the_directory_before_all(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    organisation = resource("Organization")
    person = patient()
    outbox.save(task(person["id"], owner=ref("Organization", organisation["id"])), person)
    outbox.save(organisation, dossier="-")
    await outbox.push()
    assert [body["resourceType"] for body in bodies(peer)] == ["Organization", "Patient", "Task"]


async def test_what_refers_to_each_other_goes_as_one_transaction(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person, *plan_ring(person["id"], actions=3))
    await outbox.push()
    single, together = writes_to(peer)
    assert (single.method, together.method) == ("PUT", "POST")
    entries = decode_own(together.body)["entry"]
    assert [entry["request"]["ifMatch"] for entry in entries] == ['W/"0"'] * 4


async def test_what_came_in_without_a_workflow_is_sent_too(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(resource("Organization"), dossier="-", enqueue=False)
    await outbox.push()
    assert held_by(peer) == outbox.expected()


async def test_the_stored_content_is_sent_without_our_own_version(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    (request,) = writes_to(peer)
    assert decode_own(request.body) == person
    assert request.path == f"/fhir/Patient/{person['id']}"
    assert request.headers["if-match"] == 'W/"0"'
    assert request.headers["x-meta-snapshot-mode"] == "TAG, PROFILE, SECURITY_LABEL"


async def test_an_update_names_the_version_that_the_peer_has(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    outbox.save({**person, "gender": "female"})
    await outbox.push()
    assert writes_to(peer)[-1].headers["if-match"] == 'W/"1"'
    assert held_by(peer) == outbox.expected()
    (link,) = outbox.links()
    assert (link.remote_version, link.local_version) == ("2", 2)


async def test_of_versions_that_were_never_sent_only_the_newest_goes(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    for gender in ("male", "female", "other"):
        outbox.save({**person, "gender": gender})
    report = await outbox.push()
    assert [body["gender"] for body in bodies(peer)] == ["other"]
    assert report.counts == {"superseded": 2, "done": 1}
    assert [reason for _, _, _, reason in outbox.states()] == ["superseded", "superseded", None]


async def test_a_version_that_is_overtaken_during_the_run_is_not_sent(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(patient(), person)

    def hook(point: Point) -> None:
        if point == "push.after_lease" and len(outbox.jobs()) == 2:
            outbox.save({**person, "gender": "female"})

    await outbox.push(hook=hook)
    assert held_by(peer) == outbox.expected()
    assert set(versions_at(peer).values()) == {1}


async def test_a_version_that_the_peer_has_already_is_not_sent(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person)
    await outbox.push()
    outbox.save({**person, "gender": "female"})
    outbox.save(person)
    await outbox.push()
    assert len(writes_to(peer)) == 1
    assert outbox.states()[-1] == ("Patient", 3, "done", "unchanged")


async def test_a_label_that_was_taken_off_is_gone_at_the_peer(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    labels = [*person["meta"]["security"], {"system": "urn:x", "code": "R"}]
    outbox.save({**person, "meta": {"security": labels}})
    await outbox.push()
    outbox.save(person)
    await outbox.push()
    assert held_by(peer) == outbox.expected()


async def test_every_sent_version_has_its_line_before_it_leaves(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    outbox.save(person, task(person["id"]))
    seen: list[tuple[int, int]] = []

    def hook(point: Point) -> None:
        if point == "push.after_lease":
            seen.append((len(outbox.log()), len(writes_to(peer))))

    await outbox.push(hook=hook)
    assert seen == [(1, 0), (2, 1)]
    first, _ = outbox.log()
    assert (first.type, first.resource_id, first.version) == ("Patient", person["id"], 1)
    assert (first.outcome, first.client, first.detail) == (0, "meso-sync", f"peer {PEER}")


async def test_a_line_that_cannot_be_written_stops_the_sending(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())
    outbox.store.write(lambda c: c.exec_driver_sql("DROP TABLE audit"))
    with pytest.raises(ExceptionGroup):
        await outbox.push()
    assert writes_to(peer) == []


async def test_a_run_ends_at_its_limit_and_the_next_one_goes_on(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient(), patient(), patient())
    options = PushOptions(timing=TIMING, parallel=1, most_writes=2)
    report = await outbox.push(options)
    assert (len(writes_to(peer)), report.left, report.stopped) == (2, 1, "enough")
    await outbox.push(options)
    assert held_by(peer) == outbox.expected()


async def test_a_worker_whose_lease_ran_out_before_it_sent_sends_nothing(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient())

    def hook(point: Point) -> None:
        if point == "push.after_lease" and outbox.states()[0][2] == "leased":
            outbox.pass_time(TIMING.lease_s)

    report = await outbox.push(hook=hook)
    assert writes_to(peer) == []
    assert report.left == 1


async def test_a_pace_does_not_keep_what_was_sent_from_being_written_down(
    outbox: Outbox, peer: StandinFhirServer
) -> None:
    outbox.save(patient(), patient())
    report = await outbox.push(replace(FAST, parallel=1, pace_s=0.001))
    assert report.counts == {"done": 2}
