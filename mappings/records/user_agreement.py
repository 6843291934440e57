"""User agreement: a partnership of GPs lets a MESO practice use its information system.

Stored as evidence, not exchanged. The end by notice is computed from the day of notice; an end at
once, for a default that was not repaired, is written down.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mappings.records.base import AuthorIdentifier, Day, Flag, Instant, Line, Record, Ura
from mappings.records.parties import StaffKey

Signatory = Literal["gp-partnership", "meso-practice"]
Months = Annotated[int, Field(strict=True, ge=1, le=120)]


class Notice(Record):
    """One of the two gave notice in writing."""

    on: Day
    by: Signatory


class Default(Record):
    """One of the two was told in writing that it does not do what was agreed."""

    notified_on: Day
    of: Signatory
    repaired_on: Day | None = None

    @model_validator(mode="after")
    def _is_repaired_afterwards(self) -> Self:
        if self.repaired_on is not None and self.repaired_on < self.notified_on:
            raise ValueError("order")
        return self


class ImmediateEnd(Record):
    """An end at once, by one of the two, or by one GP for the own patients."""

    on: Instant
    by: Signatory | StaffKey


class UserAgreement(Record):
    """`expires` is a day set beforehand, as with an experiment; without it the agreement renews
    itself after every `duration_months`, unless `tacit_renewal` is off.

    `document` says where the signed text is kept: changes hold in writing only (R-20).
    """

    identifier: AuthorIdentifier
    gp_partnership: Ura
    meso_practice: Ura
    document: Line
    signed_on: Day
    start: Day
    expires: Day | None = None
    duration_months: Months = 12
    tacit_renewal: Flag = True
    notice_months: Months = 1
    notice: Notice | None = None
    default: Default | None = None
    ends: tuple[ImmediateEnd, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.gp_partnership == self.meso_practice:
            raise ValueError("two parties")
        if self.expires is not None and self.expires < self.start:
            raise ValueError("order")
        whole = [end for end in self.ends if not isinstance(end.by, StaffKey)]
        alone = [end.by for end in self.ends if isinstance(end.by, StaffKey)]
        if len(whole) > 1 or len(set(alone)) != len(alone):
            raise ValueError("ended twice")
        return self
