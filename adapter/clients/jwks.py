"""Fetches a client's JSON Web Key Set from the address in its registration.

https://www.rfc-editor.org/rfc/rfc7517
https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html

Bytes to a list of keys, no more: which key verifies, and for how long a set is kept, is decided
by the caller. The address comes from the operator's registration, never from a token.
"""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from adapter.clients.http import (
    HttpClient,
    Limits,
    NotSentError,
    OutcomeUnknownError,
    open_client,
)
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted

LIMITS: Final = Limits(connect_s=3.0, read_s=5.0, total_s=8.0, max_bytes=64_000)
_MAX_KEYS: Final = 50
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class KeySetError(Exception):
    """There is no usable key set at that address now. The text holds no reply."""


async def fetch_jwks(url: str, client: HttpClient | None = None) -> Json:
    """`{"keys": […]}` from `url`: https, or loopback for tests. No redirect is followed."""
    if not _is_safe(url):
        raise KeySetError("a key set is fetched over https")
    if client is not None:
        return await _fetch(url, client)
    # Own, because the registration names it: the guard's rules are about FHIR servers.
    async with open_client(own_origins=[url], limits=LIMITS) as opened:
        return await _fetch(url, opened)


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # a port or host that cannot be
        return False
    is_loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return is_loopback or parts.scheme == "https"


async def _fetch(url: str, client: HttpClient) -> Json:
    try:
        answer = await client.send("GET", url, headers={"accept": "application/json"})
    except (NotSentError, OutcomeUnknownError):
        raise KeySetError("the key set cannot be reached") from None
    if answer.status != HTTPStatus.OK:
        raise KeySetError(f"the key set answers {answer.status}")
    try:
        found = decode_untrusted(answer.body)
    except FhirError:
        raise KeySetError("the key set is not JSON") from None
    keys = found.get("keys")
    if not isinstance(keys, list) or len(keys) > _MAX_KEYS:
        raise KeySetError("the key set has no list of keys")
    if not all(isinstance(key, dict) for key in keys):
        raise KeySetError("the key set has something else than keys")
    return {"keys": keys}
