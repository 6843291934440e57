"""Note about an opening by mistake <-> AuditEvent of its own, and the line for the GP's journal.

https://hl7.org/fhir/R4/auditevent.html

R-63: mark, initials and date, in the record that was opened. R-65: a reviewer looks for a note of
this patient, these initials and this date. An AuditEvent has no identifier element, so the note's
own number stands in an entity.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from adapter.fhir.constants import MESO_AUDIT_SUBTYPE, PARTICIPATION_TYPE
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json
from mappings.log.log_codes import DICOM, ENTITY_TYPE, OBJECT_ROLE, PATIENT_RECORD
from mappings.records.base import Identifier
from mappings.records.per_abuis_note import PerAbuisNote
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.moments import first
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import concept, resource

MARK: Final = "pa"
_SUBTYPE: Final = "per-abuis"
_AUTHOR: Final = "AUT"
_PERSON, _OBJECT, _OTHER = "1", "2", "4"  # audit-entity-type
_PATIENT, _REPORT = "1", "3"  # object-role


def to_fhir(note: PerAbuisNote, ids: Ids) -> list[Json]:
    number, owner = note.identifier, note.by.ura
    day = note.date.isoformat()
    event = resource(
        "AuditEvent",
        ids.of("AuditEvent", owner, number.system, number.value),
        "per-abuis-note",
        synthetic=note.synthetic,
        type={"system": DICOM, "code": PATIENT_RECORD},
        subtype=[{"system": MESO_AUDIT_SUBTYPE, "code": _SUBTYPE}],
        action="C",
        period={"start": day, "end": day},
        recorded=instant_text(first(note.noted_at)),
        outcome="0",
        outcomeDesc=MARK,
        agent=[
            {
                "type": concept(PARTICIPATION_TYPE, _AUTHOR),
                "who": staff_reference(ids, note.by),
                "altId": note.initials,
                "requestor": True,
            }
        ],
        source={"observer": organisation_reference(ids, owner)},
        entity=[
            {
                "what": {"identifier": identifier(number.system, number.value, owner)},
                "type": {"system": ENTITY_TYPE, "code": _OTHER},
            },
            {
                "what": reference("Patient", note.patient),
                "type": {"system": ENTITY_TYPE, "code": _PERSON},
                "role": {"system": OBJECT_ROLE, "code": _PATIENT},
            },
            {
                "what": reference("AuditEvent", note.line),
                "type": {"system": ENTITY_TYPE, "code": _OBJECT},
                "role": {"system": OBJECT_ROLE, "code": _REPORT},
            },
        ],
    )
    return [event]


def from_fhir(resources: Sequence[Json], ids: Ids) -> PerAbuisNote:
    """FhirError 422 with a path; a note without mark, initials or date is refused (R-63)."""
    message = Message(resources, ids)
    root = message.one("AuditEvent")
    _take_coding(root.child("type"), DICOM, PATIENT_RECORD)
    _take_coding(root.only("subtype"), MESO_AUDIT_SUBTYPE, _SUBTYPE)
    root.fixed("action", "C")
    root.fixed("outcome", "0")
    _require(root, "outcomeDesc", "Het merkteken pa ontbreekt.")
    root.fixed("outcomeDesc", MARK)
    agent = root.only("agent")
    take_fixed_code(agent.child("type"), PARTICIPATION_TYPE, _AUTHOR)
    if agent.value("requestor", reader.FLAG) is not True:
        refuse(agent.at("requestor"), "value", "De medewerker noteert dit zelf.")
    _require(agent, "altId", "De initialen ontbreken.")
    by = message.staff(agent.child("who"))
    observer = root.child("source").child("observer")
    if message.organisation(observer) != by.ura:
        refuse(observer.path, "value", "De notitie hoort bij de eigen organisatie.")
    number, patient, line = _read_entities(root, by.ura, message)
    note = build(
        PerAbuisNote,
        root.path,
        identifier=number,
        patient=patient,
        line=line,
        by=by,
        initials=agent.value("altId", reader.CODE),
        date=_read_day(root),
        noted_at=root.value("recorded", reader.INSTANT),
    )
    return note.model_copy(update={"synthetic": message.finish()})


def journal_line(note: PerAbuisNote) -> str:
    """What is written in the journal of the record that was opened: mark, initials, date."""
    return f"{MARK} {note.initials} {note.date:%d-%m-%Y}"


def explains(note: PerAbuisNote, *, patient: str, initials: str, day: date) -> bool:
    """Whether this note is about such an opening (R-65). Letter codes differ in case per system."""
    same = note.initials.casefold() == initials.casefold()
    return same and note.patient == patient and note.date == day


def _read_entities(root: Element, owner: str, message: Message) -> tuple[Identifier, str, str]:
    entities = root.children("entity")
    if len(entities) != 3:  # noqa: PLR2004 # number, patient and line
        refuse(
            root.at("entity"),
            "required",
            "Een notitie noemt haar nummer, de patiënt en de regel van het log.",
            "R-63",
        )
    own, person, opening = entities
    _take_coding(own.child("type"), ENTITY_TYPE, _OTHER)
    number, _ = read_identifier(own.child("what").child("identifier"), owner)
    _take_coding(person.child("type"), ENTITY_TYPE, _PERSON)
    _take_coding(person.child("role"), OBJECT_ROLE, _PATIENT)
    _take_coding(opening.child("type"), ENTITY_TYPE, _OBJECT)
    _take_coding(opening.child("role"), OBJECT_ROLE, _REPORT)
    patient = message.id_of(person.child("what"), "Patient")
    return number, patient, message.id_of(opening.child("what"), "AuditEvent")


def _read_day(root: Element) -> object:
    _require(root, "period", "De datum ontbreekt.")
    period = root.child("period")
    start = period.value("start", reader.DAY)
    if period.value("end", reader.DAY) != start:
        refuse(period.path, "value", "Een notitie gaat over één dag.")
    return start


def _require(holder: Element, name: str, text: str) -> None:
    if not holder.has(name):
        refuse(holder.at(name), "required", text, "R-63")


def _take_coding(coding: Element, system: str, code: str) -> None:
    coding.ignore("display")
    coding.fixed("system", system)
    coding.fixed("code", code)
