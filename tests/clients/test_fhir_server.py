"""What a call comes to: every way in which a peer, or the line to it, can fail."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import respx

from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.http import open_client
from adapter.clients.replies import Absent, Conflict, Done, Page, Refused, RetryLater, Unknown
from adapter.fhir.json import Json, encode

pytestmark = pytest.mark.anyio
BASE = "https://peer.example/fhir"
URL = f"{BASE}/Patient/m1"
NOON = 1_772_452_800_000_000  # 2026-03-02T12:00:00Z


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def remote() -> Iterator[respx.MockRouter]:
    with respx.mock() as router:
        yield router


@pytest.fixture
async def server() -> AsyncIterator[FhirServer]:
    async with open_client(own_origins=[BASE]) as client:
        yield FhirServer(
            client,
            BASE,
            create_only=CreateOnly.IF_MATCH_ZERO,
            clock=lambda: NOON,
            headers={"Authorization": "Bearer x"},
        )


def patient(version: str = "3", **elements: Any) -> Json:
    return {"resourceType": "Patient", "id": "m1", "meta": {"versionId": version}, **elements}


def outcome(diagnostics: str) -> Json:
    return {"resourceType": "OperationOutcome", "issue": [{"diagnostics": diagnostics}]}


async def update(server: FhirServer) -> object:
    return await server.create_or_update("Patient", "m1", b"{}", "2")


# --- what is sent -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "header"),
    [
        (CreateOnly.IF_MATCH_ZERO, ("if-match", 'W/"0"')),
        (CreateOnly.IF_NONE_MATCH, ("if-none-match", "*")),
    ],
)
async def test_a_create_is_guarded_in_the_form_that_the_peer_honours(
    remote: respx.MockRouter, server: FhirServer, form: CreateOnly, header: tuple[str, str]
) -> None:
    remote.put(URL).respond(201, json=patient("1"))
    await server.creating(form).create_or_update("Patient", "m1", b"{}", None)
    (call,) = remote.calls
    conditions = {n: v for n, v in call.request.headers.items() if n.startswith("if-")}
    assert conditions == dict([header])


async def test_a_write_replaces_labels_and_asks_for_proof(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.put(URL).respond(200, json=patient())
    await update(server)
    headers = remote.calls.last.request.headers
    assert headers["if-match"] == 'W/"2"'
    assert headers["prefer"] == "return=representation"
    assert headers["x-meta-snapshot-mode"] == "TAG, PROFILE, SECURITY_LABEL"
    assert headers["content-type"] == "application/fhir+json"
    assert headers["authorization"] == "Bearer x"


async def test_where_no_form_is_honoured_a_read_comes_first(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.get(URL).respond(404)
    put = remote.put(URL).respond(201, json=patient("1"))
    careful = server.creating(CreateOnly.NEITHER)
    assert isinstance(await careful.create_or_update("Patient", "m1", b"{}", None), Done)
    assert put.call_count == 1


async def test_where_no_form_is_honoured_what_exists_is_not_overwritten(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.get(URL).respond(200, json=patient())
    careful = server.creating(CreateOnly.NEITHER)
    reply = await careful.create_or_update("Patient", "m1", b"{}", None)
    assert reply == Conflict(status=412)


async def test_a_read_bypasses_caches(remote: respx.MockRouter, server: FhirServer) -> None:
    remote.get(URL).respond(200, json=patient())
    await server.read("Patient", "m1")
    assert remote.calls.last.request.headers["cache-control"] == "no-cache"


# --- writes -----------------------------------------------------------------------------------


async def test_a_proven_write_is_done(remote: respx.MockRouter, server: FhirServer) -> None:
    remote.put(URL).respond(200, json=patient(), headers={"ETag": 'W/"3"'})
    reply = await update(server)
    assert isinstance(reply, Done)
    assert (reply.version, reply.created) == ("3", False)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError, RetryLater()),
        (httpx.ConnectTimeout, RetryLater()),
        (httpx.PoolTimeout, RetryLater()),
        (httpx.WriteTimeout, Unknown()),
        (httpx.ReadTimeout, Unknown()),
        (httpx.RemoteProtocolError, Unknown()),
    ],
)
async def test_a_timeout_before_sending_is_not_one_after(
    remote: respx.MockRouter,
    server: FhirServer,
    error: type[httpx.TransportError],
    expected: object,
) -> None:
    route = remote.put(URL).mock(side_effect=error)
    assert await update(server) == expected
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        (409, "HAPI-0550: HAPI-0989: x", Conflict(status=409, code="HAPI-0989")),
        (409, "Unable to delete", Conflict(status=409)),
        (412, "", Conflict(status=412)),
        (410, "", Conflict(status=410)),
        (400, "HAPI-1094: x", Refused(status=400, code="HAPI-1094", waits_for_dependency=True)),
        (400, "HAPI-0450: x", Refused(status=400, code="HAPI-0450")),
        (422, "HAPI-1094: x", Refused(status=422, code="HAPI-1094")),
        (401, "", Refused(status=401)),
        (403, "", Refused(status=403)),
        (404, "", Refused(status=404)),
        (413, "", Refused(status=413)),
        (302, "", Refused(status=302)),
        (408, "", Unknown(status=408)),
        (500, "HAPI-2223: x", Unknown(status=500)),
        (503, "", Unknown(status=503)),
        (202, "", Unknown(status=202)),
    ],
)
async def test_a_status_is_classified_once(
    remote: respx.MockRouter, server: FhirServer, status: int, text: str, expected: object
) -> None:
    remote.put(URL).respond(status, json=outcome(text))
    assert await update(server) == expected


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", timedelta(seconds=7)),
        ("Mon, 02 Mar 2026 12:01:00 GMT", timedelta(minutes=1)),
        ("Mon, 02 Mar 2026 11:59:00 GMT", None),
        (None, None),
    ],
)
async def test_throttling_waits_as_long_as_the_peer_asks(
    remote: respx.MockRouter, server: FhirServer, header: str | None, wait: timedelta | None
) -> None:
    remote.put(URL).respond(429, headers={} if header is None else {"Retry-After": header})
    assert await update(server) == RetryLater(after=wait, status=429)


async def test_an_overloaded_peer_may_have_written(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.put(URL).respond(503, headers={"Retry-After": "9"})
    assert await update(server) == Unknown(status=503, after=timedelta(seconds=9))


@pytest.mark.parametrize(
    "content",
    [
        b"<html>fine</html>",
        encode(outcome("Successfully updated")),
        encode(patient())[:30],
        encode(patient() | {"id": "m2"}),
        encode(patient() | {"resourceType": "Task"}),
        encode({"resourceType": "Patient", "id": "m1"}),
    ],
    ids=["html", "outcome", "truncated", "other id", "other type", "no version"],
)
async def test_a_2xx_without_proof_is_unknown(
    remote: respx.MockRouter, server: FhirServer, content: bytes
) -> None:
    remote.put(URL).respond(200, content=content)
    remote.get(URL).respond(200, json=patient())
    assert await update(server) == Unknown(status=200)


async def test_a_2xx_without_body_is_proven_by_a_read(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.put(URL).respond(201, headers={"ETag": 'W/"3"'})
    remote.get(URL).respond(200, json=patient("3"))
    reply = await update(server)
    assert isinstance(reply, Done)
    assert (reply.version, reply.created) == ("3", True)


@pytest.mark.parametrize("found", [patient("4"), outcome("x")], ids=["later", "no resource"])
async def test_a_2xx_without_body_is_not_proven_by_another_version(
    remote: respx.MockRouter, server: FhirServer, found: Json
) -> None:
    remote.put(URL).respond(204, headers={"ETag": 'W/"3"'})
    remote.get(URL).respond(200, json=found)
    assert await update(server) == Unknown(status=204)


# --- reads and pages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, Absent(was_deleted=False)),
        (410, Absent(was_deleted=True)),
        (401, Refused(status=401)),
        (500, RetryLater(status=500)),
        (503, RetryLater(status=503)),
        (429, RetryLater(status=429)),
    ],
)
async def test_a_read_is_classified(
    remote: respx.MockRouter, server: FhirServer, status: int, expected: object
) -> None:
    remote.get(URL).respond(status)
    assert await server.read("Patient", "m1") == expected


async def test_a_read_that_breaks_off_may_be_repeated(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.get(URL).mock(side_effect=httpx.ReadTimeout)
    assert await server.read("Patient", "m1") == RetryLater()


async def test_a_page_of_html_is_no_resource(remote: respx.MockRouter, server: FhirServer) -> None:
    remote.get(URL).respond(200, content=b"<html></html>")
    assert await server.read("Patient", "m1") == Unknown(status=200)


def searchset(**elements: Any) -> Json:
    return {"resourceType": "Bundle", "type": "history", **elements}


async def test_history_always_says_since_when(remote: respx.MockRouter, server: FhirServer) -> None:
    remote.get(f"{BASE}/Patient/_history").respond(200, json=searchset())
    page = await server.history("Patient", "1970-01-01T00:00:00Z")
    assert page == Page(bundle=searchset(), next_url=None)
    params = remote.calls.last.request.url.params
    assert dict(params) == {"_since": "1970-01-01T00:00:00Z", "_count": "200"}


async def test_a_next_link_is_followed_below_the_base(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    for url in (f"{BASE}?_getpages=x", f"{BASE}/Patient/_history?_offset=2"):
        remote.get(url).respond(200, json=searchset())
        assert isinstance(await server.next_page(url), Page)


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/fhir?_getpages=x",
        "http://peer.example/fhir?_getpages=x",
        "https://peer.example:8443/fhir?_getpages=x",
        "https://peer.example/fhirother?_getpages=x",
        "https://peer.example/admin",
        f"{BASE}/../admin",
        f"{BASE}/%2e%2e/admin",
        "https://user:pass@peer.example/fhir?_getpages=x",
        "https://peer.example:99999/fhir",
        "https://[peer/fhir",
        "/fhir?_getpages=x",
    ],
)
async def test_a_next_link_elsewhere_is_not_followed(
    remote: respx.MockRouter, server: FhirServer, url: str
) -> None:
    reply = await server.next_page(url)
    assert isinstance(reply, Refused)
    assert not remote.calls


async def test_a_page_that_is_gone_is_absent(remote: respx.MockRouter, server: FhirServer) -> None:
    remote.get(f"{BASE}?_getpages=x").respond(410)
    assert await server.next_page(f"{BASE}?_getpages=x") == Absent(was_deleted=False)


async def test_a_search_keeps_its_parameters_out_of_the_address(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.post(f"{BASE}/Patient/_search").respond(200, json=searchset(type="searchset"))
    assert isinstance(await server.search("Patient", [("_tag", "a|b")]), Page)
    assert remote.calls.last.request.content == b"_tag=a%7Cb"


@pytest.mark.parametrize(
    "body",
    [
        searchset(type="batch-response"),
        outcome("x"),
        searchset(link=[{"relation": "next", "url": 1}]),
    ],
)
async def test_another_bundle_is_no_page(
    remote: respx.MockRouter, server: FhirServer, body: Json
) -> None:
    remote.get(f"{BASE}?_getpages=x").respond(200, json=body)
    assert await server.next_page(f"{BASE}?_getpages=x") == Unknown(status=200)


# --- delete and transaction -------------------------------------------------------------------


async def test_a_delete_of_a_changed_resource_is_a_conflict(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.get(URL).respond(200, json=patient("4"))
    assert await server.delete("Patient", "m1", "3") == Conflict(status=412)


async def test_a_delete_of_what_is_gone_is_done(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.get(URL).respond(410)
    assert await server.delete("Patient", "m1", "3") == Absent(was_deleted=True)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Absent(was_deleted=True)),
        (204, Absent(was_deleted=True)),
        (404, Absent(was_deleted=True)),
        (409, Conflict(status=409)),
        (500, Unknown(status=500)),
    ],
)
async def test_a_delete_is_classified(
    remote: respx.MockRouter, server: FhirServer, status: int, expected: object
) -> None:
    remote.get(URL).respond(200, json=patient("3"))
    remote.delete(URL).respond(status)
    assert await server.delete("Patient", "m1", "3") == expected


async def test_a_transaction_without_its_response_bundle_is_unknown(
    remote: respx.MockRouter, server: FhirServer
) -> None:
    remote.post(BASE).respond(200, json=outcome("x"))
    assert await server.transaction(b"{}") == Unknown(status=200)
    remote.post(BASE).mock(side_effect=httpx.ReadTimeout)
    assert await server.transaction(b"{}") == Unknown()
    remote.post(BASE).mock(side_effect=httpx.ConnectError)
    assert await server.transaction(b"{}") == RetryLater()
