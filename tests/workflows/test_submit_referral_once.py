"""One message is one message: again, through the other door, at once, and after a failure half-way.

RI-21, technical decision 14, N1-N4, F2, F4.
"""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.store import schema
from adapter.synthetic.network import WILGENHOF
from tests.builders.bundle import locations, referral_bundle
from tests.builders.care import Care
from tests.builders.region import Doors, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("submit_referral_once")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


def test_the_same_record_again_is_the_same_answer_and_nothing_new(
    service: Service, care: Care
) -> None:
    first = care.refer()
    before = service.state()
    again_ = service.doors.post(GP, "/records/referrals", first.sent)
    assert (again_.status_code, again_.json()) == (200, first.answer.json())
    assert service.state() == before


def test_the_same_content_written_otherwise_is_the_same_message(
    service: Service, care: Care
) -> None:
    """Names in another order, blanks, another zone for the same instant."""
    first = care.refer()
    other = dict(reversed(first.sent.items()))
    other["authoredOn"] = other["authoredOn"].replace("+00:00", "Z")
    body = json.dumps(other, indent=3).encode()
    answer = service.doors.call(
        GP, "POST", "/records/referrals", content=body, headers={"content-type": PLAIN_JSON}
    )
    assert (answer.status_code, answer.json()) == (200, first.answer.json())


@pytest.mark.parametrize("first", ["bundle", "record"])
def test_the_other_door_is_the_same_message(service: Service, care: Care, first: str) -> None:
    record = care.referral()
    bundle = referral_bundle(record, service.ids)
    doors = service.doors
    if first == "record":
        one = doors.post(GP, "/records/referrals", record)
        two = doors.post(GP, "/fhir", bundle)
        assert {e["response"]["status"] for e in two.json()["entry"]} == {"200 OK"}
        said = one.json()["resources"], locations(two)
    else:
        two = doors.post(GP, "/fhir", bundle)
        assert {e["response"]["status"] for e in two.json()["entry"]} == {"201 Created"}
        one = doors.post(GP, "/records/referrals", record)
        assert one.status_code == 200
        said = one.json()["resources"], locations(two)
    assert sorted(said[0]) == sorted(said[1])
    key = schema.inbox.c.owner == WILGENHOF.ura
    assert service.count(schema.resource, schema.resource.c.id == said[0][0].partition("/")[2]) == 1
    assert service.count(schema.inbox, key) > 0


def test_the_same_bundle_with_other_names_for_its_entries_is_the_same_message(
    service: Service, care: Care
) -> None:
    bundle = referral_bundle(care.referral(), service.ids)
    first = service.doors.post(GP, "/fhir", bundle)
    text = json.dumps(bundle)
    for n, entry in enumerate(bundle["entry"]):
        text = text.replace(entry["fullUrl"], f"urn:uuid:00000000-0000-4000-8000-{n:012d}")
    renamed = json.loads(text)
    renamed["timestamp"] = "2026-11-24T09:00:00Z"
    renamed["entry"].reverse()
    second = service.doors.post(GP, "/fhir", renamed)
    assert second.status_code == 200
    assert locations(second) == locations(first)[::-1]
    assert {e["response"]["status"] for e in second.json()["entry"]} == {"200 OK"}


def test_the_same_number_with_other_content_is_a_conflict_that_people_see(
    service: Service, care: Care
) -> None:
    """N2: refused, both kept, and on the worklist of the practice."""
    first = care.refer()
    other = {**first.sent, "question": "Een andere vraag met hetzelfde nummer."}
    inboxes = service.count(schema.inbox)
    answer = service.doors.post(GP, "/records/referrals", other)
    assert (answer.status_code, rules(answer)) == (409, ["RI-21"])
    item = schema.work_item
    subject = item.c.subject == f"ServiceRequest/{first.request}"
    found = service.rows(select(item.c.kind, item.c.org).where(subject))
    assert list(map(tuple, found)) == [("number-used-twice", WILGENHOF.ura)]
    assert service.count(schema.inbox) == inboxes + 1
    held = service.doors.read(GP, f"ServiceRequest/{first.request}").json()
    assert first.sent["question"] in json.dumps(held, ensure_ascii=False)


