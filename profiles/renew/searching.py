"""SearchParameters of what the doors really answer, from the tables that they read.

https://hl7.org/fhir/R4/searchparameter.html

Every one is derived from R4's own, and says what is narrower here: which targets, which elements,
no modifiers, no chains. `_id` and `_lastUpdated` are R4's unchanged and need none of ours.
"""

from collections.abc import Mapping
from typing import Final

from adapter.api.fhir import audit_events
from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json
from adapter.fhir.search_values import Prefix
from mappings.search_values import SEARCH_PARAMETERS, SearchParameter

_R4: Final = "http://hl7.org/fhir/SearchParameter"
_COMMON: Final = {"_id": f"{_R4}/Resource-id", "_lastUpdated": f"{_R4}/Resource-lastUpdated"}
# Parameters that R4 defines once for many types: which of ours are among them.
_CLINICAL: Final = {
    "patient": {
        *("CarePlan", "CareTeam", "ClinicalImpression", "Condition", "Consent"),
        *("DocumentReference", "Encounter", "EpisodeOfCare", "Flag", "Goal", "Observation"),
        *("Procedure", "RiskAssessment", "ServiceRequest"),
    },
    "identifier": {
        *("CarePlan", "CareTeam", "Condition", "Consent", "DocumentReference", "Encounter"),
        *("EpisodeOfCare", "Goal", "Observation", "Procedure", "RiskAssessment", "ServiceRequest"),
    },
    "date": {
        *("CarePlan", "ClinicalImpression", "Consent", "Encounter", "Flag", "Observation"),
        "Procedure",
    },
    "code": {"Condition", "Observation", "Procedure", "ServiceRequest"},
}
_INDIVIDUAL: Final = {"Patient": {"family", "given", "birthdate"}}
_LOG: Final = {
    "date": SearchParameter(kind="date", paths=("recorded",)),
    "patient": SearchParameter(kind="reference", paths=("entity.what",), targets=("Patient",)),
}
_ASKED_ONCE: Final = "AuditEvent"  # one patient, one period: a list would widen the answer


def offered() -> dict[str, dict[str, SearchParameter]]:
    """Parameters by type, those of the access log included."""
    found = {type_: dict(parameters) for type_, parameters in SEARCH_PARAMETERS.items()}
    return {**found, _ASKED_ONCE: {n: _LOG[n] for n in audit_events._PARAMETERS}}  # noqa: SLF001 # the door keeps its table to itself


def definition(type_: str, name: str) -> str:
    """Address of the SearchParameter that a CapabilityStatement names."""
    return _COMMON.get(name) or f"{CANONICAL}/SearchParameter/{_id(type_, name)}"


def derived_from(type_: str, name: str) -> str:
    """R4's own parameter."""
    if type_ in _CLINICAL.get(name, ()):
        return f"{_R4}/clinical-{name}"
    if name in _INDIVIDUAL.get(type_, ()):
        return f"{_R4}/individual-{name}"
    return f"{_R4}/{type_}-{name}"


def search_parameters() -> list[Json]:
    return [
        _resource(type_, name, parameter)
        for type_, parameters in sorted(offered().items())
        for name, parameter in sorted(parameters.items())
        if name not in _COMMON
    ]


def _id(type_: str, name: str) -> str:
    return f"{type_}-{name}"


def _resource(type_: str, name: str, parameter: SearchParameter) -> Json:
    is_log = type_ == _ASKED_ONCE
    found: Json = {
        "resourceType": "SearchParameter",
        "id": _id(type_, name),
        "url": f"{CANONICAL}/SearchParameter/{_id(type_, name)}",
        "version": "0.1.0",
        "name": "Meso" + "".join(part.capitalize() for part in f"{type_}-{name}".split("-")),
        "derivedFrom": derived_from(type_, name),
        "status": "draft",
        "experimental": False,
        "publisher": "MESO FHIR-adapter",
        "description": _description(type_, parameter),
        "code": name,
        "base": [type_],
        "type": parameter.kind,
        "expression": _expression(type_, parameter),
        "xpathUsage": "normal",
        "multipleOr": not is_log,
        "multipleAnd": not is_log or name == "date",
    }
    if parameter.kind == "reference":
        found |= {"target": sorted(parameter.targets)} if parameter.targets else {}
        found |= {"modifier": ["type"]} if parameter.targets else {}
    if parameter.kind == "date":
        left_out = {Prefix.NE} if is_log else set[Prefix]()
        found["comparator"] = [prefix.value for prefix in Prefix if prefix not in left_out]
    return found


def _description(type_: str, parameter: SearchParameter) -> str:
    parts = [f"Zoekt in {' of '.join(f'`{type_}.{path}`' for path in parameter.paths)}."]
    if parameter.targets:
        parts.append(f"Alleen verwijzingen naar {' of '.join(parameter.targets)}.")
    if parameter.kind == "string":
        parts.append("Begin van de tekst, zonder onderscheid tussen hoofd- en kleine letters.")
    if type_ == "Patient" and parameter.paths == ("identifier",):
        parts.append("Een BSN alleen in de inhoud van POST _search, nooit in een URL.")
    return " ".join(parts)


def _expression(type_: str, parameter: SearchParameter) -> str:
    """FHIRPath of the paths; a choice is written as R4 writes it."""
    parts = []
    for path in parameter.paths:
        element, cast = _choices().get(path, (path, ""))
        text = f"{type_}.{element}"
        parts.append(f"({text} as {cast})" if cast else text)
    where = " | ".join(parts)
    if len(parameter.targets) == 1 and parameter.kind == "reference":
        return f"{where}.where(resolve() is {parameter.targets[0]})"
    return where


def _choices() -> Mapping[str, tuple[str, str]]:
    return {
        "effectiveDateTime": ("effective", "dateTime"),
        "effectivePeriod": ("effective", "Period"),
        "effectiveInstant": ("effective", "instant"),
        "target.dueDate": ("target.due", "date"),
    }
