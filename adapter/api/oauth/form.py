"""Form bodies of the token endpoints, bounded and unambiguous.

https://datatracker.ietf.org/doc/html/rfc6749#section-3.2 (no parameter twice; empty is absent)
"""

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from adapter.api.oauth.answers import OAuthFault
from adapter.fhir.constants import FORM

MAX_BYTES: Final = 65_536
_MAX_FIELDS: Final = 20
_CHARSETS: Final = frozenset({"", "charset=utf-8", 'charset="utf-8"'})


async def read_form(request: Request) -> dict[str, str]:
    """Parameters by name. `OAuthFault` 415, 413 or 400."""
    media, _, parameter = request.headers.get("content-type", "").lower().partition(";")
    if media.strip() != FORM or parameter.strip() not in _CHARSETS:
        raise OAuthFault(415, "invalid_request", f"alleen {FORM}")
    body = await _read(request)
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:  # also what is no UTF-8, before or after decoding the percent signs
        raise OAuthFault(400, "invalid_request", "het formulier is niet leesbaar") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthFault(400, "invalid_request", "een parameter komt meer dan eens voor")
    return {name: value for name, value in form.items() if value}


async def _read(request: Request) -> bytes:
    """Body, or 413 as soon as it is too large: nothing more of it is kept."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            raise OAuthFault(413, "invalid_request", "het formulier is te groot")
        parts.append(part)
    return b"".join(parts)
