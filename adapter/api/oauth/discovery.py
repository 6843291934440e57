"""What a SMART client looks up before it asks a token.

https://hl7.org/fhir/smart-app-launch/conformance.html

There is no authorization endpoint: people do not log in here, systems do. OpenID discovery is a
plain 404, because one client races it against the SMART document and takes the first success.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapter.access.jose import ALGORITHMS
from adapter.access.oauth_scope import SCOPES_SUPPORTED
from adapter.api.http import request_id
from adapter.fhir.constants import CONTENT_TYPE, JSON
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json, encode
from adapter.fhir.outcome import outcome
from adapter.settings import Settings


def smart_configuration(settings: Settings) -> Json:
    """The SMART discovery document; the CapabilityStatement names the same addresses."""
    return {
        "token_endpoint": settings.token_url,
        "introspection_endpoint": f"{settings.public_base}/oauth/introspect",
        "revocation_endpoint": f"{settings.public_base}/oauth/revoke",
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "scopes_supported": list(SCOPES_SUPPORTED),
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }


def router(settings: Settings) -> APIRouter:
    """Routes of the discovery documents, below the FHIR base and at the root."""
    routes = APIRouter(include_in_schema=False)
    document = encode(smart_configuration(settings))

    async def configuration(_: Request) -> Response:
        return Response(document, media_type=JSON, headers={"Cache-Control": "no-store"})

    async def no_openid(request: Request) -> Response:
        issue = Issue(code="not-found", text="Er is geen OpenID-aanmelding.")
        body = outcome([issue], request_id(request.headers.raw))
        return Response(body, 404, media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

    for base in ("", "/fhir"):
        routes.add_api_route(f"{base}/.well-known/smart-configuration", configuration)
        routes.add_api_route(f"{base}/.well-known/openid-configuration", no_openid)
    return routes
