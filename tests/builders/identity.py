"""Synthetic clients and the assertions they sign. Numbers and names are invented."""

from functools import cache
from typing import Any

from adapter.access.jose import assertion_claims, new_private_jwk, public_jwks, sign_assertion

Json = dict[str, Any]

NOW = 1_795_500_000_000_000  # 2026-11-24, UTC microseconds
SECOND = 1_000_000
CLIENT = "meso-velp-epd"
AUDIENCE = "http://127.0.0.1:8000/oauth/token"
URA = "90000201"
URA_SYSTEM = "http://fhir.nl/fhir/NamingSystem/ura"
PERSON = "900021001"


@cache
def private_jwk() -> Json:
    return new_private_jwk("key-1")


def jwks() -> Json:
    return public_jwks(private_jwk())


def acting(**changes: Any) -> Json:
    found = {
        "version": "1",
        "subject_id": PERSON,
        "subject_name": "S. Ouderenarts",
        "subject_role": "meso-so",
        "organization_id": f"{URA_SYSTEM}|{URA}",
        "purpose_of_use": ["TREAT"],
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def claims(**changes: Any) -> Json:
    """Claims of a good assertion at NOW; None leaves a claim out."""
    found = assertion_claims(
        client_id=CLIENT, audience=AUDIENCE, jti="jti-1", now_us=NOW, acting=acting()
    )
    found |= changes
    return {name: value for name, value in found.items() if value is not None}


def assertion(**changes: Any) -> str:
    return sign_assertion(private_jwk(), claims(**changes))
