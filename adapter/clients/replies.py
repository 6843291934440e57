"""What a call to a FHIR server came to, classified once; callers match on the value.

https://hl7.org/fhir/R4/http.html
https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 (Retry-After)

    Done         the server showed the resource, with type, id and version as they should be
    Absent       a read found nothing (404), or a deletion (410)
    Conflict     409, 412, or 410 on a write: read again, then decide
    Refused      will not be accepted as it is; `waits_for_dependency` when a target is missing
    RetryLater   nothing happened: not sent, throttled, or a read that failed
    Unknown      a write that may or may not have been applied: read, never just repeat

Text of the server's errors is not kept: HAPI's hold SQL and identifiers. Only a code is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from adapter.clients.http import Answer
from adapter.fhir.json import Json, decode_own

LONGEST_WAIT: Final = timedelta(minutes=15)
_ABSURD: Final = timedelta(days=1)  # beyond this a Retry-After is a mistake, not a wish
_CODES: Final = re.compile(r"(?:HAPI-[0-9]{4}: )+")
_ETAG: Final = re.compile(r'(?:W/)?"(?P<version>[^"]+)"')
_MISSING_TARGET: Final = "HAPI-1094"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`version` is opaque. `created`: the server answered 201, so the id was not in use."""

    version: str
    body: bytes
    created: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    was_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    status: int
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """`code` is the innermost HAPI code, when there is one."""

    status: int
    code: str | None = None
    waits_for_dependency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLater:
    """`after` is the wait that the server asked for, at most 15 minutes; `status` None: not sent."""

    after: timedelta | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """`status` None: no whole reply came back."""

    status: int | None = None
    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Bundle of type searchset, history or transaction-response, and the link to the next."""

    bundle: Json
    next_url: str | None


WriteReply = Done | Conflict | Refused | RetryLater | Unknown
DeleteReply = Absent | Conflict | Refused | RetryLater | Unknown
ReadReply = Done | Absent | Refused | RetryLater | Unknown
PageReply = Page | Absent | Refused | RetryLater | Unknown
TransactionReply = Page | Conflict | Refused | RetryLater | Unknown


def evidence(answer: Answer, type_: str, id_: str) -> Done | None:
    """The resource that a 2xx reply shows, or None when it does not show this one.

    A status alone proves nothing: an HTML page, an OperationOutcome, another resource or a body
    without version all come with 200. An ETag has to agree with meta.versionId.
    """
    resource = resource_of(answer, type_)
    if resource is None or resource.get("id") != id_:
        return None
    version = version_of(resource)
    if version is None or etag_version(answer.headers) not in (None, version):
        return None
    return Done(version=version, body=answer.body, created=answer.status == HTTPStatus.CREATED)


def page_of(answer: Answer, *types: str) -> Page | None:
    """The Bundle of a 2xx reply, when it is of one of these types."""
    bundle = resource_of(answer, "Bundle")
    if bundle is None or bundle.get("type") not in types:
        return None
    links = bundle.get("link", [])
    following = [
        link.get("url")
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, dict) and link.get("relation") == "next"
    ]
    url = following[0] if following else None
    if url is not None and not isinstance(url, str):
        return None
    return Page(bundle=bundle, next_url=url)


def resource_of(answer: Answer, type_: str) -> Json | None:
    """The resource of a 2xx reply, when it is of this type."""
    resource = _object(answer.body)
    return resource if resource.get("resourceType") == type_ else None


def _object(body: bytes) -> Json:
    """Empty when it is no JSON object. Not the strict decoder: one odd resource would make a
    whole page unreadable. Who keeps a resource validates it on its own."""
    try:
        return decode_own(body)
    except (ValueError, RecursionError):
        return {}


def version_of(resource: Json) -> str | None:
    """meta.versionId, when it is there."""
    meta = resource.get("meta")
    version = meta.get("versionId") if isinstance(meta, dict) else None
    return version if isinstance(version, str) else None


def etag_version(headers: Mapping[str, str]) -> str | None:
    """Version in the ETag header, such as `3` from `W/"3"`."""
    found = _ETAG.fullmatch(headers.get("etag", ""))
    return found["version"] if found else None


def refusal(
    answer: Answer, now: datetime, *, writing: bool
) -> Conflict | Refused | RetryLater | Unknown:
    """What a status other than 2xx means. Codes as observed on HAPI 8.8.0."""
    status, after = answer.status, retry_after(answer.headers, now)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryLater(after=after, status=status)
    if (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}
        or status < HTTPStatus.MULTIPLE_CHOICES
    ):
        if writing:
            return Unknown(status=status, after=after)
        return RetryLater(after=after, status=status)
    code = error_code(answer.body)
    if writing and status in {HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.PRECONDITION_FAILED}:
        return Conflict(status=status, code=code)
    missing = status == HTTPStatus.BAD_REQUEST and code == _MISSING_TARGET
    return Refused(status=status, code=code, waits_for_dependency=missing)


def error_code(body: bytes) -> str | None:
    """The innermost of the codes that an OperationOutcome's diagnostics start with."""
    issues = _object(body).get("issue")
    first = issues[0] if isinstance(issues, list) and issues else None
    text = first.get("diagnostics") if isinstance(first, dict) else None
    found = _CODES.match(text) if isinstance(text, str) else None
    return found[0][:-2].split(": ")[-1] if found else None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Wait the server asked for, from seconds or an HTTP-date relative to `now` (UTC).

    None when absent, unreadable, past or longer than a day; never above 15 minutes."""
    text = headers.get("retry-after", "").strip()
    try:
        wait = (
            timedelta(seconds=int(text)) if text.isascii() and text.isdigit() else _date(text) - now
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return min(wait, LONGEST_WAIT) if timedelta(0) < wait <= _ABSURD else None


def _date(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
