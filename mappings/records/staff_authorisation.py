"""What lets somebody of a MESO practice work in a HIS: signatures, authorisations, evaluations.

Stored as evidence, not exchanged. One record per person and function; every practice that
authorised has an entry of its own, so that one practice can end it alone.
"""

from typing import Self

from pydantic import Field, model_validator

from mappings.agreements.agreement_codes import HisOperation
from mappings.records.base import (
    AuthorIdentifier,
    Day,
    Flag,
    Instant,
    Line,
    Period,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import StaffKey


class CodeOfConduct(Record):
    """Signed by employee and employer; `name` and `practice` are as they stand on the paper.

    With one signature it is there, but not complete (R-17).
    """

    name: Line
    practice: Line
    employer: Ura
    signed_by_employee: Day | None = None
    signed_by_employer: Day | None = None


class Authorisation(Record):
    """A GP authorises the person on behalf of the own practice (machtiging).

    `written_addition` is the document for an operation beyond the user agreement (R-20).
    """

    by: StaffKey
    period: Period
    operations: tuple[HisOperation, ...] = Field(min_length=1)
    written_addition: Line | None = None

    @model_validator(mode="after")
    def _every_operation_once(self) -> Self:
        if len(set(self.operations)) != len(self.operations):
            raise ValueError("operation")
        return self


class Suspension(Record):
    """No access for a while, as a measure; holders of both practices decide together (R-80)."""

    start: Instant
    end: Instant | None = None
    decided_by: tuple[StaffKey, ...] = Field(min_length=1)
    reason: Text | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError("period")
        return self


class StaffAuthorisation(Record):
    """`secrecy_statement` is the day on which it was signed; it never ends (R-40)."""

    identifier: AuthorIdentifier
    staff: StaffKey
    secrecy_statement: Day | None = None
    code_of_conduct: CodeOfConduct | None = None
    evaluations: tuple[Day, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    synthetic: Flag = False
