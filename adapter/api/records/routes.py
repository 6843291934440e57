"""MESO records as JSON, for systems that speak no FHIR; the only write door for what MESO makes.

Each record kind has one route, its JSON Schema below `/records/schema`, and the workflow that a
FHIR message of the same meaning would run.
"""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request, Response

from adapter.api.context import Context
from adapter.api.errors import respond
from adapter.api.http import accepts_json, logical_id, request_id, token_hash
from adapter.api.offer import not_offered
from adapter.api.writes import deny, deny_somebody, has_parameters, write
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import encode
from adapter.store.resources import Saved
from adapter.workflows.close_trajectory import close_trajectory
from adapter.workflows.consult_record import ConsultRecord, RecordRequest
from adapter.workflows.disclose import Answer
from adapter.workflows.hold_mdo import hold_mdo
from adapter.workflows.publish_plan import publish_plan
from adapter.workflows.record_consent import record_consent
from adapter.workflows.submit_referral import submit_referral
from adapter.workflows.unit import Ask, Unit
from mappings.records.base import Record, parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.consent import ConsentRecord
from mappings.records.mdo import Mdo
from mappings.records.referral import Referral

R = TypeVar("R", bound=Record)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_NOT_FOUND = Issue(code="not-found", text="Niet gevonden.")
_NOT_ACCEPTABLE = Issue(code="not-supported", text="Alleen application/fhir+json wordt gegeven.")
_NO_PARAMETERS = Issue(code="invalid", text="Bij het raadplegen zijn geen parameters mogelijk.")
_KINDS: dict[str, type[Record]] = {
    "referral": Referral,
    "plan": CarePlan,
    "consent": ConsentRecord,
    "mdo": Mdo,
    "closing": Closing,
}


def router(context: Context) -> APIRouter:
    """Routes below `/records`."""
    routes = APIRouter(prefix="/records")
    consult = ConsultRecord(
        policy=context.installation.policy,
        releaser=context.releaser,
        source=context.gp_source,
        address=f"{context.settings.public_base}/records/gp-record",
        max_pages=context.settings.gp_source_max_pages,
    )

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

    door("/referrals", "referral", Referral, _referral)
    door("/plans", "plan", CarePlan, lambda unit, plan, _: _saved(publish_plan(unit, plan)))
    door("/consents", "consent", ConsentRecord, lambda u, c, _: _saved(record_consent(u, c)))
    door("/mdos", "mdo", Mdo, _mdo)
    door("/closings", "closing", Closing, lambda u, c, _: _saved(close_trajectory(u, c)))

    @routes.get("/gp-record/{patient}/{part}")
    async def gp_record(request: Request, patient: str, part: str) -> Response:
        ask = _nobody_yet(request, "consult")
        if not accepts_json(request.scope["headers"]):
            await deny(context, ask, FhirError(406, _NOT_ACCEPTABLE))
        if has_parameters(request):
            await deny_somebody(context, ask, FhirError(400, _NO_PARAMETERS))
        asked = RecordRequest(
            token=ask.token, request_id=ask.request_id, patient=logical_id(patient), part=part
        )
        return respond(await consult.run(asked), request)

    @routes.get("/schema/{kind}")
    async def schema(request: Request, kind: str) -> Response:  # FastAPI awaits it
        model = _KINDS.get(kind)
        if model is None:
            raise FhirError(404, _NOT_FOUND)
        answer = Answer(status=200, body=encode(model.model_json_schema()))
        return respond(answer, request, is_fhir=False)

    @routes.api_route("/{rest:path}", methods=[*_METHODS])
    async def nothing_here(request: Request, rest: str) -> Response:
        error = not_offered(request.method, f"/records/{rest}")
        await deny_somebody(context, _nobody_yet(request, "record"), error)

    return routes


def _nobody_yet(request: Request, interaction: str) -> Ask:
    """What is asked, when the role does not matter for the answer."""
    headers = request.scope["headers"]
    return Ask(
        token=token_hash(headers),
        request_id=request_id(headers),
        interaction=interaction,
        type=None,
        allowed=lambda _policy, _caller: True,
    )


def _referral(unit: Unit, referral: Referral, body: bytes) -> Answer:
    submitted = submit_referral(unit, referral, body)
    names = [name for name, _ in submitted.resources]
    return Answer(
        status=200 if submitted.repeated else 201,
        body=encode({"resources": names}),
    )


def _mdo(unit: Unit, mdo: Mdo, _body: bytes) -> Answer:
    meeting = hold_mdo(unit, mdo)
    withheld = [{"ura": ura, "rule": "R-52"} for ura in meeting.not_invited]
    return _saved(meeting.saved, notInvited=withheld)


def _saved(saved: list[Saved], **more: object) -> Answer:
    """201 when something came into being, 200 when it was there already or only changed."""
    names = [f"{item.type}/{item.id}" for item in saved]
    new = any(item.changed and item.version == 1 for item in saved)
    return Answer(status=201 if new else 200, body=encode({"resources": names, **more}))
