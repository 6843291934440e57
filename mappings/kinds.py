"""Every kind of record, by name: its model and both directions of its mapping.

One table for whoever works on all kinds alike: the schema door, `meso map`, `meso validate`, the
table in `docs/mapping.md`, and the laws of the tests. A kind that is not in it does not exist.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapter.fhir.json import Json
from mappings.agreements import relation_evidence, staff_authorisation, user_agreement
from mappings.anonymous import anonymous_aggregate, anonymous_case
from mappings.consent import consent
from mappings.directory import directory, network
from mappings.gp_record import (
    copied_item,
    his_episode,
    medication_discrepancy,
    ouderenmodule_copy,
    prescription_reference,
)
from mappings.letters import (
    closing_summary,
    consult_report,
    data_use_letter,
    mdo_report,
    patient_plan_letter,
    transfer_bundle,
)
from mappings.log import log_entry, per_abuis_note
from mappings.mdo import mdo
from mappings.people import capacity, patient, related_person
from mappings.plan import advance_care_planning, assessment, care_plan
from mappings.records.advance_care_planning import AdvanceCarePlanning
from mappings.records.anonymous_aggregate import AnonymousAggregate
from mappings.records.anonymous_case import AnonymousCase
from mappings.records.assessment import Assessment
from mappings.records.base import Record
from mappings.records.capacity import Capacity
from mappings.records.care_plan import CarePlan
from mappings.records.closing_summary import ClosingSummary
from mappings.records.consent import ConsentRecord
from mappings.records.consult_report import ConsultReport
from mappings.records.coordination_request import CoordinationRequest
from mappings.records.copied_item import CopiedItem
from mappings.records.data_use_letter import DataUseLetter
from mappings.records.directory import (
    NetworkEntry,
    OrganisationEntry,
    PractitionerEntry,
    StaffEntry,
)
from mappings.records.his_episode import HisEpisode
from mappings.records.intake_decision import IntakeDecision
from mappings.records.log_entry import LogEntry
from mappings.records.mdo import Mdo
from mappings.records.mdo_report import MdoReport
from mappings.records.medication_discrepancy import MedicationDiscrepancy
from mappings.records.ouderenmodule_copy import OuderenmoduleCopy
from mappings.records.patient import PatientRecord
from mappings.records.patient_plan_letter import PatientPlanLetter
from mappings.records.per_abuis_note import PerAbuisNote
from mappings.records.prescription_reference import PrescriptionReference
from mappings.records.referral import Referral
from mappings.records.related_person import RelatedPerson
from mappings.records.relation_evidence import RelationEvidence
from mappings.records.staff_authorisation import StaffAuthorisation
from mappings.records.trajectory import Trajectory
from mappings.records.transfer_bundle import TransferBundle
from mappings.records.user_agreement import UserAgreement
from mappings.referral import coordination_request, intake_decision, referral
from mappings.toolkit.identity import Ids
from mappings.trajectory import trajectory


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`name` as it stands in addresses and file names; `title` as people call it.

    `profile` is that of its main resource, without the prefix: by it resources are recognised.
    `more_profiles` are those of a main resource that may be of several types.
    `to_fhir(record, ids)` gives the resources; `from_fhir(resources, ids)` gives the record, or
    FhirError 422 with the path of everything that has no place in it.
    """

    name: str
    title: str
    record: type[Record]
    profile: str = ""
    to_fhir: Callable[[Any, Ids], list[Json]]
    from_fhir: Callable[[Sequence[Json], Ids], Record]
    more_profiles: tuple[str, ...] = ()


