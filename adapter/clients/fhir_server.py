"""A FHIR R4 server as sync sees it: read, write under a precondition, delete, page.

https://hl7.org/fhir/R4/http.html

Every write names what it expects to find. Replies are classified in `replies.py`; which
create-only header a server honours is found out by `fhir_probe.py` and passed in. Nothing here
repeats a request. Not offered: PATCH, conditional update, batch.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

from adapter.clients.guard import origin
from adapter.clients.http import Answer, HttpClient, NotSentError, OutcomeUnknownError
from adapter.clients.replies import (
    Absent,
    Conflict,
    DeleteReply,
    Done,
    PageReply,
    ReadReply,
    Refused,
    RetryLater,
    TransactionReply,
    Unknown,
    WriteReply,
    etag_version,
    evidence,
    page_of,
    refusal,
    resource_of,
)
from adapter.clock import Clock, system_clock
from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.json import Json

_ACCEPT: Final = {"accept": FHIR_JSON}
_FRESH: Final = {**_ACCEPT, "cache-control": "no-cache"}
# Without it HAPI keeps tags and security labels that the new version no longer has.
_SNAPSHOT: Final = {"x-meta-snapshot-mode": "TAG, PROFILE, SECURITY_LABEL"}
_WRITE: Final = {
    **_ACCEPT,
    **_SNAPSHOT,
    "content-type": FHIR_JSON,
    "prefer": "return=representation",
}


class CreateOnly(StrEnum):
    """How a server can be asked to create and never overwrite."""

    IF_MATCH_ZERO = "if-match-zero"
    IF_NONE_MATCH = "if-none-match"
    NEITHER = "neither"


class FhirServer:
    """`base` is the service base URL; `create_only` what a probe found."""

    def __init__(
        self,
        client: HttpClient,
        base: str,
        *,
        create_only: CreateOnly = CreateOnly.NEITHER,
        clock: Clock = system_clock,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.base = base.rstrip("/")
        self.create_only = create_only
        self._client = client
        self._clock = clock
        self._headers = dict(headers or {})  # such as Authorization; the guard keeps it at home

    def creating(self, create_only: CreateOnly) -> "FhirServer":
        """The same server with another way to create."""
        return FhirServer(
            self._client,
            self.base,
            create_only=create_only,
            clock=self._clock,
            headers=self._headers,
        )

    async def read(self, type_: str, id_: str) -> ReadReply:
        """Current version, past every cache."""
        answer = await self._ask("GET", f"{self.base}/{type_}/{id_}", _FRESH)
        if not isinstance(answer, Answer):
            return RetryLater()  # a read may always be repeated
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return Absent(was_deleted=answer.status == HTTPStatus.GONE)
        if answer.status != HTTPStatus.OK:
            return self._failed_read(answer)
        return evidence(answer, type_, id_) or Unknown(status=HTTPStatus.OK)

    async def create_or_update(
        self, type_: str, id_: str, body: bytes, base_version: str | None
    ) -> WriteReply:
        """PUT `body` over `base_version`; None: only where the id is not in use.

        Done with `created` where an update was meant says that the server has lost the resource.
        """
        condition: dict[str, str] = {}
        if base_version is not None:
            condition = {"if-match": f'W/"{base_version}"'}
        elif self.create_only is CreateOnly.NEITHER:
            before = await self.read(type_, id_)
            if isinstance(before, Done):
                return Conflict(status=HTTPStatus.PRECONDITION_FAILED)
            if not isinstance(before, Absent):
                return RetryLater() if isinstance(before, Unknown) else before
        else:
            condition = _CREATE_ONLY[self.create_only]
        url = f"{self.base}/{type_}/{id_}"
        answer = await self._ask("PUT", url, {**_WRITE, **condition}, body)
        if not isinstance(answer, Answer):
            return answer
        if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}:
            return self._failed_write(answer)
        return evidence(answer, type_, id_) or await self._read_back(answer, type_, id_)

    async def delete(self, type_: str, id_: str, base_version: str) -> DeleteReply:
        """DELETE when the server still holds `base_version`; Absent when it is gone afterwards.

        HAPI ignores If-Match on DELETE, so the version is read just before; a write in between
        is lost, which is why deletions are rare and never the way to withdraw something.
        """
        before = await self.read(type_, id_)
        if isinstance(before, Done) and before.version != base_version:
            return Conflict(status=HTTPStatus.PRECONDITION_FAILED)
        if not isinstance(before, Done):
            return RetryLater() if isinstance(before, Unknown) else before
        condition = {"if-match": f'W/"{base_version}"'}
        answer = await self._ask("DELETE", f"{self.base}/{type_}/{id_}", {**_ACCEPT, **condition})
        if not isinstance(answer, Answer):
            return answer
        if answer.status in {
            HTTPStatus.OK,
            HTTPStatus.ACCEPTED,
            HTTPStatus.NO_CONTENT,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.GONE,
        }:
            return Absent(was_deleted=True)
        return self._failed_write(answer)

    async def history(self, type_: str, since: str, count: int = 200) -> PageReply:
        """First page of a type's history, newest first. `since` is a full instant and always
        sent: without it HAPI cuts the list to a count that may be a minute old."""
        query = urlencode({"_since": since, "_count": str(count)})
        return await self._page("GET", f"{self.base}/{type_}/_history?{query}")

    async def search(self, type_: str, pairs: Sequence[tuple[str, str]]) -> PageReply:
        """First page of a search by `POST _search`, past the server's result cache."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return await self._page(
            "POST", f"{self.base}/{type_}/_search", headers, urlencode(pairs).encode()
        )

    async def next_page(self, url: str) -> PageReply:
        """The page behind a `next` link. A link that leaves this server is refused unasked."""
        if not _is_below(url, self.base):
            return Refused(status=0, code="foreign-link")
        return await self._page("GET", url)

    async def transaction(self, body: bytes) -> TransactionReply:
        """POST a transaction Bundle. A Page has as many entries as were sent; each `status`, and
        after a no-op each version, is still to be judged by the caller."""
        answer = await self._ask("POST", self.base, _WRITE, body)
        if not isinstance(answer, Answer):
            return answer
        if answer.status != HTTPStatus.OK:
            return self._failed_write(answer)
        return page_of(answer, "transaction-response") or Unknown(status=HTTPStatus.OK)

    async def metadata(self) -> Json | Refused | RetryLater | Unknown:
        """The CapabilityStatement."""
        answer = await self._ask("GET", f"{self.base}/metadata", _FRESH)
        if not isinstance(answer, Answer):
            return RetryLater()
        if answer.status != HTTPStatus.OK:
            return self._failed_read(answer)
        statement = resource_of(answer, "CapabilityStatement")
        return Unknown(status=HTTPStatus.OK) if statement is None else statement

    async def _page(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> PageReply:
        answer = await self._ask(method, url, {**_FRESH, **(headers or {})}, body)
        if not isinstance(answer, Answer):
            return RetryLater()
        if answer.status == HTTPStatus.GONE:  # the result is no longer kept: ask anew
            return Absent(was_deleted=False)
        if answer.status != HTTPStatus.OK:
            return self._failed_read(answer)
        return page_of(answer, "searchset", "history") or Unknown(status=HTTPStatus.OK)

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer | RetryLater | Unknown:
        try:
            return await self._client.send(
                method, url, headers={**self._headers, **headers}, body=body
            )
        except NotSentError:
            return RetryLater()
        except OutcomeUnknownError:
            return Unknown()

    async def _read_back(self, written: Answer, type_: str, id_: str) -> Done | Unknown:
        """A 2xx without proof. What a read shows counts when the ETag named the same version."""
        version = etag_version(written.headers)
        found = await self.read(type_, id_)
        if isinstance(found, Done) and not written.body and version == found.version:
            return Done(
                version=version, body=found.body, created=written.status == HTTPStatus.CREATED
            )
        return Unknown(status=written.status)

    def _failed_write(self, answer: Answer) -> Conflict | Refused | RetryLater | Unknown:
        return refusal(answer, self._now(), writing=True)

    def _failed_read(self, answer: Answer) -> Refused | RetryLater | Unknown:
        failed = refusal(answer, self._now(), writing=False)
        assert not isinstance(failed, Conflict)
        return failed

    def _now(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self._clock())


def _is_below(url: str, base: str) -> bool:
    """Same origin, below the base's path, without credentials or a way up."""
    try:
        parts, is_same = urlsplit(url), origin(url) == origin(base)
    except ValueError:  # a port or host that cannot be
        return False
    climbs = {".", ".."} & set(unquote(parts.path).split("/"))
    inside = f"{parts.path}/".startswith(f"{urlsplit(base).path}/")
    return is_same and inside and not climbs and "@" not in parts.netloc


_CREATE_ONLY: Final = {
    CreateOnly.IF_MATCH_ZERO: {"if-match": 'W/"0"'},
    CreateOnly.IF_NONE_MATCH: {"if-none-match": "*"},
}
