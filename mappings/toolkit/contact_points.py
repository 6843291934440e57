"""How to reach an organisation: telephone, e-mail, visiting address, contact person.

https://hl7.org/fhir/R4/datatypes.html#ContactPoint, nl-core-AddressInformation

Always `use` work: R4 allows an organisation no home (org-2, org-3).
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.directory.directory_codes import ADMINISTRATIVE, CONTACT_PURPOSE
from mappings.records.directory import ContactPerson, WorkAddress
from mappings.toolkit import reader
from mappings.toolkit.names import name_to_fhir, read_name
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import HL7_EXTENSION, concept, extension, present

_PARTS: Final = {
    "street": f"{HL7_EXTENSION}/iso21090-ADXP-streetName",
    "house_number": f"{HL7_EXTENSION}/iso21090-ADXP-houseNumber",
    "house_number_suffix": f"{HL7_EXTENSION}/iso21090-ADXP-buildingNumberSuffix",
}


def telecom_to_fhir(phone: str | None, email: str | None = None) -> list[Json]:
    found = [("phone", phone), ("email", email)]
    return [
        {"system": system, "value": value, "use": "work"}
        for system, value in found
        if value is not None
    ]


def read_telecom(holder: Element) -> tuple[str | None, str | None]:
    """Telephone and e-mail, each at most once."""
    found: dict[str, str] = {}
    for item in holder.children("telecom"):
        system = item.fixed("system", "phone", "email")
        item.fixed("use", "work")
        if system in found:
            refuse(item.path, "structure", "Hier is plaats voor één nummer en één e-mailadres.")
        found[system] = item.value("value", reader.LINE)
    return found.get("phone"), found.get("email")


def read_phone(holder: Element) -> str | None:
    """A telephone number where there is no place for an e-mail address."""
    telecom = holder.only_or_none("telecom")
    if telecom is None:
        return None
    telecom.fixed("system", "phone")
    telecom.fixed("use", "work")
    return telecom.value("value", reader.LINE)


def contact_to_fhir(contact: ContactPerson | None) -> list[Json]:
    if contact is None:
        return []
    found = {
        "purpose": concept(CONTACT_PURPOSE, ADMINISTRATIVE),
        "name": name_to_fhir(contact.family, contact.prefix, contact.given),
        "telecom": telecom_to_fhir(contact.phone, contact.email),
    }
    return [present(found)]


def read_contact(contact: Element | None) -> ContactPerson | None:
    if contact is None:
        return None
    take_fixed_code(contact.child("purpose"), CONTACT_PURPOSE, ADMINISTRATIVE)
    family, prefix, given = read_name(contact.child("name"))
    phone, email = read_telecom(contact)
    return build(
        ContactPerson,
        contact.path,
        family=family,
        prefix=prefix,
        given=given,
        phone=phone,
        email=email,
    )


def address_to_fhir(address: WorkAddress | None) -> list[Json]:
    if address is None:
        return []
    parts = [address.street, address.house_number, address.house_number_suffix]
    return [
        {
            "use": "work",
            "line": [" ".join(part for part in parts if part is not None)],
            "_line": [
                {
                    "extension": [
                        extension(url, valueString=part)
                        for url, part in zip(_PARTS.values(), parts, strict=True)
                        if part is not None
                    ]
                }
            ],
            "city": address.city,
            "postalCode": address.postal_code,
        }
    ]


def read_address(address: Element | None) -> WorkAddress | None:
    """FHIR names its parts in extensions of the one line, and they must give that line."""
    if address is None:
        return None
    address.fixed("use", "work")
    lines = address.values("line", reader.LINE)
    beside = address.companions("line", len(lines))
    if len(lines) != 1 or beside[0] is None:
        refuse(
            address.at("line"),
            "required",
            "Eén adresregel, met straat en huisnummer in de toevoegingen van nl-core.",
        )
    parts: dict[str, str | None] = {}
    for name, url in _PARTS.items():
        found = beside[0].extension(url)
        parts[name] = None if found is None else found.value("valueString", reader.LINE)
    if " ".join(part for part in parts.values() if part is not None) != lines[0]:
        refuse(
            f"{address.at('line')}[0]",
            "value",
            "De delen van de adresregel geven een andere regel.",
        )
    return build(
        WorkAddress,
        address.path,
        **parts,
        postal_code=address.value("postalCode", reader.LINE),
        city=address.value("city", reader.LINE),
    )
