"""What every door has in common: headers in, headers out, request ids, bodies of bounded size.

https://hl7.org/fhir/R4/http.html#general
"""

import re
from collections.abc import Iterable
from email.utils import formatdate
from functools import lru_cache
from hashlib import sha256
from random import Random

from adapter.fhir.constants import CONTENT_TYPE
from adapter.fhir.reference import ID
from adapter.workflows.disclose import Answer

_BODY_LEFT = frozenset({408, 413})  # the rest of the body is not waited for

RawHeaders = Iterable[tuple[bytes, bytes]]
_CHANCE = Random()  # noqa: S311 - a number to find a request by, not a secret
_REQUEST_ID = re.compile(rb"[A-Za-z0-9\-._]{1,64}")
_ALWAYS = (
    (b"content-type", CONTENT_TYPE.encode()),
    (b"cache-control", b"no-store"),
    (b"vary", b"Authorization"),
    (b"x-content-type-options", b"nosniff"),
)


def header(headers: RawHeaders, name: bytes) -> bytes | None:
    """First header with this lower-case name."""
    for key, value in headers:
        if key == name:
            return value
    return None


def request_id(headers: RawHeaders) -> str:
    """The caller's `X-Request-Id` when it is plain, else a new one."""
    sent = header(headers, b"x-request-id")
    if sent is not None and _REQUEST_ID.fullmatch(sent):
        return sent.decode("ascii")
    return f"{_CHANCE.getrandbits(64):016x}"


def token_hash(headers: RawHeaders) -> bytes | None:
    """SHA-256 of the bearer token; the token itself is kept nowhere."""
    sent = header(headers, b"authorization")
    if sent is None or sent[:7].lower() != b"bearer ":
        return None
    return sha256(sent[7:].strip()).digest()


def answer_headers(answer: Answer, request: str) -> list[tuple[bytes, bytes]]:
    """Headers of a FHIR answer."""
    headers = [*_ALWAYS, (b"x-request-id", request.encode())]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    if answer.etag is not None:
        headers.append((b"etag", answer.etag.encode()))
    if answer.updated is not None:
        headers.append((b"last-modified", _http_date(answer.updated // 1_000_000)))
    if answer.status == 401:  # noqa: PLR2004 # RFC 6750 section 3
        headers.append((b"www-authenticate", b"Bearer"))
    if answer.status == 503:  # noqa: PLR2004 # a client may try again
        headers.append((b"retry-after", b"1"))
    if answer.status in _BODY_LEFT:
        headers.append((b"connection", b"close"))
    return headers


@lru_cache(maxsize=4096)
def _http_date(seconds: int) -> bytes:
    """RFC 9110 date of seconds since the epoch."""
    return formatdate(seconds, usegmt=True).encode()


def logical_id(text: str) -> str:
    """A part of an address as an id; what cannot be one is an id that nothing has."""
    return text if ID.fullmatch(text) else "-"


def accepts_json(headers: RawHeaders) -> bool:
    """Whether FHIR JSON is among what the caller accepts; q-values and charset are ignored."""
    sent = header(headers, b"accept")
    if sent is None or sent in _ACCEPTED:  # by far the most
        return True
    offered = {part.split(b";")[0].strip().lower() for part in sent.split(b",")}
    return bool(offered & _ACCEPTED)


_ACCEPTED = {b"application/fhir+json", b"application/json", b"*/*", b"application/*", b""}
