"""The record kinds of the mappings, as one table for the tests that hold for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

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
from mappings.records.base import Record, parse_record
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
from mappings.trajectory import trajectory
from tests.mappings import (
    builders,
    consent_builders,
    consent_strategies,
    diagnosis_builders,
    diagnosis_strategies,
    evidence_builders,
    evidence_strategies,
    gp_record_builders,
    gp_record_strategies,
    intake_strategies,
    letter_builders,
    letter_strategies,
    mdo_strategies,
    meeting_builders,
    person_builders,
    person_strategies,
    plan_strategies,
    referral_builders,
    register_builders,
    register_strategies,
    strategies,
    trajectory_strategies,
)

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Both directions of one kind, any record of it, and one example."""

    name: str
    records: st.SearchStrategy
    write: Callable[[Any], list[Json]]
    read: Callable[[Sequence[Json]], Any]
    example: Record
    variants: tuple[Record, ...] = ()  # more examples, for fields that exclude each other

    @property
    def examples(self) -> tuple[Record, ...]:
        return (self.example, *self.variants)

    def written(self) -> list[Json]:
        return self.write(self.example)


def _kind(
    name: str, module: Any, records: st.SearchStrategy, example: Record, *variants: Record
) -> Kind:
    return Kind(
        name=name,
        records=records,
        write=lambda record: module.to_fhir(record, builders.IDS),
        read=lambda resources: module.from_fhir(resources, builders.IDS),
        example=example,
        variants=variants,
    )


