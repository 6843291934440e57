"""Assessment record <-> ClinicalImpression, with one resource per visit and per component.

https://hl7.org/fhir/R4/clinicalimpression.html, https://hl7.org/fhir/R4/encounter.html

The ClinicalImpression names all of them: components as `investigation`, visits and needs of
naasten as `supportingInfo`. R4 knows one assessor there; who assessed what stands with the
component (`assessment_parts.py`).
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.plan.assessment_codes import ASSESSMENT_COMPONENT
from mappings.plan.assessment_parts import (
    component_part,
    contact_part,
    need_part,
    read_component,
    read_contact,
    read_need,
)
from mappings.plan.plan_frame import version_of
from mappings.records.assessment import Assessment, Component, Finding
from mappings.referral.problem import read_coded
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.sheaf import Sheaf
from mappings.toolkit.writing import extension, present, resource
from mappings.trajectory.trajectory import EPISODE_LINK

_KIND: Final = "ClinicalImpression"


def to_fhir(assessment: Assessment, ids: Ids) -> list[Json]:
    """ClinicalImpression, visits, components, needs of naasten."""
    sheaf = Sheaf(
        number=assessment.identifier,
        ura=assessment.author.ura,
        patient=assessment.patient,
        ids=ids,
    )
    return [
        _impression(assessment, sheaf),
        *(contact_part(assessment, item, sheaf) for item in assessment.contacts),
        *(component_part(assessment, item, sheaf) for item in assessment.components),
        *(need_part(assessment, item, sheaf) for item in assessment.naaste_needs),
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Assessment:
    """The assessment in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = message.one(_KIND)
    author = message.staff(root.child("assessor"))
    number, _ = read_identifier(root.only("identifier"), author.ura)
    id_ = ids.of(_KIND, author.ura, number.system, number.value)
    message.identify(root, id_)
    patient = message.id_of(root.child("subject"), "Patient")
    sheaf = Sheaf(number=number, ura=author.ura, patient=patient, ids=ids)
    episode = root.extension(EPISODE_LINK)
    if episode is None:
        refuse(root.at("extension"), "required", "Het traject van dit onderzoek ontbreekt.")
    trajectory = message.id_of(episode.child("valueReference"), "EpisodeOfCare")
    contacts, needs = _split_information(root, message)
    visits = {
        item: read_contact(item, sheaf, trajectory=trajectory, message=message) for item in contacts
    }
    assessment = build(
        Assessment,
        root.path,
        identifier=number,
        version=version_of(root),
        trajectory=trajectory,
        patient=patient,
        author=author,
        status=root.fixed("status", "completed", "in-progress"),
        period=read_period(root.child("effectivePeriod")),
        contacts=tuple(visits.values()),
        components=_read_components(root, sheaf, trajectory, message),
        problems=tuple(message.id_of(item, "Condition") for item in root.children("problem")),
        findings=tuple(_read_finding(item) for item in root.children("finding")),
        conclusion=root.optional("summary", reader.TEXT),
        prognosis=_read_prognosis(root),
        naaste_needs=tuple(
            read_need(item, sheaf, trajectory=trajectory, message=message) for item in needs
        ),
    )
    return assessment.model_copy(update={"synthetic": message.finish()})


def _impression(assessment: Assessment, sheaf: Sheaf) -> Json:
    number, ids = assessment.identifier, sheaf.ids
    prognosis = [] if assessment.prognosis is None else [{"text": assessment.prognosis}]
    return resource(
        _KIND,
        ids.of(_KIND, sheaf.ura, number.system, number.value),
        "assessment",
        synthetic=assessment.synthetic,
        extension=[
            extension(
                EPISODE_LINK, valueReference=reference("EpisodeOfCare", assessment.trajectory)
            )
        ],
        identifier=[identifier(number.system, number.value, sheaf.ura)],
        status=assessment.status,
        subject=reference("Patient", assessment.patient),
        effectivePeriod=period_to_fhir(assessment.period),
        assessor=staff_reference(ids, assessment.author),
        problem=[reference("Condition", id_) for id_ in assessment.problems],
        investigation=[
            {
                "code": ASSESSMENT_COMPONENT.concept(item.component),
                "item": [reference("Observation", sheaf.id_of("Observation", item.component))],
            }
            for item in assessment.components
        ],
        summary=assessment.conclusion,
        finding=[_finding(item) for item in assessment.findings],
        prognosisCodeableConcept=prognosis,
        supportingInfo=[
            *(reference("Encounter", sheaf.id_of("Encounter", x.key)) for x in assessment.contacts),
            *(
                reference("Observation", sheaf.id_of("Observation", x.key))
                for x in assessment.naaste_needs
            ),
        ],
    )


def _finding(item: Finding) -> Json:
    codings = [] if item.code is None else [present(item.code.model_dump())]
    return {"itemCodeableConcept": present({"coding": codings, "text": item.text})}


def _read_finding(item: Element) -> Finding:
    found = item.child("itemCodeableConcept")
    return build(
        Finding,
        found.path,
        text=found.value("text", reader.TEXT),
        code=read_coded(found.only_or_none("coding")),
    )


def _read_prognosis(root: Element) -> str | None:
    found = root.only_or_none("prognosisCodeableConcept")
    return None if found is None else found.value("text", reader.TEXT)


def _split_information(root: Element, message: Message) -> tuple[list[Element], list[Element]]:
    """Visits, and needs of naasten."""
    found: dict[str, list[Element]] = {"Encounter": [], "Observation": []}
    for link in root.children("supportingInfo"):
        target = message.target(link, *found)
        found[message.kind_of(target)].append(target)
    for targets in found.values():
        _refuse_twice(targets)
    return found["Encounter"], found["Observation"]


def _read_components(
    root: Element, sheaf: Sheaf, trajectory: str, message: Message
) -> tuple[Component, ...]:
    targets, components = [], []
    for item in root.children("investigation"):
        code = read_code(item.child("code"), ASSESSMENT_COMPONENT)
        target = message.target(item.only("item"), "Observation")
        targets.append(target)
        _refuse_twice(targets)
        component = read_component(target, sheaf, trajectory=trajectory, message=message)
        if component.component != code:
            refuse(item.at("code"), "value", "Het onderdeel en wat eronder staat verschillen.")
        components.append(component)
    return tuple(components)


def _refuse_twice(targets: Sequence[Element]) -> None:
    if len(set(targets)) != len(targets):
        refuse(targets[-1].path, "duplicate", "Dit deel wordt twee keer genoemd.")
