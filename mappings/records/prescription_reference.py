"""Prescription reference: that a medicine was prescribed in the HIS, and by whom.

The prescription itself lives in the HIS; this only points at it. `actions` are the actions of the
plan that it carries out, so that a change without prescription can be found (R-28).
"""

from typing import Literal

from mappings.records.base import (
    AuthorIdentifier,
    Coded,
    Flag,
    LogicalId,
    Moment,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import StaffKey
from mappings.toolkit.codes import Function

PrescriptionStatus = Literal["active", "on-hold", "cancelled", "completed", "stopped"]


class PrescriptionReference(Record):
    """`identifier` is the number in the HIS of `practice`; `function` that of the requester."""

    identifier: AuthorIdentifier
    practice: Ura
    patient: LogicalId
    status: PrescriptionStatus
    requester: StaffKey
    function: Function
    medication: Text
    code: Coded | None = None
    dosage: Text | None = None
    authored_on: Moment
    actions: tuple[LogicalId, ...] = ()
    synthetic: Flag = False
