"""Referral record (verwijzing): a GP asks a MESO practice to look at one patient.

The patient's agreement, if it was asked, comes in one line; the mapping makes CON-1 and CON-2 of
it. Without that line nothing was agreed and the record of the GP stays closed.
"""

from typing import Self

from pydantic import Field, model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Coded,
    Flag,
    Instant,
    Moment,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.parties import StaffKey
from mappings.records.patient import Address, Patient, is_dead
from mappings.records.progress import Note
from mappings.records.referral_context import Finance, Involved, Supplied
from mappings.toolkit.codes import (
    Complexity,
    Priority,
    ProblemDomain,
    RequestedService,
    SteppedCare,
)

__all__ = ["Address", "Agreement", "Patient", "Problem", "Receiver", "Referral", "is_dead"]


class Problem(Record):
    """What the GP sees, in words, with a code where there is one."""

    identifier: AuthorIdentifier
    domain: ProblemDomain
    text: Text
    code: Coded | None = None


class Agreement(Record):
    """What the patient answered when the GP asked for access to the record (Art. 3i, A-7).

    The identifiers are those of the two consents, if the GP's system gave them any.
    """

    agreed: Flag
    agreed_on: Moment
    recorded_by: StaffKey
    explanation_given: Flag | None = None
    access_identifier: AuthorIdentifier | None = None
    actions_identifier: AuthorIdentifier | None = None


class Receiver(Record):
    """The MESO practice."""

    ura: Ura


class Referral(Record):
    """One referral. `task_identifier` only when the order has another number than the referral.

    `priority` is how urgent it is; MESO is not for acute care, so nothing follows from it (A-42).
    `notes` hold what the practices agreed to tell besides, as when there is scarcity.
    """

    identifier: RootIdentifier
    task_identifier: AuthorIdentifier | None = None
    authored_on: Instant
    requested_service: RequestedService
    stepped_care: SteppedCare
    referrer: StaffKey
    receiver: Receiver
    patient: Patient
    question: Text
    complexity: Complexity
    home_visit: Flag
    problems: tuple[Problem, ...] = Field(min_length=1)
    tried: tuple[Text, ...] = ()
    involved: tuple[Involved, ...] = ()
    supplied: tuple[Supplied, ...] = ()
    finance: Finance | None = None
    notes: tuple[Note, ...] = ()
    priority: Priority | None = None
    agreement: Agreement | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> Self:
        names = [problem.identifier for problem in self.problems]
        if len(set(names)) != len(names):
            raise ValueError("two problems with one identifier")
        if self.task_identifier == self.identifier:
            raise ValueError("the order's own number is the referral's")
        referrer = self.referrer.party()
        if self.patient.general_practitioner == referrer:
            raise ValueError("the general practitioner is the referrer")
        return self
