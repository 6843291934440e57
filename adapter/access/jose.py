"""Signed client assertions: verify, and (for synthetic clients and tests) make keys and sign.
Besides, the seal of what goes out only to come back to us.

https://datatracker.ietf.org/doc/html/rfc7515 and 7517, 7518, 7523, 5297
https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html

The only importer of joserfc and cryptography. The algorithm is fixed per key type, the key is the one with exactly
the `kid` of the header in the client's own registered set; what else the header offers as a key
(`jku`, `x5u`, `jwk`, `x5c`) is not read. The library is handed one key, one algorithm and the
signed bytes, never the sender's header.
"""

import binascii
import re
from base64 import urlsafe_b64decode
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from adapter.access.assertion import Assertion, AssertionFault, check_claims
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted, encode

MAX_BYTES: Final = 16_384
ALGORITHMS: Final = ("RS384", "ES384")
_COMPACT: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_RSA_BITS: Final = range(2048, 8193)
_REFUSED_HEADERS: Final = ("crit", "b64")  # no extension is understood, so none may be critical
_EC, _RSA = "EC", "RSA"
_KEY_TYPES: Final = {"ES384": _EC, "RS384": _RSA}


def verify_assertion(
    assertion: str,
    jwks: Json,
    *,
    client_id: str,
    audience: str,
    now_us: int,
    leeway_s: int = 30,
    needs_user: bool = True,
) -> Assertion | AssertionFault:
    """Assertion of `client_id` for `audience`, signed with a key of `jwks`.

    `unknown-key` tells that the set holds no such `kid`: the caller may fetch the set once more.
    """
    parts = _split(assertion)
    if parts is None:
        return AssertionFault(code="malformed", text="geen ondertekende JWT")
    header, claims, segments = parts
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        return AssertionFault(code="algorithm", text="alg is RS384 of ES384")
    fault = _check_header(header)
    if fault is not None:
        return fault
    key = _find_key(jwks, header["kid"], algorithm)
    if isinstance(key, AssertionFault):
        return key
    if not _is_signed(segments, key, algorithm):
        return AssertionFault(code="signature", text="handtekening klopt niet")
    return check_claims(
        claims,
        client_id=client_id,
        audience=audience,
        now_us=now_us,
        leeway_s=leeway_s,
        needs_user=needs_user,
    )


def peek_client(assertion: str) -> str | None:
    """Issuer that the assertion claims, unverified: good for finding the key set only."""
    parts = _split(assertion)
    issuer = parts[1].get("iss") if parts else None
    return issuer if isinstance(issuer, str) else None


def knows_key(assertion: str, jwks: Json) -> bool:
    """Whether `jwks` holds the `kid` that the assertion names; true when it names none."""
    parts = _split(assertion)
    kid = parts[0].get("kid") if parts else None
    return not isinstance(kid, str) or bool(_named(jwks, kid))


def new_private_jwk(kid: str) -> Json:
    """Fresh P-384 key for ES384, as a private JWK."""
    key = ECKey.generate_key("P-384", {"kid": kid, "use": "sig", "alg": "ES384"})
    return dict(key.as_dict(private=True))


def public_jwks(*private_jwks: Json) -> Json:
    """Public key set of these keys: what a client registers."""
    return {"keys": [_import(jwk).as_dict(private=False) for jwk in private_jwks]}


def sign_assertion(private_jwk: Json, claims: Json) -> str:
    """Compact JWS over `claims` with the key's own `kid` and algorithm."""
    algorithm = str(private_jwk["alg"])
    header = {"alg": algorithm, "kid": private_jwk["kid"], "typ": "JWT"}
    return jws.serialize_compact(header, encode(claims), _import(private_jwk), [algorithm])


def assertion_claims(
    *, client_id: str, audience: str, jti: str, now_us: int, acting: Json | None = None
) -> Json:
    """Claims of a well-formed assertion that lives one minute; `acting` is the hl7-b2b object."""
    issued = now_us // 1_000_000
    claims: Json = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": issued,
        "exp": issued + 60,
        "jti": jti,
    }
    return claims if acting is None else {**claims, "extensions": {"hl7-b2b": acting}}


