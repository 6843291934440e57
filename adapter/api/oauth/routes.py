"""Token, introspection and revocation endpoints for backend services.

https://hl7.org/fhir/smart-app-launch/backend-services.html

The door reads the form and finds the client's keys; everything that is judged is a workflow, in
one transaction, off the event loop.
"""

import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapter.access.jose import knows_key
from adapter.api.context import Context
from adapter.api.http import request_id
from adapter.api.oauth import discovery
from adapter.api.oauth.answers import (
    OAuthFault,
    answer,
    fault_answer,
    refused_answer,
    unavailable_answer,
)
from adapter.api.oauth.form import read_form
from adapter.api.oauth.key_sets import KeySets
from adapter.fhir.json import Json
from adapter.store.identity import Client
from adapter.workflows.authenticate_client import Credentials, Refused, look_up
from adapter.workflows.inspect_token import (
    Introspected,
    introspect_token,
    revoke_token,
)
from adapter.workflows.issue_token import TokenRequest, issue_token

T = TypeVar("T")
Form = dict[str, str]
_SECOND: Final = 1_000_000
_TOKEN_BYTES: Final = 32
_OTHER_METHODS: Final = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]


def router(context: Context) -> APIRouter:
    """Routes of `/oauth` and of SMART discovery."""
    routes = APIRouter(include_in_schema=False)
    key_sets = KeySets(context.jwks, context.installation.clock)
    for path, handle in (
        ("/oauth/token", _token),
        ("/oauth/introspect", _introspect),
        ("/oauth/revoke", _revoke),
    ):
        routes.add_api_route(path, _door(context, key_sets, handle), methods=["POST"])
        routes.add_api_route(path, _post_only, methods=_OTHER_METHODS)
    routes.include_router(discovery.router(context.settings))
    return routes


Handle = Callable[[Context, Form, Credentials, Client | None, Json], Awaitable[Response]]


def _door(
    context: Context, key_sets: KeySets, handle: Handle
) -> Callable[[Request], Awaitable[Response]]:
    """What the three endpoints share: the form, the client and its keys."""

    async def respond(request: Request) -> Response:
        try:
            form = await read_form(request)
            credentials = _credentials(context, request, form)
        except OAuthFault as fault:
            return fault_answer(fault)
        client = await _in_thread(partial(look_up, context.installation, credentials))
        try:
            jwks = await _key_set(key_sets, client, credentials)
        except Exception:  # noqa: BLE001 - whatever is wrong at the client's own address
            return unavailable_answer()
        return await handle(context, form, credentials, client, jwks)

    return respond


def _credentials(context: Context, request: Request, form: Form) -> Credentials:
    if "authorization" in request.headers:  # RFC 6749 section 2.3: one method per request
        raise OAuthFault(400, "invalid_request", "alleen client_assertion, geen Authorization")
    return Credentials(
        request_id=request_id(request.headers.raw),
        assertion_type=form.get("client_assertion_type"),
        assertion=form.get("client_assertion"),
        client_id=form.get("client_id"),
        audience=context.settings.token_url,
    )


async def _key_set(key_sets: KeySets, client: Client | None, credentials: Credentials) -> Json:
    """Keys of the client: registered, or behind its registered address."""
    if client is None:
        return {}
    if client.jwks_uri is None:
        return client.jwks or {}
    return await key_sets.find(client.jwks_uri, partial(knows_key, credentials.assertion or ""))


async def _token(
    context: Context, form: Form, credentials: Credentials, client: Client | None, jwks: Json
) -> Response:
    request = TokenRequest(
        credentials=credentials, grant_type=form.get("grant_type"), scope=form.get("scope")
    )
    result = await _in_thread(
        partial(
            issue_token,
            context.installation,
            request,
            client=client,
            jwks=jwks,
            lifetime_s=context.settings.token_lifetime_s,
            new_token=_new_token,
        )
    )
    if isinstance(result, Refused):
        return refused_answer(result)
    return answer(
        {
            "access_token": result.access_token,
            "token_type": "bearer",
            "expires_in": result.expires_in,
            "scope": result.scope,
        }
    )


async def _introspect(
    context: Context, form: Form, credentials: Credentials, client: Client | None, jwks: Json
) -> Response:
    result = await _in_thread(
        partial(
            introspect_token,
            context.installation,
            credentials,
            form.get("token", ""),
            client=client,
            jwks=jwks,
        )
    )
    return refused_answer(result) if isinstance(result, Refused) else answer(_facts(result))


async def _revoke(
    context: Context, form: Form, credentials: Credentials, client: Client | None, jwks: Json
) -> Response:
    result = await _in_thread(
        partial(
            revoke_token,
            context.installation,
            credentials,
            form.get("token", ""),
            client=client,
            jwks=jwks,
        )
    )
    return refused_answer(result) if isinstance(result, Refused) else answer({})


def _facts(result: Introspected) -> Json:
    """RFC 7662 section 2.2, with the claim names of the Dutch profile (conventions 5.2)."""
    facts = result.facts
    if facts is None:
        return {"active": False}
    return {
        "active": True,
        "token_type": "bearer",
        "client_id": facts.client,
        "sub": facts.staff,
        "iat": facts.issued_at // _SECOND,
        "exp": facts.expires_at // _SECOND,
        "subject_id": facts.person,
        "subject_role": facts.role,
        "subject_organization_id": facts.ura,
        "purpose_of_use": facts.purpose,
    }


async def _post_only(_: Request) -> Response:
    body = {"error": "invalid_request", "error_description": "alleen POST"}
    return answer(body, 405, {"Allow": "POST"})


async def _in_thread(work: Callable[[], T]) -> T:
    return await anyio.to_thread.run_sync(work)


def _new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)
