"""Assessment record (diagnostic phase): what was looked at, by whom, where, and what it showed.

Each component D1 … D10 is done or left out with a reason; D1a … D1e may be told apart from D1.
What was seen of a naaste's need is a part of its own, so that it can be left out.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from mappings.plan.assessment_codes import AssessmentComponent
from mappings.records.base import (
    Coded,
    Flag,
    LogicalId,
    Moment,
    PartKey,
    Period,
    Record,
    RootIdentifier,
    Text,
    Ura,
    Uzi,
)
from mappings.records.parties import StaffKey
from mappings.records.plan_parts import Version
from mappings.toolkit.codes import Function

Setting = Literal["home", "practice", "remote"]
Source = Annotated[
    str,
    StringConstraints(
        pattern=r"^(QuestionnaireResponse|Observation|DocumentReference)/"
        r"[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}$"
    ),
]
MANDATORY: Final[frozenset[AssessmentComponent]] = frozenset(
    {"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10"}
)


class Assessor(Record):
    """A person acting for an organisation, and in which function she assessed."""

    ura: Ura
    uzi: Uzi
    function: Function

    def staff(self) -> StaffKey:
        return StaffKey(ura=self.ura, uzi=self.uzi)


class Contact(Record):
    """One visit: where it was, when, who came, and which naasten were there."""

    key: PartKey
    setting: Setting
    period: Period
    staff: tuple[StaffKey, ...] = Field(min_length=1)
    naasten: tuple[LogicalId, ...] = ()


class Component(Record):
    """One component: done by somebody, or left out for a reason. `sources` are what it rests on."""

    component: AssessmentComponent
    state: Literal["done", "left-out"]
    reason: Text | None = None
    assessors: tuple[Assessor, ...] = ()
    contact: PartKey | None = None
    on: Moment | None = None
    finding: Text | None = None
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _is_done_by_somebody_or_left_out_for_a_reason(self) -> Self:
        if self.state == "done":
            if not self.assessors or self.reason is not None:
                raise ValueError("done")
        elif self.reason is None or any(
            (self.assessors, self.contact, self.on, self.finding, self.sources)
        ):
            raise ValueError("left out")
        return self


class Finding(Record):
    """Something that the assessment brought to light, in words and perhaps with a code."""

    text: Text
    code: Coded | None = None


class NaasteNeed(Record):
    """What a naaste was seen to need, and by whom."""

    key: PartKey
    naaste: LogicalId
    text: Text
    seen_by: StaffKey


class Assessment(Record):
    """The assessment of one trajectory. `problems` are logical ids of the problems it is about."""

    identifier: RootIdentifier
    version: Version | None = None
    trajectory: LogicalId
    patient: LogicalId
    author: StaffKey
    status: Literal["in-progress", "completed"] = "completed"
    period: Period
    contacts: tuple[Contact, ...] = ()
    components: tuple[Component, ...] = Field(min_length=1)
    problems: tuple[LogicalId, ...] = ()
    findings: tuple[Finding, ...] = ()
    conclusion: Text | None = None
    prognosis: Text | None = None
    naaste_needs: tuple[NaasteNeed, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _names_each_part_once(self) -> Self:
        codes = [item.component for item in self.components]
        contacts = [item.key for item in self.contacts]
        needs = [item.key for item in self.naaste_needs]
        keys = [*codes, *contacts, *needs]
        if len(set(keys)) != len(keys):
            raise ValueError("two parts with one key")
        visited = {item.contact for item in self.components if item.contact is not None}
        if not visited.issubset(contacts):
            raise ValueError("a component names an unknown contact")
        return self

    @model_validator(mode="after")
    def _is_complete_when_done(self) -> Self:
        answered = {item.component for item in self.components}
        if self.status == "completed" and not answered >= MANDATORY:
            raise ValueError("a component is neither done nor left out")
        return self