def seal(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    """`text`, readable for nobody but us (AES-SIV: it needs no nonce, equal texts look equal).
    `key` has 32 bytes.
    """
    return AESSIV(key).encrypt(text, [bound_to])


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was sealed with this key and bound to the same; None for anything else."""
    try:
        return AESSIV(key).decrypt(sealed, [bound_to])
    except (InvalidTag, ValueError):
        return None


def _split(assertion: str) -> tuple[Json, Json, tuple[bytes, bytes, bytes]] | None:
    """Header, claims and the three segments as sent; None when it is no compact JWS."""
    found = _COMPACT.fullmatch(assertion) if len(assertion) <= MAX_BYTES else None
    if found is None:
        return None
    first, second, third = (group.encode() for group in found.groups())
    try:
        header, claims = decode_untrusted(_bytes(first)), decode_untrusted(_bytes(second))
    except (FhirError, ValueError):
        return None
    return header, claims, (first, second, third)


def _check_header(header: Json) -> AssertionFault | None:
    if any(name in header for name in _REFUSED_HEADERS):
        return AssertionFault(code="header", text="crit en b64 worden niet ondersteund")
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.upper() != "JWT":
        return AssertionFault(code="header", text="typ is JWT")
    if not isinstance(header.get("kid"), str):
        return AssertionFault(code="header", text="kid ontbreekt")
    return None


def _find_key(jwks: Json, kid: str, algorithm: str) -> ECKey | RSAKey | AssertionFault:
    named = _named(jwks, kid)
    if not named:
        return AssertionFault(code="unknown-key", text="kid staat niet in de sleutelset")
    if len(named) > 1 or not _is_meant_for(named[0], algorithm):
        return AssertionFault(code="key", text="sleutel is niet voor deze alg")
    try:
        return _import(named[0], public=True)
    except (JoseError, ValueError, KeyError, TypeError):  # a broken set is the client's
        return AssertionFault(code="key", text="sleutel is onbruikbaar")


def _named(jwks: Json, kid: str) -> list[Json]:
    keys = jwks.get("keys")
    listed = keys if isinstance(keys, list) else []
    return [jwk for jwk in listed if isinstance(jwk, dict) and jwk.get("kid") == kid]


def _is_meant_for(jwk: Json, algorithm: str) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("kty") == _KEY_TYPES[algorithm]
        and jwk.get("alg", algorithm) == algorithm
        and jwk.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
    )


def _import(jwk: Json, *, public: bool = False) -> ECKey | RSAKey:
    """Key of a JWK; `public` leaves private members and everything that is no number out."""
    if jwk["kty"] == _EC:
        if jwk["crv"] != "P-384":
            raise ValueError("ES384 is P-384")
        return ECKey.import_key(_members(jwk, "crv", "x", "y") if public else dict(jwk))
    # Measured before the import: the library only warns about a short key.
    if int.from_bytes(_bytes(jwk["n"].encode())).bit_length() not in _RSA_BITS:
        raise ValueError("RSA keys have 2048 to 8192 bits")
    return RSAKey.import_key(_members(jwk, "n", "e") if public else dict(jwk))


def _members(jwk: Json, *names: str) -> dict[str, Any]:
    return {"kty": jwk["kty"], **{name: jwk[name] for name in names}}


def _is_signed(segments: tuple[bytes, bytes, bytes], key: ECKey | RSAKey, algorithm: str) -> bool:
    header, payload, signature = segments
    signed = jws.CompactSignature({"alg": algorithm}, b"")
    signed.segments.update({"header": header, "payload": payload, "signature": signature})
    try:
        return jws.validate_compact(signed, key, [algorithm])
    except (JoseError, ValueError):
        return False


def _bytes(text: bytes) -> bytes:
    try:
        return urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError("no base64url") from None
