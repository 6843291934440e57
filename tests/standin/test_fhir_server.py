"""What only the stand-in can do: faults, other servers' habits, purge and restored backups.

Its likeness to HAPI is tested in `tests/conformance/peer/`."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapter.standin import faults
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.resource_store import Habits, Key

pytestmark = pytest.mark.anyio
PATIENT = {"resourceType": "Patient", "id": "m1", "active": True}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def app() -> StandinFhirServer:
    return StandinFhirServer()


@pytest.fixture
async def http(app: StandinFhirServer) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://peer.test/fhir") as client:
        yield client


async def put(http: httpx.AsyncClient, **headers: Any) -> httpx.Response:
    return await http.put("/Patient/m1", json=PATIENT, headers=headers)


def is_stored(app: StandinFhirServer) -> bool:
    return app.store.current(Key("Patient", "m1")) is not None


@pytest.mark.parametrize("applied", [True, False])
async def test_a_status_comes_with_or_without_effect(
    app: StandinFhirServer, http: httpx.AsyncClient, *, applied: bool
) -> None:
    app.fail(faults.status(503, applied=applied, retry_after="3"))
    reply = await put(http)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "3")
    assert is_stored(app) is applied


@pytest.mark.parametrize("applied", [True, False])
async def test_a_dropped_connection_comes_with_or_without_effect(
    app: StandinFhirServer, http: httpx.AsyncClient, *, applied: bool
) -> None:
    app.fail(faults.drop(applied=applied))
    with pytest.raises(ConnectionResetError):
        await put(http)
    assert is_stored(app) is applied


async def test_a_page_of_html_hides_that_it_worked(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    app.fail(faults.html(200, applied=True))
    reply = await put(http)
    assert reply.headers["Content-Type"] == "text/html"
    assert is_stored(app)


async def test_another_body_comes_under_the_same_headers(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    app.fail(faults.replace(b"{}"))
    reply = await put(http)
    assert (reply.status_code, reply.headers["ETag"], reply.content) == (201, 'W/"1"', b"{}")


async def test_a_fault_waits_for_the_request_it_is_meant_for(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    app.fail(faults.status(500), method="PUT", path="Patient/m1")
    assert (await http.get("/Patient/m1")).status_code == 404
    assert (await put(http)).status_code == 500
    assert (await put(http)).status_code == 201
    assert len(app.faults) == 0


async def test_every_request_is_kept(app: StandinFhirServer, http: httpx.AsyncClient) -> None:
    await put(http, **{"If-Match": 'W/"0"'})
    (request,) = app.requests
    assert (request.method, request.path) == ("PUT", "/fhir/Patient/m1")
    assert request.headers["if-match"] == 'W/"0"'


async def test_a_purged_server_begins_again_at_version_one(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    await put(http)
    app.purge()
    assert (await http.get("/Patient/m1")).status_code == 404
    assert (await put(http)).headers["ETag"] == 'W/"1"'


async def test_a_restored_backup_has_lost_what_came_after(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    await put(http)
    backup = app.store.checkpoint()
    await http.delete("/Patient/m1")
    app.store.restore(backup)
    assert (await http.get("/Patient/m1")).headers["ETag"] == 'W/"1"'


async def test_a_server_may_honour_if_none_match() -> None:
    app = StandinFhirServer(habits=Habits(create_only="if-none-match", stale_status=412))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://peer.test/fhir") as http:
        assert (await put(http, **{"If-Match": 'W/"0"'})).status_code == 412
        assert (await put(http, **{"If-None-Match": "*"})).status_code == 201
        assert (await put(http, **{"If-None-Match": "*"})).status_code == 412


async def test_a_server_may_leave_references_alone() -> None:
    app = StandinFhirServer(habits=Habits(checks_references=False))
    transport = httpx.ASGITransport(app)
    task = {"resourceType": "Task", "id": "m2", "for": {"reference": "Patient/nowhere"}}
    async with httpx.AsyncClient(transport=transport, base_url="http://peer.test/fhir") as http:
        assert (await http.put("/Task/m2", json=task)).status_code == 201


async def test_caches_end_after_a_minute() -> None:
    now = [0]
    app = StandinFhirServer(clock=lambda: now[0])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://peer.test/fhir") as http:
        now[0] = 1_000_000
        await http.get("/Patient?_id=m1")
        await put(http)
        now[0] += 59_000_000
        assert (await http.get("/Patient?_id=m1")).json()["total"] == 0
        now[0] += 2_000_000
        assert (await http.get("/Patient?_id=m1")).json()["total"] == 1


async def test_results_may_be_forgotten_between_two_pages(
    app: StandinFhirServer, http: httpx.AsyncClient
) -> None:
    for number in range(3):
        await http.put(f"/Patient/m{number}x", json={**PATIENT, "id": f"m{number}x"})
    page = (await http.get("/Patient?_count=2")).json()
    link = next(one["url"] for one in page["link"] if one["relation"] == "next")
    app.reader.forget_results()
    assert (await http.get(link)).status_code == 410
