"""What the GP's source answers: passed on whole and about the patient who was asked for, or not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from adapter.fhir.constants import BSN
from adapter.standin.asgi import Receive, Scope, Send, answer_lifespan
from adapter.standin.gp_source import StandinGpSource
from adapter.standin.serving import serve
from adapter.store import schema
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import WILGENHOF
from tests.builders.care import NURSE, SO, Care
from tests.builders.region import resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("consult_answers")

Json = dict[str, Any]
COPY = "ouderenmodule"
CANARY = "KANARIE"
PATIENT = {"resourceType": "Patient", "id": "p1"}


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture(scope="module")
def held(service: Service) -> Dossier:
    return service.care.taken_up()


def finding(
    type_: str = "Condition", id_: str = "c1", patient: object = "Patient/p1", **more: Any
) -> Json:
    name = "patient" if type_ == "AllergyIntolerance" else "subject"
    subject = {"reference": patient} if isinstance(patient, str) else patient
    about = {} if subject is None else {name: subject}
    return {"resourceType": type_, "id": id_, "note": [{"text": CANARY}], **about, **more}


def searchset(*found: Json, next_: str | None = None, **more: Any) -> Json:
    entries = [
        {
            "fullUrl": f"https://his.example/fhir/{one['resourceType']}/{one.get('id')}",
            "resource": one,
        }
        for one in found
    ]
    links = [{"relation": "self", "url": "https://his.example/fhir/Condition?x=1"}]
    if next_ is not None:
        links.append({"relation": "next", "url": next_})
    bundle = {"resourceType": "Bundle", "id": "b1", "type": "searchset", "link": links}
    return {**bundle, "total": len(found), "entry": entries, **more}


class Source:
    """A GP source with an answer per path and query; the first one for everything else."""

    def __init__(self, *pages: Json) -> None:
        self.pages, self.asked = pages, []  # type: list[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
            return
        query = scope["query_string"].decode()
        self.asked.append(f"{scope['path']}?{query}")
        number = int(query.removeprefix("page=")) if query.startswith("page=") else 0
        page = self.pages[min(number, len(self.pages) - 1)]
        if scope["path"].endswith("/_search"):
            page = searchset(PATIENT)
        base = f"http://{dict(scope['headers'])[b'host'].decode()}"
        body = json.dumps(page).replace("BASE", base).encode()
        headers = [(b"content-type", b"application/fhir+json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@contextmanager
def at_the_practice(service: Service, app: Any) -> Iterator[str]:
    """For the length of a block the practice's record is asked at `app`."""
    table = schema.organisation
    here = table.c.ura == WILGENHOF.ura
    before = service.rows(select(table.c.record_source).where(here))[0].record_source
    with serve(app) as base:
        service.change(update(table).where(here).values(record_source=base))
        try:
            yield base
        finally:
            service.change(update(table).where(here).values(record_source=before))


def consult(
    service: Service, held: Dossier, *pages: Json, part: str = "Condition"
) -> httpx.Response:
    with at_the_practice(service, Source(*pages)) as base:
        answer = service.doors.record(SO, held.patient, part)
        assert base.removeprefix("http://") not in answer.text
    return answer


def assert_refused(
    service: Service, held: Dossier, *pages: Json, part: str = "Condition", rule: str | None
) -> None:
    """Nothing of it is passed on, and both lines stand: that it was asked, and that it was not shown."""
    service.doors.token(SO)
    mark = service.mark()
    answer = consult(service, held, *pages, part=part)
    assert answer.status_code == 502, answer.text
    assert CANARY not in answer.text
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert "RI-13" not in answer.text
    lines = [line.entry for line in service.lines(mark)]
    assert [(e.interaction, e.status, e.outcome, e.rule) for e in lines] == [
        ("consult", 200, 0, None),
        ("consult", 502, 12, rule),
    ]
    assert lines[0].patient == lines[1].patient
    assert {e.request_id for e in lines} == {answer.headers["x-request-id"]}


# --- about whom -------------------------------------------------------------------------------

OTHERS = {
    "another patient": finding(patient="Patient/p2"),
    "nobody": finding(patient=None),
    "a group": finding(patient="Group/p1"),
    "a patient elsewhere": finding(patient="https://elders.example/fhir/Patient/p1"),
    "a patient in the message": finding(patient="urn:uuid:6f2c0b5e-0000-4000-8000-000000000001"),
    "a patient inside": finding(patient="#p1", contained=[PATIENT]),
    "only a number": finding(patient={"identifier": {"system": BSN, "value": "999990019"}}),
    "a number of another": finding(
        patient={"reference": "Patient/p1", "identifier": {"system": BSN, "value": "999990019"}}
    ),
    "a text": finding(patient={"display": "Patient/p1"}),
    "a reference that is no text": finding(patient={"reference": 1}),
    "a list": finding(patient=[{"reference": "Patient/p1"}]),
    "an id that begins so": finding(patient="Patient/p11"),
    "another element": {"resourceType": "Condition", "id": "c1", "asserter": {"reference": "Patient/p1"}, "note": [{"text": CANARY}]},
}  # fmt: skip


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_one_entry_about_somebody_else_and_nothing_is_shown(
    service: Service, held: Dossier, other: Json
) -> None:
    assert_refused(service, held, searchset(finding(id_="c0"), other), rule="RI-13")


