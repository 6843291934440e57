"""MESO records as JSON, for systems that speak no FHIR; the only write door for what MESO makes.

Each record kind has one route, its JSON Schema below `/records/schema`, and the workflow that a
FHIR message of the same meaning would run. What is worth a look travels with the answer, as an
OperationOutcome in the member `outcome`, and stands on the worklist.
"""

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from adapter.access.caller import Caller
from adapter.access.policy import Policy
from adapter.api.context import Context
from adapter.api.errors import respond
from adapter.api.http import accepts_json, logical_id, request_id, token_hash
from adapter.api.offer import not_offered
from adapter.api.records.schemas import schema_list, schema_of
from adapter.api.writes import deny, deny_somebody, has_parameters, write
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import encode
from adapter.fhir.outcome import outcome_document
from adapter.store.resources import Saved
from adapter.workflows.close_trajectory import close_trajectory
from adapter.workflows.consult_record import ConsultRecord, RecordRequest
from adapter.workflows.disclose import Answer
from adapter.workflows.hold_mdo import hold_mdo
from adapter.workflows.keep_record import (
    keep_assessment,
    keep_capacity,
    keep_conversation,
    keep_related_person,
)
from adapter.workflows.publish_plan import publish_plan
from adapter.workflows.read_worklist import read_worklist
from adapter.workflows.record_consent import record_consent
from adapter.workflows.submit_referral import submit_referral
from adapter.workflows.unit import Ask, Unit, guarded, perform
from mappings.records.advance_care_planning import AdvanceCarePlanning
from mappings.records.assessment import Assessment
from mappings.records.base import Record, parse_record
from mappings.records.capacity import Capacity
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.consent import ConsentRecord
from mappings.records.mdo import Mdo
from mappings.records.referral import Referral
from mappings.records.related_person import RelatedPerson

R = TypeVar("R", bound=Record)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_NOT_ACCEPTABLE = Issue(code="not-supported", text="Alleen application/fhir+json wordt gegeven.")
_NO_PARAMETERS = Issue(code="invalid", text="Bij het raadplegen zijn geen parameters mogelijk.")


def router(context: Context) -> APIRouter:
    """Routes below `/records`."""
    routes = APIRouter(prefix="/records")
    _add_writes(routes, context)
    _add_reads(routes, context)

    @routes.api_route("/{rest:path}", methods=[*_METHODS])
    async def nothing_here(request: Request, rest: str) -> Response:
        error = not_offered(request.method, f"/records/{rest}")
        await deny_somebody(context, _anybody(request, "record"), error)

    return routes


def _add_writes(routes: APIRouter, context: Context) -> None:
    def door(
        path: str, kind: str, model: type[R], use_case: Callable[[Unit, R, bytes], Answer]
    ) -> None:
        async def post(request: Request) -> Response:
            return await write(
                context,
                request,
                interaction="record",
                type_=model.__name__,
                limit=context.settings.max_resource_bytes,
                fhir=False,
                allowed=lambda policy, caller: policy.allows_record(caller, kind),
                prepare=lambda sent, body: (parse_record(model, sent), body),
                use_case=lambda unit, prepared: use_case(unit, *prepared),
            )

        routes.add_api_route(path, post, methods=["POST"])

    def kept(
        path: str, kind: str, model: type[R], use_case: Callable[[Unit, R], list[Saved]]
    ) -> None:
        door(path, kind, model, lambda unit, record, _: _saved(unit, use_case(unit, record)))

    door("/referrals", "referral", Referral, _referral)
    door("/mdos", "mdo", Mdo, _mdo)
    kept("/plans", "plan", CarePlan, publish_plan)
    kept("/consents", "consent", ConsentRecord, record_consent)
    kept("/closings", "closing", Closing, close_trajectory)
    kept("/assessments", "assessment", Assessment, keep_assessment)
    kept("/advance-care-planning", "advance-care-planning", AdvanceCarePlanning, keep_conversation)
    kept("/related-persons", "related-person", RelatedPerson, keep_related_person)
    kept("/capacities", "capacity", Capacity, keep_capacity)


def _add_reads(routes: APIRouter, context: Context) -> None:
    consult = ConsultRecord(
        policy=context.installation.policy,
        releaser=context.releaser,
        source=context.gp_source,
        address=f"{context.settings.public_base}/records/gp-record",
        max_pages=context.settings.gp_source_max_pages,
    )

    async def check(request: Request, ask: Ask) -> None:
        if not accepts_json(request.scope["headers"]):
            await deny(context, ask, FhirError(406, _NOT_ACCEPTABLE))
        if has_parameters(request):
            await deny_somebody(context, ask, FhirError(400, _NO_PARAMETERS))

    @routes.get("/gp-record/{patient}/{part}")
    async def gp_record(request: Request, patient: str, part: str) -> Response:
        ask = _anybody(request, "consult")
        await check(request, ask)
        asked = RecordRequest(
            token=ask.token, request_id=ask.request_id, patient=logical_id(patient), part=part
        )
        return respond(await consult.run(asked), request)

    @routes.get("/worklist")
    async def worklist(request: Request) -> Response:
        ask = _ask(request, "search-system", lambda p, caller: p.allows_record(caller, "worklist"))
        await check(request, ask)
        installation = context.installation
        answer = await anyio.to_thread.run_sync(
            lambda: guarded(installation, ask, lambda: perform(installation, ask, read_worklist))
        )
        return respond(answer, request, is_fhir=False)

    @routes.get("/schema")
    async def schemas(request: Request) -> Response:  # FastAPI awaits it
        return respond(Answer(status=200, body=schema_list()), request, is_fhir=False)

    @routes.get("/schema/{kind}")
    async def schema(request: Request, kind: str) -> Response:  # FastAPI awaits it
        return respond(Answer(status=200, body=schema_of(kind)), request, is_fhir=False)


def _ask(request: Request, interaction: str, allowed: Callable[[Policy, Caller], bool]) -> Ask:
    headers = request.scope["headers"]
    return Ask(
        token=token_hash(headers),
        request_id=request_id(headers),
        interaction=interaction,
        type=None,
        allowed=allowed,
    )


def _anybody(request: Request, interaction: str) -> Ask:
    """What is asked, when the role does not matter for the answer."""
    return _ask(request, interaction, lambda _policy, _caller: True)


def _referral(unit: Unit, referral: Referral, body: bytes) -> Answer:
    submitted = submit_referral(unit, referral, body)
    names = [name for name, _ in submitted.resources]
    return _answer(unit, 200 if submitted.repeated else 201, resources=names)


def _mdo(unit: Unit, mdo: Mdo, _body: bytes) -> Answer:
    meeting = hold_mdo(unit, mdo)
    withheld = [{"ura": ura, "rule": "R-52"} for ura in meeting.not_invited]
    return _saved(unit, meeting.saved, notInvited=withheld)


def _saved(unit: Unit, saved: list[Saved], **more: object) -> Answer:
    """201 when something came into being, 200 when it was there already or only changed."""
    names = [f"{item.type}/{item.id}" for item in saved]
    new = any(item.changed and item.version == 1 for item in saved)
    return _answer(unit, 201 if new else 200, resources=names, **more)


def _answer(unit: Unit, status: int, **told: object) -> Answer:
    """With what is worth a look, if there is anything: an OperationOutcome is never empty."""
    if unit.warnings:
        told["outcome"] = outcome_document(unit.warnings)
    return Answer(status=status, body=encode(told))
