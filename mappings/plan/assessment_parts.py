"""Visits, components and needs of naasten of an assessment <-> Encounter and Observation.

https://hl7.org/fhir/R4/encounter.html, https://hl7.org/fhir/R4/observation.html

Where a visit was is its `class`. A component that was left out is a cancelled Observation: its
`dataAbsentReason` says why. In which function somebody assessed is the R4 extension
`event-performerFunction`, since the reference names the person and organisation only.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.mdo.mdo_held import ACT_CODE
from mappings.plan.assessment_codes import ASSESSMENT_COMPONENT, ASSESSMENT_PART
from mappings.records.assessment import (
    Assessment,
    Assessor,
    Component,
    Contact,
    NaasteNeed,
    Setting,
)
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import organisation_reference, reference, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, parsed, read_code, refuse, take_fixed_code
from mappings.toolkit.sheaf import Sheaf
from mappings.toolkit.who import naaste_reference, read_naaste
from mappings.toolkit.writing import HL7_EXTENSION, concept, extension, resource
from mappings.trajectory.trajectory import EPISODE_LINK

FUNCTION_OF: Final = f"{HL7_EXTENSION}/event-performerFunction"
_ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_NOT_PERFORMED: Final = "not-performed"
_CLASSES: Final[dict[Setting, str]] = {"home": "HH", "practice": "AMB", "remote": "VR"}


def contact_part(assessment: Assessment, contact: Contact, sheaf: Sheaf) -> Json:
    people = [
        *(staff_reference(sheaf.ids, who) for who in contact.staff),
        *(naaste_reference(id_) for id_ in contact.naasten),
    ]
    return resource(
        "Encounter",
        sheaf.id_of("Encounter", contact.key),
        "assessment-contact",
        synthetic=assessment.synthetic,
        identifier=[sheaf.identifier(contact.key)],
        status="finished",
        **{"class": {"system": ACT_CODE, "code": _CLASSES[contact.setting]}},
        subject=reference("Patient", sheaf.patient),
        episodeOfCare=[reference("EpisodeOfCare", assessment.trajectory)],
        participant=[{"individual": who} for who in people],
        period=period_to_fhir(contact.period),
        serviceProvider=organisation_reference(sheaf.ids, sheaf.ura),
    )


def read_contact(root: Element, sheaf: Sheaf, *, trajectory: str, message: Message) -> Contact:
    key = sheaf.read_key(root)
    sheaf.read_about(root, "subject", message)
    message.identify(root, sheaf.id_of("Encounter", key))
    root.fixed("status", "finished")
    where = root.child("class")
    where.ignore("display")
    where.fixed("system", ACT_CODE)
    code = where.fixed("code", *_CLASSES.values())
    if message.id_of(root.only("episodeOfCare"), "EpisodeOfCare") != trajectory:
        refuse(root.at("episodeOfCare"), "value", "Dit bezoek hoort bij een ander traject.")
    if message.organisation(root.child("serviceProvider")) != sheaf.ura:
        refuse(root.at("serviceProvider"), "value", "Dit bezoek is van een andere praktijk.")
    staff, naasten = [], []
    for item in root.children("participant"):
        who = item.child("individual")
        if str(who.peek("reference")).startswith("RelatedPerson/"):
            naasten.append(read_naaste(who, message))
        else:
            staff.append(message.staff(who))
    return build(
        Contact,
        root.path,
        key=key,
        setting=next(setting for setting, known in _CLASSES.items() if known == code),
        period=read_period(root.child("period")),
        staff=tuple(staff),
        naasten=tuple(naasten),
    )


def component_part(assessment: Assessment, item: Component, sheaf: Sheaf) -> Json:
    code, done = item.component, item.state == "done"
    absent = {**concept(_ABSENT, _NOT_PERFORMED), "text": item.reason}
    return resource(
        "Observation",
        sheaf.id_of("Observation", code),
        "assessment-component",
        synthetic=assessment.synthetic,
        extension=[_episode(assessment)],
        identifier=[sheaf.identifier(code)],
        status="final" if done else "cancelled",
        code=ASSESSMENT_COMPONENT.concept(code),
        subject=reference("Patient", sheaf.patient),
        encounter=(
            None
            if item.contact is None
            else reference("Encounter", sheaf.id_of("Encounter", item.contact))
        ),
        effectiveDateTime=None if item.on is None else item.on.isoformat(),
        performer=[_assessor(who, sheaf) for who in item.assessors],
        valueString=item.finding,
        dataAbsentReason=None if done else absent,
        derivedFrom=[_source(source) for source in item.sources],
    )


def _assessor(who: Assessor, sheaf: Sheaf) -> Json:
    function = extension(FUNCTION_OF, valueCodeableConcept=FUNCTION.concept(who.function))
    return {"extension": [function], **staff_reference(sheaf.ids, who.staff())}


def read_component(root: Element, sheaf: Sheaf, *, trajectory: str, message: Message) -> Component:
    """A component; its visit must have been read before."""
    key = _read_shared(root, sheaf, trajectory, message)
    code = read_code(root.child("code"), ASSESSMENT_COMPONENT)
    if key != code:
        refuse(root.at("identifier"), "value", "Het nummer van een onderdeel eindigt op zijn code.")
    done = root.fixed("status", "final", "cancelled") == "final"
    absent, visit = root.child_or_none("dataAbsentReason"), root.child_or_none("encounter")
    if absent is not None:
        take_fixed_code(absent, _ABSENT, _NOT_PERFORMED)
    return build(
        Component,
        root.path,
        component=code,
        state="done" if done else "left-out",
        reason=None if absent is None else absent.value("text", reader.TEXT),
        assessors=tuple(_read_assessor(item, message) for item in root.children("performer")),
        contact=None if visit is None else _read_visit(visit, sheaf, message),
        on=root.optional("effectiveDateTime", reader.MOMENT),
        finding=root.optional("valueString", reader.TEXT),
        sources=tuple(_read_source(item) for item in root.children("derivedFrom")),
    )


def _read_visit(link: Element, sheaf: Sheaf, message: Message) -> str:
    target = message.target(link, "Encounter")
    number = target.peek("identifier")
    value = str(number[0].get("value")) if isinstance(number, list) and number else ""
    key = parsed(value.rpartition("/")[2], reader.PART_KEY, link.path)
    if message.id_of(link, "Encounter") != sheaf.id_of("Encounter", key):
        refuse(link.path, "value", "Deze verwijzing wijst niet naar een bezoek van dit onderzoek.")
    return key


def _read_assessor(link: Element, message: Message) -> Assessor:
    function = link.extension(FUNCTION_OF)
    if function is None:
        refuse(link.at("extension"), "required", "De functie waarin iemand onderzocht ontbreekt.")
    staff = message.staff(link)
    code = read_code(function.child("valueCodeableConcept"), FUNCTION)
    return Assessor(ura=staff.ura, uzi=staff.uzi, function=code)


def _source(source: str) -> Json:
    kind, _, id_ = source.partition("/")
    return reference(kind, id_)


def _read_source(link: Element) -> str:
    link.ignore("type", "display")
    return link.value("reference", reader.URI_OR_PATH)


def need_part(assessment: Assessment, need: NaasteNeed, sheaf: Sheaf) -> Json:
    return resource(
        "Observation",
        sheaf.id_of("Observation", need.key),
        "naaste-need",
        synthetic=assessment.synthetic,
        extension=[_episode(assessment)],
        identifier=[sheaf.identifier(need.key)],
        status="final",
        code=ASSESSMENT_PART.concept("naaste-need"),
        subject=reference("Patient", sheaf.patient),
        focus=[naaste_reference(need.naaste)],
        performer=[staff_reference(sheaf.ids, need.seen_by)],
        valueString=need.text,
    )


def read_need(root: Element, sheaf: Sheaf, *, trajectory: str, message: Message) -> NaasteNeed:
    key = _read_shared(root, sheaf, trajectory, message)
    take_fixed_code(root.child("code"), ASSESSMENT_PART.url, "naaste-need")
    root.fixed("status", "final")
    return build(
        NaasteNeed,
        root.path,
        key=key,
        naaste=read_naaste(root.only("focus"), message),
        text=root.value("valueString", reader.TEXT),
        seen_by=message.staff(root.only("performer")),
    )


def _episode(assessment: Assessment) -> Json:
    return extension(EPISODE_LINK, valueReference=reference("EpisodeOfCare", assessment.trajectory))


def _read_shared(root: Element, sheaf: Sheaf, trajectory: str, message: Message) -> str:
    """Key of an Observation of this assessment; takes whom and which trajectory it is about."""
    key = sheaf.read_key(root)
    sheaf.read_about(root, "subject", message)
    link = root.extension(EPISODE_LINK)
    if link is None:
        refuse(root.at("extension"), "required", "Het traject van dit deel ontbreekt.")
    target = link.child("valueReference")
    if message.id_of(target, "EpisodeOfCare") != trajectory:
        refuse(target.path, "value", "Dit deel hoort bij een ander traject.")
    return key
