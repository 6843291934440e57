"""Patient record: the older person as her GP practice knows her.

Master data belong to the GP practice: MESO reads them and never changes them (R-30). Debtor data
have no place, because they are not exchanged.
"""

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from mappings.people.person_codes import IdentityDocument, LivingSituation
from mappings.records.base import (
    AuthorIdentifier,
    Bsn,
    Day,
    Flag,
    Line,
    Moment,
    Record,
    Text,
    Ura,
)
from mappings.records.names import PersonName
from mappings.records.parties import Party, StaffKey

Agb = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Address(Record):
    """Where somebody lives."""

    street: Line
    house_number: Line
    house_number_suffix: Line | None = None
    postal_code: Line
    city: Line


class IdentityCheck(Record):
    """That her identity was verified: by which document, when and by whom (R-94)."""

    document: IdentityDocument
    on: Day
    by: StaffKey


class SpokenLanguage(Record):
    """A language she speaks (ISO 639-1); `preferred` is the one to use."""

    language: Language
    preferred: Flag | None = None


class Patient(PersonName):
    """Person as the GP practice knows her.

    `deceased`: true, or the day or moment of death. `general_practitioner` is named only when it
    is somebody else than who sends. `pharmacy` is the AGB code of her pharmacy. `living` and
    `wlz_indication` are criteria that are recorded and never decide by themselves.
    `communication_needs` say in words how to reach her, `interpreter` whether one is needed.
    """

    identifier: AuthorIdentifier
    bsn: Bsn | None = None
    birth_date: Day
    gender: Literal["male", "female", "other", "unknown"]
    address: Address | None = None
    phone: Line | None = None
    deceased: Literal[True] | Moment | None = None
    general_practitioner: Party | None = None
    pharmacy: Agb | None = None
    identity_checks: tuple[IdentityCheck, ...] = ()
    living: LivingSituation | None = None
    wlz_indication: Flag | None = None
    languages: tuple[SpokenLanguage, ...] = ()
    interpreter: Flag | None = None
    communication_needs: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _has_a_given_name(self) -> Self:
        if not (self.given or self.initials):
            raise ValueError("a first name or an initial")
        return self

    @model_validator(mode="after")
    def _prefers_one_language(self) -> Self:
        if sum(spoken.preferred is True for spoken in self.languages) > 1:
            raise ValueError("two preferred languages")
        return self


class PatientRecord(Patient):
    """The patient by herself, not as part of a referral; `practice` keeps these data."""

    practice: Ura
    synthetic: Flag = False

    @model_validator(mode="after")
    def _names_another_practitioner(self) -> Self:
        if self.general_practitioner == Party(ura=self.practice):
            raise ValueError("the general practitioner is the practice itself")
        return self


def is_dead(patient: Patient) -> bool:
    """Death closes access (RI-20), with or without a known day."""
    return patient.deceased is not None
