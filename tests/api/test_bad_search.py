"""Searches that are refused, and searches that find nothing: one line in the log, nothing echoed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import quote, urlencode

import anyio
import httpx
import pytest

from adapter.api.fhir import reads
from adapter.fhir.constants import BSN
from tests.builders.care import SO
from tests.builders.refusals import MARKER, Sent, assert_outcome, refused
from tests.builders.region import resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("bad_search")

FORM = {"content-type": "application/x-www-form-urlencoded"}
PATIENT = "Patient/m" + "a" * 40
OTHER = "Patient/m" + "b" * 40
BSN_ALIAS = "urn:oid:2.16.840.1.113883.2.4.6.3"
OTHER_BSN = "999990019"


def get(path: str, who: str = "haverkort") -> Sent:
    return Sent("GET", path, b"", {}, who)


def form(path: str, body: bytes, who: str = "haverkort", **headers: str) -> Sent:
    return Sent("POST", path, body, {**FORM, **headers}, who)


UNKNOWN = {
    "a parameter": f"zilver={MARKER}",
    "a parameter of another type": f"birthdate={MARKER}",
    "a modifier": f"status:zilver={MARKER}",
    "a modifier of FHIR": "status:not=requested",
    ":missing": "status:missing=true",
    ":text": f"code:text={MARKER}",
    "a chain": f"patient.name={MARKER}",
    "a typed chain": f"patient:Patient.name={MARKER}",
    "_has": f"_has:Observation:patient:code={MARKER}",
    "_include": "_include=Task:patient",
    "_include of all": "_include=*",
    "_revinclude": "_revinclude=Provenance:target",
    ":iterate": "_include:iterate=Task:patient",
    "_sort": "_sort=_lastUpdated",
    "_sort by what there is not": f"_sort={MARKER}",
    "_elements": "_elements=status",
    "_summary": "_summary=text",
    "_summary of nothing": f"_summary={MARKER}",
    "_filter": f"_filter=status eq {MARKER}",
    "_query": f"_query={MARKER}",
    "_text": f"_text={MARKER}",
    "_content": f"_content={MARKER}",
    "_list": f"_list={MARKER}",
    "_type": "_type=Task",
    "_source": f"_source={MARKER}",
    "_security": f"_security={MARKER}",
    "_tag": f"_tag={MARKER}",
    "_profile": f"_profile={MARKER}",
    "_count that is no number": f"_count={MARKER}",
    "_count below nothing": "_count=-1",
    "_count twice": "_count=1&_count=2",
    "a date that is none": f"_lastUpdated={MARKER}",
    "an approximate date": "_lastUpdated=ap2026-01-01",
    "a day that does not exist": "_lastUpdated=2026-02-30",
    "a patient elsewhere": f"patient=https://{MARKER}.example/Patient/1",
    "a patient that is a Task": "patient=Task/m1",
    "no name": "=x",
    "51 parameters": urlencode([("status", "requested")] * 51),
    "101 values": "status=" + ",".join(["requested"] * 101),
    "a page of nobody": f"_page={MARKER}",
    "a page with odd characters": f"_page={quote(MARKER + '{}')}",
}


@pytest.mark.parametrize("query", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_is_not_understood_is_never_skipped(service: Service, query: str) -> None:
    who = f"patient={PATIENT}&" if "patient" not in query else ""
    refused(service, get(f"/fhir/Task?{who}{query}"), 400)
    refused(service, form("/fhir/Task/_search", f"{who}{query}".encode()), 400)


@pytest.mark.parametrize("system", [BSN, BSN_ALIAS, ""], ids=["url", "oid", "none"])
@pytest.mark.parametrize("type_", ["Patient", "Task"])
def test_a_number_of_a_person_stands_in_no_address(
    service: Service, system: str, type_: str
) -> None:
    """R-37: also the number without its system may be one."""
    value = f"{system}|{OTHER_BSN}" if system else OTHER_BSN
    sent = get(f"/fhir/{type_}?patient={PATIENT}&identifier={quote(value)}")
    if type_ == "Patient":
        sent = get(f"/fhir/Patient?identifier={quote(value)}")
    answer = refused(service, sent, 400, "http.identifier")
    assert "R-37" in answer.text


def test_in_the_body_the_number_is_in_order_and_comes_back_in_no_link(service: Service) -> None:
    referred = service.care.refer()
    found = service.doors.search(SO, "Patient", ("identifier", f"{BSN}|{referred.person.bsn}"))
    assert found.json()["total"] == 1
    links = str(found.json()["link"]) + repr(found.headers.raw)
    assert referred.person.bsn not in links + service.said()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fhir/Task?patient=Patient/m1&patient=Patient/m2", 400),
        ("/fhir/Task?patient=Patient/m1,Patient/m2", 400),
        ("/fhir/Task?patient=Patient/m1&subject=Patient/m2", 400),
        ("/fhir/Task", 400),
        ("/fhir/Task?status=requested", 400),
        ("/fhir/Patient", 400),
        ("/fhir/Patient?family=Wolderink", 400),
        ("/fhir/Patient?_id=a,b", 400),
        ("/fhir/CarePlan?_lastUpdated=gt2020-01-01", 400),
    ],
)
def test_a_partner_names_exactly_one_patient(service: Service, path: str, status: int) -> None:
    refused(service, get(path, "ait-ouali"), status)


def test_a_get_with_a_body_is_refused(service: Service) -> None:
    sent = Sent("GET", "/fhir/Task", f"patient={PATIENT}".encode(), FORM, "haverkort")
    refused(service, sent, 400)


def test_parameters_in_address_and_body_are_refused(service: Service) -> None:
    body = f"patient={OTHER}".encode()
    refused(service, form(f"/fhir/Task/_search?patient={PATIENT}", body), 400)


@pytest.mark.parametrize(
    "media", ["application/json", "application/fhir+json", "multipart/form-data; boundary=x", ""]
)
def test_a_search_in_another_form_is_a_415(service: Service, media: str) -> None:
    sent = form("/fhir/Task/_search", b'{"patient":"m1"}', **{"content-type": media})
    refused(service, sent, 415)


def test_a_form_that_is_too_large_is_a_413(service: Service) -> None:
    refused(service, form("/fhir/Task/_search", b"patient=" + b"x" * 20_001), 413)


def test_a_form_that_is_no_ascii_is_a_400(service: Service) -> None:
    refused(service, form("/fhir/Task/_search", "patient=é".encode()), 400)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_form_is_a_415(service: Service, encoding: str) -> None:
    sent = form("/fhir/Task/_search", b"patient=Patient/m1", **{"content-encoding": encoding})
    refused(service, sent, 415)


def test_a_form_that_never_ends_is_a_408(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "MAX_SECONDS", 0.02)

    async def dripping() -> AsyncIterator[bytes]:
        yield b"patient="
        await anyio.sleep(20)

    refused(service, Sent("POST", "/fhir/Task/_search", dripping(), FORM, "haverkort"), 408)


ODD = ["%00", "%C3%28", "%ED%A0%80", "%", "%zz", "a%00b", "%F0%9F%98%80", "%27%20OR%201=1--"]


@pytest.mark.parametrize("value", ODD)
def test_odd_characters_find_nothing_and_break_nothing(service: Service, value: str) -> None:
    """Half characters, NUL and quotes: an empty answer or a refusal, never a fault of ours."""
    doors = service.doors
    for answer in (
        doors.get("haverkort", f"/fhir/Patient?family={value}"),
        doors.get("haverkort", f"/fhir/Task?patient={PATIENT}&code={value}"),
        doors.get(
            "haverkort", f"/fhir/Task?patient={PATIENT}&identifier=https://x.example|{value}"
        ),
    ):
        assert answer.status_code in {200, 400}, answer.text
        assert answer.status_code == 400 or answer.json()["total"] == 0


@pytest.mark.parametrize("who", ["samenspel", "brouwhuis"])
@pytest.mark.parametrize("type_", ["Patient", "Task", "CarePlan", "Provenance", "Binary", "Zilver"])
def test_a_role_that_may_never_search_a_type_hears_403(
    service: Service, who: str, type_: str
) -> None:
    refused(service, get(f"/fhir/{type_}?patient={PATIENT}", who), 403)


# --- pages ------------------------------------------------------------------------------------


def next_of(answer: httpx.Response) -> str:
    return next(link["url"] for link in answer.json()["link"] if link["relation"] == "next")


@pytest.fixture(scope="module")
def paged(service: Service) -> str:
    """Address of the second page of a GP's own search."""
    patient = service.care.refer().patient
    first = service.doors.get("haverkort", f"/fhir/Condition?patient=Patient/{patient}&_count=1")
    assert first.json()["total"] > 1
    return next_of(first).removeprefix(service.doors.base)


