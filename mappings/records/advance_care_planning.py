"""Advance care planning record (ACP): one conversation about wishes, and what was said in it.

A wish says what is wanted of care. It is no consent to show data, and the record of one is no
directive that was signed: a signed one is named as a document.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from mappings.plan.acp_codes import DirectiveKind, PreferredPlace, TreatmentGoal
from mappings.plan.plan_codes import Treatment
from mappings.records.base import (
    Day,
    Flag,
    Line,
    LogicalId,
    Moment,
    PartKey,
    Record,
    RootIdentifier,
    Text,
)
from mappings.records.parties import Party, StaffKey
from mappings.records.plan_parts import Version
from mappings.records.trajectory import ClosePerson

SaidTopic = Literal["matters-most", "care-wish", "fear", "non-medical", "euthanasia"]
Location = Annotated[str, StringConstraints(max_length=400, pattern=r"^https://[!-{}~]+$")]


class Said(Record):
    """Base of what came out of the conversation: a key of its own."""

    key: PartKey


class TreatmentLimit(Said):
    """A treatment that is wanted or not, admission to hospital among them. `other` says in words
    what is wanted; `agreed_by` is the patient or who represents her."""

    treatment: Treatment
    decision: Literal["do", "do-not", "other"]
    text: Text | None = None
    agreed_by: ClosePerson | Literal["patient"] = "patient"

    @model_validator(mode="after")
    def _other_is_explained(self) -> Self:
        if self.decision == "other" and self.text is None:
            raise ValueError("other needs words")
        return self


class DirectiveDocument(Said):
    """A directive (wilsverklaring) on paper or in a file: its kind, title and where it lies.

    `representative` is whom a proxy names.
    """

    kind: DirectiveKind
    title: Line
    signed_on: Day | None = None
    location: Location | None = None
    text: Text | None = None
    representative: LogicalId | None = None


class GoalOfTreatment(Said):
    """What treatment is for: longer life, care of illness, or relief."""

    key: PartKey = "treatment-goal"
    goal: TreatmentGoal
    text: Text


class SpecificWish(Said):
    """Something she wants or fears, in her own words; what matters most."""

    topic: SaidTopic
    text: Text


class PlaceWish(Said):
    """Where she wants to be cared for, or to die."""

    about: Literal["place-of-care", "place-of-death"]
    place: PreferredPlace
    text: Text | None = None


class PalliativePhase(Said):
    """The palliative phase was marked, since when and by whom."""

    key: PartKey = "palliative-phase"
    since: Moment
    marked_by: StaffKey


class NextReview(Said):
    """When the wishes are talked about again, and who sees to it."""

    key: PartKey = "next-review"
    on: Day
    owner: Party
    status: Literal["requested", "completed", "cancelled"] = "requested"


class AdvanceCarePlanning(Record):
    """One conversation: when, by whom, with whom. `representative` spoke for her."""

    identifier: RootIdentifier
    version: Version | None = None
    trajectory: LogicalId | None = None
    patient: LogicalId
    author: StaffKey
    held_on: Moment
    held_by: tuple[StaffKey, ...] = Field(min_length=1)
    patient_present: Flag
    naasten: tuple[LogicalId, ...] = ()
    representative: LogicalId | None = None
    limits: tuple[TreatmentLimit, ...] = ()
    documents: tuple[DirectiveDocument, ...] = ()
    goal: GoalOfTreatment | None = None
    wishes: tuple[SpecificWish, ...] = ()
    places: tuple[PlaceWish, ...] = ()
    palliative_phase: PalliativePhase | None = None
    next_review: NextReview | None = None
    synthetic: Flag = False

    def said(self) -> Iterator[Said]:
        """What came out of it, in the order in which its resources are written."""
        yield from self.limits
        yield from self.documents
        yield from filter(None, [self.goal])
        yield from self.wishes
        yield from self.places
        yield from filter(None, [self.palliative_phase, self.next_review])

    @model_validator(mode="after")
    def _names_each_part_once(self) -> Self:
        keys = [item.key for item in self.said()]
        if len(set(keys)) != len(keys):
            raise ValueError("two parts with one key")
        if len({item.about for item in self.places}) != len(self.places):
            raise ValueError("two places for one thing")
        if len({item.treatment for item in self.limits if item.treatment != "OTH"}) != len(
            [item for item in self.limits if item.treatment != "OTH"]
        ):
            raise ValueError("two answers about one treatment")
        return self

    @model_validator(mode="after")
    def _was_held_with_somebody(self) -> Self:
        speakers = {*self.naasten, *filter(None, [self.representative])}
        if not self.patient_present and not speakers:
            raise ValueError("nobody to speak with")
        if self.representative in self.naasten:
            raise ValueError("the representative is named once")
        agreed = {who.related_person for x in self.limits if (who := x.agreed_by) != "patient"}
        if not agreed <= {self.representative}:
            raise ValueError("only the representative agrees in place of the patient")
        return self
