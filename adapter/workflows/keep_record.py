"""What the team records beside plan and meeting: an assessment, a conversation about wishes, who is
close to the patient or represents her, and a judgement of what she can decide.

Each is written by who made it, in a dossier that is open to the own practice, and names only what
that dossier holds. People and judgements belong to the patient: they stay when a trajectory ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.fhir.reference import parse_reference, references
from adapter.store import resources
from adapter.store.resources import Saved
from adapter.workflows.dossiers import require_dossier, require_in_dossier
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.unit import Unit
from mappings.people import capacity, related_person
from mappings.plan import advance_care_planning, assessment
from mappings.records.advance_care_planning import AdvanceCarePlanning
from mappings.records.assessment import Assessment
from mappings.records.base import Moment
from mappings.records.capacity import Capacity
from mappings.records.parties import StaffKey
from mappings.records.related_person import RelatedPerson

_CLOCKS_DIFFER: Final = 5 * 60 * 1_000_000
_OF_ASSESSMENT: Final = frozenset({"Encounter", "Observation"})
_OF_CONVERSATION: Final = frozenset({"Consent", "Observation", "Goal", "Flag", "Task"})
_NOT_FOUND: Final = Issue(code="not-found", text="Niet gevonden.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A logical id in a record, where it stands and of which type it is."""

    type: str
    id: str
    at: str


def keep_assessment(unit: Unit, record: Assessment) -> list[Saved]:
    """Store the diagnostic assessment. FhirError 404, 412, 422 R-31, R-32, RI-13."""
    at = "Assessment"
    dossier = require_dossier(unit, record.patient, kind="care")
    if record.trajectory != dossier.trajectory:
        raise FhirError(404, _NOT_FOUND)
    _check_author(unit, record.author, f"{at}.author", "R-31")
    _check_named(unit, _named_in_assessment(record), dossier)
    documents = assessment.to_fhir(record, unit.installation.ids)
    _check_held(unit, documents, dossier, version=record.version, parts=_OF_ASSESSMENT, at=at)
    return _save(unit, documents, dossier)


def keep_conversation(unit: Unit, record: AdvanceCarePlanning) -> list[Saved]:
    """Store a conversation about wishes. FhirError 404, 412, 422 R-31, R-32, RI-13."""
    at = "AdvanceCarePlanning"
    dossier = require_dossier(unit, record.patient, kind=("care", "consult"))
    if record.trajectory not in {None, dossier.trajectory}:
        raise FhirError(404, _NOT_FOUND)
    _check_author(unit, record.author, f"{at}.author", "R-31")
    _check_past(unit, record.held_on, f"{at}.heldOn")
    _check_named(unit, _named_in_conversation(record), dossier)
    documents = advance_care_planning.to_fhir(record, unit.installation.ids)
    _check_held(unit, documents, dossier, version=record.version, parts=_OF_CONVERSATION, at=at)
    return _save(unit, documents, dossier)


def keep_related_person(unit: Unit, record: RelatedPerson) -> list[Saved]:
    """Store who is close to the patient or represents her (R-54). FhirError 404, 422 R-31."""
    dossier = _of_patient(unit, record.patient)
    if record.author != unit.caller.ura:
        raise _refused("RelatedPerson.author", "Dit legt de eigen praktijk vast.", "R-31")
    return _save(unit, related_person.to_fhir(record, unit.installation.ids), dossier)


def keep_capacity(unit: Unit, record: Capacity) -> list[Saved]:
    """Store a judgement of one matter, by the doctor who gave it (R-54). FhirError 404, 422."""
    dossier = _of_patient(unit, record.patient)
    _check_author(unit, record.assessed_by, "Capacity.assessedBy", "R-54")
    _check_past(unit, record.assessed_on, "Capacity.assessedOn")
    return _save(unit, capacity.to_fhir(record, unit.installation.ids), dossier)


