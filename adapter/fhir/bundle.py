"""Bundles that we send: a searchset and the answer to a transaction.

https://hl7.org/fhir/R4/bundle.html

Stored bodies are joined, never parsed: reading 26 resources to print them again costs 16 times
as much. What comes in as a Bundle is read in `transaction.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adapter.fhir.json import Json, encode


def searchset(
    bodies: Sequence[tuple[str, bytes]],
    *,
    total: int | None,
    self_url: str,
    next_url: str | None,
    base: str,
    included: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Bundle of `bodies` (("Type/id", stored bytes)) in their order, then what they include."""
    links = [{"relation": "self", "url": self_url}]
    if next_url is not None:
        links.append({"relation": "next", "url": next_url})
    head: Json = {"resourceType": "Bundle", "type": "searchset"}
    if total is not None:
        head["total"] = total
    head["link"] = links
    root = base.rstrip("/")
    entries = [_found(root, name, body, b"match") for name, body in bodies]
    entries += [_found(root, name, body, b"include") for name, body in included]
    return _with_entries(head, entries)


def _found(root: str, name: str, body: bytes, mode: bytes) -> bytes:
    url = f"{root}/{name}".encode()  # base and Type/id hold nothing that JSON would escape
    return b'{"fullUrl":"%b","resource":%b,"search":{"mode":"%b"}}' % (url, body, mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResponse:
    """What became of one entry. `status` as in HTTP ("201 Created"), `etag` with its quotes;
    `outcome` is an OperationOutcome with what is worth a look.
    """

    status: str
    location: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body: bytes | None = None
    outcome: Json | None = None


def transaction_response(entries: Sequence[EntryResponse]) -> bytes:
    """Bundle of type transaction-response, in the order of the request."""
    return _with_entries(
        {"resourceType": "Bundle", "type": "transaction-response"},
        [_answered(entry) for entry in entries],
    )


def _answered(entry: EntryResponse) -> bytes:
    response: Json = {"status": entry.status}
    if entry.location is not None:
        response["location"] = entry.location
    if entry.etag is not None:
        response["etag"] = entry.etag
    if entry.last_modified is not None:
        response["lastModified"] = entry.last_modified
    if entry.outcome is not None:
        response["outcome"] = entry.outcome
    resource = b"" if entry.body is None else b'"resource":%b,' % entry.body
    return b'{%b"response":%b}' % (resource, encode(response))


def _with_entries(head: Json, entries: Sequence[bytes]) -> bytes:
    if not entries:  # an empty array is not FHIR
        return encode(head)
    return encode(head)[:-1] + b',"entry":[' + b",".join(entries) + b"]}"
