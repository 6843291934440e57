"""Parts of a care plan: what can be named, changed and shown by itself.

Parts point at each other by key. `version` is what the sender last saw of a part. A `naaste` is
named by the logical id of the RelatedPerson; what is said about one (an overburdened carer) is a
part of its own, so that it can be left out.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mappings.plan.plan_codes import (
    Achievement,
    ActionPurpose,
    FitReason,
    GoalPriority,
    ProblemKind,
    ScenarioKind,
    Treatment,
)
from mappings.records.base import (
    Coded,
    Day,
    Flag,
    Line,
    LogicalId,
    Moment,
    PartKey,
    Period,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import Party
from mappings.records.progress import Progress
from mappings.records.trajectory import ClosePerson
from mappings.toolkit.codes import ProblemDomain

GoalStatus = Literal[
    "proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled"
]
LinkKind = Literal["due-to", "followed", "related"]
Version = Annotated[int, Field(strict=True, ge=1)]
Rank = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Part(Record):
    """Something in the plan that can be named, changed and shown by itself."""

    key: PartKey
    version: Version | None = None


class ProblemLink(Record):
    """How a problem hangs together with another: it is due to it, followed it, or is related."""

    kind: LinkKind
    problem: PartKey


class PlanProblem(Part):
    """A problem that leads to action or gives insight; `rank` 1 comes first.

    `naaste` when it is a problem of a naaste: then it is for nobody unless it is given by hand.
    """

    domain: ProblemDomain
    kind: ProblemKind
    text: Text
    code: Coded | None = None
    rank: Rank | None = None
    links: tuple[ProblemLink, ...] = ()
    naaste: LogicalId | None = None

    @model_validator(mode="after")
    def _is_not_linked_to_itself(self) -> Self:
        if any(link.problem == self.key for link in self.links):
            raise ValueError("linked to itself")
        if len(set(self.links)) != len(self.links):
            raise ValueError("the same link twice")
        return self


class GoalTarget(Record):
    """By what it shows that a goal is reached, and the value that is aimed at."""

    measure: Text
    code: Coded | None = None
    detail: Text | None = None


class PlanGoal(Part):
    """A goal in the person's own perspective. `naaste` is who voiced it, when that is known.

    `wishes` are keys of the treatment wishes under it.
    """

    text: Text
    expressed_by: Literal["patient", "naaste", "professional"]
    naaste: LogicalId | None = None
    quality_of_life: Text
    problems: tuple[PartKey, ...] = ()
    wishes: tuple[PartKey, ...] = ()
    start: Day | None = None
    target: GoalTarget | None = None
    due: Day | None = None
    priority: GoalPriority | None = None
    status: GoalStatus = "active"
    achievement: Achievement | None = None

    @model_validator(mode="after")
    def _names_who_voiced_it(self) -> Self:
        if self.naaste is not None and self.expressed_by != "naaste":
            raise ValueError("naaste")
        return self

    @model_validator(mode="after")
    def _is_due_after_its_start(self) -> Self:
        if self.start is not None and self.due is not None and self.due < self.start:
            raise ValueError("period")
        return self


class Informal(Record):
    """Somebody of the own network without a number or record: neighbours, a walking group."""

    name: Line


Performer = ClosePerson | Informal | Literal["patient"]


class BestFit(Record):
    """Which provider fits best and why; without `provider` that is the owner of the action."""

    reasons: tuple[FitReason, ...] = Field(min_length=1)
    text: Text | None = None
    provider: Party | None = None

    @model_validator(mode="after")
    def _gives_each_reason_once(self) -> Self:
        if len(set(self.reasons)) != len(self.reasons):
            raise ValueError("the same reason twice")
        return self


class PlanAction(Part):
    """What is done, why, by whom and when. `patient_facing`: she sees it in her own overview.

    `owner` answers for it: a care provider or an organisation of the social domain. `performers`
    of the person's own circle do it, or help. `naaste` is whom it supports. Without `why` the plan
    is taken and warned about (R-92).
    """

    what: Text
    why: Text | None = None
    purpose: ActionPurpose | None = None
    owner: Party
    performers: tuple[Performer, ...] = ()
    best_fit: BestFit | None = None
    when: Period | None = None
    timing: Text | None = None
    goals: tuple[PartKey, ...] = ()
    naaste: LogicalId | None = None
    patient_facing: Flag = False
    progress: Progress = Progress()

    @model_validator(mode="after")
    def _supports_the_naaste_it_names(self) -> Self:
        if self.naaste is not None and self.purpose != "naaste-support":
            raise ValueError("naaste")
        return self


class DeliberateNot(Part):
    """What is deliberately not done (juist niet), and whom that concerns."""

    what: Text
    why: Text
    concerns: tuple[Ura, ...] = ()


class Scenario(Part):
    """What may come, what to do then, and who does it: organisations, and naasten."""

    event: Text
    what_to_do: Text
    who: tuple[Ura, ...] = ()
    naasten: tuple[LogicalId, ...] = ()
    kind: ScenarioKind | None = None
    when: Period | None = None
    why: Text | None = None


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


class TradeOff(Part):
    """What was weighed against what, and what was decided and why; `about` are keys of parts."""

    weighed: Text
    decided: Text
    about: tuple[PartKey, ...] = ()
