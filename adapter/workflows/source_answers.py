"""What a GP practice's own source answers, page by page, judged before anything of it goes on.

https://hl7.org/fhir/R4/search.html#Introduction, https://hl7.org/fhir/R4/http.html#paging

An answer is passed on whole or not at all: one entry about somebody else, and nobody can say what
the others are. Links, addresses and warnings of the source stay behind; the resources themselves
are not changed, but that a reference to the source's own address becomes a relative one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import urljoin, urlsplit

from adapter.fhir.constants import BSN
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_untrusted, encode
from adapter.fhir.reference import ID, Reference, parse_reference, references
from adapter.workflows.release import UNAVAILABLE

_PATIENT_ELEMENT: Final = {"AllergyIntolerance": "patient"}  # everywhere else `subject`
_FAILED: Final = frozenset({"error", "fatal"})
_TEXT: Final = "Het antwoord van het HIS klopt niet en wordt niet getoond."
_FOREIGN: Final = Issue(code="processing", text=_TEXT, rule="RI-13")
_ASTRAY: Final = Issue(code="processing", text=_TEXT)
TOO_MANY: Final = Issue(
    code="too-costly", text="Het HIS geeft meer bladzijden dan hier worden opgehaald."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the source at `base` was asked: resources of one type about one patient of its own."""

    base: str
    type: str
    patient: str  # logical id at the source
    bsn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Resources of one page, and the address of the next one."""

    resources: tuple[Json, ...]
    onward: str | None


def read_page(body: bytes, asked: Asked) -> Page:
    """FhirError 503 for what is no answer to this question, 502 for one that may not be shown."""
    try:
        bundle = decode_untrusted(body)
    except FhirError:
        _unavailable()
    entries = bundle.get("entry", [])
    if bundle.get("resourceType") != "Bundle" or not isinstance(entries, list):
        _unavailable()
    found = tuple(
        _local(resource, asked.base)
        for entry in entries
        if (resource := _resource(entry, asked)) is not None
    )
    return Page(resources=found, onward=_onward(bundle, asked.base))


def searchset_of(resources: Sequence[Json], address: str) -> bytes:
    """The answer to the caller; `address` is ours, and below it stands what each one is."""
    entries = [
        {**_full_url(resource, address), "resource": resource, "search": {"mode": "match"}}
        for resource in resources
    ]
    bundle: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
    return encode({**bundle, "entry": entries} if entries else bundle)


def _full_url(resource: Json, address: str) -> Json:
    id_ = resource.get("id")
    is_id = isinstance(id_, str) and ID.fullmatch(id_)
    return {"fullUrl": f"{address}/{resource['resourceType']}/{id_}"} if is_id else {}


def _resource(entry: object, asked: Asked) -> Json | None:
    """What was found; None for a remark beside it."""
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict):
        _unavailable()
    if resource.get("resourceType") == "OperationOutcome":
        _check_remark(resource)
        return None
    if resource.get("resourceType") != asked.type:
        _unavailable()
    if not _is_about(resource.get(_PATIENT_ELEMENT.get(asked.type, "subject")), asked):
        raise FhirError(502, _FOREIGN)
    return resource


def _check_remark(remark: Json) -> None:
    issues = remark.get("issue")
    if not isinstance(issues, list) or not all(isinstance(issue, dict) for issue in issues):
        _unavailable()
    if any(issue.get("severity") in _FAILED for issue in issues):
        _unavailable()


def _is_about(subject: object, asked: Asked) -> bool:
    """Whether this reference is to the patient who was asked for, by all that it says."""
    if not isinstance(subject, dict) or not isinstance(subject.get("reference"), str):
        return False
    text: str = subject["reference"]
    if parse_reference(text, asked.base) != Reference("Patient", asked.patient):
        return False
    number = subject.get("identifier")
    if not isinstance(number, dict) or number.get("system") != BSN:
        return True
    return bool(number.get("value") == asked.bsn)


def _local(resource: Json, base: str) -> Json:
    root = base.rstrip("/") + "/"
    for _, reference in references(resource):
        reference["reference"] = reference["reference"].removeprefix(root)
    return resource


def _onward(bundle: Json, base: str) -> str | None:
    """Where the next page is, if there is one. FhirError 502 for an address at somebody else's."""
    links = bundle.get("link", [])
    if not isinstance(links, list) or not all(isinstance(link, dict) for link in links):
        _unavailable()
    found = [link.get("url") for link in links if link.get("relation") == "next"]
    if not found:
        return None
    if len(found) > 1 or not isinstance(found[0], str):
        raise FhirError(502, _ASTRAY)
    try:
        url = urljoin(f"{base.rstrip('/')}/", found[0])
        is_ours = _origin(url) == _origin(base)
    except ValueError:
        is_ours = False
    if not is_ours:
        raise FhirError(502, _ASTRAY)
    return url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port. ValueError for what is no plain address."""
    parts = urlsplit(url)
    if parts.username is not None or parts.fragment:
        raise ValueError("address")
    return parts.scheme, parts.hostname, parts.port


def _unavailable() -> NoReturn:
    raise FhirError(503, UNAVAILABLE)
