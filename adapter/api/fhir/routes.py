"""FHIR interactions behind FastAPI: metadata, the referral transaction, update of a Task, the log.

https://hl7.org/fhir/R4/http.html
"""

from fastapi import APIRouter, Request, Response

from adapter.api.context import Context
from adapter.api.errors import respond
from adapter.api.fhir.audit_events import AuditEvents
from adapter.api.fhir.metadata import capability_statement
from adapter.api.http import header, logical_id
from adapter.api.writes import write
from adapter.fhir.json import encode
from adapter.workflows.disclose import Answer
from adapter.workflows.referral_transaction import prepare_transaction, submit_transaction
from adapter.workflows.update_task import prepare_task, update_task


def router(context: Context) -> APIRouter:
    """Routes below `/fhir`, except what `reads.py` answers before; `api/offer.py` lists them."""
    routes = APIRouter(prefix="/fhir")
    policy = context.installation.policy
    metadata = encode(capability_statement(context.settings, policy, policy.version))
    audit_events = AuditEvents(context)

    @routes.get("/metadata")
    async def capabilities(request: Request) -> Response:  # FastAPI awaits it
        return respond(Answer(status=200, body=metadata), request)

    @routes.post("/")
    @routes.post("")
    async def transaction(request: Request) -> Response:
        return await write(
            context,
            request,
            interaction="transaction",
            type_="Bundle",
            limit=context.settings.max_bundle_bytes,
            fhir=True,
            allowed=lambda policy, caller: policy.allows(caller, "Bundle", "transaction"),
            prepare=lambda bundle, body: prepare_transaction(
                bundle, body, context.installation.ids
            ),
            use_case=submit_transaction,
        )

    @routes.put("/Task/{task_id}")
    async def task(request: Request, task_id: str) -> Response:
        if_match = header(request.scope["headers"], b"if-match")
        known = logical_id(task_id)
        return await write(
            context,
            request,
            interaction="update",
            type_="Task",
            limit=context.settings.max_resource_bytes,
            fhir=True,
            allowed=lambda policy, caller: policy.allows(caller, "Task", "update"),
            prepare=lambda document, _body: prepare_task(document, known, if_match),
            use_case=update_task,
        )

    @routes.get("/AuditEvent")
    async def log(request: Request) -> Response:
        return respond(await audit_events.search(request), request)

    @routes.get("/AuditEvent/{event_id}")
    async def log_line(request: Request, event_id: str) -> Response:
        return respond(await audit_events.read(request, event_id), request)

    return routes
