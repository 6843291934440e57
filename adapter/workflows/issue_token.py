"""Issuing an access token: one user, in one role, for one organisation, with one purpose.

https://datatracker.ietf.org/doc/html/rfc6749#section-4.4
https://hl7.org/fhir/smart-app-launch/backend-services.html

The token is an opaque random value; what it stands for is a row, read anew at every use. Every
issue and every refusal is one line of the access log, in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from adapter.access.assertion import Acting, Assertion
from adapter.access.oauth_scope import grant_scope
from adapter.fhir.json import Json
from adapter.store import audit_log, identity
from adapter.store.engine import Connection
from adapter.store.identity import Client, Staff
from adapter.workflows.authenticate_client import (
    Credentials,
    OAuthError,
    Refused,
    accept_once,
    entry_of,
    verify,
)
from adapter.workflows.installation import Installation

GRANT_TYPE: Final = "client_credentials"
_SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """Form of the token endpoint."""

    credentials: Credentials
    grant_type: str | None
    scope: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """RFC 6749 section 5.1. `expires_in` is in seconds."""

    access_token: str
    expires_in: int
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A request that is well-formed and comes from a proven client."""

    assertion: Assertion
    acting: Acting
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Granted:
    """What our tables add: who that is."""

    asked: _Asked
    staff: Staff


def issue_token(
    installation: Installation,
    request: TokenRequest,
    *,
    client: Client | None,
    jwks: Json,
    lifetime_s: int,
    new_token: Callable[[], str],
) -> Issued | Refused:
    """A new token, or why not. `client` and `jwks` are what the door found for the assertion."""
    credentials = request.credentials
    proven = verify(credentials, client, jwks, now=installation.clock(), needs_user=True)
    asked = _judge(request, proven)

    def unit(connection: Connection) -> Issued | Refused:
        now = installation.clock()
        granted = _grant(installation, connection, asked, now)
        refused = granted if isinstance(granted, Refused) else None
        staff = None if isinstance(granted, Refused) else granted.staff
        entry = entry_of(
            installation,
            credentials,
            "token",
            now=now,
            proven=proven,
            refused=refused,
            staff=staff.id if staff else None,
            ura=staff.ura if staff else None,
        )
        audit_log.append(connection, installation.log_stream, [entry])
        if isinstance(granted, Refused):
            return granted
        access_token = new_token()
        identity.insert_token(
            connection,
            access_token,
            client_id=granted.asked.assertion.client,
            staff_member=granted.staff,
            purpose=granted.asked.acting.purpose,
            scope=granted.asked.scope,
            issued_at=now,
            expires_at=now + lifetime_s * _SECOND,
        )
        return Issued(access_token=access_token, expires_in=lifetime_s, scope=granted.asked.scope)

    return installation.store.write(unit)


def _judge(request: TokenRequest, proven: Assertion | Refused) -> _Asked | Refused:
    """What can be said without our tables."""
    if request.grant_type is None:
        return _protocol("invalid_request", "grant_type ontbreekt")
    if request.grant_type != GRANT_TYPE:
        return _protocol("unsupported_grant_type", f"alleen {GRANT_TYPE}")
    if isinstance(proven, Refused):
        return proven
    scope = grant_scope(request.scope)
    if scope is None:
        return _protocol("invalid_scope", "scope heeft de vorm system/Type.crus of system/*.crus")
    assert proven.acting is not None, "needs_user"
    return _Asked(assertion=proven, acting=proven.acting, scope=scope)


def _grant(
    installation: Installation, connection: Connection, asked: _Asked | Refused, now: int
) -> _Granted | Refused:
    """The PractitionerRole that will act, for which this client may speak (R-14, R-15, R-16,
    R-79, RI-12); the assertion is used up by it.
    """
    if isinstance(asked, Refused):
        return asked
    acting = asked.acting
    used = accept_once(connection, asked.assertion, now)
    if used is not None:
        return used
    staff = identity.find_staff(
        connection, ura=acting.ura, person=acting.person, role=acting.role, now=now
    )
    if isinstance(staff, str):
        return _not_authorised(staff, "staff")
    if not identity.is_allowed_for(connection, asked.assertion.client, {acting.ura, staff.ura}):
        return _not_authorised("RI-12", "organisation")
    role = installation.policy.roles.get(acting.role)
    if role is None or acting.purpose not in role.purposes:
        return _not_authorised("R-12", "purpose")
    return _Granted(asked=asked, staff=staff)


def _not_authorised(rule: str, reason: str) -> Refused:
    """One answer for all of these: it tells nobody who works where, or who was suspended."""
    return Refused(
        error="unauthorized_client",
        description="deze client mag geen token vragen voor deze persoon, rol en organisatie",
        rule=rule,
        reason=reason,
    )


def _protocol(error: OAuthError, description: str) -> Refused:
    return Refused(error=error, description=description, rule="RFC6749", reason=error)