def test_a_conflict_that_is_sent_again_is_the_same_conflict(service: Service, care: Care) -> None:
    first = care.refer()
    other = {**first.sent, "question": "Een andere vraag met hetzelfde nummer."}
    service.doors.post(GP, "/records/referrals", other)
    before = service.state()
    assert service.doors.post(GP, "/records/referrals", other).status_code == 409
    assert service.state() == before
    assert service.doors.post(GP, "/records/referrals", first.sent).status_code == 200


def test_the_number_of_one_practice_is_not_the_number_of_another(
    service: Service, care: Care
) -> None:
    """RI-13: no answer tells that another organisation used a number."""
    first = care.refer()
    record = care.by_other_practice() | {"identifier": first.sent["identifier"]}
    assert service.doors.post(OTHER_GP, "/records/referrals", record).status_code == 201


@pytest.mark.parametrize("door", ["/records/referrals", "/fhir"])
def test_sixteen_equal_messages_at_once_are_stored_once(
    service: Service, care: Care, door: str
) -> None:
    """N4."""
    record = care.referral()
    body = record if door != "/fhir" else referral_bundle(record, service.ids)
    headers = {
        "authorization": f"Bearer {service.doors.token(GP)}",
        "content-type": FHIR_JSON if door == "/fhir" else PLAIN_JSON,
    }
    inboxes = service.count(schema.inbox)
    request = ("POST", door, headers, json.dumps(body).encode())
    answers = service.together([request] * 16)
    statuses = [answer.status_code for answer in answers]
    if door == "/fhir":
        assert statuses == [200] * 16
        created = [a for a in answers if "201 Created" in a.text]
    else:
        assert sorted(statuses) == [200] * 15 + [201]
        created = [a for a in answers if a.status_code == 201]
    assert len(created) == 1
    assert service.count(schema.inbox) == inboxes + 1
    assert len({json.dumps(sorted(locations(a) if door == "/fhir" else a.json()["resources"]))
                for a in answers}) == 1  # fmt: skip


def test_what_was_received_is_kept_byte_for_byte(service: Service, care: Care) -> None:
    """I1."""
    body = json.dumps(care.referral(), indent=1).encode()
    headers = {"content-type": PLAIN_JSON}
    service.doors.call(GP, "POST", "/records/referrals", content=body, headers=headers)
    kept = service.rows(select(schema.inbox.c.body).order_by(schema.inbox.c.id.desc()).limit(1))
    assert bytes(kept[0][0]) == body


# --- a failure half-way (F1, F4) --------------------------------------------------------------


class FailsAt:
    """The n-th statement of a writing transaction of the application is not carried out."""

    def __init__(self, n: int) -> None:
        self.n, self.seen = n, 0

    def __call__(self, connection: Any, *_: object) -> None:
        if connection.get_execution_options().get("meso_write"):
            self.seen += 1
            if self.seen == self.n:
                raise RuntimeError("half-way")


def test_whatever_statement_fails_nothing_is_left_and_the_message_can_be_sent_again(
    service: Service, care: Care
) -> None:
    """One transaction: message, resources, index, relations, rules, Provenance and log lines."""
    service.doors.token(GP)
    record = care.referral()
    failed = 0
    for n in range(1, 1000, 7):
        fails = FailsAt(n)
        before, mark = service.state(), service.mark()
        event.listen(Engine, "before_cursor_execute", fails)
        try:
            answer = service.doors.post(GP, "/records/referrals", record)
        finally:
            event.remove(Engine, "before_cursor_execute", fails)
        if fails.seen < n:
            break
        failed += 1
        assert answer.status_code == 503
        assert service.state() == before
        assert [(line.entry.status, line.entry.outcome) for line in service.lines(mark)] == [
            (503, 12)
        ]
        assert record["patient"]["bsn"] not in answer.text + service.said()
    assert failed > 10
    assert answer.status_code == 201
    assert service.doors.post(GP, "/records/referrals", record).json() == answer.json()
