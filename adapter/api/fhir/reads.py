"""Reads, searches and everything that is not offered, answered by ASGI in front of FastAPI.

https://hl7.org/fhir/R4/http.html#read
https://hl7.org/fhir/R4/http.html#search

FastAPI costs 105 to 225 µs a request, as much as everything else together; so only what is asked
most goes around it (technical decision 4). What neither answers is refused here, so that no
request below `/fhir` goes unlogged.
"""

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import anyio

from adapter.api.bodies import MAX_SECONDS
from adapter.api.context import Context
from adapter.api.http import (
    RawHeaders,
    accepts_json,
    answer_headers,
    header,
    request_id,
    token_hash,
)
from adapter.api.offer import allowed, is_behind, not_offered, type_in
from adapter.fhir.constants import FORM
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.outcome import outcome
from adapter.store.snapshot import Snapshot
from adapter.telemetry.events import log_event
from adapter.workflows.disclose import (
    Answer,
    Disclosure,
    ReadRequest,
    faulted,
    identify,
    unauthenticated,
)
from adapter.workflows.release import UNAVAILABLE
from adapter.workflows.search import SearchRequest

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_READ = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/([A-Za-z0-9\-.]{1,64})")
_SEARCH = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/?")
_POST_SEARCH = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/_search")
_OTHER_ROOM = "AuditEvent"  # answered behind FastAPI
_MAX_FORM = 20_000  # bytes of a `_search` body


