"""Naaste or representative <-> RelatedPerson, and an Observation per need of her own.

https://hl7.org/fhir/R4/relatedperson.html, below nl-core-ContactPerson: the family relation and the
role are two kinds of `relationship`. On which ground somebody represents stands in an extension,
with the national code of nl-core-LegalSituation-Representation beside ours where there is one: one
truth, by the person it is about.
"""

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from adapter.fhir.json import Json
from mappings.people.person_codes import (
    CONTACT_ROLE,
    FAMILY_RELATION,
    LEGAL_FORMS,
    LEGAL_REPRESENTATION,
    PERSON_OBSERVATION,
    REPRESENTATION_BASIS,
    RepresentationBasis,
)
from mappings.records.related_person import Evidence, RelatedPerson, Representation, SupportNeed
from mappings.toolkit import reader
from mappings.toolkit.contact import address_to_fhir, read_address, read_telecom, telecom_to_fhir
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.names import names_to_fhir, read_names
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, parsed, read_coding, refuse, take_fixed_code
from mappings.toolkit.writing import concept, extension, extension_url, resource

_TASK: Final = extension_url("related-person-task")
_REPRESENTATION: Final = extension_url("representation")
_RANK: Final = TypeAdapter[int](Annotated[int, Field(strict=True, ge=1)])


def related_person_id(record: RelatedPerson, ids: Ids) -> str:
    number = record.identifier
    return ids.of("RelatedPerson", record.author, number.system, number.value)


