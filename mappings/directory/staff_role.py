"""Somebody acting for an organisation <-> PractitionerRole, and another one at the employer.

https://hl7.org/fhir/R4/practitionerrole.html

Access is given to the first. The second says whose payroll the person is on and gives no access; its
number tells for which organisation that person works there.
"""

from adapter.fhir.constants import URA, UZI, UZI_ROLE
from adapter.fhir.json import Json
from mappings.directory.directory_codes import EMPLOYEE, EMPLOYMENT_SYSTEM, ROLE_CLASS
from mappings.records.directory import Employment, StaffEntry
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.contact_points import read_phone, telecom_to_fhir
from mappings.toolkit.identity import Ids, identifier, organisation_reference, reference
from mappings.toolkit.message import Message
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, is_coded, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import concept, resource


def role_to_fhir(entry: StaffEntry, ids: Ids) -> Json:
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
        telecom=telecom_to_fhir(entry.phone),
    )


def employment_to_fhir(entry: StaffEntry, ids: Ids) -> list[Json]:
    """The role at the employer; its number says for whom the person works there."""
    if entry.employment is None:
        return []
    employer, period = entry.employment.employer, entry.employment.period
    number = _employment_number(entry.uzi, entry.ura)
    person = {"system": UZI, "value": entry.uzi}
    role = resource(
        "PractitionerRole",
        ids.of("PractitionerRole", employer, EMPLOYMENT_SYSTEM, number),
        "employment",
        synthetic=entry.synthetic,
        identifier=[identifier(EMPLOYMENT_SYSTEM, number, employer)],
        period=None if period is None else period_to_fhir(period),
        practitioner=reference("Practitioner", ids.practitioner(entry.uzi), person),
        organization=organisation_reference(ids, employer),
        code=[concept(ROLE_CLASS, EMPLOYEE)],
    )
    return [role]


def _employment_number(uzi: str, ura: str) -> str:
    return f"{uzi}.{ura}"


def is_employment(root: Element) -> bool:
    codes = root.peek("code")
    return isinstance(codes, list) and any(
        isinstance(code, dict) and is_coded(Element(code, root.path), ROLE_CLASS, EMPLOYEE)
        for code in codes
    )


def _read_employment(message: Message, uzi: str, ura: str) -> Employment | None:
    found = message.all("PractitionerRole", is_employment)
    if not found:
        return None
    root = found[0]
    if len(found) > 1:
        refuse(found[1].path, "structure", "Hier is plaats voor één werkgever.")
    employer = message.organisation(root.child("organization"))
    own = root.only("identifier")
    own.fixed("system", EMPLOYMENT_SYSTEM)
    own.fixed("value", _employment_number(uzi, ura))
    _take_assigner(own, employer)
    _take_person(root, uzi, message)
    take_fixed_code(root.only("code"), ROLE_CLASS, EMPLOYEE)
    period = read_period(root.child_or_none("period"))
    return build(Employment, root.path, employer=employer, period=period)


def read_role(root: Element, message: Message) -> StaffEntry:
    ura = message.organisation(root.child("organization"))
    own = root.only("identifier")
    uzi = own.value("value", reader.UZI)
    own.fixed("system", UZI)
    _take_assigner(own, ura)
    _take_person(root, uzi, message)
    specialty = root.only_or_none("specialty")
    return build(
        StaffEntry,
        root.path,
        ura=ura,
        uzi=uzi,
        function=read_code(root.only("code"), FUNCTION),
        specialty=None if specialty is None else read_national_code(specialty, UZI_ROLE),
        phone=read_phone(root),
        period=read_period(root.child_or_none("period")),
        active=root.value("active", reader.FLAG),
        employment=_read_employment(message, uzi, ura),
    )


def _take_assigner(own: Element, ura: str) -> None:
    assigner = own.child("assigner").child("identifier")
    assigner.fixed("system", URA)
    assigner.fixed("value", ura)


def _take_person(root: Element, uzi: str, message: Message) -> None:
    who = root.child("practitioner")
    person = who.child("identifier")
    person.fixed("system", UZI)
    person.fixed("value", uzi)
    if message.id_of(who, "Practitioner") != message.ids.practitioner(uzi):
        refuse(who.path, "value", "De verwijzing en het nummer spreken elkaar tegen.")


def read_national_code(found: Element, system: str) -> str:
    coding = found.only("coding")
    coding.ignore("display")
    coding.fixed("system", system)
    return coding.value("code", reader.CODE)
