"""Bodies of write requests: bounded in size and time while they are read, of one media type."""

from typing import Final

import anyio
from fastapi import Request

from adapter.api.http import accepts_json
from adapter.fhir.issues import FhirError, Issue

MAX_SECONDS = 30.0  # a body that drips in for longer keeps a place from others
_FHIR: Final = frozenset({"application/fhir+json", "application/json"})
_JSON: Final = frozenset({"application/json"})
_TOO_LONG: Final = Issue(code="too-long", text="De inhoud is te groot.")


async def read_body(request: Request, *, limit: int, fhir: bool) -> bytes:
    """Bytes of the body.

    FhirError 413 above `limit` bytes, 415 for any other media type or compression, 406 for who
    accepts no JSON, 408 when it takes too long.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise FhirError(413, _TOO_LONG)
    _check_media(request, _FHIR if fhir else _JSON)
    if not accepts_json(request.scope["headers"]):
        text = "Alleen application/fhir+json wordt gegeven."
        raise FhirError(406, Issue(code="not-supported", text=text))
    try:
        with anyio.fail_after(MAX_SECONDS):
            return await _read(request, limit)
    except TimeoutError:
        text = "Het sturen van de inhoud duurde te lang."
        raise FhirError(408, Issue(code="timeout", text=text)) from None


def _check_media(request: Request, accepted: frozenset[str]) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in accepted:
        text = f"Alleen {max(accepted, key=len)} wordt aangenomen."
        raise FhirError(415, Issue(code="not-supported", text=text))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        text = "Gecomprimeerde inhoud wordt niet aangenomen."
        raise FhirError(415, Issue(code="not-supported", text=text))


async def _read(request: Request, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise FhirError(413, _TOO_LONG)
        chunks.append(chunk)
    return b"".join(chunks)
