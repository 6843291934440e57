"""Where somebody lives and how to reach her <-> Address, ContactPoint.

https://hl7.org/fhir/R4/datatypes.html#Address and the zib profiles nl-core-AddressInformation and
nl-core-ContactInformation: street and number of an address stand in extensions. One address and
one telephone number at home have a place.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.records.patient import Address
from mappings.toolkit import reader
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import HL7_EXTENSION, extension, present

_STREET: Final = f"{HL7_EXTENSION}/iso21090-ADXP-streetName"
_NUMBER: Final = f"{HL7_EXTENSION}/iso21090-ADXP-houseNumber"
_SUFFIX: Final = f"{HL7_EXTENSION}/iso21090-ADXP-buildingNumberSuffix"


def telecom_to_fhir(phone: str | None, email: str | None = None) -> list[Json]:
    points = (("phone", phone), ("email", email))
    return [
        {"system": system, "value": value, "use": "home"}
        for system, value in points
        if value is not None
    ]


def read_telecom(root: Element) -> tuple[str | None, str | None]:
    """Telephone number and e-mail address, one of each at most."""
    found: dict[str, str] = {}
    for point in root.children("telecom"):
        system = point.fixed("system", "phone", "email")
        if point.has("use"):
            point.fixed("use", "home")
        if system in found:
            refuse(point.path, "structure", "Hier is plaats voor één waarde.")
        found[system] = point.value("value", reader.LINE)
    return found.get("phone"), found.get("email")


def address_to_fhir(address: Address) -> Json:
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


def read_address(address: Element | None) -> Address | None:
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
