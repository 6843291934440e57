"""Entries of our register <-> Organization, Practitioner, PractitionerRole.

https://hl7.org/fhir/R4/organization.html, https://hl7.org/fhir/R4/practitionerrole.html

One PractitionerRole per person and organisation, because access is given to the role.
"""

from collections.abc import Sequence

from adapter.fhir.constants import ORGANIZATION_TYPE, URA, UZI, UZI_ROLE
from adapter.fhir.json import Json
from mappings import reader
from mappings.codes import FUNCTION, ORGANISATION_KIND
from mappings.identity import Ids, identifier, organisation_reference, reference
from mappings.message import Message
from mappings.names import name_to_fhir, read_name
from mappings.periods import period_to_fhir, read_period
from mappings.reader import Element, build, is_coded, read_code, refuse
from mappings.records.directory import OrganisationEntry, PractitionerEntry, StaffEntry
from mappings.writing import concept, resource

Entry = OrganisationEntry | PractitionerEntry | StaffEntry


def to_fhir(entry: Entry, ids: Ids) -> list[Json]:
    match entry:
        case OrganisationEntry():
            return [_organization(entry, ids)]
        case PractitionerEntry():
            return [_practitioner(entry, ids)]
        case StaffEntry():
            return [_practitioner_role(entry, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Entry:
    """The one entry among these. FhirError 422 for what has no place in the register."""
    message = Message(resources, ids)
    kind = str(resources[0].get("resourceType")) if resources else "Organization"
    readers = {"Practitioner": _read_practitioner, "PractitionerRole": _read_role}
    root = message.one(kind if kind in readers else "Organization")
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
        identifier=[{"system": URA, "value": entry.ura}],
        active=True,
        type=types,
        name=entry.name,
        telecom=_phone(entry.phone),
    )


def _read_organization(root: Element, _: Message) -> Entry:
    _take_active(root)
    types = root.children("type")
    national = [item for item in types if is_coded(item, ORGANIZATION_TYPE)]
    own = [item for item in types if item not in national]
    if len(own) != 1 or len(national) > 1:
        refuse(
            root.at("type"), "required", "Eén soort in het netwerk, hooguit één landelijke soort."
        )
    return build(
        OrganisationEntry,
        root.path,
        ura=_number(root, URA),
        name=root.value("name", reader.LINE),
        kind=read_code(own[0], ORGANISATION_KIND),
        type=_code_of(national[0], ORGANIZATION_TYPE) if national else None,
        phone=_read_phone(root),
    )


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


def _practitioner_role(entry: StaffEntry, ids: Ids) -> Json:
    person = {"system": UZI, "value": entry.uzi}
    return resource(
        "PractitionerRole",
        ids.staff(entry.ura, entry.uzi),
        "practitioner-role",
        synthetic=entry.synthetic,
        identifier=[identifier(UZI, entry.uzi, entry.ura)],
        active=entry.active,
        period=None if entry.period is None else period_to_fhir(entry.period),
        practitioner=reference("Practitioner", ids.practitioner(entry.uzi), person),
        organization=organisation_reference(ids, entry.ura),
        code=[FUNCTION.concept(entry.function)],
        specialty=[] if entry.specialty is None else [concept(UZI_ROLE, entry.specialty)],
        telecom=_phone(entry.phone),
    )


def _read_role(root: Element, message: Message) -> Entry:
    ura = message.organisation(root.child("organization"))
    own = root.only("identifier")
    uzi = own.value("value", reader.UZI)
    own.fixed("system", UZI)
    assigner = own.child("assigner").child("identifier")
    assigner.fixed("system", URA)
    assigner.fixed("value", ura)
    who = root.child("practitioner")
    person = who.child("identifier")
    person.fixed("system", UZI)
    person.fixed("value", uzi)
    if message.id_of(who, "Practitioner") != message.ids.practitioner(uzi):
        refuse(who.path, "value", "De verwijzing en het nummer spreken elkaar tegen.")
    specialty = root.only_or_none("specialty")
    return build(
        StaffEntry,
        root.path,
        ura=ura,
        uzi=uzi,
        function=read_code(root.only("code"), FUNCTION),
        specialty=None if specialty is None else _code_of(specialty, UZI_ROLE),
        phone=_read_phone(root),
        period=read_period(root.child_or_none("period")),
        active=root.value("active", reader.FLAG),
    )


def _take_active(root: Element) -> None:
    if root.value("active", reader.FLAG) is not True:
        refuse(root.at("active"), "value", "In het register staat wie er nu is.")


def _number(root: Element, system: str) -> str:
    own = root.only("identifier")
    own.fixed("system", system)
    return own.value("value", reader.CODE)


def _code_of(found: Element, system: str) -> str:
    coding = found.only("coding")
    coding.ignore("display")
    coding.fixed("system", system)
    return coding.value("code", reader.CODE)


def _phone(number: str | None) -> list[Json]:
    return [] if number is None else [{"system": "phone", "value": number, "use": "work"}]


def _read_phone(root: Element) -> str | None:
    telecom = root.only_or_none("telecom")
    if telecom is None:
        return None
    telecom.fixed("system", "phone")
    telecom.fixed("use", "work")
    return telecom.value("value", reader.LINE)
