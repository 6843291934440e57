"""A client proves who it is with a signed assertion that works once (private_key_jwt).

https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html
https://datatracker.ietf.org/doc/html/rfc7523#section-3

Shared by the token, introspection and revocation endpoints. The key set is passed in: fetching it
is the door's, before the transaction.
"""

from dataclasses import dataclass
from typing import Final, Literal

from adapter.access.assertion import Assertion, AssertionFault
from adapter.access.jose import peek_client, verify_assertion
from adapter.audit.entry import AuditEntry, clean_text
from adapter.fhir.json import Json
from adapter.store import identity
from adapter.store.engine import Connection
from adapter.store.identity import Client
from adapter.workflows.installation import Installation

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LEEWAY_S: Final = 30
_SHOWN_CLIENT: Final = 80

OAuthError = Literal[
    "invalid_request",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """RFC 6749 section 5.2. `rule` and `reason` are for the log, never for the caller."""

    error: OAuthError
    description: str  # ASCII, as the RFC demands
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Client authentication as it came in the form; `audience` is our token address."""

    request_id: str
    assertion_type: str | None
    assertion: str | None
    client_id: str | None
    audience: str


def look_up(installation: Installation, credentials: Credentials) -> Client | None:
    """Client that the assertion claims to be, so that its key set can be found."""
    claimed = peek_client(credentials.assertion or "")
    if claimed is None:
        return None
    return installation.store.read(lambda connection: identity.find_client(connection, claimed))


def verify(
    credentials: Credentials,
    client: Client | None,
    jwks: Json,
    *,
    now: int,
    needs_user: bool,
) -> Assertion | Refused:
    """Signature and claims; touches no table."""
    if credentials.assertion_type != ASSERTION_TYPE or not credentials.assertion:
        return Refused(
            error="invalid_request",
            description="client_assertion en client_assertion_type (jwt-bearer) zijn nodig",
            rule="RFC7523",
            reason="no-assertion",
        )
    if client is None:
        return _not_proven("unknown-client")
    if credentials.client_id not in (None, client.id):
        return _not_proven("other-client-id")
    found = verify_assertion(
        credentials.assertion,
        jwks,
        client_id=client.id,
        audience=credentials.audience,
        now_us=now,
        leeway_s=LEEWAY_S,
        needs_user=needs_user,
    )
    return _refused(found) if isinstance(found, AssertionFault) else found


def accept_once(connection: Connection, assertion: Assertion, now: int) -> Refused | None:
    """Inside the transaction: the client still stands, and this assertion was never used."""
    if identity.find_client(connection, assertion.client) is None:
        return _not_proven("unknown-client")
    if assertion.until <= now:  # while it waited for its turn; its first use may be forgotten now
        return _not_proven("expired")
    fresh = identity.use_jti(
        connection,
        client_id=assertion.client,
        jti=assertion.jti,
        until=assertion.until,
        now=now,
    )
    return None if fresh else _not_proven("replay")


def entry_of(
    installation: Installation,
    credentials: Credentials,
    interaction: str,
    *,
    now: int,
    proven: Assertion | Refused,
    refused: Refused | None,
    staff: str | None = None,
    ura: str | None = None,
) -> AuditEntry:
    """Log line of an issue or a refusal. Who was not proven to ask is named in `detail` only."""
    known = proven if isinstance(proven, Assertion) else None
    acting = known.acting if known else None
    detail = refused.reason if refused else None
    if known is None:
        claimed = clean_text(peek_client(credentials.assertion or "") or "-", _SHOWN_CLIENT)
        detail = f"{detail} client={claimed}"
    return AuditEntry(
        at=now,
        request_id=credentials.request_id,
        client=known.client if known else None,
        ura=ura or (acting.ura if acting else None),
        staff=staff,
        person=acting.person if acting else None,
        role=acting.role if acting else None,
        purpose=acting.purpose if acting else None,
        interaction=interaction,
        outcome=8 if refused else 0,
        status=http_status(refused),
        gates="FFFF" if refused else None,
        rule=refused.rule if refused else None,
        policy=installation.policy.version,
        detail=detail,
    )


def http_status(refused: Refused | None) -> int:
    """RFC 6749 section 5.2: 401 when the client is not proven, else 400."""
    if refused is None:
        return 200
    return 401 if refused.error == "invalid_client" else 400


def _refused(fault: AssertionFault) -> Refused:
    if fault.code == "user":
        return Refused(
            error="invalid_request", description=fault.text, rule="RI-12", reason=fault.code
        )
    if fault.client_is_proven:
        return Refused(
            error="invalid_client", description=fault.text, rule="RFC7523", reason=fault.code
        )
    return _not_proven(fault.code)


def _not_proven(reason: str) -> Refused:
    """One answer for all of these: it tells nobody which clients and keys exist."""
    return Refused(
        error="invalid_client",
        description="client_assertion is niet aanvaard",
        rule="RFC7523",
        reason=reason,
    )
