"""The GP record, read through: every condition knocked out in turn, logged first, nothing kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import update

from adapter.fhir.constants import BSN
from adapter.standin.asgi import Receive, Scope, Send
from adapter.standin.serving import serve
from adapter.store import schema
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, WILGENHOF, member
from tests.builders.care import NURSE, SECRETARY, SO, TRAINEE, Care
from tests.builders.refusals import Sent, refused
from tests.builders.region import Doors, resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("consult_record")

Json = dict[str, Any]
PARTS = ("Condition", "MedicationStatement", "AllergyIntolerance", "Observation")
COPY = "ouderenmodule"
MINUTE = 60_000_000


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    return care.taken_up()


@pytest.fixture(scope="module")
def held(service: Service) -> Dossier:
    """One trajectory for tests that change nothing of it for good."""
    return service.care.taken_up()


# --- who reads what (R-21, R-22, R-23, RI-15) -------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", [SO, TRAINEE])
def test_the_so_reads_each_part_at_the_source(
    service: Service, held: Dossier, who: str, part: str
) -> None:
    answer = service.doors.record(who, held.patient, part)
    assert answer.status_code == 200
    source = service.template.region.gp_records[WILGENHOF.ura]
    his = f"his-{held.person.number.lower()}"
    wanted = {
        r["id"] for r in source if r["resourceType"] == part and his in json.dumps(r.get("subject") or r["patient"])
    }  # fmt: skip
    assert {r["id"] for r in resources(answer)} == wanted


def test_the_nurse_gets_the_dated_copy_and_nothing_else(doors: Doors, held: Dossier) -> None:
    copy = doors.record(NURSE, held.patient, COPY).json()
    assert (copy["resourceType"], copy["type"]) == ("Bundle", "collection")
    assert copy["timestamp"]
    for part in PARTS:
        assert doors.record(NURSE, held.patient, part).status_code == 404


@pytest.mark.parametrize("part", [*PARTS, COPY])
@pytest.mark.parametrize("who", [SECRETARY, "haverkort", "ait-ouali", "samenspel", "brouwhuis"])
def test_nobody_else_has_this_door(service: Service, held: Dossier, who: str, part: str) -> None:
    refused(service, Sent("GET", f"/records/gp-record/{held.patient}/{part}", who=who), 403)


@pytest.mark.parametrize("part", ["Patient", "Encounter", "condition", "his", "x" * 300, "%00"])
def test_a_part_that_is_not_offered_is_not_there(
    service: Service, held: Dossier, part: str
) -> None:
    sent = Sent("GET", f"/records/gp-record/{held.patient}/{part}", who=SO)
    refused(service, sent, 404)


@pytest.mark.parametrize("patient", ["m" + "a" * 40, "-", "%00", "x" * 300, "999990019"])
def test_a_patient_who_does_not_exist_is_not_there(service: Service, patient: str) -> None:
    refused(service, Sent("GET", f"/records/gp-record/{patient}/Condition", who=SO), 404)


# --- each condition, knocked out and put back -------------------------------------------------


@contextmanager
def without(service: Service, table: Any, where: Any, **values: Any) -> Iterator[None]:
    """The rows as they are with `values`, for the length of a block."""
    before = service.rows(table.select().where(where))
    assert before, "there is something to knock out"
    service.change(update(table).where(where).values(**values))
    try:
        yield
    finally:
        for row in before:
            key = {c.name: values.get(c.name, getattr(row, c.name)) for c in table.primary_key}
            here = [table.c[name] == value for name, value in key.items()]
            kept = {name: getattr(row, name) for name in values}
            service.change(update(table).where(*here).values(**kept))


def assert_closed(service: Service, dossier: Dossier) -> None:
    for part in ("Condition", COPY):
        refused(service, Sent("GET", f"/records/gp-record/{dossier.patient}/{part}", who=SO), 404)


def is_open(service: Service, dossier: Dossier) -> bool:
    return service.doors.record(SO, dossier.patient, "Condition").status_code == 200


@pytest.mark.parametrize("con_type", ["CON-1", "CON-2"])
def test_without_one_of_both_consents_it_is_closed(
    service: Service, held: Dossier, con_type: str
) -> None:
    """R-5, R-8."""
    rule = schema.consent_rule
    where = (rule.c.trajectory == held.trajectory) & (rule.c.con_type == con_type)
    with without(service, rule, where, valid_to=1):
        assert_closed(service, held)
    assert is_open(service, held)


@pytest.mark.parametrize("con_type", ["CON-1", "CON-2"])
def test_a_consent_of_another_trajectory_does_not_count(
    service: Service, held: Dossier, con_type: str
) -> None:
    """RI-19."""
    rule = schema.consent_rule
    where = (rule.c.trajectory == held.trajectory) & (rule.c.con_type == con_type)
    with without(service, rule, where, trajectory="mother"):
        assert_closed(service, held)


def test_without_a_treatment_relation_it_is_closed(service: Service, held: Dossier) -> None:
    """R-1, R-7: a relation that ended a moment ago counts for nothing."""
    relation = schema.relation
    where = (relation.c.trajectory == held.trajectory) & (relation.c.kind == "care")
    with without(service, relation, where, valid_to=service.time() - 1):
        assert_closed(service, held)
    assert is_open(service, held)


@pytest.mark.parametrize("kind", ["weighing", "consult", "own-record", "partner", "source"])
def test_another_kind_of_relation_does_not_open_it(
    service: Service, held: Dossier, kind: str
) -> None:
    relation = schema.relation
    where = (relation.c.trajectory == held.trajectory) & (relation.c.kind == "care")
    with without(service, relation, where, kind=kind):
        assert_closed(service, held)


def test_without_the_user_agreement_it_is_closed(service: Service, held: Dossier) -> None:
    """R-18, R-19."""
    agreement = schema.agreement
    where = (agreement.c.a == WILGENHOF.ura) & (agreement.c.b == MESO.ura)
    with without(service, agreement, where, valid_to=1):
        assert_closed(service, held)
    assert is_open(service, held)


def test_an_agreement_of_another_kind_is_no_user_agreement(service: Service, held: Dossier) -> None:
    agreement = schema.agreement
    where = (agreement.c.a == WILGENHOF.ura) & (agreement.c.b == MESO.ura)
    with without(service, agreement, where, kind="partner"):
        assert_closed(service, held)


def test_without_this_practices_authorisation_of_this_person_it_is_closed(
    service: Service, held: Dossier
) -> None:
    """R-14."""
    machtiging = schema.staff_authorisation
    staff = service.ids.staff(MESO.ura, member(SO).uzi)
    where = (machtiging.c.practice == WILGENHOF.ura) & (machtiging.c.staff == staff)
    with without(service, machtiging, where, valid_to=1):
        assert_closed(service, held)
        assert service.doors.record(TRAINEE, held.patient, "Condition").status_code == 200
    assert is_open(service, held)


def test_after_death_it_is_closed(service: Service, held: Dossier) -> None:
    """RI-20."""
    patient = schema.patient
    where = patient.c.resource_id == held.patient
    with without(service, patient, where, deceased_at=service.time() - MINUTE):
        assert_closed(service, held)
    assert is_open(service, held)


def test_a_no_closes_it_whatever_stands_beside_it(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """R-6: withdrawn at the GP, told in a new message; the yes of before is still there."""
    assert is_open(service, dossier)
    record = care.again(dossier.person)
    record["agreement"]["agreed"] = False
    care.send(dossier.person, record)
    assert_closed(service, dossier)


def test_after_closing_it_is_closed_at_once(service: Service, care: Care, dossier: Dossier) -> None:
    """R-7."""
    assert is_open(service, dossier)
    assert care.close(dossier).status_code == 200
    assert_closed(service, dossier)


def test_hidden_and_absent_are_one_answer_and_the_log_knows_better(
    service: Service, care: Care
) -> None:
    """RI-13."""
    weighed = care.refer()
    mark = service.mark()
    hidden = service.doors.record(SO, weighed.patient, "Condition")
    absent = service.doors.record(SO, "m" + "a" * 40, "Condition")
    texts = [json.dumps([i["details"] for i in a.json()["issue"]]) for a in (hidden, absent)]
    assert texts[0] == texts[1]
    assert hidden.headers.keys() == absent.headers.keys()
    first, second = (line.entry for line in service.lines(mark))
    assert first.patient is not None
    assert second.patient is None


# --- logged first, nothing kept (R-70, RI-11, domain decision 1) ------------------------------


def test_one_line_says_who_what_and_on_which_grounds(service: Service, held: Dossier) -> None:
    service.doors.token(SO)
    mark = service.mark()
    service.doors.record(SO, held.patient, "Condition")
    (line,) = (line.entry for line in service.lines(mark))
    assert (line.interaction, line.type, line.status, line.gates) == (
        "consult",
        "Condition",
        200,
        "TTTF",
    )
    assert (line.custodian, line.person, line.role) == (WILGENHOF.ura, member(SO).uzi, "meso-so")
    assert line.patient
    assert line.relation
    assert line.consent


def test_nothing_of_the_record_stays_here(service: Service, held: Dossier) -> None:
    before = service.state()
    for part in (*PARTS, COPY):
        assert service.doors.record(SO, held.patient, part).status_code == 200
    assert service.state() == before


def test_the_citizen_number_is_in_no_line_and_no_answer(service: Service, held: Dossier) -> None:
    mark, bsn = service.mark(), held.person.bsn
    answer = service.doors.record(SO, held.patient, "Condition")
    assert bsn not in answer.text + service.said()
    assert bsn not in repr(service.lines(mark))


def test_the_answer_is_not_to_be_kept_by_anybody(doors: Doors, held: Dossier) -> None:
    assert doors.record(SO, held.patient, "Condition").headers["cache-control"] == "no-store"


# --- the source ------------------------------------------------------------------------------

_EMPTY = {"resourceType": "Bundle", "type": "searchset", "total": 0}
_FOUND = {**_EMPTY, "total": 1, "entry": [{"resource": {"resourceType": "Patient", "id": "p1"}}]}


class Source:
    """A GP source that answers everything with one body, the patient search excepted."""

    def __init__(self, status: int, body: bytes, *, patient: Json | None = _FOUND) -> None:
        self.status, self.body, self.patient = status, body, patient
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while True:
                kind = (await receive())["type"]
                await send({"type": f"{kind}.complete"})
                if kind == "lifespan.shutdown":
                    return
        self.asked.append(scope["path"])
        search = scope["path"].endswith("/_search") and self.patient is not None
        status, body = (
            (200, json.dumps(self.patient).encode()) if search else (self.status, self.body)
        )
        headers = [(b"content-type", b"application/fhir+json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@contextmanager
def other_source(service: Service, base: str) -> Iterator[None]:
    organisation = schema.organisation
    where = organisation.c.ura == WILGENHOF.ura
    with without(service, organisation, where, record_source=base):
        yield


def bundle(*found: Json) -> bytes:
    return json.dumps(
        {**_EMPTY, "total": len(found), "entry": [{"resource": r} for r in found]}
    ).encode()


BROKEN = {
    "a fault of its own": (500, b'{"resourceType":"OperationOutcome"}'),
    "not allowed": (403, b""),
    "too many requests": (429, b""),
    "a page": (200, b"<html>Storing</html>"),
    "nothing": (200, b""),
    "half an answer": (200, b'{"resourceType":"Bundle"'),
    "another type": (200, json.dumps({"resourceType": "Condition", "id": "c1"}).encode()),
    "something that was not asked": (200, bundle({"resourceType": "Consent", "id": "c1"})),
    "a repeated name": (200, b'{"resourceType":"Bundle","type":"searchset","type":"batch"}'),
    "an entry that is a text": (200, json.dumps({**_EMPTY, "entry": ["x"]}).encode()),
    "an entry without a resource": (200, json.dumps({**_EMPTY, "entry": [{"fullUrl": "urn:x"}]}).encode()),
    "entries that are no list": (200, json.dumps({**_EMPTY, "entry": {"a": "b"}}).encode()),
}  # fmt: skip


@pytest.mark.parametrize(("status", "body"), BROKEN.values(), ids=BROKEN.keys())
def test_a_source_that_does_not_answer_well_is_a_503_and_the_line_stands(
    service: Service, held: Dossier, status: int, body: bytes
) -> None:
    service.doors.token(SO)
    for part in ("Condition", COPY):
        with serve(Source(status, body)) as base, other_source(service, base):
            mark = service.mark()
            answer = service.doors.record(SO, held.patient, part)
            assert answer.status_code == 503
            assert answer.headers["retry-after"]
            assert answer.json()["resourceType"] == "OperationOutcome"
            assert base not in answer.text
            (line,) = service.lines(mark)
            assert (line.entry.interaction, line.entry.status) == ("consult", 200)


def test_a_source_that_is_not_there_is_a_503_and_the_line_stands(
    service: Service, held: Dossier
) -> None:
    service.doors.token(SO)
    with other_source(service, "http://127.0.0.1:1"):
        mark = service.mark()
        answer = service.doors.record(SO, held.patient, "Condition")
        assert answer.status_code == 503
        assert len(service.lines(mark)) == 1
        assert "Traceback" not in service.said()


def test_a_practice_without_a_source_has_no_record_here(service: Service, held: Dossier) -> None:
    organisation = schema.organisation
    with without(service, organisation, organisation.c.ura == WILGENHOF.ura, record_source=None):
        assert_closed(service, held)


@pytest.mark.parametrize("patient", [_EMPTY, {**_FOUND, "total": 2, "entry": _FOUND["entry"] * 2}])
def test_a_source_that_knows_no_one_patient_shows_nothing(
    service: Service, held: Dossier, patient: Json
) -> None:
    source = Source(200, bundle({"resourceType": "Condition", "id": "c1"}), patient=patient)
    with serve(source) as base, other_source(service, base):
        assert service.doors.record(SO, held.patient, "Condition").status_code == 404
        assert source.asked == ["/Patient/_search"]


def test_a_refusal_does_not_reach_the_source(service: Service, care: Care) -> None:
    """The source learns nothing of whom somebody was curious about."""
    weighed = care.refer()
    source = Source(200, bundle())
    with serve(source) as base, other_source(service, base):
        assert service.doors.record(SO, weighed.patient, "Condition").status_code == 404
        assert service.doors.record(SECRETARY, weighed.patient, "Condition").status_code == 403
        assert source.asked == []


def test_the_source_is_asked_by_number_in_a_body_only(service: Service, held: Dossier) -> None:
    """R-37."""
    source = Source(200, bundle())
    with serve(source) as base, other_source(service, base):
        service.doors.record(SO, held.patient, "Condition")
        assert source.asked == ["/Patient/_search", "/Condition"]
        assert not any(BSN in path or held.person.bsn in path for path in source.asked)
