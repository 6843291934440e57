"""Patient <-> Patient, below nl-core-Patient; by herself or as part of a referral.

https://hl7.org/fhir/R4/patient.html and the zib profiles that nl-core-Patient is made of.

Debtor data and insurance have no place: they are not exchanged.
"""

from collections.abc import Sequence

from adapter.fhir import constants
from adapter.fhir.json import Json
from mappings.people.patient_situation import (
    languages_to_fhir,
    read_languages,
    read_situation,
    situation_to_fhir,
)
from mappings.records.parties import Party, StaffKey
from mappings.records.patient import Patient, PatientRecord
from mappings.toolkit import reader
from mappings.toolkit.contact import address_to_fhir, read_address, read_telecom, telecom_to_fhir
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    party_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.names import names_to_fhir, read_names
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import resource


def patient_id(patient: Patient, ura: str, ids: Ids) -> str:
    """Logical id of a patient as this practice knows her."""
    return ids.of("Patient", ura, patient.identifier.system, patient.identifier.value)


def to_fhir(record: PatientRecord, ids: Ids) -> list[Json]:
    own = Party(ura=record.practice)
    return [_written(record, own, ids, synthetic=record.synthetic)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> PatientRecord:
    """The patient in this resource. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Patient")
    practice = message.organisation(root.child("managingOrganization"))
    fields = _read_fields(root, Party(ura=practice), message)
    record = build(PatientRecord, root.path, practice=practice, **fields)
    return record.model_copy(update={"synthetic": message.finish()})


def patient_to_fhir(patient: Patient, referrer: StaffKey, ids: Ids, *, synthetic: bool) -> Json:
    """The patient of a referral, whose own GP is the referrer unless another is named."""
    return _written(patient, referrer.party(), ids, synthetic=synthetic)


def read_patient(root: Element, referrer: StaffKey, message: Message) -> Patient:
    """The record's patient; the number without a national system is the practice's own."""
    managing = root.child_or_none("managingOrganization")
    if managing is not None and message.organisation(managing) != referrer.ura:
        refuse(managing.path, "value", "De patiënt hoort bij de praktijk van de verwijzer.", "R-4")
    return build(Patient, root.path, **_read_fields(root, referrer.party(), message))


def _written(patient: Patient, own: Party, ids: Ids, *, synthetic: bool) -> Json:
    """`own` is the GP who is not named in the record."""
    numbers = [identifier(patient.identifier.system, patient.identifier.value, own.ura)]
    if patient.bsn is not None:
        numbers.append({"system": constants.BSN, "value": patient.bsn})
    return resource(
        "Patient",
        patient_id(patient, own.ura, ids),
        "patient",
        synthetic=synthetic,
        extension=situation_to_fhir(patient, ids),
        identifier=numbers,
        active=True,
        name=names_to_fhir(patient),
        telecom=telecom_to_fhir(patient.phone),
        gender=patient.gender,
        birthDate=patient.birth_date.isoformat(),
        **_deceased(patient),
        address=[address_to_fhir(patient.address)] if patient.address else [],
        communication=languages_to_fhir(patient.languages),
        generalPractitioner=[party_reference(ids, patient.general_practitioner or own)],
        managingOrganization=organisation_reference(ids, own.ura),
    )


def _read_fields(root: Element, own: Party, message: Message) -> dict[str, object]:
    if root.has("active") and root.value("active", reader.FLAG) is not True:
        refuse(root.at("active"), "value", "Een verwijzing gaat over een patiënt in zorg.")
    number, bsn = _read_numbers(root, own.ura)
    gp = message.party(root.only("generalPractitioner"))
    phone, email = read_telecom(root)
    if email is not None:
        refuse(root.at("telecom"), "structure", "Hier is plaats voor één telefoonnummer.")
    return {
        **read_names(root),
        **read_situation(root, message),
        "identifier": number,
        "bsn": bsn,
        "birth_date": root.value("birthDate", reader.DAY),
        "gender": root.fixed("gender", "male", "female", "other", "unknown"),
        "address": read_address(root.only_or_none("address")),
        "phone": phone,
        "deceased": _read_deceased(root),
        "general_practitioner": None if gp == own else gp,
        "languages": read_languages(root),
    }


def _read_numbers(root: Element, practice: str) -> tuple[object, str | None]:
    own, bsn = None, None
    for item in root.children("identifier"):
        system = item.peek("system")
        if constants.IDENTIFIER_ALIASES.get(str(system), system) == constants.BSN:
            item.ignore("use", "system")
            if bsn is not None:
                refuse(item.path, "structure", "Een patiënt heeft één BSN.")
            bsn = item.value("value", reader.BSN)
        elif own is None:
            own, _ = read_identifier(item, practice)
        else:
            refuse(item.path, "structure", "Hier is plaats voor één eigen nummer van de praktijk.")
    if own is None:
        refuse(root.at("identifier"), "required", "Het eigen nummer van de praktijk ontbreekt.")
    return own, bsn


def _deceased(patient: Patient) -> Json:
    if patient.deceased is None:
        return {}
    if patient.deceased is True:
        return {"deceasedBoolean": True}
    return {"deceasedDateTime": patient.deceased.isoformat()}


def _read_deceased(root: Element) -> object:
    if root.optional("deceasedBoolean", reader.FLAG):
        return True
    return root.optional("deceasedDateTime", reader.MOMENT)
