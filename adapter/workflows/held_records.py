"""Records as they stand in the store, read back where a rule of another record asks for them.

For rules and warnings only; never an answer to a caller. What another MESO practice keeps of the
same patient is not looked at.
"""

from collections.abc import Iterable

from adapter.fhir.constants import CANONICAL
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json
from adapter.fhir.reference import parse_reference, references
from adapter.store import resources
from adapter.store.resources import Stored
from adapter.workflows.places import Dossier
from adapter.workflows.unit import Unit
from mappings.people import capacity, related_person
from mappings.plan import assessment, care_plan
from mappings.plan.plan_ids import part_number
from mappings.records.assessment import Assessment
from mappings.records.capacity import Capacity
from mappings.records.care_plan import CarePlan
from mappings.records.related_person import RelatedPerson

_PLAN_PARTS = frozenset(
    {"Condition", "Goal", "Task", "ServiceRequest", "RiskAssessment", "Observation", "Consent"}
)
_ASSESSMENT_PARTS = frozenset({"Encounter", "Observation"})
_CAPACITY = f"{CANONICAL}/StructureDefinition/meso-capacity"


def held_plan(unit: Unit, trajectory: str) -> CarePlan | None:
    """The newest plan of this trajectory. None as well when it cannot be read back: a warning that
    is not given stops nobody.
    """
    frames = resources.of_trajectory(unit.connection, trajectory, "CarePlan")
    newest = max(frames, key=lambda frame: (frame.body["created"], frame.rid), default=None)
    if newest is None:
        return None
    prefix = part_number(newest.body["identifier"][0]["value"], "")
    parts = [
        body
        for body in _named(unit, newest.body, _PLAN_PARTS)
        if any(str(n.get("value")).startswith(prefix) for n in body.get("identifier", []))
    ]
    try:
        return care_plan.from_fhir([newest.body, *parts], unit.installation.ids)
    except FhirError:
        return None


def held_assessments(unit: Unit, ids: Iterable[str]) -> list[Assessment]:
    """Those of these ClinicalImpressions that are held and can be read back."""
    found = []
    for id_ in ids:
        root = resources.load(unit.connection, "ClinicalImpression", id_)
        if root is None:
            continue
        parts = _named(unit, root.body, _ASSESSMENT_PARTS)
        try:
            found.append(assessment.from_fhir([root.body, *parts], unit.installation.ids))
        except FhirError:
            continue
    return found


def held_people(unit: Unit, dossier: Dossier) -> dict[str, RelatedPerson]:
    """Everybody who is recorded as close to this patient or as representing her, by logical id."""
    return {
        stored.body["id"]: related_person.from_fhir([stored.body], unit.installation.ids)
        for stored in resources.of_patient(unit.connection, dossier.patient, "RelatedPerson")
        if _is_known_here(stored, dossier)
    }


def held_capacity(unit: Unit, dossier: Dossier) -> list[Capacity]:
    """Every judgement of what this patient can decide."""
    return [
        capacity.from_fhir([stored.body], unit.installation.ids)
        for stored in resources.of_patient(unit.connection, dossier.patient, "Observation")
        if stored.body["meta"]["profile"][0] == _CAPACITY and _is_known_here(stored, dossier)
    ]


def _is_known_here(stored: Stored, dossier: Dossier) -> bool:
    return stored.placement.custodian in {dossier.gp, dossier.meso}


def _named(unit: Unit, body: Json, types: frozenset[str]) -> list[Json]:
    """Resources of these types that a resource refers to, each once."""
    found: dict[str, Json] = {}
    for _, element in references(body):
        target = parse_reference(element["reference"], "")
        if target is None or target.type not in types or str(target) in found:
            continue
        stored = resources.load(unit.connection, target.type, target.id)
        if stored is not None:
            found[str(target)] = stored.body
    return list(found.values())