KINDS = [
    _kind(
        "referral",
        referral,
        strategies.referrals,
        parse_record(Referral, referral_builders.full_referral()),
    ),
    _kind(
        "intake-decision",
        intake_decision,
        intake_strategies.intake_decisions(),
        parse_record(IntakeDecision, referral_builders.intake_decision()),
        parse_record(IntakeDecision, referral_builders.consult_decision()),
        parse_record(IntakeDecision, referral_builders.rejection()),
    ),
    _kind(
        "coordination-request",
        coordination_request,
        intake_strategies.coordination_requests(),
        parse_record(CoordinationRequest, referral_builders.coordination_request()),
    ),
    _kind(
        "his-episode",
        his_episode,
        intake_strategies.his_episodes(),
        parse_record(HisEpisode, referral_builders.his_episode()),
    ),
    _kind(
        "consent",
        consent,
        consent_strategies.consents(),
        parse_record(ConsentRecord, builders.consent()),
        parse_record(ConsentRecord, consent_builders.third_party()),
        parse_record(ConsentRecord, consent_builders.record_actions()),
        parse_record(ConsentRecord, consent_builders.not_asked()),
        parse_record(ConsentRecord, consent_builders.withdrawn()),
    ),
    _kind(
        "assessment",
        assessment,
        diagnosis_strategies.assessments(),
        parse_record(Assessment, diagnosis_builders.assessment()),
    ),
    _kind(
        "advance-care-planning",
        advance_care_planning,
        diagnosis_strategies.conversations(),
        parse_record(AdvanceCarePlanning, diagnosis_builders.conversation()),
    ),
    _kind(
        "care-plan",
        care_plan,
        plan_strategies.care_plans(),
        parse_record(CarePlan, builders.care_plan()),
        parse_record(CarePlan, builders.care_plan(contributors=[])),
    ),
    _kind(
        "mdo",
        mdo,
        mdo_strategies.mdos(),
        parse_record(Mdo, meeting_builders.mdo()),
        parse_record(Mdo, meeting_builders.cancelled()),
    ),
    _kind(
        "patient",
        patient,
        person_strategies.patients(),
        parse_record(PatientRecord, person_builders.patient()),
        parse_record(PatientRecord, person_builders.unqualified()),
    ),
    _kind(
        "related-person",
        related_person,
        person_strategies.related_persons(),
        parse_record(RelatedPerson, person_builders.daughter()),
    ),
    _kind(
        "capacity",
        capacity,
        person_strategies.capacities(),
        parse_record(Capacity, person_builders.capacity()),
    ),
    _kind(
        "trajectory",
        trajectory,
        trajectory_strategies.trajectories(),
        parse_record(Trajectory, builders.trajectory()),
    ),
    _kind(
        "organisation",
        directory,
        register_strategies.organisations(),
        parse_record(OrganisationEntry, register_builders.organisation()),
    ),
    _kind(
        "practitioner",
        directory,
        register_strategies.practitioners,
        parse_record(PractitionerEntry, register_builders.practitioner()),
    ),
    _kind(
        "staff",
        directory,
        register_strategies.staff_entries(),
        parse_record(
            StaffEntry,
            builders.staff_entry(
                employment={"employer": "90000006", "period": {"start": "2025-01-01"}}
            ),
        ),
    ),
    _kind(
        "network",
        network,
        register_strategies.networks,
        parse_record(NetworkEntry, register_builders.network()),
    ),
    _kind(
        "user-agreement",
        user_agreement,
        evidence_strategies.user_agreements(),
        parse_record(UserAgreement, evidence_builders.ended_agreement()),
        parse_record(UserAgreement, evidence_builders.user_agreement()),
    ),
    _kind(
        "staff-authorisation",
        staff_authorisation,
        evidence_strategies.staff_authorisations,
        parse_record(StaffAuthorisation, evidence_builders.staff_authorisation()),
    ),
    _kind(
        "relation-evidence",
        relation_evidence,
        evidence_strategies.relations(),
        parse_record(RelationEvidence, evidence_builders.relation()),
    ),
    _kind(
        "log-entry",
        log_entry,
        evidence_strategies.log_entries(),
        parse_record(LogEntry, evidence_builders.log_entry()),
        parse_record(LogEntry, evidence_builders.his_line()),
    ),
    _kind(
        "per-abuis-note",
        per_abuis_note,
        evidence_strategies.per_abuis_notes,
        parse_record(PerAbuisNote, evidence_builders.per_abuis_note()),
    ),
    _kind(
        "ouderenmodule-copy",
        ouderenmodule_copy,
        gp_record_strategies.ouderenmodule_copies,
        parse_record(OuderenmoduleCopy, gp_record_builders.ouderenmodule_copy()),
    ),
    _kind(
        "copied-item",
        copied_item,
        gp_record_strategies.copied_items(),
        parse_record(CopiedItem, gp_record_builders.copied_item()),
        parse_record(CopiedItem, gp_record_builders.copied_measurement()),
        parse_record(CopiedItem, gp_record_builders.copied_medication()),
        parse_record(CopiedItem, gp_record_builders.copied_allergy()),
    ),
    _kind(
        "prescription-reference",
        prescription_reference,
        gp_record_strategies.prescriptions,
        parse_record(PrescriptionReference, gp_record_builders.prescription()),
    ),
    _kind(
        "medication-discrepancy",
        medication_discrepancy,
        gp_record_strategies.discrepancies,
        parse_record(MedicationDiscrepancy, gp_record_builders.discrepancy()),
    ),
    _kind(
        "anonymous-case",
        anonymous_case,
        gp_record_strategies.anonymous_cases(),
        parse_record(AnonymousCase, gp_record_builders.anonymous_case()),
    ),
    _kind(
        "anonymous-aggregate",
        anonymous_aggregate,
        gp_record_strategies.aggregates(),
        parse_record(AnonymousAggregate, gp_record_builders.aggregate()),
    ),
    _kind(
        "data-use-letter",
        data_use_letter,
        letter_strategies.data_use_letters,
        parse_record(DataUseLetter, letter_builders.data_use_letter()),
        parse_record(DataUseLetter, letter_builders.given_to_naaste()),
    ),
    _kind(
        "patient-plan-letter",
        patient_plan_letter,
        letter_strategies.patient_plan_letters,
        parse_record(PatientPlanLetter, letter_builders.patient_plan_letter()),
        parse_record(PatientPlanLetter, letter_builders.in_arabic()),
    ),
    _kind(
        "consult-report",
        consult_report,
        letter_strategies.consult_reports(),
        parse_record(ConsultReport, letter_builders.consult_report()),
        parse_record(ConsultReport, letter_builders.not_enough()),
    ),
    _kind(
        "mdo-report",
        mdo_report,
        letter_strategies.mdo_reports,
        parse_record(MdoReport, letter_builders.mdo_report()),
    ),
    _kind(
        "closing-summary",
        closing_summary,
        letter_strategies.closing_summaries,
        parse_record(ClosingSummary, letter_builders.closing_summary()),
        parse_record(ClosingSummary, letter_builders.without_successor()),
    ),
    _kind(
        "transfer-bundle",
        transfer_bundle,
        letter_strategies.transfer_bundles,
        parse_record(TransferBundle, letter_builders.transfer_bundle()),
    ),
]
NAMES = [kind.name for kind in KINDS]