def test_an_entry_about_somebody_else_on_a_later_page_shuts_the_first_one_too(
    service: Service, held: Dossier
) -> None:
    first = searchset(finding(), next_="BASE/Condition?page=1")
    assert_refused(service, held, first, searchset(finding(patient="Patient/p2")), rule="RI-13")


def test_the_copy_of_the_nurse_is_judged_alike(service: Service, held: Dossier) -> None:
    other = searchset(finding("AllergyIntolerance", patient="Patient/p2"))
    with at_the_practice(service, Source(other)):
        answer = service.doors.record(NURSE, held.patient, COPY)
    assert answer.status_code in {502, 503}
    assert CANARY not in answer.text


@pytest.mark.parametrize("patient", ["Patient/p1", "BASE/Patient/p1", "Patient/p1/_history/3"])
@pytest.mark.parametrize(
    "part", ["Condition", "MedicationStatement", "AllergyIntolerance", "Observation"]
)
def test_entries_about_the_patient_who_was_asked_for_are_shown(
    service: Service, held: Dossier, patient: str, part: str
) -> None:
    answer = consult(service, held, searchset(finding(part, patient=patient)), part=part)
    assert answer.status_code == 200, answer.text
    (shown,) = resources(answer)
    subject = shown["patient" if part == "AllergyIntolerance" else "subject"]
    assert subject["reference"] == patient.removeprefix("BASE/")


def test_her_own_number_beside_the_reference_is_right(service: Service, held: Dossier) -> None:
    own = {"system": BSN, "value": held.person.bsn}
    found = finding(patient={"reference": "Patient/p1", "identifier": own})
    assert consult(service, held, searchset(found)).status_code == 200


# --- what stays behind ------------------------------------------------------------------------


def test_addresses_and_links_of_the_source_are_not_passed_on(
    service: Service, held: Dossier
) -> None:
    found = finding(recorder={"reference": "BASE/Practitioner/x"}, onsetAge={"value": 70.10})
    answer = consult(service, held, searchset(found))
    bundle = answer.json()
    assert "his.example" not in answer.text
    assert set(bundle) == {"resourceType", "type", "total", "entry"}
    (entry,) = bundle["entry"]
    base = service.settings.public_base
    assert entry["fullUrl"] == f"{base}/records/gp-record/{held.patient}/Condition/c1"
    assert entry["resource"]["recorder"] == {"reference": "Practitioner/x"}
    assert entry["resource"]["note"] == [{"text": CANARY}]
    assert '"value":70.1' in answer.text


@pytest.mark.parametrize("severity", ["warning", "information"])
def test_a_remark_of_the_source_is_left_out(service: Service, held: Dossier, severity: str) -> None:
    remark = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": severity, "code": "informational", "diagnostics": "intern"}],
    }
    answer = consult(service, held, searchset(finding(), remark))
    assert answer.status_code == 200
    assert [one["resourceType"] for one in resources(answer)] == ["Condition"]
    assert answer.json()["total"] == 1
    assert "intern" not in answer.text
    alone = consult(service, held, searchset(remark))
    assert (alone.status_code, alone.json()["total"]) == (200, 0)


@pytest.mark.parametrize(
    "issues", [[{"severity": "error"}], [{"severity": "warning"}, {"severity": "fatal"}], "x", [1]]
)
def test_an_answer_that_failed_halfway_is_no_answer(
    service: Service, held: Dossier, issues: object
) -> None:
    remark = {"resourceType": "OperationOutcome", "issue": issues}
    answer = consult(service, held, searchset(finding(), remark))
    assert answer.status_code == 503
    assert CANARY not in answer.text


def test_a_type_that_was_not_asked_for_is_no_answer(service: Service, held: Dossier) -> None:
    answer = consult(service, held, searchset(finding(), finding("Observation", "o1")))
    assert answer.status_code == 503


# --- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "next_", ["BASE/Condition?page={}", "Condition?page={}", "/Condition?page={}"]
)
def test_every_page_is_fetched(service: Service, held: Dossier, next_: str) -> None:
    pages = [
        searchset(finding(id_=f"c{n}"), next_=next_.format(n + 1) if n < 4 else None, total=5)
        for n in range(5)
    ]
    answer = consult(service, held, *pages)
    assert [one["id"] for one in resources(answer)] == [f"c{n}" for n in range(5)]
    assert answer.json()["total"] == 5


