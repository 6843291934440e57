"""The one place that turns a fault into an answer behind FastAPI.

Every error is an OperationOutcome; what was sent is never echoed, no library text, no traceback.
https://hl7.org/fhir/R4/http.html#Status-Codes
"""

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from adapter.api.http import answer_headers, request_id
from adapter.api.offer import allowed
from adapter.fhir.constants import JSON
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.outcome import outcome
from adapter.telemetry.events import log_event
from adapter.workflows.disclose import Answer
from adapter.workflows.release import UNAVAILABLE

_FAULT = 400  # HTTP: from here on an OperationOutcome
_TEXTS = {
    404: Issue(code="not-found", text="Niet gevonden."),
    405: Issue(code="not-supported", text="Deze handeling bestaat hier niet."),
    413: Issue(code="too-long", text="De inhoud is te groot."),
    415: Issue(code="not-supported", text="Dit mediatype wordt niet aangenomen."),
}


def respond(answer: Answer, request: Request, *, is_fhir: bool = True) -> Response:
    """Answer as a response of FastAPI; what is told about a record is plain JSON, a fault is FHIR."""
    response = Response(content=answer.body, status_code=answer.status)
    response.raw_headers = answer_headers(answer, request_id(request.scope["headers"]))
    if not is_fhir and answer.status < _FAULT:
        response.headers["content-type"] = JSON
    return response


def install(app: FastAPI) -> None:
    """Replace every error handler, FastAPI's own echoing 422 included."""

    @app.exception_handler(FhirError)
    async def _fhir(request: Request, error: FhirError) -> Response:  # FastAPI awaits it
        return _outcome(request, error.status, *error.issues)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:  # FastAPI awaits it
        status = error.status_code
        issue = _TEXTS.get(status, Issue(code="invalid", text="De aanvraag is niet goed."))
        return _outcome(request, status, issue)

    @app.exception_handler(RequestValidationError)
    async def _invalid(
        request: Request, _error: RequestValidationError
    ) -> Response:  # FastAPI awaits it
        return _outcome(request, 400, Issue(code="invalid", text="De aanvraag is niet goed."))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:  # FastAPI awaits it
        log_event(
            "request.failed",
            level=logging.ERROR,
            request_id=request_id(request.scope["headers"]),
            error=type(error).__name__,
        )
        return _outcome(request, 503, UNAVAILABLE)


def _outcome(request: Request, status: int, *issues: Issue) -> Response:
    body = outcome(issues, request_id(request.scope["headers"]))
    response = respond(Answer(status=status, body=body), request)
    if status == 405:  # noqa: PLR2004 # HTTP
        response.headers["allow"] = allowed(request.scope["path"])
    return response
