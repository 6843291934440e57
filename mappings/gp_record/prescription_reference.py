"""Reference to a prescription in the HIS <-> MedicationRequest.

https://hl7.org/fhir/R4/medicationrequest.html

`reportedReference` says that the prescription itself is elsewhere: with the GP practice, whose
number it carries. R4 has no place for the function of the requester, which R-27 is about.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.records.prescription_reference import PrescriptionReference
from mappings.referral.problem import read_coded
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import build, read_code, refuse
from mappings.toolkit.writing import extension, extension_url, present, resource

_FUNCTION: Final = extension_url("requester-function")
_PRESCRIBER: Final = "meso-so"


def to_fhir(record: PrescriptionReference, ids: Ids) -> list[Json]:
    number, owner = record.identifier, record.practice
    codings = [] if record.code is None else [present(record.code.model_dump())]
    request = resource(
        "MedicationRequest",
        ids.of("MedicationRequest", owner, number.system, number.value),
        "prescription-reference",
        synthetic=record.synthetic,
        extension=[extension(_FUNCTION, valueCodeableConcept=FUNCTION.concept(record.function))],
        identifier=[identifier(number.system, number.value, owner)],
        status=record.status,
        intent="order",
        reportedReference=organisation_reference(ids, owner),
        medicationCodeableConcept=present({"coding": codings, "text": record.medication}),
        subject=reference("Patient", record.patient),
        supportingInformation=[reference("Task", action) for action in record.actions],
        authoredOn=record.authored_on.isoformat(),
        requester=staff_reference(ids, record.requester),
        dosageInstruction=[] if record.dosage is None else [{"text": record.dosage}],
    )
    return [request]


def from_fhir(resources: Sequence[Json], ids: Ids) -> PrescriptionReference:
    """FhirError 422 with a path for what has no place, and for a prescriber who may not (R-27)."""
    message = Message(resources, ids)
    root = message.one("MedicationRequest")
    owner = message.organisation(root.child("reportedReference"))
    number, _ = read_identifier(root.only("identifier"), owner)
    root.fixed("intent", "order")
    function = root.extension(_FUNCTION)
    if function is None:
        refuse(root.at("extension"), "required", "De functie van de voorschrijver ontbreekt.")
    medication = root.child("medicationCodeableConcept")
    dosage = root.only_or_none("dosageInstruction")
    record = build(
        PrescriptionReference,
        root.path,
        identifier=number,
        practice=owner,
        patient=message.id_of(root.child("subject"), "Patient"),
        status=root.value("status", reader.CODE),
        requester=message.staff(root.child("requester")),
        function=read_code(function.child("valueCodeableConcept"), FUNCTION),
        medication=medication.value("text", reader.TEXT),
        code=read_coded(medication.only_or_none("coding")),
        dosage=None if dosage is None else dosage.value("text", reader.TEXT),
        authored_on=root.value("authoredOn", reader.MOMENT),
        actions=tuple(
            message.id_of(found, "Task") for found in root.children("supportingInformation")
        ),
    )
    record = record.model_copy(update={"synthetic": message.finish()})
    faults = prescriber_faults(record, at=f"{root.path}.requester")
    if faults:
        raise FhirError(422, *faults)
    return record


def prescriber_faults(
    record: PrescriptionReference, *, at: str = "PrescriptionReference.requester"
) -> list[Issue]:
    """R-27: of MESO only the SO prescribes, and does so in the HIS."""
    if record.function == _PRESCRIBER:
        return []
    text = "Binnen MESO schrijft alleen de specialist ouderengeneeskunde voor."
    return [Issue(code="business-rule", expression=at, text=text, rule="R-27")]
