"""Consent record (toestemming): one decision of a patient about sharing with one party.

CON-1 and CON-2 are given to the GP practice and open its record to MESO; CON-3, CON-4 and CON-5
are given to MESO. Wishes about treatment are no consent in this sense: they are plan parts.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from mappings.codes import Function
from mappings.consent_codes import ConsentForm, ConsentType, DataCategory
from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Line,
    LogicalId,
    Moment,
    Period,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import StaffKey

ConsentStatus = Literal["active", "inactive", "rejected"]

PartReference = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{1,40}/[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}$")
]


class Representative(Record):
    """Who consents in the patient's place: a recorded RelatedPerson (R-54)."""

    related_person: LogicalId


class ConsentParty(Record):
    """Who may see: an organisation, only a function in it, or a close person."""

    ura: Ura | None = None
    role: Function | None = None
    related_person: LogicalId | None = None

    @model_validator(mode="after")
    def _is_one_party(self) -> Self:
        if (self.ura is None) == (self.related_person is None):
            raise ValueError("one party")
        if self.role is not None and self.ura is None:
            raise ValueError("a role needs an organisation")
        return self


class Withdrawal(Record):
    """From when the consent no longer stands, and who withdrew it."""

    on: Moment
    by: Literal["patient"] | Representative = "patient"
    reason: Text | None = None


class ConsentRecord(Record):
    """One consent. `period` without an end lasts until closing.

    `categories` narrow CON-1, CON-2 and CON-6, `parts` narrow CON-3, CON-4 and CON-5; without them
    all data that the type covers is meant.
    """

    identifier: AuthorIdentifier
    patient: LogicalId
    type: ConsentType
    kind: Literal["explicit", "refused"]
    status: ConsentStatus = "active"
    given_by: Literal["patient"] | Representative = "patient"
    recorded_by: StaffKey
    given_to: tuple[Ura, ...] = Field(min_length=1)
    date_time: Moment
    form: ConsentForm = "oral"
    party: ConsentParty
    categories: tuple[DataCategory, ...] = ()
    parts: tuple[PartReference, ...] = ()
    trajectory: LogicalId | None = None
    referral: LogicalId | None = None
    period: Period | None = None
    alignment: Line | None = None
    explanation_given: Flag | None = None
    withdrawal: Withdrawal | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        by_category = self.type in {"CON-1", "CON-2", "CON-6"}
        if self.parts and by_category:
            raise ValueError("parts belong to CON-3, CON-4 and CON-5")
        if self.categories and not by_category:
            raise ValueError("categories belong to CON-1, CON-2 and CON-6")
        if self.kind == "explicit" and self.period is None:
            raise ValueError("a permit has a period")
        if self.kind == "explicit" and self.trajectory is None and self.referral is None:
            raise ValueError("a permit belongs to a trajectory or a referral")
        if self.status == "rejected" and self.kind != "refused":
            raise ValueError("rejected means refused")
        if (self.withdrawal is not None) and self.status != "inactive":
            raise ValueError("what was withdrawn is inactive")
        return self
