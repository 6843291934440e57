"""A FHIR R4 server in memory that behaves towards a client as HAPI JPA 8.8.0 does.

https://hl7.org/fhir/R4/http.html

For tests and the demo, as a plain ASGI callable: call it in process, or serve it with
`adapter.standin.serving.serve`. `tests/conformance/peer/` runs the same tests over this server
and over a real HAPI.

Models
* PUT with a client's id; `If-Match: W/"0"` as create-only, `If-None-Match: *` ignored; 409 for a
  stale If-Match, which counts only where the id was used before; identical content makes no
  version; tags and labels are kept unless X-Meta-Snapshot-Mode is sent (`resource_store.py`,
  `resource_content.py`)
* 400 for a missing or absolute reference; versions in references are dropped
* read, vread, HEAD, 304, 410 after a delete; DELETE without precondition, 409 when referred to
* create with If-None-Exist; transaction (all or nothing) and batch (`fhir_transaction.py`)
* search by _id, identifier, _tag, _security, _profile, _lastUpdated with total, pages and the
  60-second cache; history with _since, and its 60-second count without (`fhir_search.py`)
* other servers' habits (`Habits`), purge and restored backups, and faults on demand (`faults.py`)

Does not model
* validation, unknown elements and codes, PATCH, conditional update and delete, chained search,
  _include, Binary, subscriptions, access control; parallel writers (one request at a time)
* lastUpdated as the start of a long transaction
"""

import asyncio
import threading
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import parse_qsl

from adapter.clock import Clock, system_clock
from adapter.fhir.constants import CONTENT_TYPE, FHIR_VERSION
from adapter.fhir.json import Json, decode_own, encode
from adapter.standin.asgi import (
    Answer,
    Receive,
    Request,
    Scope,
    Send,
    answer_lifespan,
    read_request,
    send_answer,
)
from adapter.standin.faults import Fault, FaultPlan
from adapter.standin.fhir_search import Reader
from adapter.standin.fhir_transaction import process
from adapter.standin.resource_store import Habits, Key, RefusedError, ResourceStore
from adapter.standin.single_requests import Single, answer_single, version_answer

_JSON = {"content-type": CONTENT_TYPE}


