"""The stand-in of a GP practice's own FHIR source."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapter.fhir.constants import BSN
from adapter.standin.gp_source import StandinGpSource

NUMBER = "999900006"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def records() -> list[dict[str, Any]]:
    return [
        {"resourceType": "Patient", "id": "p1", "identifier": [{"system": BSN, "value": NUMBER}]},
        {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"}},
        {"resourceType": "Condition", "id": "c2", "subject": {"reference": "Patient/p2"}},
        {"resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/p1"}},
    ]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def app() -> StandinGpSource:
    return StandinGpSource(records())


@pytest.fixture
async def source(app: StandinGpSource) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gp.test") as client:
        yield client


def ids(response: httpx.Response) -> list[str]:
    return [entry["resource"]["id"] for entry in response.json().get("entry", [])]


pytestmark = pytest.mark.anyio


async def test_a_patient_is_found_by_citizen_number_in_a_form(source: httpx.AsyncClient) -> None:
    found = await source.post("/Patient/_search", data={"identifier": f"{BSN}|{NUMBER}"})
    assert (found.status_code, ids(found)) == (200, ["p1"])


async def test_an_unknown_patient_is_an_empty_searchset(source: httpx.AsyncClient) -> None:
    found = await source.post("/Patient/_search", data={"identifier": f"{BSN}|999999990"})
    assert (found.status_code, found.json()["total"]) == (200, 0)


async def test_a_number_without_its_system_is_refused(source: httpx.AsyncClient) -> None:
    found = await source.post("/Patient/_search", data={"identifier": NUMBER})
    assert found.status_code == 400


async def test_two_patients_in_one_question_are_refused(source: httpx.AsyncClient) -> None:
    both = f"{BSN}|{NUMBER},{BSN}|999999990"
    found = await source.post("/Patient/_search", data={"identifier": both})
    assert found.status_code == 400


async def test_a_question_that_is_no_form_is_refused(source: httpx.AsyncClient) -> None:
    found = await source.post("/Patient/_search", json={"identifier": f"{BSN}|{NUMBER}"})
    assert found.status_code == 415


@pytest.mark.parametrize(
    "address",
    [f"/Patient?identifier={BSN}|{NUMBER}", f"/Condition?patient={NUMBER}", f"/Patient/{NUMBER}"],
)
async def test_a_citizen_number_in_an_address_is_refused(
    source: httpx.AsyncClient, address: str
) -> None:
    assert (await source.get(address)).status_code == 400


async def test_a_refusal_does_not_repeat_the_citizen_number(source: httpx.AsyncClient) -> None:
    assert NUMBER not in (await source.get(f"/Condition?patient={NUMBER}")).text


async def test_a_search_gives_this_patients_resources_only(source: httpx.AsyncClient) -> None:
    assert ids(await source.get("/Condition?patient=p1")) == ["c1"]


async def test_a_typed_patient_reference_means_the_same(source: httpx.AsyncClient) -> None:
    assert ids(await source.get("/AllergyIntolerance?patient=Patient/p1")) == ["a1"]


async def test_a_search_without_patient_is_refused(source: httpx.AsyncClient) -> None:
    assert (await source.get("/Condition")).status_code == 400


async def test_a_type_that_is_not_offered_is_not_found(source: httpx.AsyncClient) -> None:
    assert (await source.get("/DocumentReference?patient=p1")).status_code == 404


async def test_it_remembers_what_it_was_asked_without_the_query(
    app: StandinGpSource, source: httpx.AsyncClient
) -> None:
    await source.get("/Condition?patient=p1")
    assert app.requests == [("GET", "/Condition")]


async def test_a_long_answer_comes_in_pages(app: StandinGpSource) -> None:
    many = [
        {"resourceType": "Condition", "id": f"c{n}", "subject": {"reference": "Patient/p1"}}
        for n in range(5)
    ]
    transport = httpx.ASGITransport(app=StandinGpSource([*records()[:1], *many], page_size=2))
    async with httpx.AsyncClient(transport=transport, base_url="http://gp.test") as client:
        found, url = [], "http://gp.test/Condition?patient=Patient/p1"
        while url:
            answer = await client.get(url)
            assert answer.json()["total"] == 5
            found += ids(answer)
            links = {link["relation"]: link["url"] for link in answer.json()["link"]}
            url = links.get("next", "")
        assert found == ["c0", "c1", "c2", "c3", "c4"]


@pytest.mark.parametrize(
    "query", ["patient=p1&_offset=x", "patient=p1&_offset=9", "patient=p1&x=1", "_offset=0"]
)
async def test_a_page_that_there_is_not_is_refused(source: httpx.AsyncClient, query: str) -> None:
    assert (await source.get(f"/Condition?{query}")).status_code == 400