_KINDS: Final = (
    Kind(
        name="referral",
        profile="referral",
        title="Verwijzing",
        record=Referral,
        to_fhir=referral.to_fhir,
        from_fhir=referral.from_fhir,
    ),
    Kind(
        name="intake-decision",
        profile="referral-task",
        title="Besluit over een verwijzing",
        record=IntakeDecision,
        to_fhir=intake_decision.to_fhir,
        from_fhir=intake_decision.from_fhir,
    ),
    Kind(
        name="coordination-request",
        profile="coordination-request",
        title="Aanvraag bij het coördinatiepunt",
        record=CoordinationRequest,
        to_fhir=coordination_request.to_fhir,
        from_fhir=coordination_request.from_fhir,
    ),
    Kind(
        name="his-episode",
        profile="his-episode",
        title="Episode Praktijk MESO in het HIS",
        record=HisEpisode,
        to_fhir=his_episode.to_fhir,
        from_fhir=his_episode.from_fhir,
    ),
    Kind(
        name="consent",
        profile="consent",
        title="Toestemming",
        record=ConsentRecord,
        to_fhir=consent.to_fhir,
        from_fhir=consent.from_fhir,
    ),
    Kind(
        name="assessment",
        profile="assessment",
        title="Diagnostisch onderzoek",
        record=Assessment,
        to_fhir=assessment.to_fhir,
        from_fhir=assessment.from_fhir,
    ),
    Kind(
        name="advance-care-planning",
        profile="acp-conversation",
        title="Behandelwensen en toekomstige zorg",
        record=AdvanceCarePlanning,
        to_fhir=advance_care_planning.to_fhir,
        from_fhir=advance_care_planning.from_fhir,
    ),
    Kind(
        name="care-plan",
        profile="care-plan",
        title="Zorgbehandelplan",
        record=CarePlan,
        to_fhir=care_plan.to_fhir,
        from_fhir=care_plan.from_fhir,
    ),
    Kind(
        name="mdo",
        profile="mdo-appointment",
        title="Multidisciplinair overleg",
        record=Mdo,
        to_fhir=mdo.to_fhir,
        from_fhir=mdo.from_fhir,
    ),
    Kind(
        name="patient",
        profile="patient",
        title="Oudere",
        record=PatientRecord,
        to_fhir=patient.to_fhir,
        from_fhir=patient.from_fhir,
    ),
    Kind(
        name="related-person",
        profile="related-person",
        title="Naaste of vertegenwoordiger",
        record=RelatedPerson,
        to_fhir=related_person.to_fhir,
        from_fhir=related_person.from_fhir,
    ),
    Kind(
        name="capacity",
        profile="capacity",
        title="Wilsbekwaamheid",
        record=Capacity,
        to_fhir=capacity.to_fhir,
        from_fhir=capacity.from_fhir,
    ),
    Kind(
        name="trajectory",
        profile="episode-of-care",
        title="MESO-traject",
        record=Trajectory,
        to_fhir=trajectory.to_fhir,
        from_fhir=trajectory.from_fhir,
    ),
    Kind(
        name="organisation",
        profile="organization",
        title="Organisatie",
        record=OrganisationEntry,
        to_fhir=directory.to_fhir,
        from_fhir=directory.from_fhir,
    ),
    Kind(
        name="practitioner",
        profile="practitioner",
        title="Zorgverlener",
        record=PractitionerEntry,
        to_fhir=directory.to_fhir,
        from_fhir=directory.from_fhir,
    ),
    Kind(
        name="staff",
        profile="practitioner-role",
        title="Zorgverlener in een functie",
        record=StaffEntry,
        to_fhir=directory.to_fhir,
        from_fhir=directory.from_fhir,
    ),
    Kind(
        name="network",
        profile="network",
        title="Netwerk of samenwerkingsverband",
        record=NetworkEntry,
        to_fhir=network.to_fhir,
        from_fhir=network.from_fhir,
    ),
    Kind(
        name="user-agreement",
        profile="user-agreement",
        title="Gebruikersovereenkomst",
        record=UserAgreement,
        to_fhir=user_agreement.to_fhir,
        from_fhir=user_agreement.from_fhir,
    ),
    Kind(
        name="staff-authorisation",
        profile="staff-authorisation",
        title="Machtiging van een medewerker",
        record=StaffAuthorisation,
        to_fhir=staff_authorisation.to_fhir,
        from_fhir=staff_authorisation.from_fhir,
    ),
    Kind(
        name="relation-evidence",
        profile="treatment-relation",
        title="Bewijs van behandelrelatie",
        record=RelationEvidence,
        to_fhir=relation_evidence.to_fhir,
        from_fhir=relation_evidence.from_fhir,
    ),
    Kind(
        name="log-entry",
        profile="log-entry",
        title="Regel van het toegangslog",
        record=LogEntry,
        to_fhir=log_entry.to_fhir,
        from_fhir=log_entry.from_fhir,
    ),
    Kind(
        name="per-abuis-note",
        profile="per-abuis-note",
        title="Notitie per abuis",
        record=PerAbuisNote,
        to_fhir=per_abuis_note.to_fhir,
        from_fhir=per_abuis_note.from_fhir,
    ),
    Kind(
        name="ouderenmodule-copy",
        profile="ouderenmodule-copy",
        title="Kopie van de ouderenmodule",
        record=OuderenmoduleCopy,
        to_fhir=ouderenmodule_copy.to_fhir,
        from_fhir=ouderenmodule_copy.from_fhir,
    ),
    Kind(
        name="copied-item",
        profile="copied-problem",
        title="Met de hand overgenomen uit het HIS",
        record=CopiedItem,
        to_fhir=copied_item.to_fhir,
        from_fhir=copied_item.from_fhir,
        more_profiles=("copied-medication", "copied-allergy", "copied-measurement"),
    ),
    Kind(
        name="prescription-reference",
        profile="prescription-reference",
        title="Verwijzing naar een voorschrift",
        record=PrescriptionReference,
        to_fhir=prescription_reference.to_fhir,
        from_fhir=prescription_reference.from_fhir,
    ),
    Kind(
        name="medication-discrepancy",
        profile="medication-discrepancy",
        title="Verschil in medicatie",
        record=MedicationDiscrepancy,
        to_fhir=medication_discrepancy.to_fhir,
        from_fhir=medication_discrepancy.from_fhir,
    ),
    Kind(
        name="anonymous-case",
        profile="anonymous-case",
        title="Anonieme casus",
        record=AnonymousCase,
        to_fhir=anonymous_case.to_fhir,
        from_fhir=anonymous_case.from_fhir,
    ),
    Kind(
        name="anonymous-aggregate",
        profile="anonymous-aggregate",
        title="Anonieme cijfers",
        record=AnonymousAggregate,
        to_fhir=anonymous_aggregate.to_fhir,
        from_fhir=anonymous_aggregate.from_fhir,
    ),
    Kind(
        name="data-use-letter",
        profile="data-use-letter",
        title="Informatiebrief over gegevens",
        record=DataUseLetter,
        to_fhir=data_use_letter.to_fhir,
        from_fhir=data_use_letter.from_fhir,
    ),
    Kind(
        name="patient-plan-letter",
        profile="patient-plan-letter",
        title="Patiëntbrief over het plan",
        record=PatientPlanLetter,
        to_fhir=patient_plan_letter.to_fhir,
        from_fhir=patient_plan_letter.from_fhir,
    ),
    Kind(
        name="consult-report",
        profile="consult-report",
        title="Consultverslag",
        record=ConsultReport,
        to_fhir=consult_report.to_fhir,
        from_fhir=consult_report.from_fhir,
    ),
    Kind(
        name="mdo-report",
        profile="mdo-report",
        title="Verslag van een MDO",
        record=MdoReport,
        to_fhir=mdo_report.to_fhir,
        from_fhir=mdo_report.from_fhir,
    ),
    Kind(
        name="closing-summary",
        profile="closing-summary",
        title="Afsluitbericht aan de huisarts",
        record=ClosingSummary,
        to_fhir=closing_summary.to_fhir,
        from_fhir=closing_summary.from_fhir,
    ),
    Kind(
        name="transfer-bundle",
        profile="transfer-bundle",
        title="Overdracht bij opname",
        record=TransferBundle,
        to_fhir=transfer_bundle.to_fhir,
        from_fhir=transfer_bundle.from_fhir,
    ),
)

KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _KINDS}
