"""One dossier in full, three recipients of parts of it, and the views that are made for them."""

from collections.abc import Iterator
from typing import Any

from mappings.directory import directory
from mappings.mdo import mdo
from mappings.people import patient
from mappings.plan import care_plan
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.directory import OrganisationEntry
from mappings.records.mdo import Mdo
from mappings.records.parties import Party
from mappings.records.patient import PatientRecord
from mappings.records.trajectory import Trajectory
from mappings.shapes.nictiz_mdo import nictiz_mdo
from mappings.shapes.nursing_interventions import nursing_interventions
from mappings.shapes.partner_frame import partner_frame
from mappings.shapes.recipient import Recipient, name_of
from mappings.shapes.scp_plan import scp_plan
from mappings.toolkit.audience import derive_audience
from mappings.trajectory import trajectory
from tests.mappings import builders, meeting_builders, person_builders, register_builders
from tests.mappings.builders import IDS, MESO, NURSING, PHYSIO, WELFARE

Json = dict[str, Any]

CARE = frozenset({MESO, NURSING, PHYSIO})
# What whoever is involved may see beside the parts of the plan. A naaste is not among them.
COMMON = frozenset(
    {"Patient", "PractitionerRole", "Organization", "CareTeam", "EpisodeOfCare"}
    | {"Encounter", "Appointment"}
)


def _patient() -> Json:
    return patient.to_fhir(parse_record(PatientRecord, person_builders.patient()), IDS)[0]


def _about() -> Json:
    """Whose plan, in which trajectory: the records of one dossier name the same."""
    running = parse_record(Trajectory, builders.trajectory(patient=_patient()["id"]))
    return {
        "patient": _patient()["id"],
        "trajectory": trajectory.trajectory_id(running, IDS),
    }


def plan(**overrides: object) -> CarePlan:
    return parse_record(CarePlan, builders.care_plan(**_about(), **overrides))


def dossier(**overrides: object) -> list[Json]:
    """The patient, her plan with all its parts, the meeting, her team and the MESO practice."""
    about = _about()
    running = parse_record(Trajectory, builders.trajectory(patient=about["patient"]))
    meeting = parse_record(Mdo, {**meeting_builders.mdo(), **about})
    practice = parse_record(OrganisationEntry, register_builders.organisation())
    return [
        _patient(),
        *care_plan.to_fhir(plan(**overrides), IDS),
        *mdo.to_fhir(meeting, IDS),
        *trajectory.to_fhir(running, IDS),
        *directory.to_fhir(practice, IDS),
    ]


def audience(ura: str, **overrides: object) -> set[str]:
    """Names of the plan and its parts that are meant for an organisation."""
    meant = derive_audience(plan(**overrides), IDS, CARE)
    return {name for name, uras in meant.items() if ura in uras}


def names(node: object) -> Iterator[str]:
    """Targets of all references in a value."""
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from names(value)
    elif isinstance(node, list):
        for value in node:
            yield from names(value)


def common(resources: list[Json]) -> set[str]:
    found = {*names(resources), *map(name_of, resources)}
    return {name for name in found if name.partition("/")[0] in COMMON}


def recipient(ura: str, **changes: Any) -> Recipient:
    """An organisation with what is meant for it."""
    fields = {
        "party": Party(ura=ura),
        "kind": "social" if ura == WELFARE else "care",
        "visible": frozenset(audience(ura) | common(dossier())),
        **changes,
    }
    return Recipient(**fields)


def frame_of(resources: list[Json]) -> Json:
    return next(one for one in resources if one["resourceType"] == "CarePlan")


def every_view(resources: list[Json], who: Recipient) -> dict[str, list[Json]]:
    """All that is ever made for a recipient."""
    return {
        "partner-frame": partner_frame(frame_of(resources), who),
        "nursing": nursing_interventions(resources, who),
        "nictiz-mdo": nictiz_mdo(resources, who),
        "nictiz-mdo-class": nictiz_mdo(resources, who, code_in="class"),
        "scp-person": scp_plan(resources, who, author="PractitionerRole"),
        "scp-organisation": scp_plan(resources, who, author="Organization"),
    }


def partner_view_sets() -> Iterator[tuple[str, list[Json]]]:
    """(name, resources): every view for a nursing organisation, two for the social domain."""
    resources = dossier()
    for name, made in every_view(resources, recipient(NURSING)).items():
        yield f"view/{name}", made
    social = every_view(resources, recipient(WELFARE))
    for name in ("partner-frame", "scp-organisation"):
        yield f"view/{name}/social", social[name]