def test_the_standin_gives_pages_as_a_real_source_does(service: Service, held: Dossier) -> None:
    records = service.template.region.gp_records[WILGENHOF.ura]
    with at_the_practice(service, StandinGpSource(records)):
        whole = service.doors.record(SO, held.patient, "Observation").json()
        copy = service.doors.record(SO, held.patient, COPY).json()
    source = StandinGpSource(records, page_size=1)
    with at_the_practice(service, source):
        paged = service.doors.record(SO, held.patient, "Observation").json()
        paged_copy = service.doors.record(SO, held.patient, COPY).json()
    assert whole["total"] > 1
    assert paged == whole
    assert paged_copy["entry"] == copy["entry"]
    assert source.requests.count(("GET", "/Observation")) >= whole["total"]


@pytest.mark.parametrize(
    "next_",
    [
        "https://elders.example/Condition?page=1",
        "http://localhost:1/Condition?page=1",
        "https://BASE/Condition?page=1",
        "//elders.example/Condition?page=1",
        "http://x:y@elders.example/Condition",
        "file:///etc/passwd",
        "http://[::1/Condition",
        "http://127.0.0.1:99999/Condition",
        "BASE/Condition?page=1#x",
    ],
)
def test_a_next_page_at_somebody_else_is_not_asked_for(
    service: Service, held: Dossier, next_: str
) -> None:
    assert_refused(service, held, searchset(finding(), next_=next_), rule=None)


def test_a_next_page_is_not_asked_for_by_a_citizen_number(service: Service, held: Dossier) -> None:
    """R-37."""
    source = Source(searchset(finding(), next_=f"BASE/Condition?bsn={held.person.bsn}"))
    with at_the_practice(service, source):
        answer = service.doors.record(SO, held.patient, "Condition")
    assert answer.status_code == 503
    assert not any(held.person.bsn in asked for asked in source.asked)


def test_two_next_pages_are_none(service: Service, held: Dossier) -> None:
    page = searchset(finding(), next_="BASE/Condition?page=1")
    page["link"].append(page["link"][-1])
    assert_refused(service, held, page, searchset(finding()), rule=None)


def test_a_record_of_more_pages_than_are_fetched_is_not_shown_in_part(
    service: Service, held: Dossier
) -> None:
    most = service.settings.gp_source_max_pages

    def pages(n: int) -> list[Json]:
        return [
            searchset(
                finding(id_=f"c{k}"), next_=f"BASE/Condition?page={k + 1}" if k < n - 1 else None
            )
            for k in range(n)
        ]

    assert len(resources(consult(service, held, *pages(most)))) == most
    assert_refused(service, held, *pages(most + 1), rule=None)


def test_pages_that_go_round_end(service: Service, held: Dossier) -> None:
    source = Source(searchset(finding(), next_="BASE/Condition?page=0"))
    with at_the_practice(service, source):
        assert service.doors.record(SO, held.patient, "Condition").status_code == 502
    assert len(source.asked) <= service.settings.gp_source_max_pages + 2


# --- why it is shut, in the log alone (R-1, R-7) ----------------------------------------------


def rule_of(service: Service, patient: str) -> str | None:
    service.doors.token(SO)
    mark = service.mark()
    answer = service.doors.record(SO, patient, "Condition")
    assert answer.status_code == 404
    assert "R-" not in answer.text
    (line,) = service.lines(mark)
    return line.entry.rule


def test_after_a_trajectory_or_a_consult_the_log_says_not_any_more(
    service: Service, care: Care
) -> None:
    closed = care.taken_up()
    assert care.close(closed).status_code == 200
    assert rule_of(service, closed.patient) == "R-7"
    consulted = care.refer()
    care.decide(consulted.task, "accepted", "consult")
    assert care.decide(consulted.task, "completed", None).status_code == 200
    assert rule_of(service, consulted.patient) == "R-7"


def test_while_the_next_referral_is_weighed_it_still_says_so(service: Service, care: Care) -> None:
    closed = care.taken_up()
    care.close(closed)
    care.send(closed.person, care.again(closed.person))
    assert rule_of(service, closed.patient) == "R-7"


def test_who_was_never_treated_is_never(service: Service, care: Care) -> None:
    weighed, cancelled = care.refer(), care.refer()
    care.decide(cancelled.task, "cancelled", None, who="haverkort")
    for patient in (weighed.patient, cancelled.patient):
        assert rule_of(service, patient) == "R-1"
    parked = care.by_other_practice(weighed.person)
    answer = service.doors.post("ottema", "/records/referrals", parked)
    assert answer.status_code == 201
    (patient,) = (n for n in answer.json()["resources"] if n.startswith("Patient/"))
    assert rule_of(service, patient.removeprefix("Patient/")) == "R-1"
