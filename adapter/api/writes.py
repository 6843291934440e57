"""The path of every write: bounded body, who asks, strict JSON, one transaction, one answer.

Order of checks: 413, 415, 406 → 401 → 403 → 400 → JSON 400 → what the use case finds (technical
decision 10). Every refusal leaves one line in the log.
"""

from collections.abc import Callable
from typing import NoReturn, TypeVar

import anyio.to_thread
from fastapi import Request, Response

from adapter.access.caller import Caller
from adapter.access.policy import Policy
from adapter.api.bodies import read_body
from adapter.api.context import Context
from adapter.api.errors import respond
from adapter.api.http import request_id, token_hash
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_untrusted
from adapter.workflows.disclose import Answer
from adapter.workflows.unit import Ask, Unit, authenticate, guarded, perform, refuse

P = TypeVar("P")
_NO_PARAMETERS = Issue(code="invalid", text="Bij het schrijven zijn geen parameters mogelijk.")


async def write(
    context: Context,
    request: Request,
    *,
    interaction: str,
    type_: str | None,
    limit: int,
    fhir: bool,
    allowed: Callable[[Policy, Caller], bool],
    prepare: Callable[[Json, bytes], P],
    use_case: Callable[[Unit, P], Answer],
) -> Response:
    """Answer of `use_case` on what `prepare` made of the body."""
    ask = Ask(
        token=token_hash(request.scope["headers"]),
        request_id=request_id(request.scope["headers"]),
        interaction=interaction,
        type=type_,
        allowed=allowed,
    )
    installation = context.installation
    try:
        body = await read_body(request, limit=limit, fhir=fhir)
    except FhirError as error:
        await deny(context, ask, error)

    def work() -> Answer:
        caller = authenticate(installation, ask)
        try:
            _check_address(request)
            prepared = prepare(decode_untrusted(body, is_fhir=fhir), body)
        except FhirError as error:
            refuse(installation, ask, caller, error)
            raise
        return perform(installation, ask, lambda unit: use_case(unit, prepared))

    answer = await anyio.to_thread.run_sync(lambda: guarded(installation, ask, work))
    return respond(answer, request, is_fhir=fhir)


async def deny(context: Context, ask: Ask, error: FhirError) -> NoReturn:
    """Log and raise a refusal that needs no caller (413, 415, 406, 408)."""
    installation = context.installation
    await anyio.to_thread.run_sync(
        lambda: guarded(installation, ask, lambda: refuse(installation, ask, None, error))
    )
    raise error


async def deny_somebody(context: Context, ask: Ask, error: FhirError) -> NoReturn:
    """The same after the login: who has no valid token hears 401 and nothing else."""
    installation = context.installation

    def work() -> None:
        refuse(installation, ask, authenticate(installation, ask), error)

    await anyio.to_thread.run_sync(lambda: guarded(installation, ask, work))
    raise error


def has_parameters(request: Request) -> bool:
    """Whether the address has parameters besides those about the format."""
    return any(name not in _ABOUT_FORMAT for name in request.query_params)


def _check_address(request: Request) -> None:
    if has_parameters(request):
        raise FhirError(400, _NO_PARAMETERS)


_ABOUT_FORMAT = frozenset({"_format", "_pretty"})