def to_fhir(record: RelatedPerson, ids: Ids) -> list[Json]:
    """The RelatedPerson, then an Observation per need."""
    number, own = record.identifier, related_person_id(record, ids)
    relations = [] if record.relation is None else [record.relation]
    person = resource(
        "RelatedPerson",
        own,
        "related-person",
        synthetic=record.synthetic,
        extension=[
            *(extension(_TASK, valueString=task) for task in record.tasks),
            *(_representation(item, ids) for item in record.representations),
        ],
        identifier=[identifier(number.system, number.value, record.author)],
        active=record.active,
        patient=reference("Patient", record.patient),
        relationship=[
            *(concept(CONTACT_ROLE.system(role), role) for role in record.roles),
            *(concept(FAMILY_RELATION.system(found), found) for found in relations),
        ],
        name=names_to_fhir(record),
        telecom=telecom_to_fhir(record.phone, record.email),
        address=[address_to_fhir(record.address)] if record.address else [],
        period=None if record.period is None else period_to_fhir(record.period),
    )
    return [person, *(_need(need, record, own, ids) for need in record.support_needs)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> RelatedPerson:
    """Who is in these resources. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    root = message.one("RelatedPerson")
    number, author = read_identifier(root.only("identifier"))
    own = ids.of("RelatedPerson", author, number.system, number.value)
    message.identify(root, own)
    roles, relations = _read_relationships(root)
    phone, email = read_telecom(root)
    fields = {
        **read_names(root),
        "identifier": number,
        "author": author,
        "patient": message.id_of(root.child("patient"), "Patient"),
        "relation": relations[0] if relations else None,
        "roles": tuple(roles),
        "tasks": tuple(item.value("valueString", reader.TEXT) for item in root.extensions(_TASK)),
        "phone": phone,
        "email": email,
        "address": read_address(root.only_or_none("address")),
        "active": root.value("active", reader.FLAG) if root.has("active") else True,
        "period": read_period(root.child_or_none("period")),
        "representations": tuple(
            _read_representation(item, message) for item in root.extensions(_REPRESENTATION)
        ),
    }
    record = build(RelatedPerson, root.path, **fields)
    needs = tuple(_read_need(item, record, own, message) for item in message.all("Observation"))
    record = build(RelatedPerson, root.path, **fields, support_needs=needs)
    return record.model_copy(update={"synthetic": message.finish()})


# --- who she is -------------------------------------------------------------------------------


def _read_relationships(root: Element) -> tuple[list[str], list[str]]:
    roles: list[str] = []
    relations: list[str] = []
    for item in root.children("relationship"):
        coding = item.only("coding")
        if FAMILY_RELATION.known(coding.peek("code")) is not None:
            relations.append(read_coding(coding, FAMILY_RELATION))
        else:
            roles.append(read_coding(coding, CONTACT_ROLE))
    if len(relations) > 1:
        refuse(root.at("relationship"), "structure", "Eén relatie tot de oudere, en haar rollen.")
    return roles, relations


def _representation(item: Representation, ids: Ids) -> Json:
    parts = [
        extension("basis", valueCodeableConcept=_basis(item.basis)),
        extension("period", valuePeriod=period_to_fhir(item.period)),
    ]
    if item.rank is not None:
        parts.append(extension("rank", valuePositiveInt=item.rank))
    if item.evidence is not None:
        seen = item.evidence
        parts += [
            extension("evidence", valueString=seen.text),
            extension("seenOn", valueDate=seen.seen_on.isoformat()),
            extension("seenBy", valueReference=staff_reference(ids, seen.seen_by)),
        ]
    return extension(_REPRESENTATION, extension=parts)


def _basis(basis: RepresentationBasis) -> Json:
    codings = [REPRESENTATION_BASIS.coding(basis)]
    if basis in LEGAL_FORMS:
        codings.append({"system": LEGAL_REPRESENTATION, "code": LEGAL_FORMS[basis]})
    return {"coding": codings}


def _read_representation(found: Element, message: Message) -> Representation:
    rank = found.extension("rank")
    return build(
        Representation,
        found.path,
        basis=_read_basis(_part(found, "basis").child("valueCodeableConcept")),
        period=read_period(_part(found, "period").child("valuePeriod")),
        rank=None if rank is None else rank.value("valuePositiveInt", _RANK),
        evidence=_read_evidence(found, message),
    )


def _read_basis(found: Element) -> RepresentationBasis:
    codings = found.children("coding")
    own = [coding for coding in codings if coding.peek("system") == REPRESENTATION_BASIS.url]
    if len(own) != 1:
        refuse(found.at("coding"), "required", "Eén grond van de vertegenwoordiging.")
    basis = read_coding(own[0], REPRESENTATION_BASIS)
    national = [coding for coding in codings if coding is not own[0]]
    for coding in national:
        coding.ignore("display")
        coding.fixed("system", LEGAL_REPRESENTATION)
        if coding.value("code", reader.CODE) != LEGAL_FORMS.get(basis):
            refuse(coding.at("code"), "value", "De twee codes noemen een andere grond.")
    if len(national) > 1:
        refuse(found.at("coding"), "structure", "Hier is plaats voor één landelijke code.")
    return basis


def _read_evidence(found: Element, message: Message) -> Evidence | None:
    if not any(found.extension(name) for name in ("evidence", "seenOn", "seenBy")):
        return None
    return build(
        Evidence,
        found.path,
        text=_part(found, "evidence").value("valueString", reader.TEXT),
        seen_on=_part(found, "seenOn").value("valueDate", reader.DAY),
        seen_by=message.staff(_part(found, "seenBy").child("valueReference")),
    )


def _part(found: Element, name: str) -> Element:
    item = found.extension(name)
    if item is None:
        refuse(found.at("extension"), "required", f"Het onderdeel {name} ontbreekt.")
    return item


# --- what she needs ---------------------------------------------------------------------------


def _need(need: SupportNeed, record: RelatedPerson, own: str, ids: Ids) -> Json:
    system, value = record.identifier.system, f"{record.identifier.value}/{need.key}"
    return resource(
        "Observation",
        ids.of("Observation", record.author, system, value),
        "carer-need",
        synthetic=record.synthetic,
        identifier=[identifier(system, value, record.author)],
        status="final",
        code=PERSON_OBSERVATION.concept("carer-support-need"),
        subject=reference("Patient", record.patient),
        focus=[reference("RelatedPerson", own)],
        effectiveDateTime=need.observed_on.isoformat(),
        performer=[staff_reference(ids, need.observed_by)],
        valueString=need.text,
    )


def _read_need(root: Element, record: RelatedPerson, own: str, message: Message) -> SupportNeed:
    number, _ = read_identifier(root.only("identifier"), record.author)
    at = root.at("identifier")
    prefix = f"{record.identifier.value}/"
    if number.system != record.identifier.system or not number.value.startswith(prefix):
        refuse(at, "value", "Het nummer hoort bij dat van de naaste.")
    root.fixed("status", "final")
    take_fixed_code(root.child("code"), PERSON_OBSERVATION.url, "carer-support-need")
    if message.id_of(root.child("subject"), "Patient") != record.patient:
        refuse(root.at("subject"), "business-rule", "Dit gaat over een andere oudere.")
    if message.id_of(root.only("focus"), "RelatedPerson") != own:
        refuse(root.at("focus"), "business-rule", "Dit gaat over een andere naaste.")
    return build(
        SupportNeed,
        root.path,
        key=parsed(number.value.removeprefix(prefix), reader.PART_KEY, at),
        text=root.value("valueString", reader.TEXT),
        observed_on=root.value("effectiveDateTime", reader.MOMENT),
        observed_by=message.staff(root.only("performer")),
    )
