"""The one way out: limits, the guard on the final request, and what an error says about sending."""

import socket
from collections.abc import AsyncIterator, Iterator

import anyio
import httpx
import pytest
import respx

from adapter.clients.http import (
    Answer,
    HttpClient,
    Limits,
    NotSentError,
    OutcomeUnknownError,
    RefusedByGuardError,
    open_client,
)
from adapter.standin import faults
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve

pytestmark = pytest.mark.anyio
OWN = "https://own.example"
URL = f"{OWN}/fhir/Patient/m1"
QUICK = Limits(connect_s=1.0, read_s=5.0, total_s=0.2, max_bytes=1000)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def remote() -> Iterator[respx.MockRouter]:
    with respx.mock() as router:
        yield router


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    async with open_client(own_origins=[OWN], limits=Limits(max_bytes=1000)) as opened:
        yield opened


def sent(remote: respx.MockRouter) -> httpx.Request:
    """The one request that reached the network."""
    (call,) = remote.calls
    request: httpx.Request = call.request
    return request


async def test_an_answer_has_status_headers_and_body(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    remote.get(URL).respond(418, headers={"ETag": 'W/"1"'}, content=b"x")
    answer = await client.send("GET", URL)
    assert (answer.status, answer.headers["etag"], answer.body) == (418, 'W/"1"', b"x")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError, NotSentError),
        (httpx.ConnectTimeout, NotSentError),
        (httpx.PoolTimeout, NotSentError),
        (httpx.WriteTimeout, OutcomeUnknownError),
        (httpx.ReadTimeout, OutcomeUnknownError),
        (httpx.WriteError, OutcomeUnknownError),
        (httpx.ReadError, OutcomeUnknownError),
        (httpx.RemoteProtocolError, OutcomeUnknownError),
    ],
)
async def test_an_error_says_whether_anything_was_sent(
    remote: respx.MockRouter,
    client: HttpClient,
    error: type[httpx.TransportError],
    expected: type[Exception],
) -> None:
    route = remote.put(URL).mock(side_effect=error)
    with pytest.raises(expected):
        await client.send("PUT", URL, body=b"{}")
    assert route.call_count == 1


async def test_an_error_holds_no_address(remote: respx.MockRouter, client: HttpClient) -> None:
    remote.get(URL).mock(side_effect=httpx.ReadTimeout(f"at {URL}"))
    with pytest.raises(OutcomeUnknownError) as caught:
        await client.send("GET", URL)
    assert "own.example" not in str(caught.value)


async def test_a_redirect_is_an_answer(remote: respx.MockRouter, client: HttpClient) -> None:
    remote.get(URL).respond(302, headers={"Location": "https://elsewhere.example/"})
    assert (await client.send("GET", URL)).status == 302


async def test_a_body_beyond_the_cap_is_no_answer(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    remote.get(URL).respond(200, content=b"x" * 1001)
    with pytest.raises(OutcomeUnknownError):
        await client.send("GET", URL)


async def test_a_body_of_the_cap_is_read(remote: respx.MockRouter, client: HttpClient) -> None:
    remote.get(URL).respond(200, content=b"x" * 1000)
    assert len((await client.send("GET", URL)).body) == 1000


async def test_compression_is_neither_asked_nor_unpacked(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    remote.get(URL).respond(200, headers={"Content-Encoding": "gzip"}, content=b"\x1f\x8b")
    with pytest.raises(OutcomeUnknownError):
        await client.send("GET", URL, headers={"Accept-Encoding": "gzip"})
    assert sent(remote).headers["accept-encoding"] == "identity"


async def test_our_own_server_gets_credentials_but_no_cookie(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    remote.get(URL).respond(200, headers={"Set-Cookie": "a=b"})
    await client.send("GET", URL)
    await client.send("GET", URL, headers={"Authorization": "Bearer x"})
    last = remote.calls.last.request
    assert last.headers["authorization"] == "Bearer x"
    assert "cookie" not in last.headers


async def test_a_test_server_gets_no_credentials(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    remote.get("https://test.example/fhir/metadata").respond(200)
    headers = {"Authorization": "Bearer x", "Cookie": "a=b", "X-Api-Key": "k"}
    await client.send("GET", "https://user:pass@test.example/fhir/metadata", headers=headers)
    request = sent(remote)
    assert not {"authorization", "cookie", "x-api-key"} & set(request.headers)
    assert request.url.userinfo == b""


async def test_a_refused_request_never_reaches_the_network(
    remote: respx.MockRouter, client: HttpClient
) -> None:
    with pytest.raises(RefusedByGuardError) as caught:
        await client.send(
            "PUT",
            "https://test.example/fhir/Patient/m1",
            headers={"content-type": "application/fhir+json"},
            body=b'{"resourceType":"Patient","id":"m1"}',
        )
    assert not remote.calls
    assert {issue.rule for issue in caught.value.issues} == {"RI-8"}


async def test_the_environment_sets_no_proxy(
    remote: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    remote.get(URL).respond(200)
    async with open_client(own_origins=[OWN]) as client:
        assert (await client.send("GET", URL)).status == 200


# --- over real connections --------------------------------------------------------------------


async def test_nobody_listening_means_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    async with open_client() as client:
        with pytest.raises(NotSentError):
            await client.send("GET", f"http://127.0.0.1:{port}/metadata")


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop(applied=True),
        faults.drop(applied=False),
        faults.truncate(5),
        faults.delay(1.0),
    ],
    ids=["closed after", "closed before", "truncated", "late"],
)
async def test_a_broken_connection_leaves_the_outcome_unknown(fault: faults.Fault) -> None:
    app = StandinFhirServer()
    app.fail(fault)
    with serve(app) as url:
        async with open_client(limits=QUICK) as client:
            with pytest.raises(OutcomeUnknownError):
                await client.send("GET", f"{url}/fhir/metadata")
    assert len(app.requests) == 1


async def test_the_deadline_ends_a_reply_that_drips() -> None:
    async def drip(scope: object, receive: object, send: object) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(25):
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            await anyio.sleep(0.02)

    with serve(drip) as url:
        async with open_client(limits=QUICK) as client:
            with pytest.raises(OutcomeUnknownError):
                await client.send("GET", f"{url}/metadata")


async def test_a_connection_that_is_never_accepted_means_not_sent() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        async with open_client(limits=QUICK) as client:
            with pytest.raises(NotSentError):
                await client.send("GET", f"http://127.0.0.1:{port}/metadata")
        for one in waiting:
            one.close()


async def test_answers_are_plain_values() -> None:
    with serve(StandinFhirServer()) as url:
        async with open_client() as client:
            answer = await client.send("GET", f"{url}/fhir/metadata")
    assert isinstance(answer, Answer)
    assert answer.headers["content-type"].startswith("application/fhir+json")
