"""Bodies of write requests: bounded while they are read, of one media type, strict JSON."""

from fastapi import Request

from adapter.fhir.issues import FhirError, Issue

_FHIR = {"application/fhir+json", "application/json"}
_JSON = {"application/json"}


async def read_body(request: Request, *, limit: int, fhir: bool) -> bytes:
    """Bytes of the body. 413 above `limit` bytes, 415 for any other media type or compression."""
    sent = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if sent not in (_FHIR if fhir else _JSON):
        text = (
            "Alleen application/fhir+json wordt aangenomen."
            if fhir
            else ("Alleen application/json wordt aangenomen.")
        )
        raise FhirError(415, Issue(code="not-supported", text=text))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        text = "Gecomprimeerde inhoud wordt niet aangenomen."
        raise FhirError(415, Issue(code="not-supported", text=text))
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise FhirError(413, Issue(code="too-long", text="De inhoud is te groot."))
        chunks.append(chunk)
    return b"".join(chunks)