class StandinFhirServer:
    """ASGI application below `path`. `requests` lists what arrived, the faulty ones included."""

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        habits: Habits | None = None,
        page_size: int = 20,
        path: str = "/fhir",
    ) -> None:
        self.store = ResourceStore(clock=clock, habits=habits or Habits())
        self.reader = Reader(store=self.store, clock=clock, page_size=page_size)
        self.faults = FaultPlan()
        self.requests: list[Request] = []
        self.software = "stand-in"
        self._path = path
        self._lock = threading.Lock()

    def fail(self, fault: Fault, *, method: str | None = None, path: str = "") -> None:
        """Let the next request with this method and path part meet `fault`, once."""
        self.faults.add(fault, method=method, path=path)

    def purge(self) -> None:
        """Forget every resource, as a public test server does now and then."""
        with self._lock:
            self.store.restore({})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
            return
        request = await read_request(scope, receive)
        self.requests.append(request)
        fault = self.faults.take(request.method, request.path)
        if fault is None:
            await send_answer(send, self.answer(request))
            return
        answer = self.answer(request) if fault.applies else Answer(status=500)
        if fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        if fault.closes:
            _abort(scope)
            return
        await send_answer(send, _changed(answer, fault), keep=fault.keeps)

    def answer(self, request: Request) -> Answer:
        """The answer to one request; also for a second writer in a test, without HTTP."""
        with self._lock:
            try:
                answer = self._dispatch(request)
            except RefusedError as refused:
                answer = _refusal(refused)
            except ValueError:
                answer = _refusal(RefusedError(400, "HAPI-0450: Failed to parse request body"))
        if request.method == "HEAD":
            return Answer(status=answer.status, headers=answer.headers)
        return answer

    def _dispatch(self, request: Request) -> Answer:
        if not f"{request.path}/".startswith(f"{self._path}/"):
            raise RefusedError(404, "HAPI-0302: Unknown path")
        base = f"{request.base}{self._path}"
        parts = request.path[len(self._path) :].strip("/").split("/")
        if not _is_type(parts[0]):
            return self._on_system(request, base, parts[0])
        if parts[-1] == "_history" or parts[-2:-1] == ["_history"]:
            return self._on_history(request, base, parts)
        match request.method, parts:
            case (("GET" | "HEAD"), [type_]):
                return self._search(base, type_, request.query, request)
            case "POST", [type_, "_search"]:
                form = parse_qsl(request.body.decode(), keep_blank_values=True)
                return self._search(base, type_, [*request.query, *form], request)
        single = Single(
            method="GET" if request.method == "HEAD" else request.method,
            url="/".join(parts),
            resource=decode_own(request.body) if request.body else None,
            headers=request.headers,
        )
        return answer_single(self.store, self.reader, base, single)

    def _on_system(self, request: Request, base: str, name: str) -> Answer:
        match request.method, name:
            case "POST", "":
                return self._bundle_request(request)
            case "POST", "$expunge":
                self.store.restore({})
                return _bundle(encode({"resourceType": "Parameters"}))
            case "GET", "" if "_getpages" in dict(request.query):
                return _bundle(self.reader.result_page(base, request.query))
            case "GET", "metadata":
                return _bundle(encode(self._capability_statement()))
            case "GET", "_history":
                return _bundle(self.reader.history(base, "", request.query))
        raise RefusedError(404, "HAPI-0302: Unknown resource type")

    def _on_history(self, request: Request, base: str, parts: list[str]) -> Answer:
        match parts:
            case [type_, "_history"]:
                return _bundle(self.reader.history(base, type_, request.query))
            case [type_, id_, "_history"]:
                if not self.store.history(Key(type_, id_)):
                    raise RefusedError(404, f"HAPI-2001: Resource {type_}/{id_} is not known")
                return _bundle(self.reader.history(base, f"{type_}/{id_}", request.query))
            case [type_, id_, "_history", number]:
                return self._vread(base, Key(type_, id_), number)
        raise RefusedError(404, "HAPI-0302: Unknown path")

    def _search(
        self, base: str, type_: str, pairs: Sequence[tuple[str, str]], request: Request
    ) -> Answer:
        caching = request.headers.get("cache-control", "")
        fresh = "no-cache" in caching or "no-store" in caching
        body, hit = self.reader.search(base, type_, pairs, fresh=fresh)
        headers = {**_JSON, "x-cache": f"HIT from {base}"} if hit else _JSON
        return Answer(status=200, headers=headers, body=body)

    def _vread(self, base: str, key: Key, number: str) -> Answer:
        for version in self.store.history(key):
            if str(version.number) == number:
                return version_answer(base, version)
        raise RefusedError(404, f"HAPI-0979: Version {number} is not valid for {key.type}/{key.id}")

    def _bundle_request(self, request: Request) -> Answer:
        replaced = request.headers.get("x-meta-snapshot-mode", "")
        with_resource = "representation" in request.headers.get("prefer", "")
        bundle = decode_own(request.body)
        body = process(
            self.store, self.reader, bundle, replaced=replaced, with_resource=with_resource
        )
        return _bundle(encode(body))

    def _capability_statement(self) -> Json:
        return {
            "resourceType": "CapabilityStatement",
            "status": "active",
            "date": "2026-01-01",
            "kind": "instance",
            "software": {"name": self.software, "version": "1"},
            "fhirVersion": FHIR_VERSION,
            "format": ["json"],
            "rest": [{"mode": "server"}],
        }


def _is_type(text: str) -> bool:
    return text[:1].isupper() and text.isalpha()


def _bundle(body: bytes) -> Answer:
    return Answer(status=200, headers=_JSON, body=body)


def _refusal(refused: RefusedError) -> Answer:
    issue = {"severity": "error", "code": "processing", "diagnostics": refused.diagnostics}
    body = encode({"resourceType": "OperationOutcome", "issue": [issue]})
    return Answer(status=refused.status, headers={**_JSON, **refused.headers}, body=body)


def _changed(answer: Answer, fault: Fault) -> Answer:
    status = answer.status if fault.status is None else HTTPStatus(fault.status)
    return Answer(
        status=status,
        headers={**answer.headers, **fault.headers},
        body=answer.body if fault.body is None else fault.body,
    )


def _abort(scope: Scope) -> None:
    """Close the connection without an answer; in process there is none to close."""
    abort = scope.get("extensions", {}).get("standin.abort")
    if abort is None:
        raise ConnectionResetError("the stand-in closed the connection")
    abort()
