"""Medication discrepancy: the plan changes a medicine and the HIS does not know it (R-28)."""

from typing import Self

from pydantic import model_validator

from mappings.gp_record.gp_record_codes import Discrepancy, DiscrepancySolution
from mappings.records.base import (
    AuthorIdentifier,
    Coded,
    Flag,
    LogicalId,
    Moment,
    Record,
    Text,
)
from mappings.records.parties import StaffKey


class Resolution(Record):
    """How the two came to agree; `prescription` is the reference to it, by id."""

    on: Moment
    by: StaffKey
    how: DiscrepancySolution
    prescription: LogicalId | None = None

    @model_validator(mode="after")
    def _a_prescription_was_written(self) -> Self:
        if self.prescription is not None and self.how != "prescribed":
            raise ValueError("prescription")
        return self


class MedicationDiscrepancy(Record):
    """`action` is the action of the plan, by id; `found_by` somebody of MESO."""

    identifier: AuthorIdentifier
    patient: LogicalId
    action: LogicalId
    discrepancy: Discrepancy
    medication: Text
    code: Coded | None = None
    found_on: Moment
    found_by: StaffKey
    remark: Text | None = None
    resolution: Resolution | None = None
    synthetic: Flag = False