def test_a_page_goes_on_with_a_new_token_of_the_same_caller(service: Service, paged: str) -> None:
    """T1: the end of a token is not the end of a search."""
    service.time.pass_(301)
    answer = service.doors.get("haverkort", paged)
    assert answer.status_code == 200
    assert len(resources(answer)) == 1


@pytest.mark.parametrize("who", ["oosterbaan", "ottema", SO])
def test_a_page_of_somebody_else_is_a_400(service: Service, paged: str, who: str) -> None:
    """T3: bound to caller and query."""
    refused(service, get(paged, who), 400, "http._page")


def test_a_page_of_another_search_is_a_400(service: Service, paged: str) -> None:
    refused(service, get(f"{paged}&clinical-status=active"), 400, "http._page")


def test_a_page_for_another_type_is_a_400(service: Service, paged: str) -> None:
    refused(service, get(paged.replace("/fhir/Condition", "/fhir/Task")), 400)


@pytest.mark.parametrize("n", [0, 5, -1])
def test_a_page_that_was_changed_is_a_400(service: Service, paged: str, n: int) -> None:
    head, _, token = paged.partition("_page=")
    swapped = list(token)
    swapped[n] = "A" if swapped[n] != "A" else "B"
    refused(service, get(f"{head}_page={''.join(swapped)}"), 400)


