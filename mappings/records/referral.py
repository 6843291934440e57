"""Referral record (verwijzing): a GP asks a MESO practice to look at one patient.

The patient's agreement, if it was asked, comes in one line; the mapping makes CON-1 and CON-2 of
it. Without that line nothing was agreed and the record of the GP stays closed.
"""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from mappings.codes import Complexity, Priority, ProblemDomain, RequestedService, SteppedCare
from mappings.records.base import (
    AuthorIdentifier,
    Bsn,
    Coded,
    Day,
    Flag,
    Instant,
    Line,
    Moment,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey


class Address(Record):
    """Where the patient lives."""

    street: Line
    house_number: Line
    house_number_suffix: Line | None = None
    postal_code: Line
    city: Line


class Patient(Record):
    """Person as the GP practice knows her. `given` are first names (voornamen), in order.

    `deceased`: true, or the day or moment of death. `general_practitioner` is named only when it
    is somebody else than the referrer.
    """

    identifier: AuthorIdentifier
    bsn: Bsn | None = None
    family: Line
    prefix: Line | None = None
    given: tuple[Line, ...] = Field(min_length=1)
    birth_date: Day
    gender: Literal["male", "female", "other", "unknown"]
    address: Address | None = None
    phone: Line | None = None
    deceased: Literal[True] | Moment | None = None
    general_practitioner: Party | None = None


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
    """One referral. `task_identifier` only when the order has another number than the referral."""

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


def is_dead(patient: Patient) -> bool:
    """Death closes access (RI-20), with or without a known day."""
    return patient.deceased is True or isinstance(patient.deceased, date)
