"""Care plan record (zorgbehandelplan): one plan, made of parts that each have a key.

Parts point at each other by key. `version` is what the sender last saw of a part; the frame has
one too. Parts with an audience of their own are resources of their own, so a partner can be shown
some and not others.
"""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from mappings.codes import ProblemDomain
from mappings.plan_codes import GoalPriority, ProblemKind, ScenarioKind, Treatment
from mappings.records.base import (
    Coded,
    Day,
    Flag,
    Instant,
    Line,
    LogicalId,
    Moment,
    PartKey,
    Period,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey
from mappings.records.progress import Progress

PlanStatus = Literal["draft", "active", "on-hold", "revoked", "completed"]
GoalStatus = Literal[
    "proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled"
]


class Part(Record):
    """Something in the plan that can be named, changed and shown by itself."""

    key: PartKey
    version: int | None = Field(default=None, ge=1)


class PlanProblem(Part):
    """A problem that leads to action or gives insight; `rank` 1 comes first."""

    domain: ProblemDomain
    kind: ProblemKind
    text: Text
    code: Coded | None = None
    rank: int | None = Field(default=None, ge=1, le=1000)


class PlanGoal(Part):
    """A goal in the person's own perspective. `naaste` is who voiced it, when that is known."""

    text: Text
    expressed_by: Literal["patient", "naaste", "professional"]
    naaste: LogicalId | None = None
    quality_of_life: Text
    problems: tuple[PartKey, ...] = ()
    due: Day | None = None
    priority: GoalPriority | None = None
    status: GoalStatus = "active"

    @model_validator(mode="after")
    def _names_who_voiced_it(self) -> Self:
        if self.naaste is not None and self.expressed_by != "naaste":
            raise ValueError("naaste")
        return self


class PlanAction(Part):
    """What is done, why, by whom and when. `patient_facing`: she sees it in her own overview."""

    what: Text
    why: Text
    owner: Party
    when: Period | None = None
    goals: tuple[PartKey, ...] = ()
    patient_facing: Flag = False
    progress: Progress = Progress()


class DeliberateNot(Part):
    """What is deliberately not done (juist niet), and whom that concerns."""

    what: Text
    why: Text
    concerns: tuple[Ura, ...] = ()


class Scenario(Part):
    """What may come, what to do then, and who does it."""

    event: Text
    what_to_do: Text
    who: tuple[Ura, ...] = ()
    kind: ScenarioKind | None = None


class Voice(Part):
    """The person in her own words."""

    key: PartKey = "voice"
    text: Text


class Wish(Part):
    """A treatment wish. `other` says in words what is wanted."""

    treatment: Treatment
    decision: Literal["do", "do-not", "other"]
    text: Text | None = None
    discussed_on: Moment | None = None

    @model_validator(mode="after")
    def _other_is_explained(self) -> Self:
        if self.decision == "other" and self.text is None:
            raise ValueError("other needs words")
        return self


class Adjustment(Record):
    """The SO gives a part to a party that would not get it, or takes it away."""

    part: PartKey
    party: Ura
    change: Literal["add", "remove"]


class CarePlan(Record):
    """The plan of one trajectory, with all its parts."""

    identifier: RootIdentifier
    version: int | None = Field(default=None, ge=1)
    trajectory: LogicalId
    referral: LogicalId | None = None
    patient: LogicalId
    author: StaffKey
    created: Instant
    period: Period
    status: PlanStatus = "active"
    title: Line
    summary: Text
    problems: tuple[PlanProblem, ...] = Field(min_length=1)
    goals: tuple[PlanGoal, ...] = Field(min_length=1)
    actions: tuple[PlanAction, ...] = ()
    nots: tuple[DeliberateNot, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    voice: Voice
    wishes: tuple[Wish, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    synthetic: Flag = False

    def parts(self) -> Iterator[Part]:
        """Every part, in the order in which its resources are written."""
        yield from self.problems
        yield from self.goals
        yield from self.actions
        yield from self.nots
        yield from self.scenarios
        yield self.voice
        yield from self.wishes

    @model_validator(mode="after")
    def _points_only_at_its_own_parts(self) -> Self:
        keys = [part.key for part in self.parts()]
        if len(set(keys)) != len(keys):
            raise ValueError("two parts with one key")
        problems = {part.key for part in self.problems}
        goals = {part.key for part in self.goals}
        if any(not problems.issuperset(goal.problems) for goal in self.goals):
            raise ValueError("a goal names an unknown problem")
        if any(not goals.issuperset(action.goals) for action in self.actions):
            raise ValueError("an action names an unknown goal")
        if not set(keys).issuperset(adjustment.part for adjustment in self.adjustments):
            raise ValueError("an adjustment names an unknown part")
        return self
