"""A client assertion: the software that asks, and the person, role, organisation and purpose behind it.

https://hl7.org/fhir/smart-app-launch/backend-services.html
https://datatracker.ietf.org/doc/html/rfc7523#section-3
https://hl7.org/fhir/us/udap-security/b2b.html (the `hl7-b2b` extension object)

Claims are judged here; signatures in `jose.py`. Whether the person may act so is not judged here:
the token says who, our tables say what (access-control 2.10).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from adapter.fhir.constants import IDENTIFIER_ALIASES, URA, UZI
from adapter.fhir.json import Json

LIFETIME_S: Final = 300
_SECOND: Final = 1_000_000
_LATEST_S: Final = 253_402_300_799  # end of 9999; also keeps huge numbers from being multiplied out
_MAX_TEXT: Final = 255
_URA_OID: Final = "urn:oid:2.16.528.1.1007.3.3."
_URA_NUMBER: Final = re.compile(r"[0-9]{8}")
_PERSON: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}")
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")

FaultCode = Literal[
    "malformed",
    "algorithm",
    "header",
    "unknown-key",
    "key",
    "signature",
    "client",
    "audience",
    "expired",
    "lifetime",
    "not-yet-valid",
    "jti",
    "user",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts: one user (`person`, a UZI number) in one `role` for one organisation (`ura`)."""

    person: str
    role: str
    ura: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """Accepted claims. `until` is the last instant (UTC µs) at which it would still be accepted;
    `acting` is absent only where no person is asked for (introspection, revocation).
    """

    client: str
    jti: str
    until: int
    acting: Acting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionFault:
    """Why it was refused. `text` is for the client's builder and only of use after `signature`:
    before that the sender has not been proven to be the client.
    """

    code: FaultCode
    text: str

    @property
    def client_is_proven(self) -> bool:
        return self.code in _AFTER_SIGNATURE


_AFTER_SIGNATURE: Final = frozenset(
    {"client", "audience", "expired", "lifetime", "not-yet-valid", "jti", "user"}
)


def check_claims(
    claims: Json, *, client_id: str, audience: str, now_us: int, leeway_s: int, needs_user: bool
) -> Assertion | AssertionFault:
    """Claims of an assertion whose signature has been verified."""
    if claims.get("iss") != client_id or claims.get("sub") != client_id:
        return AssertionFault(code="client", text="iss en sub zijn beide de client_id")
    if claims.get("aud") not in (audience, [audience]):  # containing ours is not being ours
        return AssertionFault(code="audience", text="aud is precies het token-adres")
    until = _check_time(claims, now_us, leeway_s * _SECOND)
    if isinstance(until, AssertionFault):
        return until
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= _MAX_TEXT:
        return AssertionFault(code="jti", text=f"jti is een tekst van 1 tot {_MAX_TEXT} tekens")
    acting = parse_acting(claims) if needs_user else None
    if isinstance(acting, AssertionFault):
        return acting
    return Assertion(client=client_id, jti=jti, until=until, acting=acting)


def parse_acting(claims: Json) -> Acting | AssertionFault:
    """The `hl7-b2b` extension: exactly one user, role, organisation and purpose.

    A missing value, a list where one text is expected, or two values: refused, never guessed.
    """
    extensions = claims.get("extensions")
    found = extensions.get("hl7-b2b") if isinstance(extensions, dict) else None
    if not isinstance(found, dict) or found.get("version") != "1":
        return _user_fault("version")
    person = _number(found.get("subject_id"), UZI, _PERSON)
    if person is None:
        return _user_fault("subject_id")
    role = found.get("subject_role")
    if not isinstance(role, str) or not _CODE.fullmatch(role):
        return _user_fault("subject_role")
    ura = _organisation(found.get("organization_id"))
    if ura is None:
        return _user_fault("organization_id")
    match found.get("purpose_of_use"):
        case [str(purpose)] if _CODE.fullmatch(purpose):
            return Acting(person=person, role=role, ura=ura, purpose=purpose)
    return _user_fault("purpose_of_use")


_USER_TEXTS: Final = {
    "version": "is 1",
    "subject_id": "is een UZI-nummer",
    "subject_role": "is een rolcode",
    "organization_id": "is een URA met zijn systeem",
    "purpose_of_use": "is een lijst met precies een code",
}


def _user_fault(name: str) -> AssertionFault:
    return AssertionFault(code="user", text=f"extensions.hl7-b2b.{name} {_USER_TEXTS[name]}")


def _check_time(claims: Json, now: int, leeway: int) -> int | AssertionFault:
    """Last instant at which this assertion is accepted."""
    issued, not_before, expires = (_instant(claims, name) for name in ("iat", "nbf", "exp"))
    if not isinstance(expires, int):
        return AssertionFault(code="lifetime", text="exp is een tijdstip in seconden")
    if isinstance(issued, str) or isinstance(not_before, str):
        return AssertionFault(code="not-yet-valid", text="iat en nbf zijn tijdstippen in seconden")
    if expires + leeway <= now:
        return AssertionFault(code="expired", text="exp is voorbij")
    longest = LIFETIME_S * _SECOND
    if expires > now + leeway + longest or (issued is not None and expires > issued + longest):
        return AssertionFault(code="lifetime", text=f"exp ligt meer dan {LIFETIME_S} s vooruit")
    if max(issued or 0, not_before or 0) > now + leeway:
        return AssertionFault(code="not-yet-valid", text="iat of nbf ligt in de toekomst")
    return expires + leeway


def _instant(claims: Json, name: str) -> int | Literal["wrong"] | None:
    """NumericDate (RFC 7519 section 2) as UTC microseconds; None when absent."""
    value = claims.get(name)
    if value is None:
        return None
    if type(value) not in (int, Decimal) or not 0 <= value <= _LATEST_S:
        return "wrong"
    return int(value * _SECOND)


def _organisation(value: object) -> str | None:
    if isinstance(value, str) and value.startswith(_URA_OID):
        value = f"{URA}|{value.removeprefix(_URA_OID)}"
    if not isinstance(value, str) or "|" not in value:
        return None
    return _number(value, URA, _URA_NUMBER)


def _number(value: object, system: str, shape: re.Pattern[str]) -> str | None:
    """Value of `number` or `system|number`."""
    if not isinstance(value, str):
        return None
    given, bar, number = value.rpartition("|")
    if bar and IDENTIFIER_ALIASES.get(given, given) != system:
        return None
    return number if shape.fullmatch(number) else None
