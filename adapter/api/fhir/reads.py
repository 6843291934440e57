"""Reads and searches, answered by a plain ASGI callable in front of FastAPI.

https://hl7.org/fhir/R4/http.html#read
https://hl7.org/fhir/R4/http.html#search

FastAPI costs 105 to 225 µs a request, as much as everything else together; so only what is asked
most goes around it, and everything else falls through to it untouched (technical decision 4).
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from adapter.api.context import Context
from adapter.api.http import accepts_json, answer_headers, header, request_id, token_hash
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.outcome import outcome
from adapter.workflows.disclose import Answer, ReadRequest
from adapter.workflows.search import SearchRequest

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_READ = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/([A-Za-z0-9\-.]{1,64})")
_SEARCH = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/?")
_POST_SEARCH = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})/_search")
_OTHER_ROOMS = frozenset({"AuditEvent", "Bundle"})  # answered behind FastAPI
_MAX_FORM = 20_000  # bytes of a `_search` body


class FhirReads:
    """ASGI callable: answers what it knows, else calls `app`."""

    def __init__(self, context: Context, app: App) -> None:
        self._context = context
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/fhir/"):
            await self._app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        reads = method in {"GET", "HEAD"}
        if reads and (found := _READ.fullmatch(path)) and found[1] not in _OTHER_ROOMS:
            await self._answer(scope, send, self._read(scope, found[1], found[2]))
            return
        form = _SEARCH if reads else _POST_SEARCH
        searches = reads or method == "POST"
        if searches and (found := form.fullmatch(path)) and found[1] not in _OTHER_ROOMS:
            await self._answer(scope, send, self._search(scope, receive, found[1]))
            return
        await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, send: Send, work: Awaitable[tuple[str, Answer]]) -> None:
        try:
            request, answer = await work
        except FhirError as error:
            request = request_id(scope["headers"])
            answer = Answer(status=error.status, body=outcome(error.issues, request))
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": answer_headers(answer, request),
            }
        )
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    async def _read(self, scope: Scope, type_: str, id_: str) -> tuple[str, Answer]:
        headers = scope["headers"]
        request = ReadRequest(
            token=token_hash(headers),
            request_id=request_id(headers),
            type=type_,
            id=id_,
            fault=_read_fault(scope),
        )
        disclose = self._context.disclose
        answer = await self._context.releaser.release(
            lambda snapshot: disclose.read(snapshot, request), request.request_id
        )
        return request.request_id, answer

    async def _search(self, scope: Scope, receive: Receive, type_: str) -> tuple[str, Answer]:
        headers = scope["headers"]
        pairs: tuple[tuple[str, str], ...] = ()
        fault: FhirError | None = None
        try:
            pairs = await _parameters(scope, receive)
        except FhirError as error:
            fault = error
        request = SearchRequest(
            token=token_hash(headers),
            request_id=request_id(headers),
            type=type_,
            pairs=pairs,
            in_body=scope["method"] == "POST",
            fault=fault,
        )
        search = self._context.search
        answer = await self._context.releaser.release(
            lambda snapshot: search.run(snapshot, request), request.request_id
        )
        return request.request_id, answer


def _read_fault(scope: Scope) -> FhirError | None:
    if not accepts_json(scope["headers"]):
        return FhirError(406, _NOT_ACCEPTABLE)
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
    return tuple(parse_qsl(body or url, keep_blank_values=True))


_NOT_ACCEPTABLE = Issue(code="not-supported", text="Alleen application/fhir+json wordt gegeven.")


async def _form(scope: Scope, receive: Receive) -> str:
    content_type = header(scope["headers"], b"content-type") or b""
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
            break
    body = b"".join(chunks)
    if scope["method"] == "POST" and (
        content_type.split(b";")[0].strip().lower() != b"application/x-www-form-urlencoded"
    ):
        text = "Verwacht is application/x-www-form-urlencoded."
        raise FhirError(415, Issue(code="not-supported", text=text))
    try:
        return body.decode("ascii")
    except UnicodeDecodeError:
        raise FhirError(400, Issue(code="invalid", text="De inhoud is geen formulier.")) from None
