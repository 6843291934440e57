"""Answers of the token endpoints: JSON in the words of RFC 6749, never kept by anybody.

https://datatracker.ietf.org/doc/html/rfc6749#section-5
"""

from typing import Final

from starlette.responses import Response

from adapter.fhir.constants import JSON
from adapter.fhir.json import Json, encode
from adapter.workflows.authenticate_client import Refused, http_status

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Vary": "Authorization",
    "X-Content-Type-Options": "nosniff",
}


class OAuthFault(Exception):  # noqa: N818 - it is an answer, as FhirError is
    """A request that is refused before any client is looked at."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, error)
        self.status = status
        self.error = error
        self.description = description


def answer(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON answer of an OAuth endpoint."""
    return Response(encode(body), status, headers={**_HEADERS, **(headers or {})}, media_type=JSON)


def fault_answer(fault: OAuthFault) -> Response:
    """Error answer of a fault."""
    return _error(fault.status, fault.error, fault.description)


def refused_answer(refused: Refused) -> Response:
    """Error answer of a refusal; `rule` and `reason` stay in the log."""
    return _error(http_status(refused), refused.error, refused.description)


def unavailable_answer() -> Response:
    """The client's key set cannot be had now; nothing was used up, so it may try again."""
    text = "de sleutelset van de client is nu niet bereikbaar"
    body = {"error": "temporarily_unavailable", "error_description": text}
    return answer(body, 503, {"Retry-After": "5"})


def _error(status: int, error: str, description: str) -> Response:
    # RFC 9110 section 15.5.2: a 401 names a scheme; ours is an assertion in the form.
    headers = {"WWW-Authenticate": "private_key_jwt"} if status == 401 else {}  # noqa: PLR2004 # HTTP
    return answer({"error": error, "error_description": description}, status, headers)
