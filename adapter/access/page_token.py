"""Page tokens: a search, and where the caller's own result of it goes on. They prove nothing: each
page is decided anew.

A token is all that a link has: what was asked, names and numbers of persons included, is sealed in
it and stands in no URL. It opens for the caller that it was made for, whose colleague's link is
refused; nobody can aim at a place of his choosing. Equal pages have equal tokens.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

from adapter.access.caller import Caller
from adapter.access.jose import seal, unseal
from adapter.fhir.json import decode_own, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows of a search that come after (place, id)."""

    type: str
    pairs: tuple[tuple[str, str], ...]  # as they were asked, without a page
    place: int
    id: str


def page_token(key: bytes, caller: Caller, page: Page) -> str:
    """Token for this page, for this caller."""
    told = {"type": page.type, "asked": page.pairs, "after": (page.place, page.id)}
    return _text(seal(key, encode(told), _bound_to(caller)))


def read_page(key: bytes, caller: Caller, token: str) -> Page | None:
    """The page of a token of ours for this caller; None for any other."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Base64Error, ValueError):
        return None
    if _text(raw) != token:  # the last letter has spare bits: one place has one spelling
        return None
    told = unseal(key, raw, _bound_to(caller))
    if told is None:
        return None
    page = decode_own(told)
    place, id_ = page["after"]
    asked = tuple((name, value) for name, value in page["asked"])
    return Page(type=page["type"], pairs=asked, place=place, id=id_)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bound_to(caller: Caller) -> bytes:
    who = (caller.client, caller.ura, caller.staff, caller.role, caller.purpose)
    return "\x1f".join(who).encode()
