"""Medication that differs between plan and HIS <-> DetectedIssue.

https://hl7.org/fhir/R4/detectedissue.html
"""

from collections.abc import Sequence

from adapter.fhir.json import Json
from mappings.gp_record.gp_record_codes import DISCREPANCY, DISCREPANCY_SOLUTION
from mappings.records.medication_discrepancy import MedicationDiscrepancy, Resolution
from mappings.referral.problem import read_coded
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.writing import present, resource


def to_fhir(found: MedicationDiscrepancy, ids: Ids) -> list[Json]:
    number, owner, solved = found.identifier, found.found_by.ura, found.resolution
    codings = [] if found.code is None else [present(found.code.model_dump())]
    implicated = [reference("Task", found.action)]
    if solved is not None and solved.prescription is not None:
        implicated.append(reference("MedicationRequest", solved.prescription))
    issue = resource(
        "DetectedIssue",
        ids.of("DetectedIssue", owner, number.system, number.value),
        "medication-discrepancy",
        synthetic=found.synthetic,
        identifier=[identifier(number.system, number.value, owner)],
        status="final",
        code=DISCREPANCY.concept(found.discrepancy),
        patient=reference("Patient", found.patient),
        identifiedDateTime=found.found_on.isoformat(),
        author=staff_reference(ids, found.found_by),
        implicated=implicated,
        evidence=[{"code": [present({"coding": codings, "text": found.medication})]}],
        detail=found.remark,
        mitigation=[] if solved is None else [_mitigation(solved, ids)],
    )
    return [issue]


def from_fhir(resources: Sequence[Json], ids: Ids) -> MedicationDiscrepancy:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("DetectedIssue")
    root.fixed("status", "final")
    found_by = message.staff(root.child("author"))
    number, _ = read_identifier(root.only("identifier"), found_by.ura)
    action, prescription = _read_implicated(root, message)
    mitigation = root.only_or_none("mitigation")
    if mitigation is None and prescription is not None:
        refuse(root.at("implicated"), "business-rule", "Een voorschrift hoort bij een oplossing.")
    medication = root.only("evidence").only("code")
    found = build(
        MedicationDiscrepancy,
        root.path,
        identifier=number,
        patient=message.id_of(root.child("patient"), "Patient"),
        action=action,
        discrepancy=read_code(root.child("code"), DISCREPANCY),
        medication=medication.value("text", reader.TEXT),
        code=read_coded(medication.only_or_none("coding")),
        found_on=root.value("identifiedDateTime", reader.MOMENT),
        found_by=found_by,
        remark=root.optional("detail", reader.TEXT),
        resolution=None
        if mitigation is None
        else _read_mitigation(mitigation, prescription, message),
    )
    return found.model_copy(update={"synthetic": message.finish()})


def _mitigation(solved: Resolution, ids: Ids) -> Json:
    return {
        "action": DISCREPANCY_SOLUTION.concept(solved.how),
        "date": solved.on.isoformat(),
        "author": staff_reference(ids, solved.by),
    }


def _read_mitigation(found: Element, prescription: str | None, message: Message) -> Resolution:
    return build(
        Resolution,
        found.path,
        how=read_code(found.child("action"), DISCREPANCY_SOLUTION),
        on=found.value("date", reader.MOMENT),
        by=message.staff(found.child("author")),
        prescription=prescription,
    )


def _read_implicated(root: Element, message: Message) -> tuple[str, str | None]:
    """The action of the plan, and the prescription that came of it."""
    found = root.children("implicated")
    if len(found) not in {1, 2}:
        refuse(root.at("implicated"), "structure", "Eén actie, en hooguit één voorschrift.")
    prescription = message.id_of(found[1], "MedicationRequest") if len(found) > 1 else None
    return message.id_of(found[0], "Task"), prescription
