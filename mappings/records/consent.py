"""Consent record (toestemming): one decision of a patient about sharing with one party.

CON-1 and CON-2 are given to the GP practice and open its record to MESO; CON-3, CON-4 and CON-5
are given to MESO. Wishes about treatment are no consent in this sense: they are plan parts.

What nobody said is recorded too: presumed and not asked. Neither is ever active, so neither opens
anything for who fetches data.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from mappings.consent.consent_codes import (
    BASIC_ACTIONS,
    CONSENT_FORM,
    NAMED_ACTIONS,
    POLICY,
    ConsentForm,
    ConsentKind,
    ConsentType,
    LegalBasis,
    Purpose,
)
from mappings.records.base import (
    AuthorIdentifier,
    Code,
    Flag,
    Line,
    LogicalId,
    Moment,
    Record,
    Text,
    Ura,
    Uri,
)
from mappings.records.consent_scope import ConsentException, ConsentParty, Scope, levels
from mappings.records.parties import StaffKey

__all__ = [
    "ConsentException",
    "ConsentParty",
    "ConsentRecord",
    "Representative",
    "Withdrawal",
]

ConsentStatus = Literal["proposed", "active", "inactive", "rejected"]

_BY_CATEGORY = frozenset({"CON-1", "CON-2", "CON-6"})
_DECIDED = frozenset({"explicit", "refused"})
STATUSES: Mapping[str, frozenset[str]] = {
    "explicit": frozenset({"proposed", "active", "inactive"}),
    "refused": frozenset({"active", "rejected", "inactive"}),
    "presumed": frozenset({"proposed", "inactive"}),
    "not-asked": frozenset({"proposed", "inactive"}),
}

DocumentReference = Annotated[
    str,
    StringConstraints(
        pattern=r"^(Consent|Contract|DocumentReference|QuestionnaireResponse)/"
        r"[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}$"
    ),
]
AttachmentSize = Annotated[int, Field(ge=0, le=2_147_483_647, strict=True)]
Sha1 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{27}=$")]


class Representative(Record):
    """Who consents in the patient's place: a recorded RelatedPerson (R-54)."""

    related_person: LogicalId


Giver = Literal["patient"] | Representative


class ConsentDocument(Record):
    """The written statement itself, where it can be found. `hash` is SHA-1 in base64, as in FHIR."""

    title: Line | None = None
    content_type: Code | None = None
    url: Uri | None = None
    size: AttachmentSize | None = None
    hash: Sha1 | None = None
    created: Moment | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.title is None and self.url is None and self.hash is None:
            raise ValueError("document")
        if self.title in CONSENT_FORM.texts.values():
            raise ValueError("a title that only names the form")
        return self


class GpPermission(Record):
    """Written permission of the GP, which CON-6 asks besides (R-45)."""

    document: DocumentReference
    given_by: StaffKey
    on: Moment


class Verification(Record):
    """That the decision was checked again, with whom and when."""

    verified: Flag
    verified_with: Giver | None = None
    on: Moment | None = None


class Withdrawal(Record):
    """From when the consent no longer stands, who withdrew it, and who heard that."""

    on: Moment
    by: Giver = "patient"
    reason: Text | None = None
    received_by: StaffKey | None = None


def _giver_of(said: Mapping[str, object]) -> Giver | None:
    return "patient" if said.get("kind") in _DECIDED else None


def _form_of(said: Mapping[str, object]) -> ConsentForm | None:
    return "oral" if said.get("kind") in _DECIDED else None


class ConsentRecord(Scope):
    """One consent. `period` without an end lasts until closing.

    `categories` and `actions` narrow CON-1, CON-2 and CON-6; `parts` narrow CON-3, CON-4, CON-5 and
    CON-6; without them all that the type covers is meant. `also_for` are further parties of the
    same decision. Without a decision nobody gave it, in no form.
    """

    purposes: tuple[Purpose, ...] = ("TREAT",)
    identifier: AuthorIdentifier
    patient: LogicalId
    type: ConsentType
    kind: ConsentKind
    status: ConsentStatus = "active"
    given_by: Giver | None = Field(default_factory=_giver_of)
    recorded_by: StaffKey
    given_to: tuple[Ura, ...] = Field(min_length=1)
    date_time: Moment
    form: ConsentForm | None = Field(default_factory=_form_of)
    document: DocumentReference | ConsentDocument | None = None
    party: ConsentParty
    also_for: tuple[ConsentParty, ...] = ()
    trajectory: LogicalId | None = None
    referral: LogicalId | None = None
    alignment: Line | None = None
    explanation_given: Flag | None = None
    legal_basis: LegalBasis | None = None
    policies: tuple[Uri, ...] = ()
    gp_permission: GpPermission | None = None
    verifications: tuple[Verification, ...] = ()
    withdrawal: Withdrawal | None = None
    synthetic: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _names_only_fewer_actions(cls, said: object) -> object:
        """All the actions of a type are said by naming none: one thing has one form."""
        if isinstance(said, Mapping):
            kind = said.get("type")
            basic = next((acts for type_, acts in BASIC_ACTIONS.items() if type_ == kind), ())
            named = said.get("actions")
            if (
                basic
                and isinstance(named, list | tuple)
                and sorted(map(str, named)) == sorted(basic)
            ):
                return {**said, "actions": ()}
        return said

    @property
    def is_decided(self) -> bool:
        """Whether somebody said yes or no."""
        return self.kind in _DECIDED

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.status not in STATUSES[self.kind]:
            raise ValueError("this kind has no such status")
        if self.kind == "explicit" and self.period is None:
            raise ValueError("a permit has a period")
        if self.kind == "explicit" and self.trajectory is None and self.referral is None:
            raise ValueError("a permit belongs to a trajectory or a referral")
        if (self.withdrawal is not None) and self.status != "inactive":
            raise ValueError("what was withdrawn is inactive")
        if self.party in self.also_for or not self.purposes or POLICY in self.policies:
            raise ValueError("said twice, or not at all")
        return self

    @model_validator(mode="after")
    def _is_evidenced(self) -> Self:
        undecided = not self.is_decided
        if (self.given_by is None) != undecided or (self.form is None) != undecided:
            raise ValueError("a decision was given by somebody, in a form")
        if self.document is not None and self.form != "written":
            raise ValueError("a document is written")
        return self

    @model_validator(mode="after")
    def _covers_what_its_type_covers(self) -> Self:
        by_category = self.type in _BY_CATEGORY
        if self.parts and self.type in {"CON-1", "CON-2"}:
            raise ValueError("parts belong to CON-3, CON-4, CON-5 and CON-6")
        for level in levels(self):
            if level.categories and not by_category:
                raise ValueError("categories belong to CON-1, CON-2 and CON-6")
            if not set(level.actions).issubset(NAMED_ACTIONS[self.type]):
                raise ValueError("an action of another type")
        return self
