"""The path of every write: bounded body, who asks, strict JSON, one transaction, one answer.

Order of checks: 413, 415 → 401 → 403 → JSON 400 → what the use case finds (technical decision
10). Every refusal leaves one line in the log.
"""

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from fastapi import Request, Response

from adapter.access.caller import Caller
from adapter.access.policy import Policy
from adapter.api.bodies import read_body
from adapter.api.context import Context
from adapter.api.errors import respond
from adapter.api.http import request_id, token_hash
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted
from adapter.workflows.disclose import Answer
from adapter.workflows.unit import Ask, Unit, authenticate, perform, refuse

P = TypeVar("P")


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
        await anyio.to_thread.run_sync(refuse, installation, ask, None, error)
        raise

    def work() -> Answer:
        caller = authenticate(installation, ask)
        try:
            prepared = prepare(decode_untrusted(body), body)
        except FhirError as error:
            refuse(installation, ask, caller, error)
            raise
        return perform(installation, ask, lambda unit: use_case(unit, prepared))

    return respond(await anyio.to_thread.run_sync(work), request)
