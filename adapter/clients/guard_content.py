"""What a resource may hold when it goes to a test server: type, labels, numbers (RI-8).

https://hl7.org/fhir/R4/resource.html#Meta
https://hl7.org/fhir/R4/domainresource.html (dom-5: a contained resource has no security label)

A contained resource is covered by the label and tag of the one that contains it; its type and
content are judged like any other.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from adapter.fhir.bsn import is_valid_bsn
from adapter.fhir.constants import ACT_REASON, BSN, CANONICAL, HTEST_CODE, IDENTIFIER_ALIASES
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from adapter.fhir.path import joined

RULE: Final = "RI-8"
TEST_RUN: Final = f"{CANONICAL}/CodeSystem/test-run"

# What MESO care consists of. Never the log (AuditEvent), who may work where (PractitionerRole),
# Subscription, or content that cannot be looked into (Binary, DocumentReference).
ALLOWED_TYPES: Final = frozenset(
    {
        "Appointment", "Basic", "CarePlan", "CareTeam", "ClinicalImpression", "Communication",
        "Composition", "Condition", "Consent", "Encounter", "EpisodeOfCare", "Flag", "Goal",
        "Observation", "Organization", "Patient", "Practitioner", "Procedure", "Provenance",
        "RelatedPerson", "RiskAssessment", "ServiceRequest", "Task",
    }
)  # fmt: skip

_BSN_SYSTEMS: Final = tuple(
    system.lower()
    for system in (BSN, *(alias for alias, meant in IDENTIFIER_ALIASES.items() if meant == BSN))
)
# Nine digits that stand alone, also in groups ("1234.56.782"); part of a longer row or word: no.
_NINE: Final = re.compile(r"(?<![^\W_])(?<!\d[ .\-])\d(?:[ .\-]?\d){8}(?![^\W_])(?![ .\-]\d)")

_CODES: Final = ("code", "valueCode")  # one code in eleven would pass as a citizen number

Step = str | int


def check_resource(resource: Json, at: str, run_tag: str | None) -> list[Issue]:
    """Why this resource may not leave. `at` prefixes the expressions."""
    return [
        *check_type(resource.get("resourceType"), at),
        *_check_meta(resource, at, run_tag),
        *check_content(resource, at),
    ]


def check_type(type_: object, at: str) -> list[Issue]:
    """Types by allow-list."""
    if type_ in ALLOWED_TYPES:
        return []
    return [_fault("not-supported", "Dit soort resource gaat niet naar een testserver.", at)]


def check_content(node: Json, at: str) -> list[Issue]:
    """Every name and value below `node`, whatever the element: extensions hide nothing."""
    issues = []
    for steps, value in _leaves(node, ()):
        if steps[-1:] == ("resourceType",) and len(steps) > 1:
            issues += _check_inner(steps, value, at)
        issues += _check_leaf(steps, value, at)
    return issues


def check_text(text: str, at: str) -> list[Issue]:
    """A citizen number, or the identifier system of one, in any text."""
    return _check_system(text, at) or _check_digits(text, at)


def _check_system(text: str, at: str) -> list[Issue]:
    if any(system in text.lower() for system in _BSN_SYSTEMS):
        return [_fault("security", "Een BSN gaat niet naar een testserver.", at)]
    return []


def _check_digits(text: str, at: str) -> list[Issue]:
    for found in _NINE.finditer(text):
        if is_valid_bsn("".join(str(int(c)) for c in found[0] if c.isdecimal())):
            return [_fault("security", "Negen cijfers die een BSN kunnen zijn blijven hier.", at)]
    return []


def _check_meta(resource: Json, at: str, run_tag: str | None) -> list[Issue]:
    issues = []
    if not _has_coding(resource, "security", ACT_REASON, HTEST_CODE):
        issues.append(_fault("security", "Het label HTEST ontbreekt.", f"{at}.meta.security"))
    if run_tag is None or not _has_coding(resource, "tag", TEST_RUN, run_tag):
        issues.append(_fault("security", "De tag van deze testronde ontbreekt.", f"{at}.meta.tag"))
    return issues


def _has_coding(resource: Json, name: str, system: str, code: str) -> bool:
    meta = resource.get("meta")
    codings = meta.get(name) if isinstance(meta, dict) else None
    return isinstance(codings, list) and any(
        isinstance(coding, dict) and coding.get("system") == system and coding.get("code") == code
        for coding in codings
    )


def _check_inner(steps: tuple[Step, ...], value: object, at: str) -> list[Issue]:
    """A resource inside a resource: contained, one level deep, of an allowed type."""
    where = joined(at, steps[:-1])
    match steps:
        case ("contained", int(), "resourceType") if value in ALLOWED_TYPES:
            return []
    return [_fault("not-supported", "Deze resource in een resource blijft hier.", where)]


def _check_leaf(steps: tuple[Step, ...], value: object, at: str) -> list[Issue]:
    where = joined(at, steps)
    names = [step for step in steps if isinstance(step, str)]
    name = names[-1] if names else ""
    if name == "data" and isinstance(value, str):  # Attachment, Signature: cannot be looked into
        return [_fault("not-supported", "Een bijlage gaat niet naar een testserver.", where)]
    text = html.unescape(str(value)) if name == "div" else str(value)
    issues = _check_system(text, where)
    if name not in _CODES:
        issues += _check_digits(text, where)
    for unknown in names:
        issues += check_text(unknown, at)
    return issues


def _leaves(node: object, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], object]]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _leaves(value, (*steps, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, (*steps, index))
    else:
        yield steps, node


def _fault(code: str, text: str, expression: str) -> Issue:
    return Issue(code=code, text=text, expression=expression, rule=RULE)
