"""A GP practice's own FHIR source, in the style of the HA-VVT exchange, held in memory.

https://hl7.org/fhir/R4/http.html#search

Offered: `POST Patient/_search` on one identifier, and a search per type for one patient. The
citizen number is accepted in a form body only; in an address it is refused. Nobody is
authenticated here: who may ask is exactly what the adapter decides.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode

import anyio

from adapter.fhir.bsn import is_valid_bsn
from adapter.fhir.bundle import searchset
from adapter.fhir.constants import BSN, CONTENT_TYPE, FORM
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json, encode
from adapter.fhir.outcome import outcome
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

PARTS: Final = ("Condition", "MedicationStatement", "AllergyIntolerance", "Observation")
_PATIENT_ELEMENT: Final = {"AllergyIntolerance": "patient"}  # everywhere else `subject`


class StandinGpSource:
    """ASGI application over the resources of one practice.

    `requests` is what it was asked, as (method, path); `service_time_s` is how long a real system
    would think, per request; a search gives `page_size` resources at a time.
    """

    def __init__(
        self, records: Iterable[Json], *, service_time_s: float = 0.0, page_size: int = 500
    ) -> None:
        self.requests: list[tuple[str, str]] = []
        self._service_time_s = service_time_s
        self._page_size = page_size
        self._patients: dict[str, Json] = {}  # by citizen number
        self._parts: dict[tuple[str, str], list[Json]] = {}  # by type and patient
        for resource in records:
            self._hold(resource)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
            return
        request = await read_request(scope, receive)
        self.requests.append((request.method, request.path))
        if self._service_time_s:
            await anyio.sleep(self._service_time_s)
        await send_answer(send, self._answer(request))

    def _answer(self, request: Request) -> Answer:
        if _names_a_citizen(request):
            return _fault(400, "security", "Een BSN hoort niet in een adres.")
        match request.method, request.path.strip("/"):
            case "POST", "Patient/_search" if not request.query:
                return self._find_patient(request)
            case "GET", type_ if type_ in PARTS:
                return self._search(type_, request)
        return _fault(404, "not-found", "Niet aangeboden.")

    def _find_patient(self, request: Request) -> Answer:
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent != FORM:
            return _fault(415, "not-supported", "Verwacht is een formulier.")
        match parse_qsl(request.body.decode("latin-1"), keep_blank_values=True):
            case [("identifier", value)] if value.startswith(f"{BSN}|") and "," not in value:
                found = self._patients.get(value.removeprefix(f"{BSN}|"))
                return _bundle([] if found is None else [found], 1, request)
        return _fault(400, "invalid", "Verwacht is precies één identifier met systeem.")

    def _search(self, type_: str, request: Request) -> Answer:
        match request.query:
            case (("patient", value), *more) if "," not in value and len(more) < 2:  # noqa: PLR2004 # a page at most
                found = self._parts.get((type_, value.removeprefix("Patient/")), [])
                start = _start(more)
                if start is not None and start <= len(found):
                    return _bundle(found, self._page_size, request, start)
        return _fault(400, "invalid", "Verwacht is precies één patient.")

    def _hold(self, resource: Json) -> None:
        type_ = resource["resourceType"]
        if type_ == "Patient":
            for identifier in resource["identifier"]:
                if identifier["system"] == BSN:
                    self._patients[identifier["value"]] = resource
            return
        patient = resource[_PATIENT_ELEMENT.get(type_, "subject")]["reference"]
        self._parts.setdefault((type_, patient.removeprefix("Patient/")), []).append(resource)


def _start(more: Sequence[tuple[str, str]]) -> int | None:
    """Where a page begins: `_offset`, a name of our own; None for anything else."""
    match more:
        case []:
            return 0
        case [("_offset", digits)] if digits.isascii() and digits.isdigit():
            return int(digits[:9])
    return None


def _bundle(found: list[Json], size: int, request: Request, start: int = 0) -> Answer:
    shown = found[start : start + size]
    bodies = [(f"{item['resourceType']}/{item['id']}", encode(item)) for item in shown]
    own = f"{request.base}{request.path}"
    asked = [pair for pair in request.query if pair[0] != "_offset"]
    after = [*asked, ("_offset", str(start + size))]
    body = searchset(
        bodies,
        total=len(found),
        self_url=f"{own}?{urlencode(request.query)}" if request.query else own,
        next_url=f"{own}?{urlencode(after)}" if start + size < len(found) else None,
        base=request.base,
    )
    return _json(200, body)


def _names_a_citizen(request: Request) -> bool:
    texts = [*request.path.split("/"), *(part for pair in request.query for part in pair)]
    words = " ".join(texts).replace("|", " ").split()
    return any(BSN in text for text in texts) or any(map(is_valid_bsn, words))


def _fault(status: int, code: str, text: str) -> Answer:
    return _json(status, outcome([Issue(code=code, text=text)]))


def _json(status: int, body: bytes) -> Answer:
    headers = {"content-type": CONTENT_TYPE, "cache-control": "no-store"}
    return Answer(status=status, headers=headers, body=body)
