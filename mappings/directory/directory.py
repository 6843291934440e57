"""Entries of our register <-> Organization, Practitioner, PractitionerRole.

https://hl7.org/fhir/R4/organization.html, https://hl7.org/fhir/R4/practitionerrole.html

One PractitionerRole per person and organisation, because access is given to the role. Whoever is
employed by another organisation has a second one there, which says that and gives no access.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import AGB, IDENTIFIER_ALIASES, ORGANIZATION_TYPE, URA, UZI
from adapter.fhir.json import Json
from mappings.directory.staff_role import (
    employment_to_fhir,
    is_employment,
    read_national_code,
    read_role,
    role_to_fhir,
)
from mappings.records.directory import (
    OrganisationEntry,
    PractitionerEntry,
    StaffEntry,
)
from mappings.toolkit import reader
from mappings.toolkit.codes import ORGANISATION_KIND
from mappings.toolkit.contact_points import (
    address_to_fhir,
    contact_to_fhir,
    read_address,
    read_contact,
    read_telecom,
    telecom_to_fhir,
)
from mappings.toolkit.identity import Ids, organisation_reference
from mappings.toolkit.message import Message
from mappings.toolkit.names import name_to_fhir, read_name
from mappings.toolkit.reader import Element, build, is_coded, read_code, refuse
from mappings.toolkit.writing import concept, extension, extension_url, resource

Entry = OrganisationEntry | PractitionerEntry | StaffEntry

_CONTROLLER: Final = extension_url("record-controller")
_CONTRACTING_PARTY: Final = extension_url("contracting-party")
_OLDER_SPELLINGS: Final = tuple(old for old, now in IDENTIFIER_ALIASES.items() if now in {URA, AGB})


def to_fhir(entry: Entry, ids: Ids) -> list[Json]:
    match entry:
        case OrganisationEntry():
            return [_organization(entry, ids)]
        case PractitionerEntry():
            return [_practitioner(entry, ids)]
        case StaffEntry():
            return [role_to_fhir(entry, ids), *employment_to_fhir(entry, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Entry:
    """The one entry among these. FhirError 422 for what has no place in the register."""
    message = Message(resources, ids)
    kind = str(resources[0].get("resourceType")) if resources else "Organization"
    readers = {"Practitioner": _read_practitioner, "PractitionerRole": read_role}
    kind = kind if kind in readers else "Organization"
    root = message.one(kind, lambda found: not is_employment(found))
    entry = readers.get(kind, _read_organization)(root, message)
    return entry.model_copy(update={"synthetic": message.finish()})


def _organization(entry: OrganisationEntry, ids: Ids) -> Json:
    types = [ORGANISATION_KIND.concept(entry.kind)]
    if entry.type is not None:
        types.append(concept(ORGANIZATION_TYPE, entry.type))
    return resource(
        "Organization",
        ids.organisation(entry.ura),
        "organization",
        synthetic=entry.synthetic,
        extension=[
            extension(url, valueReference=organisation_reference(ids, ura))
            for url, ura in (
                (_CONTROLLER, entry.controller),
                (_CONTRACTING_PARTY, entry.contracting_party),
            )
            if ura is not None
        ],
        identifier=[
            {"system": URA, "value": entry.ura},
            *([] if entry.agb is None else [{"system": AGB, "value": entry.agb}]),
        ],
        active=True,
        type=types,
        name=entry.name,
        telecom=telecom_to_fhir(entry.phone, entry.email),
        address=address_to_fhir(entry.address),
        contact=contact_to_fhir(entry.contact),
    )


def _read_organization(root: Element, message: Message) -> Entry:
    _take_active(root)
    types = root.children("type")
    national = [item for item in types if is_coded(item, ORGANIZATION_TYPE)]
    own = [item for item in types if item not in national]
    if len(own) != 1 or len(national) > 1:
        refuse(
            root.at("type"), "required", "Eén soort in het netwerk, hooguit één landelijke soort."
        )
    ura, agb = _read_numbers(root)
    phone, email = read_telecom(root)
    return build(
        OrganisationEntry,
        root.path,
        ura=ura,
        agb=agb,
        name=root.value("name", reader.LINE),
        kind=read_code(own[0], ORGANISATION_KIND),
        type=read_national_code(national[0], ORGANIZATION_TYPE) if national else None,
        phone=phone,
        email=email,
        address=read_address(root.only_or_none("address")),
        contact=read_contact(root.only_or_none("contact")),
        controller=_read_behind(root, _CONTROLLER, message),
        contracting_party=_read_behind(root, _CONTRACTING_PARTY, message),
    )


def _read_numbers(root: Element) -> tuple[str, str | None]:
    """URA and, where it has one, AGB."""
    found: dict[str, str] = {}
    for item in root.children("identifier"):
        system = item.fixed("system", URA, AGB, *_OLDER_SPELLINGS)
        system = IDENTIFIER_ALIASES.get(system, system)
        if system in found:
            refuse(item.path, "structure", "Een organisatie heeft één URA en één AGB.")
        found[system] = item.value("value", reader.CODE)
    if URA not in found:
        refuse(root.at("identifier"), "required", "Het URA-nummer ontbreekt.")
    return found[URA], found.get(AGB)


def _read_behind(root: Element, url: str, message: Message) -> str | None:
    """URA of an organisation that stands behind a MESO practice."""
    found = root.extension(url)
    return None if found is None else message.organisation(found.child("valueReference"))


def _practitioner(entry: PractitionerEntry, ids: Ids) -> Json:
    return resource(
        "Practitioner",
        ids.practitioner(entry.uzi),
        "practitioner",
        synthetic=entry.synthetic,
        identifier=[{"system": UZI, "value": entry.uzi}],
        active=True,
        name=[name_to_fhir(entry.family, entry.prefix, entry.given)],
    )


def _read_practitioner(root: Element, _: Message) -> Entry:
    _take_active(root)
    family, prefix, given = read_name(root.only("name"))
    return build(
        PractitionerEntry,
        root.path,
        uzi=_number(root, UZI),
        family=family,
        prefix=prefix,
        given=given,
    )


def _take_active(root: Element) -> None:
    if root.value("active", reader.FLAG) is not True:
        refuse(root.at("active"), "value", "In het register staat wie er nu is.")


def _number(root: Element, system: str) -> str:
    own = root.only("identifier")
    own.fixed("system", system)
    return own.value("value", reader.CODE)
