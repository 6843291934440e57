"""The GP's source: one patient by a form, parts by the source's own id, nothing else comes back."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import respx

from adapter.clients.gp_source import Fetched, FoundPatient, GpSource
from adapter.clients.http import RefusedByGuardError, open_client
from adapter.fhir.constants import BSN
from adapter.fhir.json import Json, encode

pytestmark = pytest.mark.anyio
BASE = "https://huisarts.example/fhir"
SEARCH = f"{BASE}/Patient/_search"
TEST_BSN = "999990019"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def remote() -> Iterator[respx.MockRouter]:
    with respx.mock() as router:
        yield router


@pytest.fixture
async def source() -> AsyncIterator[GpSource]:
    async with open_client(own_origins=[BASE]) as client:
        yield GpSource(client, BASE, headers={"Authorization": "Bearer x"})


def searchset(*resources: Json) -> Json:
    bundle: Json = {"resourceType": "Bundle", "type": "searchset"}
    return bundle | {"entry": [{"resource": one} for one in resources]} if resources else bundle


PATIENT = {"resourceType": "Patient", "id": "p1"}
WARNING = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}


async def test_the_number_travels_in_the_form_and_in_no_address(
    remote: respx.MockRouter, source: GpSource
) -> None:
    remote.post(SEARCH).respond(200, json=searchset(PATIENT, WARNING))
    assert await source.find_patient(TEST_BSN) == FoundPatient(status="ok", id="p1")
    request = remote.calls.last.request
    assert TEST_BSN not in str(request.url)
    assert request.content.decode() == str(httpx.QueryParams({"identifier": f"{BSN}|{TEST_BSN}"}))
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["authorization"] == "Bearer x"


@pytest.mark.parametrize(
    "bundle",
    [searchset(), searchset(PATIENT, {"resourceType": "Patient", "id": "p2"})],
    ids=["none", "two"],
)
async def test_no_match_and_two_matches_are_not_found(
    remote: respx.MockRouter, source: GpSource, bundle: Json
) -> None:
    remote.post(SEARCH).respond(200, json=bundle)
    assert await source.find_patient(TEST_BSN) == FoundPatient(status="not-found")


async def test_a_number_that_cannot_be_is_not_asked(
    remote: respx.MockRouter, source: GpSource
) -> None:
    assert await source.find_patient("999990018") == FoundPatient(status="not-found")
    assert not remote.calls


@pytest.mark.parametrize(
    "body",
    [
        b"<html></html>",
        encode({"resourceType": "Bundle", "type": "history"}),
        encode(searchset({"resourceType": "Practitioner", "id": "p1"})),
        encode(searchset({"resourceType": "Patient", "id": "../p1"})),
        encode(searchset({"resourceType": "Patient"})),
        encode(searchset() | {"entry": [{"fullUrl": "urn:x"}]}),
    ],
)
async def test_another_answer_is_no_patient(
    remote: respx.MockRouter, source: GpSource, body: bytes
) -> None:
    remote.post(SEARCH).respond(200, content=body)
    assert await source.find_patient(TEST_BSN) == FoundPatient(status="unavailable")


async def test_parts_come_as_the_sources_own_bytes(
    remote: respx.MockRouter, source: GpSource
) -> None:
    body = b'{ "resourceType":"Bundle", "type":"searchset", "total": 0 }'
    remote.get(f"{BASE}/Condition", params={"patient": "p1"}).respond(200, content=body)
    fetched = await source.fetch("Condition", [("patient", "p1")])
    assert fetched == Fetched(status="ok", body=body)


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "not-found"), (410, "not-found"), (401, "refused"), (403, "refused"), (302, "refused"),
     (400, "refused"), (429, "unavailable"), (500, "unavailable"), (503, "unavailable")],
)  # fmt: skip
async def test_an_error_is_a_status_without_its_text(
    remote: respx.MockRouter, source: GpSource, status: int, expected: str
) -> None:
    remote.get(f"{BASE}/Condition").respond(status, content=b"patient Jansen")
    assert await source.fetch("Condition", []) == Fetched(status=expected)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout])
async def test_a_source_out_of_reach_is_unavailable(
    remote: respx.MockRouter, source: GpSource, error: type[httpx.TransportError]
) -> None:
    remote.get(f"{BASE}/Condition").mock(side_effect=error)
    assert await source.fetch("Condition", []) == Fetched(status="unavailable")


async def test_what_is_no_searchset_is_not_passed_on(
    remote: respx.MockRouter, source: GpSource
) -> None:
    remote.get(f"{BASE}/Condition").respond(200, content=b"<html>Jansen</html>")
    assert await source.fetch("Condition", []) == Fetched(status="unavailable")


@pytest.mark.parametrize("value", [TEST_BSN, f"{BSN}|x", f"Patient/{TEST_BSN}"])
async def test_a_number_is_never_put_in_an_address(
    remote: respx.MockRouter, source: GpSource, value: str
) -> None:
    with pytest.raises(ValueError, match="URL"):
        await source.fetch("Condition", [("patient", value)])
    assert not remote.calls


async def test_a_source_that_is_not_our_own_gets_no_number(remote: respx.MockRouter) -> None:
    async with open_client() as client:
        with pytest.raises(RefusedByGuardError):
            await GpSource(client, BASE).find_patient(TEST_BSN)
    assert not remote.calls


async def test_a_next_page_is_asked_with_the_same_authorisation(
    remote: respx.MockRouter, source: GpSource
) -> None:
    page = f"{BASE}/Condition?_getpages=abc"
    remote.get(page).respond(200, json=searchset())
    assert (await source.follow(page)).status == "ok"
    assert remote.calls.last.request.headers["authorization"] == "Bearer x"


@pytest.mark.parametrize(
    "url",
    [
        "https://elders.example/fhir/Condition",
        "http://huisarts.example/fhir/Condition",
        "https://huisarts.example:8443/fhir/Condition",
        f"{BASE}/Condition?patient={TEST_BSN}",
    ],
)
async def test_a_next_page_elsewhere_or_with_a_number_is_not_asked(
    remote: respx.MockRouter, source: GpSource, url: str
) -> None:
    assert await source.follow(url) == Fetched(status="refused")
    assert not remote.calls


async def test_a_next_page_that_is_none_is_no_answer(
    remote: respx.MockRouter, source: GpSource
) -> None:
    remote.get(f"{BASE}/Condition").respond(200, json={"resourceType": "Condition"})
    assert (await source.follow(f"{BASE}/Condition")).status == "unavailable"
