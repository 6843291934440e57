"""The only way out: one HTTP client with hard limits, behind the guard.

https://www.rfc-editor.org/rfc/rfc9110
https://www.python-httpx.org/advanced/transports/

The limits and the guard sit in the transport, so every request meets them in its final form:
* a total deadline: httpx's read timeout starts again with each byte of a dripping reply
* no compression and a cap on the body: a small gzip reply unpacks without a limit
* no redirects, no proxy or credentials from the environment, no cookies kept, no second attempt:
  after bytes went out, only the caller can know whether repeating is safe

A call ends in an Answer, NotSentError (nothing happened), OutcomeUnknownError (anything may have
happened), or RefusedByGuardError. Reply bodies and addresses stand in none of the errors.
"""

import ssl
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import TracebackType
from typing import Final, Self

import anyio
import httpx

from adapter.clients.guard import HARMLESS_HEADERS, PeerClass, check, class_of
from adapter.fhir.issues import Issue

# httpcore looks for it at every lock that it makes, several a call, and searches the whole path
# each time that it is not there. This is Python's way to say: it is not.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # see `import` in the language reference

_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds for each phase and for the whole call, and the largest body of a reply."""

    connect_s: float = 5.0
    read_s: float = 30.0
    total_s: float = 60.0
    max_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A complete reply. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotSentError(Exception):
    """No byte of the request left: name, connection, TLS, no free connection."""


class OutcomeUnknownError(Exception):
    """The request may have been carried out; there is no whole reply."""


class RefusedByGuardError(Exception):
    """The request may not go to this server; nothing was sent."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__(*(f"{issue.rule} {issue.expression}".strip() for issue in issues))
        self.issues = tuple(issues)


class HttpClient:
    """One client per remote, for the life of the process. Made by `open_client`."""

    # Straight to the transport: httpx's own client would add cookies, redirects and the
    # environment, of which nothing is wanted here, and a quarter to the cost of a call.
    def __init__(self, transport: httpx.AsyncBaseTransport, limits: Limits) -> None:
        self._transport = transport
        timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=limits.connect_s)
        self._extensions = {"timeout": timeout.as_dict()}

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """One request, once. `url` is absolute."""
        sent = {"user-agent": "meso-fhir-adapter", "accept": "*/*", **(headers or {})}
        try:
            request = httpx.Request(
                method, url, headers=sent, content=body, extensions=self._extensions
            )
            reply = await self._transport.handle_async_request(request)
        except _NOT_SENT as error:
            raise NotSentError(type(error).__name__) from None
        except (httpx.HTTPError, OSError) as error:
            raise OutcomeUnknownError(type(error).__name__) from None
        return Answer(status=reply.status_code, headers=dict(reply.headers), body=reply.content)

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def open_client(
    *,
    own_origins: Sequence[str] = (),
    run_tag: str | None = None,
    limits: Limits | None = None,
    certificate: ssl.SSLContext | None = None,
    inner: httpx.AsyncBaseTransport | None = None,
) -> HttpClient:
    """A client whose every request passes the guard.

    Servers at `own_origins` are ours; every other one counts as a test server, gets no
    credentials, and sees only resources tagged with `run_tag`. `certificate` is shown to own
    servers alone. `inner` replaces the network in tests.
    """
    limits = limits or Limits()
    own = inner or _network(certificate or _public_trust())
    test = own if inner or certificate is None else _network(_public_trust())
    transport = _GuardedTransport(own, test, tuple(own_origins), run_tag, limits)
    return HttpClient(transport, limits)


def _network(trust: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=trust, retries=0, trust_env=False)


@cache
def _public_trust() -> ssl.SSLContext:
    """The public certificate authorities; reading them takes longer than most calls."""
    return httpx.create_ssl_context(trust_env=False)


class _GuardedTransport(httpx.AsyncBaseTransport):
    def __init__(
        self,
        own: httpx.AsyncBaseTransport,
        test: httpx.AsyncBaseTransport,
        own_origins: tuple[str, ...],
        run_tag: str | None,
        limits: Limits,
    ) -> None:
        self._inner: dict[PeerClass, httpx.AsyncBaseTransport] = {"own": own, "test": test}
        self._own_origins = own_origins
        self._run_tag = run_tag
        self._limits = limits

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        peer = class_of(str(request.url), self._own_origins)
        body = await request.aread()
        final, progress = _final(request, body, peer)
        issues = check(
            final.method, str(final.url), final.headers, body, peer, run_tag=self._run_tag
        )
        if issues:
            raise RefusedByGuardError(issues)
        try:
            with anyio.fail_after(self._limits.total_s):
                reply = await self._inner[peer].handle_async_request(final)
                return await _whole(reply, final, self._limits.max_bytes)
        except TimeoutError:
            if progress.is_connecting:
                raise httpx.ConnectTimeout("deadline", request=final) from None
            raise httpx.ReadTimeout("deadline", request=final) from None

    async def aclose(self) -> None:
        for transport in set(self._inner.values()):
            await transport.aclose()


@dataclass(slots=True)
class _Progress:
    """Whether the connection is still being made, as httpcore reports it."""

    is_connecting: bool = False

    async def __call__(self, event: str, _: object) -> None:
        if event.startswith(("connection.connect_", "connection.start_tls")):
            self.is_connecting = True
        elif event.startswith(("http11.", "http2.")):
            self.is_connecting = False


def _final(request: httpx.Request, body: bytes, peer: PeerClass) -> tuple[httpx.Request, _Progress]:
    """The request as it goes out: whole body, no compression asked, no credentials for strangers."""
    progress = _Progress()
    headers = httpx.Headers(request.headers)
    for name in ("transfer-encoding", "cookie"):
        headers.pop(name, None)
    headers["accept-encoding"] = "identity"
    url = request.url
    if peer == "test":
        kept = [(name, value) for name, value in headers.items() if name in HARMLESS_HEADERS]
        headers = httpx.Headers(kept)
        url = url.copy_with(username=None, password=None)
    extensions = {**request.extensions, "trace": progress}
    final = httpx.Request(request.method, url, headers=headers, content=body, extensions=extensions)
    return final, progress


async def _whole(reply: httpx.Response, request: httpx.Request, max_bytes: int) -> httpx.Response:
    """The reply with its body read, within the cap."""
    try:
        if reply.headers.get("content-encoding", "identity") != "identity":
            raise httpx.DecodingError("compressed although not asked", request=request)
        body = bytearray()
        assert isinstance(reply.stream, httpx.AsyncByteStream)
        async for chunk in reply.stream:
            body += chunk
            if len(body) > max_bytes:
                raise httpx.ReadError("the reply is too large", request=request)
    finally:
        await reply.aclose()
    return httpx.Response(
        reply.status_code, headers=reply.headers, content=bytes(body), request=request
    )
