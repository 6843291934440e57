"""Decision capacity <-> Observation.

https://hl7.org/fhir/R4/observation.html

No national code is confirmed, for the judgement nor for the matter: both are of our own lists.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.people.person_codes import CAPACITY_MATTER, PERSON_OBSERVATION
from mappings.records.capacity import Capacity
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import build, refuse
from mappings.toolkit.writing import extension, extension_url, present, resource

_MATTER: Final = extension_url("capacity-matter")


def to_fhir(record: Capacity, ids: Ids) -> list[Json]:
    number, by = record.identifier, record.assessed_by
    matter = present({**CAPACITY_MATTER.concept(record.matter), "text": record.about})
    return [
        resource(
            "Observation",
            ids.of("Observation", by.ura, number.system, number.value),
            "capacity",
            synthetic=record.synthetic,
            extension=[extension(_MATTER, valueCodeableConcept=matter)],
            identifier=[identifier(number.system, number.value, by.ura)],
            status="final",
            code=PERSON_OBSERVATION.concept("decision-capacity"),
            subject=reference("Patient", record.patient),
            effectiveDateTime=record.assessed_on.isoformat(),
            performer=[staff_reference(ids, by)],
            valueBoolean=record.capable,
            note=[] if record.reasoning is None else [{"text": record.reasoning}],
        )
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Capacity:
    """The judgement in this Observation. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Observation")
    root.fixed("status", "final")
    reader.take_fixed_code(root.child("code"), PERSON_OBSERVATION.url, "decision-capacity")
    matter = root.extension(_MATTER)
    if matter is None:
        refuse(root.at("extension"), "required", "De zaak waarover het oordeel gaat ontbreekt.")
    concept = matter.child("valueCodeableConcept")
    by = message.staff(root.only("performer"))
    note = root.only_or_none("note")
    record = build(
        Capacity,
        root.path,
        identifier=read_identifier(root.only("identifier"), by.ura)[0],
        patient=message.id_of(root.child("subject"), "Patient"),
        matter=reader.read_code(concept, CAPACITY_MATTER),
        about=concept.optional("text", reader.TEXT),
        capable=root.value("valueBoolean", reader.FLAG),
        assessed_on=root.value("effectiveDateTime", reader.MOMENT),
        assessed_by=by,
        reasoning=None if note is None else note.value("text", reader.TEXT),
    )
    return record.model_copy(update={"synthetic": message.finish()})
