"""Page tokens: where a caller's own result goes on. They prove nothing: each page is decided anew.

`base64url(mac | updated | id)`; the MAC binds the place to the caller and the query, so that a
colleague's link is refused and nobody can aim at a place of his choosing.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from hmac import compare_digest, digest

from adapter.access.caller import Caller

_MAC = 16


def page_token(key: bytes, caller: Caller, query: str, updated: int, id_: str) -> str:
    """Token for the rows after (updated, id)."""
    place = f"{updated}|{id_}".encode()
    return _text(_mac(key, caller, query, place) + place)


def page_place(key: bytes, caller: Caller, query: str, token: str) -> tuple[int, str] | None:
    """(updated, id) of a token of ours for this caller and query; None for any other."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Base64Error, ValueError):
        return None
    if _text(raw) != token:  # the last letter has spare bits: one place has one spelling
        return None
    mac, place = raw[:_MAC], raw[_MAC:]
    if not compare_digest(mac, _mac(key, caller, query, place)):
        return None
    updated, _, id_ = place.decode().partition("|")
    return int(updated), id_


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _mac(key: bytes, caller: Caller, query: str, place: bytes) -> bytes:
    asked = (caller.client, caller.ura, caller.staff, caller.role, caller.purpose, query)
    return digest(key, "\x1f".join(asked).encode() + b"\x1e" + place, "sha256")[:_MAC]
