"""Care plan record (zorgbehandelplan): one plan, made of parts that each have a key.

`version` is what the sender last saw of the frame. Parts with an audience of their own are
resources of their own, so a partner can be shown some and not others.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from mappings.records.base import (
    Flag,
    Instant,
    Line,
    LogicalId,
    PartKey,
    Period,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey
from mappings.records.plan_parts import (
    DeliberateNot,
    Part,
    PlanAction,
    PlanGoal,
    PlanProblem,
    Scenario,
    TradeOff,
    Version,
    Voice,
    Wish,
)
from mappings.records.trajectory import ClosePerson

PlanStatus = Literal["draft", "active", "on-hold", "revoked", "completed"]
Contributor = Party | ClosePerson | Literal["patient"]


class Adjustment(Record):
    """The SO gives a part to a party that would not get it, or takes it away."""

    part: PartKey
    party: Ura
    change: Literal["add", "remove"]


class CarePlan(Record):
    """The plan of one trajectory, with all its parts.

    `replaces` is the number of the practice's plan before this one. `assessments` and
    `conversations` (on treatment wishes) are the logical ids of what it stands on.
    """

    identifier: RootIdentifier
    version: Version | None = None
    replaces: RootIdentifier | None = None
    trajectory: LogicalId
    referral: LogicalId | None = None
    assessments: tuple[LogicalId, ...] = ()
    conversations: tuple[LogicalId, ...] = ()
    patient: LogicalId
    author: StaffKey
    contributors: tuple[Contributor, ...] = ()
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
    trade_offs: tuple[TradeOff, ...] = ()
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
        yield from self.trade_offs

    @model_validator(mode="after")
    def _points_only_at_its_own_parts(self) -> Self:
        keys = [part.key for part in self.parts()]
        if len(set(keys)) != len(keys):
            raise ValueError("two parts with one key")
        problems, goals, wishes = _keys(self.problems), _keys(self.goals), _keys(self.wishes)
        named = (
            ("a problem", problems, (x.problem for p in self.problems for x in p.links)),
            ("a goal", problems, (key for goal in self.goals for key in goal.problems)),
            ("a goal", wishes, (key for goal in self.goals for key in goal.wishes)),
            ("an action", goals, (key for action in self.actions for key in action.goals)),
            ("a trade-off", set(keys), (key for item in self.trade_offs for key in item.about)),
            ("an adjustment", set(keys), (item.part for item in self.adjustments)),
        )
        for what, known, pointed in named:
            if not known.issuperset(pointed):
                raise ValueError(f"{what} names an unknown part")
        return self

    @model_validator(mode="after")
    def _replaces_another(self) -> Self:
        if self.replaces == self.identifier:
            raise ValueError("replaces itself")
        return self


def _keys(parts: Sequence[Part]) -> set[str]:
    return {part.key for part in parts}
