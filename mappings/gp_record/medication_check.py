"""Which changes of medication in a plan have no prescription in the HIS (R-28).

A warning, never a refusal: the overview is to be completed, the care goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adapter.fhir.issues import Issue
from mappings.gp_record.gp_record_codes import Discrepancy
from mappings.records.base import Coded
from mappings.records.prescription_reference import PrescriptionReference


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationChange:
    """What an action of the plan (by id) changes for a patient."""

    patient: str
    action: str
    change: Discrepancy
    medication: str
    code: Coded | None = None


def unprescribed(
    changes: Sequence[MedicationChange], prescriptions: Sequence[PrescriptionReference]
) -> list[MedicationChange]:
    """Changes that no prescription of the same patient carries out; a cancelled one does not."""
    done = {
        (found.patient, action)
        for found in prescriptions
        if found.status != "cancelled"
        for action in found.actions
    }
    return [change for change in changes if (change.patient, change.action) not in done]


def warnings(changes: Sequence[MedicationChange]) -> list[Issue]:
    """One per change that is not in the HIS, naming the action and never the medicine."""
    return [
        Issue(
            code="business-rule",
            severity="warning",
            expression=f"Task/{change.action}",
            text="Deze wijziging van medicatie staat nog niet in het HIS.",
            rule="R-28",
        )
        for change in changes
    ]
