"""What a token of ours still stands for, and ending one before its time.

https://datatracker.ietf.org/doc/html/rfc7662 (introspection)
https://datatracker.ietf.org/doc/html/rfc7009 (revocation)

A client learns about tokens that it holds itself or that act for an organisation it may speak
for; about any other it hears the same as about one that never existed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from adapter.access.assertion import Assertion
from adapter.fhir.json import Json
from adapter.store import audit_log, identity
from adapter.store.engine import Connection
from adapter.store.identity import Client, TokenFacts
from adapter.workflows.authenticate_client import (
    Credentials,
    Refused,
    accept_once,
    entry_of,
    verify,
)
from adapter.workflows.installation import Installation

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Introspected:
    """`facts` is None for "not active", whatever the reason."""

    facts: TokenFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """The token opens nothing any more; also the answer when it never did."""


def introspect_token(
    installation: Installation,
    credentials: Credentials,
    access_token: str,
    *,
    client: Client | None,
    jwks: Json,
) -> Introspected | Refused:
    """Facts of a usable token that this client may know about."""

    def find(connection: Connection, client_id: str, now: int) -> Introspected:
        facts = identity.find_token(connection, access_token, now)
        if facts is None or not (
            facts.client == client_id or identity.is_allowed_for(connection, client_id, {facts.ura})
        ):
            return Introspected(facts=None)
        return Introspected(facts=facts)

    proven = verify(credentials, client, jwks, now=installation.clock(), needs_user=False)
    return _as_client(installation, credentials, proven, "token-introspect", find)


def revoke_token(
    installation: Installation,
    credentials: Credentials,
    access_token: str,
    *,
    client: Client | None,
    jwks: Json,
) -> Revoked | Refused:
    """End a token of this client; the next statement already sees it."""

    def end(connection: Connection, client_id: str, now: int) -> Revoked:
        identity.revoke_token(connection, access_token, client_id, now)
        return Revoked()

    proven = verify(credentials, client, jwks, now=installation.clock(), needs_user=False)
    return _as_client(installation, credentials, proven, "token-revoke", end)


def _as_client(
    installation: Installation,
    credentials: Credentials,
    proven: Assertion | Refused,
    interaction: str,
    act: Callable[[Connection, str, int], T],
) -> T | Refused:
    """Do `act` for the proven client; one log line either way, in the same transaction."""

    def unit(connection: Connection) -> T | Refused:
        now = installation.clock()
        granted = _once(connection, proven, now)
        refused = granted if isinstance(granted, Refused) else None
        entry = entry_of(
            installation, credentials, interaction, now=now, proven=proven, refused=refused
        )
        audit_log.append(connection, installation.log_stream, [entry])
        if isinstance(granted, Refused):
            return granted
        return act(connection, granted.client, now)

    return installation.store.write(unit)


def _once(connection: Connection, proven: Assertion | Refused, now: int) -> Assertion | Refused:
    if isinstance(proven, Refused):
        return proven
    return accept_once(connection, proven, now) or proven