def test_a_page_without_a_valid_token_is_a_401(service: Service, paged: str) -> None:
    refused(service, replace(get(paged), who=None), 401)


def test_another_count_on_a_page_is_harmless(service: Service, paged: str) -> None:
    """Reliability 7.3: clients add one by themselves."""
    answer = service.doors.get("haverkort", paged.replace("_count=1&", "") + "&_count=1000")
    assert answer.status_code == 200


# --- the log as a search ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "zilver=1",
        "_count=10",
        "_sort=date",
        "_sort=-date",
        "_include=AuditEvent:patient",
        "_revinclude=AuditEvent:patient",
        "_summary=count",
        "_elements=type",
        "date=ne2026-01-01",
        "date=ap2026-01-01",
        "date=2026-01-01,2026-01-02",
        "date=ge2020-01-01&date=le2030-01-01&date=ge2021-01-01",
        "patient=Patient/m1,Patient/m2",
        "patient=Patient/m1&patient=Patient/m2",
        "patient=Task/m1",
        f"patient.name={MARKER}",
        f"date={MARKER}",
        "_page=abc",
    ],
)
def test_the_log_is_searched_by_a_period_and_a_patient_only(service: Service, query: str) -> None:
    refused(service, get(f"/fhir/AuditEvent?{query}", "brouwhuis"), 400)


@pytest.mark.parametrize("who", ["haverkort", SO, "ait-ouali", "mulderij", "samenspel"])
def test_nobody_but_the_reviewer_reads_the_log(service: Service, who: str) -> None:
    refused(service, get("/fhir/AuditEvent", who), 403)
    refused(service, get("/fhir/AuditEvent/adata-1", who), 403)


@pytest.mark.parametrize(
    "event",
    ["adata-999999", "anothing-1", "x", "adata-0", "adata--1", "a" * 64, "%00", "adata-1%00"],
)
def test_a_line_that_there_is_not_is_a_404(service: Service, event: str) -> None:
    refused(service, get(f"/fhir/AuditEvent/{event}", "brouwhuis"), 404)


def test_head_says_what_get_says_without_a_body(service: Service) -> None:
    patient = service.care.refer().patient
    read = service.doors.read("haverkort", f"Patient/{patient}")
    head = service.doors.call("haverkort", "HEAD", f"/fhir/Patient/{patient}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == read.headers["etag"]
    assert head.headers["content-length"] == str(len(read.content))


def test_an_unknown_number_and_a_hidden_patient_are_one_answer(service: Service) -> None:
    referred = service.care.refer()
    hidden = service.doors.search(
        "ottema", "Patient", ("identifier", f"{BSN}|{referred.person.bsn}")
    )
    absent = service.doors.search("ottema", "Patient", ("identifier", f"{BSN}|999990160"))
    assert hidden.content == absent.content
    assert hidden.headers.keys() == absent.headers.keys()
    assert_hidden = service.doors.read("ottema", f"Patient/{referred.patient}")
    assert_outcome(assert_hidden)
    assert assert_hidden.status_code == 404
