"""A GP practice's own FHIR source, asked for one patient at a time.

https://hl7.org/fhir/R4/http.html#search (POST _search)
Style of the Dutch HA-VVT exchange: the citizen number travels in a form body, never in a URL,
since URLs are logged on the way.

Read-through: bytes come in and go on, nothing is kept. The status is reduced to what a caller
may know; a source's error text is dropped. Which part may be read is decided above.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal
from urllib.parse import urlencode

from adapter.clients.guard import origin
from adapter.clients.guard_content import check_text
from adapter.clients.http import Answer, HttpClient, NotSentError, OutcomeUnknownError
from adapter.fhir.bsn import is_valid_bsn
from adapter.fhir.constants import BSN, FHIR_JSON, FORM
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted
from adapter.fhir.reference import ID

# ok: a Bundle or resource. refused: the source will not answer us. unavailable: try later.
FetchStatus = Literal["ok", "not-found", "refused", "unavailable"]
_ACCEPT: Final = {"accept": FHIR_JSON, "cache-control": "no-store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """`body` is the source's own bytes, and empty unless `status` is ok."""

    status: FetchStatus
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPatient:
    """`id` at the source; None when `status` is not ok. More than one match is not-found."""

    status: FetchStatus
    id: str | None = None


class GpSource:
    """One practice. `base` must be among the client's own origins: the guard lets no citizen
    number go anywhere else. `headers` carries the authorisation."""

    def __init__(
        self, client: HttpClient, base: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._headers = dict(headers or {})

    async def find_patient(self, bsn: str) -> FoundPatient:
        """Exactly one patient with this citizen number, or not-found."""
        if not is_valid_bsn(bsn):
            return FoundPatient(status="not-found")
        form = urlencode({"identifier": f"{BSN}|{bsn}"}).encode()
        url = f"{self._base}/Patient/_search"
        found = await self._ask("POST", url, {"content-type": FORM}, form)
        if found.status != "ok":
            return FoundPatient(status=found.status)
        ids = _patient_ids(found.body)
        if ids is None:
            return FoundPatient(status="unavailable")
        return FoundPatient(status="ok", id=ids[0]) if len(ids) == 1 else _NO_PATIENT

    async def fetch(self, type_: str, params: Sequence[tuple[str, str]]) -> Fetched:
        """Search one type. ValueError when a parameter could hold a citizen number."""
        if any(check_text(text, "") for pair in params for text in pair):
            raise ValueError("a citizen number does not belong in a URL")
        found = await self._ask("GET", f"{self._base}/{type_}?{urlencode(params)}", {})
        if found.status == "ok" and _searchset(found.body) is None:
            return Fetched(status="unavailable")
        return found

    async def follow(self, url: str) -> Fetched:
        """A next page: refused when it is elsewhere, or its address could hold a citizen number."""
        if origin(url) != origin(self._base) or check_text(url, ""):
            return Fetched(status="refused")
        found = await self._ask("GET", url, {})
        if found.status == "ok" and _searchset(found.body) is None:
            return Fetched(status="unavailable")
        return found

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Fetched:
        try:
            answer = await self._client.send(
                method, url, headers={**_ACCEPT, **self._headers, **headers}, body=body
            )
        except (NotSentError, OutcomeUnknownError):
            return Fetched(status="unavailable")
        status = _status(answer)
        return Fetched(status=status, body=answer.body if status == "ok" else b"")


_NO_PATIENT: Final = FoundPatient(status="not-found")


def _status(answer: Answer) -> FetchStatus:
    if answer.status == HTTPStatus.OK:
        return "ok"
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return "not-found"
    if (
        answer.status == HTTPStatus.TOO_MANY_REQUESTS
        or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        return "unavailable"
    return "refused"


def _patient_ids(body: bytes) -> list[str] | None:
    """Ids of the matches; None when this is no searchset, or holds something else."""
    bundle = _searchset(body)
    if bundle is None:
        return None
    ids: list[str] = []
    for entry in bundle.get("entry", []):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            return None
        if resource.get("resourceType") == "OperationOutcome":  # a warning beside the matches
            continue
        id_ = resource.get("id")
        if resource.get("resourceType") != "Patient" or not isinstance(id_, str):
            return None
        if not ID.fullmatch(id_):
            return None
        ids.append(id_)
    return ids


def _searchset(body: bytes) -> Json | None:
    try:
        bundle = decode_untrusted(body)
    except FhirError:
        return None
    is_searchset = bundle.get("resourceType") == "Bundle" and bundle.get("type") == "searchset"
    return bundle if is_searchset and isinstance(bundle.get("entry", []), list) else None
