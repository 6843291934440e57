"""What can be searched, in one table, and the values that a resource has for it.

https://hl7.org/fhir/R4/search.html, https://hl7.org/fhir/R4/searchparameter-registry.html

The table is read three times: by the grammar, by the CapabilityStatement and by the index below.
A path is a list of element names; lists on the way are flattened. Values of types that a parameter
does not know are not searched: the resource itself is judged by `adapter.fhir.validation`.

Every literal reference is listed, because a reduced view must know its targets: under the names of
the parameters that cover it, else under its path with a dot before it, which no parameter has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from adapter.fhir.constants import IDENTIFIER_ALIASES
from adapter.fhir.instant import FOREVER, parse_moment, period_interval
from adapter.fhir.json import Json
from adapter.fhir.reference import parse_reference

Kind = Literal["token", "reference", "date", "string"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameter:
    """A parameter of one type. `system` is implied by elements of type code."""

    kind: Kind
    paths: tuple[str, ...]
    targets: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchValues:
    """Index entries: tokens (param, system, code), dates (param, low, high) as half-open
    microseconds, references (param or .path, type, id), strings (param, lower-case text)."""

    tokens: list[tuple[str, str, str]] = field(default_factory=list)
    dates: list[tuple[str, int, int]] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    strings: list[tuple[str, str]] = field(default_factory=list)


def _token(*paths: str, system: str = "") -> SearchParameter:
    return SearchParameter(kind="token", paths=paths, system=system)


def _code(path: str, list_: str) -> SearchParameter:
    return _token(path, system=f"http://hl7.org/fhir/{list_}")


def _date(*paths: str) -> SearchParameter:
    return SearchParameter(kind="date", paths=paths)


def _string(*paths: str) -> SearchParameter:
    return SearchParameter(kind="string", paths=paths)


def _reference(path: str, *targets: str) -> SearchParameter:
    return SearchParameter(kind="reference", paths=(path,), targets=targets)


_PARTIES: Final = ("Organization", "PractitionerRole")
_ALWAYS: Final = {
    "_id": _token("id"),
    "_lastUpdated": _date("meta.lastUpdated"),
    "identifier": _token("identifier"),
}


def _about(path: str, *, subject: bool = True) -> dict[str, SearchParameter]:
    found = {"patient": _reference(path, "Patient")}
    return {**found, "subject": _reference(path, "Patient")} if subject else found


SEARCH_PARAMETERS: Final[Mapping[str, Mapping[str, SearchParameter]]] = {
    "Patient": {
        **_ALWAYS,
        "family": _string("name.family"),
        "given": _string("name.given"),
        "name": _string("name.family", "name.given", "name.text"),
        "birthdate": _date("birthDate"),
    },
    "ServiceRequest": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "request-status"),
        "code": _token("code"),
        "authored": _date("authoredOn"),
        "requester": _reference("requester", *_PARTIES),
        "performer": _reference("performer", *_PARTIES),
    },
    "Task": {
        **_ALWAYS,
        **_about("for"),
        "status": _code("status", "task-status"),
        "code": _token("code"),
        "business-status": _token("businessStatus"),
        "owner": _reference("owner", *_PARTIES),
        "focus": _reference("focus"),
        "based-on": _reference("basedOn"),
    },
    "Condition": {
        **_ALWAYS,
        **_about("subject"),
        "code": _token("code"),
        "category": _token("category"),
        "clinical-status": _token("clinicalStatus"),
    },
    "Consent": {
        **_ALWAYS,
        **_about("patient", subject=False),
        "status": _code("status", "consent-state-codes"),
        "category": _token("category"),
        "scope": _token("scope"),
        "date": _date("dateTime"),
    },
    "CarePlan": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "request-status"),
        "category": _token("category"),
        "date": _date("period"),
        "goal": _reference("goal", "Goal"),
        "condition": _reference("addresses", "Condition"),
    },
    "Goal": {
        **_ALWAYS,
        **_about("subject"),
        "lifecycle-status": _code("lifecycleStatus", "goal-status"),
        "target-date": _date("target.dueDate"),
    },
    "RiskAssessment": {**_ALWAYS, **_about("subject")},
    "Observation": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "observation-status"),
        "code": _token("code"),
        "date": _date("effectiveDateTime", "effectivePeriod", "effectiveInstant"),
    },
    "Appointment": {
        **_ALWAYS,
        **_about("participant.actor", subject=False),
        "status": _code("status", "appointmentstatus"),
        "date": _date("start"),
        "actor": _reference("participant.actor"),
    },
    "Encounter": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "encounter-status"),
        "date": _date("period"),
    },
    "ClinicalImpression": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "clinicalimpression-status"),
        "date": _date("effectiveDateTime", "effectivePeriod"),
    },
    "Procedure": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "event-status"),
        "code": _token("code"),
        "date": _date("performedDateTime", "performedPeriod"),
    },
    "Flag": {
        **_ALWAYS,
        **_about("subject"),
        "date": _date("period"),
    },
    "DocumentReference": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "document-reference-status"),
    },
    "Communication": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "event-status"),
    },
    "RelatedPerson": {
        **_ALWAYS,
        **_about("patient", subject=False),
        "relationship": _token("relationship"),
        "name": _string("name.family", "name.given", "name.text"),
    },
    "CareTeam": {
        **_ALWAYS,
        **_about("subject"),
        "status": _code("status", "care-team-status"),
    },
    "EpisodeOfCare": {
        **_ALWAYS,
        **_about("patient", subject=False),
        "status": _code("status", "episode-of-care-status"),
    },
    "Organization": {**_ALWAYS, "name": _string("name", "alias")},
    "Practitioner": {**_ALWAYS, "name": _string("name.family", "name.given", "name.text")},
    "PractitionerRole": {
        **_ALWAYS,
        "organization": _reference("organization", "Organization"),
        "role": _token("code"),
    },
}


def search_values(resource: Json) -> SearchValues:
    """Index entries of a resource; of a type that is not searched only its references."""
    found = SearchValues()
    parameters = SEARCH_PARAMETERS.get(str(resource.get("resourceType")), {})
    covering: dict[str, list[tuple[str, SearchParameter]]] = {}
    for name, parameter in parameters.items():
        for path in parameter.paths:
            if parameter.kind == "reference":
                covering.setdefault(path, []).append((name, parameter))
                continue
            for value in _at(resource, path.split(".")):
                _add(found, name, parameter, value)
    for path, type_, id_ in _references(resource, ""):
        names = [
            name
            for name, parameter in covering.get(path, ())
            if not parameter.targets or type_ in parameter.targets
        ]
        found.references.extend((name, type_, id_) for name in names or [f".{path}"])
    return found


def _add(found: SearchValues, name: str, parameter: SearchParameter, value: object) -> None:
    match parameter.kind:
        case "token":
            found.tokens.extend((name, *pair) for pair in _tokens(value, parameter.system))
        case "date":
            interval = _interval(value)
            if interval is not None:
                found.dates.append((name, *interval))
        case _:
            if isinstance(value, str):
                found.strings.append((name, value.lower()))


def _at(node: object, steps: list[str]) -> Iterator[object]:
    """The values at a path, lists flattened."""
    if isinstance(node, list):
        for item in node:
            yield from _at(item, steps)
    elif not steps:
        yield node
    elif isinstance(node, dict) and steps[0] in node:
        yield from _at(node[steps[0]], steps[1:])


def _tokens(value: object, implied: str) -> Iterator[tuple[str, str]]:
    """(system, code) of a code, Coding, CodeableConcept or Identifier."""
    if isinstance(value, str):
        yield implied, value
    elif isinstance(value, dict):
        codings = value.get("coding")
        for item in codings if isinstance(codings, list) else [value]:
            code = item.get("code", item.get("value")) if isinstance(item, dict) else None
            if isinstance(code, str):
                system = str(item.get("system", ""))
                yield IDENTIFIER_ALIASES.get(system, system), code


def _interval(value: object) -> tuple[int, int] | None:
    """[low, high) of a date, dateTime, instant or Period; None when it is no moment."""
    if isinstance(value, str):
        moment = parse_moment(value)
        return None if moment is None else (moment.low, min(moment.high, FOREVER))
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, str) or isinstance(end, str):
            return period_interval(_text(start), _text(end))
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _references(node: object, path: str) -> Iterator[tuple[str, str, str]]:
    """(path without indexes, type, id) of every literal reference to our own resources."""
    if isinstance(node, list):
        for item in node:
            yield from _references(item, path)
    elif isinstance(node, dict):
        literal = node.get("reference")
        target = parse_reference(literal, "") if isinstance(literal, str) else None
        if target is not None:
            yield path, target.type, target.id
        for name, value in node.items():
            yield from _references(value, f"{path}.{name}" if path else name)
