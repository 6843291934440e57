"""Evidence of a treatment relation: a referral by the GP, taken up, and not yet closed.

Derived, never posted; stored, not exchanged. A new referral is new evidence (RI-19).
"""

from typing import Self

from pydantic import model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Instant,
    LogicalId,
    Record,
    Ura,
)
from mappings.records.parties import StaffKey
from mappings.toolkit.codes import EndReason


class Acceptance(Record):
    """Who took the referral up, and the trajectory that began with it."""

    on: Instant
    by: StaffKey
    trajectory: LogicalId


class RelationEnd(Record):
    """The closing of the trajectory."""

    on: Instant
    reason: EndReason


class RelationEvidence(Record):
    """Why a MESO practice may see a patient's data, and since when."""

    identifier: AuthorIdentifier
    patient: LogicalId
    practice: Ura
    referral: LogicalId
    referred_by: StaffKey
    referred_on: Instant
    acceptance: Acceptance | None = None
    end: RelationEnd | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.acceptance is None:
            if self.end is not None:
                raise ValueError("ended before it began")
            return self
        if self.acceptance.by.ura != self.practice:
            raise ValueError("taken up by another practice")
        if self.end is not None and self.end.on <= self.acceptance.on:
            raise ValueError("order")
        return self