def _of_patient(unit: Unit, patient: str) -> Dossier:
    """Dossier of no trajectory: an own patient of the GP, or whom MESO treats or advises on."""
    if unit.caller.role != "gp":
        return replace(require_dossier(unit, patient, kind=("care", "consult")), trajectory=None)
    dossier = require_dossier(unit, patient, kind="source")
    if dossier.gp != unit.caller.ura:
        raise FhirError(404, _NOT_FOUND)
    return replace(dossier, trajectory=None)


def _save(unit: Unit, documents: list[Json], dossier: Dossier) -> list[Saved]:
    saved = save_all(unit, documents, dossier)
    record_provenance(unit, saved, dossier)
    return saved


def _check_author(unit: Unit, author: StaffKey, at: str, rule: str) -> None:
    if (author.ura, author.uzi) != (unit.caller.ura, unit.caller.person):
        raise _refused(at, "Dit legt vast wie het zelf deed.", rule)


def _check_past(unit: Unit, moment: Moment, at: str) -> None:
    found = parse_moment(moment.isoformat())
    if found is not None and found.low > unit.now + _CLOCKS_DIFFER:
        raise _refused(at, "Dit moment ligt in de toekomst.", None)


def _check_named(unit: Unit, named: Iterable[Named], dossier: Dossier) -> None:
    for item in named:
        require_in_dossier(unit, item.type, item.id, dossier, at=item.at)


def _named_in_assessment(record: Assessment) -> Iterable[Named]:
    at = "Assessment"
    for n, problem in enumerate(record.problems):
        yield Named(type="Condition", id=problem, at=f"{at}.problems[{n}]")
    for n, contact in enumerate(record.contacts):
        for m, naaste in enumerate(contact.naasten):
            yield Named(type="RelatedPerson", id=naaste, at=f"{at}.contacts[{n}].naasten[{m}]")
    for n, need in enumerate(record.naaste_needs):
        yield Named(type="RelatedPerson", id=need.naaste, at=f"{at}.naasteNeeds[{n}].naaste")
    for n, component in enumerate(record.components):
        for m, source in enumerate(component.sources):
            type_, _, id_ = source.partition("/")
            yield Named(type=type_, id=id_, at=f"{at}.components[{n}].sources[{m}]")


def _named_in_conversation(record: AdvanceCarePlanning) -> Iterable[Named]:
    at, person = "AdvanceCarePlanning", "RelatedPerson"
    for n, naaste in enumerate(record.naasten):
        yield Named(type=person, id=naaste, at=f"{at}.naasten[{n}]")
    if record.representative is not None:
        yield Named(type=person, id=record.representative, at=f"{at}.representative")
    for n, document in enumerate(record.documents):
        if document.representative is not None:
            where = f"{at}.documents[{n}].representative"
            yield Named(type=person, id=document.representative, at=where)


def _check_held(
    unit: Unit,
    documents: list[Json],
    dossier: Dossier,
    *,
    version: int | None,
    parts: frozenset[str],
    at: str,
) -> None:
    """What is there stays (R-32), and a change builds on the version that is held."""
    root = documents[0]
    held = resources.load(unit.connection, root["resourceType"], root["id"])
    if held is None or held.placement.patient != dossier.patient:
        return
    named = {f"{d['resourceType']}/{d['id']}" for d in documents}
    if _parts_of(held.body, parts) - named:
        text = "Een deel dat er was, blijft staan."
        raise _refused(f"{at}.parts", text, "R-32")
    if version != held.version and any(_is_other(unit, document) for document in documents):
        text = "Dit is intussen gewijzigd; haal het opnieuw op."
        raise FhirError(412, Issue(code="conflict", text=text, expression=f"{at}.version"))


def _parts_of(body: Json, types: frozenset[str]) -> set[str]:
    found = (parse_reference(element["reference"], "") for _, element in references(body))
    return {str(target) for target in found if target is not None and target.type in types}


def _is_other(unit: Unit, document: Json) -> bool:
    held = resources.load(unit.connection, document["resourceType"], document["id"])
    return held is None or resources.content_hash(held.body) != resources.content_hash(document)


def _refused(at: str, text: str, rule: str | None) -> FhirError:
    return FhirError(422, Issue(code="business-rule", text=text, expression=at, rule=rule))
