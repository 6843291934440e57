"""Which doors there are: what is not on this list is refused, logged, and the same for everybody.

https://hl7.org/fhir/R4/http.html#summary
"""

import re
from collections.abc import Mapping
from typing import Final

from adapter.fhir.issues import FhirError, Issue

_READS: Final = ("GET", "HEAD")
# What FastAPI answers below `/fhir`; the others there are answered before it.
_BEHIND: Final[Mapping[re.Pattern[str], tuple[str, ...]]] = {
    re.compile(r"/fhir/?"): ("POST",),
    re.compile(r"/fhir/Task/[^/]+"): ("PUT",),
    re.compile(r"/fhir/AuditEvent(/[^/]+)?"): ("GET",),
    re.compile(r"/fhir/metadata"): ("GET",),
    re.compile(r"/fhir/\.well-known/[a-z-]+"): ("GET",),
}
_BEFORE: Final[Mapping[re.Pattern[str], tuple[str, ...]]] = {
    re.compile(r"/fhir/(?!AuditEvent/)[A-Z][A-Za-z]{1,40}/_search"): ("POST",),
    re.compile(r"/fhir/(?!AuditEvent\b)[A-Z][A-Za-z]{1,40}(/[A-Za-z0-9\-.]{1,64})?/?"): _READS,
}
_RECORDS: Final[Mapping[re.Pattern[str], tuple[str, ...]]] = {
    re.compile(
        r"/records/(referrals|plans|consents|mdos|closings|assessments|advance-care-planning"
        r"|related-persons|capacities)"
    ): ("POST",),
    re.compile(r"/records/(gp-record/[^/]+|schema)/[^/]+"): ("GET",),
    re.compile(r"/records/(schema|worklist)"): ("GET",),
}
_TYPE: Final = re.compile(r"/fhir/([A-Z][A-Za-z]{1,40})(?:/.*)?")
_NOT_FOUND: Final = Issue(code="not-found", text="Niet gevonden.")
_NOT_OFFERED: Final = Issue(code="not-supported", text="Deze handeling wordt niet aangeboden.")


def is_behind(method: str, path: str) -> bool:
    """Whether FastAPI has a door for this."""
    return any(method in methods and p.fullmatch(path) for p, methods in _BEHIND.items())


def not_offered(method: str, path: str) -> FhirError:
    """405 where there is a door for another method or somebody wants to write, else 404."""
    is_lost = method in _READS and not allowed(path)
    return FhirError(404, _NOT_FOUND) if is_lost else FhirError(405, _NOT_OFFERED)


def allowed(path: str) -> str:
    """Header `Allow` (RFC 9110 section 15.5.6); empty when nothing is there."""
    doors = (*_BEHIND.items(), *_BEFORE.items(), *_RECORDS.items())
    rows = [methods for pattern, methods in doors if pattern.fullmatch(path)]
    return ", ".join(sorted({method for methods in rows for method in methods}))


def type_in(path: str) -> str | None:
    """FHIR type that an address is about, for the log."""
    found = _TYPE.fullmatch(path)
    return found[1] if found else None