class FhirReads:
    """ASGI callable: answers what it knows, else calls `app`."""

    def __init__(self, context: Context, app: App) -> None:
        self._context = context
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        request = request_id(scope["headers"])
        if path == "/fhir" or path[:6] == "/fhir/":
            work = self._work(scope, receive, request)
            if work is not None:
                await self._answer(scope, send, work, request)
                return
        # one number for a request, in its answer and in the log
        scope["headers"] = [(b"x-request-id", request.encode()), *scope["headers"]]
        try:
            await self._app(scope, receive, send)
        except Exception:  # noqa: BLE001 - answered and told in `errors.py`
            # FastAPI raises it again for the server to print: a traceback may hold patient data
            return

    def _work(self, scope: Scope, receive: Receive, request: str) -> Awaitable[Answer] | None:
        """What answers this request; None when it is FastAPI's."""
        method, path = scope["method"], scope["path"]
        reads = method in {"GET", "HEAD"}
        if reads and (found := _READ.fullmatch(path)) and found[1] != _OTHER_ROOM:
            return self._read(scope, request, found[1], found[2])
        form = _SEARCH if reads else _POST_SEARCH
        searches = reads or method == "POST"
        if searches and (found := form.fullmatch(path)) and found[1] != _OTHER_ROOM:
            return self._search(scope, receive, request, found[1])
        return None if is_behind(method, path) else self._refuse(scope, request)

    async def _answer(
        self, scope: Scope, send: Send, work: Awaitable[Answer], request: str
    ) -> None:
        try:
            answer = await work
        except FhirError as error:
            answer = Answer(status=error.status, body=outcome(error.issues, request))
        except Exception as error:  # noqa: BLE001 - as above
            name = type(error).__name__
            log_event("request.failed", level=logging.ERROR, request_id=request, error=name)
            answer = Answer(status=503, body=outcome([UNAVAILABLE], request))
        headers = answer_headers(answer, request)
        if answer.status == 405:  # noqa: PLR2004 # HTTP
            headers.append((b"allow", allowed(scope["path"]).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    async def _refuse(self, scope: Scope, request: str) -> Answer:
        token = token_hash(scope["headers"])
        fault, type_ = not_offered(scope["method"], scope["path"]), type_in(scope["path"])

        def decide(snapshot: Snapshot) -> Disclosure[Answer]:
            caller, active = identify(snapshot, token)
            if caller is None or not active:
                return unauthenticated(snapshot.now, request, "operation", type_, caller)
            return faulted(snapshot.now, request, "operation", type_, fault, caller)

        return await self._context.releaser.release(decide, request)

    def _read(self, scope: Scope, number: str, type_: str, id_: str) -> Awaitable[Answer]:
        request = ReadRequest(
            token=token_hash(scope["headers"]),
            request_id=number,
            type=type_,
            id=id_,
            fault=_read_fault(scope),
        )
        read = self._context.disclose.read
        return self._context.releaser.release(lambda snapshot: read(snapshot, request), number)

    async def _search(self, scope: Scope, receive: Receive, number: str, type_: str) -> Answer:
        pairs: tuple[tuple[str, str], ...] = ()
        fault: FhirError | None = None
        try:
            pairs = await _parameters(scope, receive)
        except FhirError as error:
            fault = error
        request = SearchRequest(
            token=token_hash(scope["headers"]),
            request_id=number,
            type=type_,
            pairs=pairs,
            in_body=scope["method"] == "POST",
            fault=fault,
        )
        search = self._context.search
        return await self._context.releaser.release(
            lambda snapshot: search.run(snapshot, request), number
        )


def _read_fault(scope: Scope) -> FhirError | None:
    if not accepts_json(scope["headers"]):
        return FhirError(406, _NOT_ACCEPTABLE)
    if not scope["query_string"]:
        return None
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if any(name != "_format" for name, _ in query):
        text = "Bij het lezen van één resource zijn geen parameters mogelijk."
        return FhirError(400, Issue(code="invalid", text=text))
    return None


async def _parameters(scope: Scope, receive: Receive) -> tuple[tuple[str, str], ...]:
    """Parameters of a search, from the URL or from the body, never from both."""
    if not accepts_json(scope["headers"]):
        raise FhirError(406, _NOT_ACCEPTABLE)
    url = scope["query_string"].decode("latin-1")
    body = await _form(scope, receive)
    if scope["method"] != "POST" and body:
        raise FhirError(400, Issue(code="invalid", text="Een GET heeft geen inhoud."))
    if url and body:
        text = "Parameters staan in de URL of in de inhoud, niet in allebei."
        raise FhirError(400, Issue(code="invalid", text=text))
    return _decoded(body or url)


def _decoded(text: str) -> tuple[tuple[str, str], ...]:
    """What is no UTF-8 behind its percent signs, and characters that no value has, are a 400."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except ValueError:
        raise FhirError(400, _UNREADABLE) from None
    if any(_CONTROL.search(part) for pair in pairs for part in pair):
        raise FhirError(400, _UNREADABLE)
    return tuple(pairs)


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNREADABLE = Issue(code="invalid", text="De parameters zijn niet leesbaar.")
_NOT_ACCEPTABLE = Issue(code="not-supported", text="Alleen application/fhir+json wordt gegeven.")


async def _form(scope: Scope, receive: Receive) -> str:
    if scope["method"] == "POST":
        _check_form(scope["headers"])
    try:
        with anyio.fail_after(MAX_SECONDS):
            body = await _read_all(receive)
    except TimeoutError:
        text = "Het sturen van de inhoud duurde te lang."
        raise FhirError(408, Issue(code="timeout", text=text)) from None
    try:
        return body.decode("ascii")
    except UnicodeDecodeError:
        raise FhirError(400, Issue(code="invalid", text="De inhoud is geen formulier.")) from None


async def _read_all(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > _MAX_FORM:
            raise FhirError(413, Issue(code="too-long", text="De zoekopdracht is te groot."))
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _check_form(headers: RawHeaders) -> None:
    media = (header(headers, b"content-type") or b"").split(b";")[0].strip().lower()
    encoding = header(headers, b"content-encoding") or b"identity"
    if media != FORM.encode() or encoding.lower() != b"identity":
        text = f"Verwacht is {FORM}, niet gecomprimeerd."
        raise FhirError(415, Issue(code="not-supported", text=text))
