"""A transaction Bundle that comes in, taken apart into its entries.

https://hl7.org/fhir/R4/http.html#transaction

Checked is the form: method, url, fullUrl, and that each `urn:` reference means an entry of this
Bundle. Not checked: the resources (`validation.py`), who may send them, and what belongs in a
referral (the workflow).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from adapter.fhir.reference import ID, references

MAX_ENTRIES: Final = 500
MAX_REFERENCES: Final = 5_000
_URN_UUID: Final = re.compile(
    r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a transaction: `id` is None for a POST, `at` its path in the Bundle."""

    at: str
    full_url: str | None
    method: str
    type: str
    id: str | None
    if_match: str | None
    if_none_exist: str | None
    resource: Json


@dataclass(frozen=True, slots=True)
class Transaction:
    """Entries in the order of the Bundle."""

    entries: tuple[Entry, ...]


def split_transaction(bundle: Json) -> Transaction | list[Issue]:
    """Entries of a transaction Bundle, or every fault of its form (status 400)."""
    if bundle.get("resourceType") != "Bundle":
        return [_fault("structure", "resourceType", "Verwacht is een Bundle.")]
    if bundle.get("type") != "transaction":
        return [_fault("value", "type", "Verwacht is een Bundle van het type transaction.")]
    raw = bundle.get("entry")
    if not isinstance(raw, list) or not raw:
        return [_fault("required", "entry", "Een transaction heeft ten minste één entry.")]
    if len(raw) > MAX_ENTRIES:
        return [_fault("too-costly", "entry", f"Ten hoogste {MAX_ENTRIES} entry's per Bundle.")]
    issues: list[Issue] = []
    entries: list[Entry] = []
    for index, item in enumerate(raw):
        found = _entry(item, f"Bundle.entry[{index}]")
        if isinstance(found, Entry):
            entries.append(found)
        else:
            issues.extend(found)
    issues.extend(_repeated(entries))
    if not issues:
        issues.extend(_unresolved(entries))
    return issues or Transaction(tuple(entries))


def _entry(item: object, at: str) -> Entry | list[Issue]:
    if not isinstance(item, dict):
        return [Issue(code="structure", expression=at, text="Een entry is een object.")]
    resource = item.get("resource")
    request = item.get("request")
    full_url = item.get("fullUrl")
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        return [_missing(f"{at}.resource", "een resource met resourceType")]
    if not isinstance(request, dict):
        return [_missing(f"{at}.request", "request met method en url")]
    if resource["resourceType"] == "Bundle":
        text = "Een Bundle in een Bundle wordt niet aangenomen."
        return [Issue(code="not-supported", expression=f"{at}.resource", text=text)]
    issues = list(_request_faults(request, resource, f"{at}.request"))
    if full_url is not None and not _is_full_url(full_url):
        text = "fullUrl is een absolute URL of urn:uuid."
        issues.append(Issue(code="value", expression=f"{at}.fullUrl", text=text))
    if issues:
        return issues
    return Entry(
        at=at,
        full_url=full_url,
        method=request["method"],
        type=resource["resourceType"],
        id=resource["id"] if request["method"] == "PUT" else None,
        if_match=request.get("ifMatch"),
        if_none_exist=request.get("ifNoneExist"),
        resource=resource,
    )


def _request_faults(request: Json, resource: Json, at: str) -> Iterator[Issue]:
    method, url, kind = request.get("method"), request.get("url"), resource["resourceType"]
    if method == "POST":
        expected = kind
    elif method == "PUT":
        identity = resource.get("id")
        if not isinstance(identity, str) or not ID.fullmatch(identity):
            yield _missing(f"{at.removesuffix('.request')}.resource.id", "id bij PUT")
            return
        expected = f"{kind}/{identity}"
    else:
        text = "Alleen POST en PUT worden aangenomen."
        yield Issue(code="not-supported", expression=f"{at}.method", text=text)
        return
    if url != expected:
        text = (
            "url is relatief en past bij de resource: Type bij POST, Type/id bij PUT, geen query."
        )
        yield Issue(code="value", expression=f"{at}.url", text=text)
    for name in ("ifMatch", "ifNoneExist"):
        if not isinstance(request.get(name, ""), str):
            yield Issue(code="structure", expression=f"{at}.{name}", text="Verwacht is een tekst.")


def _is_full_url(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return bool(_URN_UUID.fullmatch(value)) or value.startswith(("https://", "http://"))


def _repeated(entries: Sequence[Entry]) -> Iterator[Issue]:
    urls: set[str] = set()
    names: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.full_url is not None and entry.full_url in urls:
            text = "fullUrl komt meer dan eens voor."
            yield Issue(code="duplicate", expression=f"{entry.at}.fullUrl", text=text)
        urls.add(entry.full_url or "")
        name = (entry.type, str(entry.resource.get("id", "")))
        if name[1] and name in names:
            text = "Dezelfde resource komt meer dan eens voor."
            yield Issue(code="duplicate", expression=f"{entry.at}.resource.id", text=text)
        names.add(name)


def _unresolved(entries: Sequence[Entry]) -> Iterator[Issue]:
    """A urn means something inside this Bundle only."""
    known = {entry.full_url for entry in entries}
    count = 0
    for entry in entries:
        for path, element in references(entry.resource):
            count += 1
            target = element["reference"]
            if target.startswith("urn:") and target not in known:
                where = path.removeprefix(entry.type)
                yield Issue(
                    code="not-found",
                    expression=f"{entry.at}.resource{where}.reference",
                    text="De verwijzing wijst naar geen fullUrl in deze Bundle.",
                )
    if count > MAX_REFERENCES:
        text = f"Ten hoogste {MAX_REFERENCES} verwijzingen per Bundle."
        yield _fault("too-costly", "entry", text)


def _missing(at: str, what: str) -> Issue:
    return Issue(code="required", expression=at, text=f"Verwacht is {what}.")


def _fault(code: str, element: str, text: str) -> Issue:
    return Issue(code=code, expression=f"Bundle.{element}", text=text)
