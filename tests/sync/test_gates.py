"""What may leave to a test server: each reason to stay, with a neighbour that may go (RI-8, I11)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from adapter.fhir.constants import BSN, htest
from adapter.standin.fhir_server import StandinFhirServer
from adapter.store.schema import job
from adapter.store.schema import peer as peer_table
from adapter.sync.options import PushOptions
from tests.sync.outbox import (
    PEER,
    RUN,
    TIMING,
    Json,
    Outbox,
    bodies,
    held_by,
    make_outbox,
    patient,
    resource,
    run_tags,
)

pytestmark = pytest.mark.anyio
TAGGED = PushOptions(timing=TIMING, run_tag=RUN)


@pytest.fixture
def test_server(tmp_path: Path, base: str) -> Iterator[Outbox]:
    outbox = make_outbox(tmp_path, base, peer_class="test")
    yield outbox
    outbox.store.close()


def unlabelled(document: Json) -> Json:
    return {**document, "meta": {"security": [{"system": "urn:x", "code": "R"}]}}


def with_number(number: str) -> Json:
    return patient(name=[{"text": f"Testpersoon {number}"}])


WITHHELD: dict[str, tuple[Json, bool, str]] = {
    "not from the generator": (patient(), False, "not-synthetic"),
    "without the label": (unlabelled(patient()), True, "Patient.meta.security"),
    "a citizen number as identifier": (
        patient(identifier=[{"system": BSN, "value": "999990019"}]),
        True,
        "Patient.identifier[0].system",
    ),
    "a citizen number in a contained resource": (
        resource(
            "Basic",
            contained=[
                {"resourceType": "Basic", "id": "x", "identifier": [{"system": BSN, "value": "1"}]}
            ],
        ),
        True,
        "Basic.contained[0].identifier[0].system",
    ),
    "nine digits that pass the test": (with_number("999990019"), True, "Patient.name[0].text"),
    "who may work where": (resource("PractitionerRole"), True, "PractitionerRole"),
    "what cannot be looked into": (
        resource("Binary", contentType="text/plain", data="aGFsbG8="),
        True,
        "Binary",
    ),
}
ALLOWED: dict[str, Json] = {
    "labelled and from the generator": patient(),
    "with another label beside": patient(
        meta={"security": [htest(), {"system": "urn:x", "code": "R"}]}
    ),
    "with a number of our own": patient(),
    "with an allowed contained resource": resource(
        "Basic", contained=[{"resourceType": "Basic", "id": "x"}]
    ),
    "nine digits that are none": with_number("999990018"),
    "an organisation": resource("Organization"),
    "consent of an invented person": resource("Consent", status="active"),
}


@pytest.mark.parametrize(
    ("document", "synthetic", "reason"), WITHHELD.values(), ids=WITHHELD.keys()
)
async def test_it_stays_here_and_nothing_is_on_the_wire(
    test_server: Outbox, peer: StandinFhirServer, document: Json, synthetic: bool, reason: str
) -> None:
    test_server.save(document, synthetic=synthetic)
    report = await test_server.push(TAGGED)
    assert peer.requests == []
    assert test_server.states() == [(document["resourceType"], 1, "withheld", f"RI-8 {reason}")]
    assert report.counts == {"withheld": 1}
    (line,) = test_server.log()
    assert (line.outcome, line.rule, line.resource_id) == (8, "RI-8", document["id"])


@pytest.mark.parametrize("document", ALLOWED.values(), ids=ALLOWED.keys())
async def test_its_neighbour_may_go(
    test_server: Outbox, peer: StandinFhirServer, document: Json
) -> None:
    test_server.save(document)
    await test_server.push(TAGGED)
    assert held_by(peer) == test_server.expected()
    (sent,) = bodies(peer)
    assert run_tags(sent) == [RUN]


@pytest.mark.parametrize(
    ("document", "synthetic", "_reason"), WITHHELD.values(), ids=WITHHELD.keys()
)
async def test_to_a_server_of_our_own_it_goes_as_it_is(
    outbox: Outbox, peer: StandinFhirServer, document: Json, synthetic: bool, _reason: str
) -> None:
    outbox.save(document, synthetic=synthetic)
    await outbox.push()
    (sent,) = bodies(peer)
    assert sent == document


@pytest.mark.parametrize("type_", ["AuditEvent", "Provenance"])
async def test_the_log_and_its_like_go_to_nobody(
    outbox: Outbox, peer: StandinFhirServer, type_: str
) -> None:
    """Also when such a job got into the queue somehow."""
    outbox.save(patient())
    outbox.save(other := resource(type_))
    change = update(job).values(type=type_, resource_id=other["id"])
    outbox.store.write(lambda c: c.execute(change))
    await outbox.push()
    assert type_ not in {body["resourceType"] for body in bodies(peer)}
    assert outbox.states()[0] == (type_, 1, "withheld", "RI-8 never-pushed")


async def test_one_that_stays_does_not_keep_the_others(
    test_server: Outbox, peer: StandinFhirServer
) -> None:
    test_server.save(patient(), unlabelled(patient()), patient())
    report = await test_server.push(TAGGED)
    assert report.counts == {"done": 2, "withheld": 1}


async def test_a_class_that_we_do_not_know_is_a_test_server(
    test_server: Outbox, peer: StandinFhirServer
) -> None:
    change = update(peer_table).values({"class": "partner"})
    test_server.store.write(lambda c: c.execute(change))
    test_server.save(patient(), synthetic=False)
    await test_server.push(TAGGED)
    assert peer.requests == []


async def test_where_store_and_client_disagree_the_stricter_one_counts(
    test_server: Outbox, peer: StandinFhirServer
) -> None:
    """The store says own, the client was not opened for it."""
    change = update(peer_table).values({"class": "own"}).where(peer_table.c.name == PEER)
    test_server.store.write(lambda c: c.execute(change))
    test_server.save(patient(identifier=[{"system": BSN, "value": "999990019"}]))
    await test_server.push(PushOptions(timing=TIMING))
    assert peer.requests == []
    assert test_server.states() == [("Patient", 1, "withheld", "RI-8 guard")]
    assert [(line.outcome, line.rule) for line in test_server.log()] == [(0, None), (8, "RI-8")]


async def test_the_mark_of_the_store_is_judged_when_it_is_sent(
    test_server: Outbox, peer: StandinFhirServer
) -> None:
    """Not when it was queued."""
    person = patient()
    test_server.save(person, synthetic=False)
    test_server.save({**person, "gender": "female"}, synthetic=True)
    await test_server.push(TAGGED)
    assert held_by(peer) == test_server.expected()


async def test_another_run_with_another_tag_sends_nothing_anew(
    test_server: Outbox, peer: StandinFhirServer
) -> None:
    person = patient()
    test_server.save(person)
    await test_server.push(TAGGED)
    test_server.save({**person, "gender": "female"})
    test_server.save(person)
    await test_server.push(PushOptions(timing=TIMING, run_tag="run-2"))
    assert len(bodies(peer)) == 1
