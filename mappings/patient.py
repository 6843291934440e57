"""Patient of a referral <-> Patient, below nl-core-Patient.

https://hl7.org/fhir/R4/patient.html and the zib profiles nl-core-NameInformation and
nl-core-AddressInformation: parts of a name and of an address stand in extensions. Only one address
and one telephone have a place yet.
"""

from typing import Final

from adapter.fhir import constants
from adapter.fhir.json import Json
from mappings import reader
from mappings.identity import (
    Ids,
    identifier,
    organisation_reference,
    party_reference,
)
from mappings.message import Message, read_identifier
from mappings.names import name_to_fhir, read_name
from mappings.reader import Element, build, refuse
from mappings.records.parties import Party, StaffKey
from mappings.records.referral import Address, Patient
from mappings.writing import HL7_EXTENSION, extension, present, resource

_STREET: Final = f"{HL7_EXTENSION}/iso21090-ADXP-streetName"
_NUMBER: Final = f"{HL7_EXTENSION}/iso21090-ADXP-houseNumber"
_SUFFIX: Final = f"{HL7_EXTENSION}/iso21090-ADXP-buildingNumberSuffix"


def patient_id(patient: Patient, ura: str, ids: Ids) -> str:
    """Logical id of a patient as this practice knows her."""
    return ids.of("Patient", ura, patient.identifier.system, patient.identifier.value)


def patient_to_fhir(patient: Patient, referrer: StaffKey, ids: Ids, *, synthetic: bool) -> Json:
    numbers = [identifier(patient.identifier.system, patient.identifier.value, referrer.ura)]
    if patient.bsn is not None:
        numbers.append({"system": constants.BSN, "value": patient.bsn})
    own_gp = patient.general_practitioner or referrer.party()
    return resource(
        "Patient",
        patient_id(patient, referrer.ura, ids),
        "patient",
        synthetic=synthetic,
        identifier=numbers,
        active=True,
        name=[name_to_fhir(patient.family, patient.prefix, patient.given)],
        telecom=[{"system": "phone", "value": patient.phone, "use": "home"}]
        if patient.phone
        else [],
        gender=patient.gender,
        birthDate=patient.birth_date.isoformat(),
        **_deceased(patient),
        address=[_address(patient.address)] if patient.address else [],
        generalPractitioner=[party_reference(ids, own_gp)],
        managingOrganization=organisation_reference(ids, referrer.ura),
    )


def read_patient(root: Element, referrer: StaffKey, message: Message) -> Patient:
    """The record's patient; the number without a national system is the practice's own."""
    if root.has("active") and root.value("active", reader.FLAG) is not True:
        refuse(root.at("active"), "value", "Een verwijzing gaat over een patiënt in zorg.")
    own, bsn = _read_numbers(root, referrer)
    family, prefix, given = read_name(root.only("name"))
    own_gp = message.party(root.only("generalPractitioner"))
    managing = root.child_or_none("managingOrganization")
    if managing is not None and message.organisation(managing) != referrer.ura:
        refuse(managing.path, "value", "De patiënt hoort bij de praktijk van de verwijzer.", "R-4")
    return build(
        Patient,
        root.path,
        identifier=own,
        bsn=bsn,
        family=family,
        prefix=prefix,
        given=given,
        birth_date=root.value("birthDate", reader.DAY),
        gender=root.fixed("gender", "male", "female", "other", "unknown"),
        address=_read_address(root.only_or_none("address")),
        phone=_read_phone(root.only_or_none("telecom")),
        deceased=_read_deceased(root),
        general_practitioner=_unless_referrer(own_gp, referrer),
    )


def _unless_referrer(own_gp: Party, referrer: StaffKey) -> Party | None:
    return None if own_gp == referrer.party() else own_gp


def _read_numbers(root: Element, referrer: StaffKey) -> tuple[object, str | None]:
    own, bsn = None, None
    for item in root.children("identifier"):
        system = item.peek("system")
        if constants.IDENTIFIER_ALIASES.get(str(system), system) == constants.BSN:
            item.ignore("use", "system")
            if bsn is not None:
                refuse(item.path, "structure", "Een patiënt heeft één BSN.")
            bsn = item.value("value", reader.BSN)
        elif own is None:
            own, _ = read_identifier(item, referrer.ura)
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


def _address(address: Address) -> Json:
    line = " ".join(
        part for part in (address.street, address.house_number, address.house_number_suffix) if part
    )
    parts = [
        extension(_STREET, valueString=address.street),
        extension(_NUMBER, valueString=address.house_number),
    ]
    if address.house_number_suffix is not None:
        parts.append(extension(_SUFFIX, valueString=address.house_number_suffix))
    return present(
        {
            "use": "home",
            "line": [line],
            "_line": [{"extension": parts}],
            "city": address.city,
            "postalCode": address.postal_code,
        }
    )


def _read_address(address: Element | None) -> Address | None:
    if address is None:
        return None
    if address.has("use"):
        address.fixed("use", "home")
    lines = address.values("line", reader.LINE)
    companions = address.companions("line", len(lines))
    parts = companions[0] if len(lines) == 1 else None
    if parts is None:
        refuse(
            f"{address.at('line')}.extension",
            "required",
            "Eén adresregel, met straat en huisnummer in de toevoegingen van nl-core.",
        )

    def part(url: str) -> str | None:
        found = parts.extension(url)
        return None if found is None else found.value("valueString", reader.LINE)

    street, number, suffix = part(_STREET), part(_NUMBER), part(_SUFFIX)
    if " ".join(item for item in (street, number, suffix) if item) != lines[0]:
        refuse(
            f"{address.at('line')}[0]",
            "value",
            "De delen van de adresregel geven een andere regel.",
        )
    return build(
        Address,
        address.path,
        street=street,
        house_number=number,
        house_number_suffix=suffix,
        postal_code=address.value("postalCode", reader.LINE),
        city=address.value("city", reader.LINE),
    )


def _read_phone(telecom: Element | None) -> str | None:
    if telecom is None:
        return None
    telecom.fixed("system", "phone")
    if telecom.has("use"):
        telecom.fixed("use", "home")
    return telecom.value("value", reader.LINE)
