"""A key set is fetched from its registered address, small, once and without redirects."""

from collections.abc import Iterator

import httpx
import pytest
import respx

from adapter.clients.jwks import LIMITS, KeySetError, fetch_jwks

pytestmark = pytest.mark.anyio
URL = "https://his.example/Keys/jwks.json?v=2"
KEY = {"kty": "EC", "kid": "k1"}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def remote() -> Iterator[respx.MockRouter]:
    with respx.mock() as router:
        yield router


async def test_the_keys_are_returned_and_nothing_else(remote: respx.MockRouter) -> None:
    remote.get(URL).respond(200, json={"keys": [KEY], "note": "x"})
    assert await fetch_jwks(URL) == {"keys": [KEY]}


async def test_loopback_may_do_without_tls(remote: respx.MockRouter) -> None:
    remote.get("http://127.0.0.1:9/jwks").respond(200, json={"keys": [KEY]})
    assert await fetch_jwks("http://127.0.0.1:9/jwks") == {"keys": [KEY]}


@pytest.mark.parametrize(
    "url", ["http://his.example/jwks", "file:///etc/passwd", "jwks", "https://x:99999/"]
)
async def test_another_address_is_refused(remote: respx.MockRouter, url: str) -> None:
    with pytest.raises(KeySetError):
        await fetch_jwks(url)
    assert not remote.calls


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b'{"keys":{}}', b'{"keys":["x"]}', b'{"keys":[{"a":1}],"keys":[]}'],
)  # fmt: skip
async def test_what_is_no_key_set_is_refused(remote: respx.MockRouter, body: bytes) -> None:
    remote.get(URL).respond(200, content=body)
    with pytest.raises(KeySetError):
        await fetch_jwks(URL)


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_status_other_than_200_is_refused(remote: respx.MockRouter, status: int) -> None:
    remote.get(URL).respond(status, headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(KeySetError):
        await fetch_jwks(URL)


async def test_a_large_key_set_is_refused(remote: respx.MockRouter) -> None:
    remote.get(URL).respond(200, json={"keys": [KEY], "x": "y" * LIMITS.max_bytes})
    with pytest.raises(KeySetError):
        await fetch_jwks(URL)


async def test_too_many_keys_are_refused(remote: respx.MockRouter) -> None:
    remote.get(URL).respond(200, json={"keys": [KEY] * 51})
    with pytest.raises(KeySetError):
        await fetch_jwks(URL)


@pytest.mark.parametrize("error", [httpx.ConnectTimeout, httpx.ReadTimeout])
async def test_a_key_set_out_of_reach_is_refused(
    remote: respx.MockRouter, error: type[httpx.TransportError]
) -> None:
    remote.get(URL).mock(side_effect=error)
    with pytest.raises(KeySetError):
        await fetch_jwks(URL)
