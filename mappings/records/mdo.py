"""MDO record: one multidisciplinary meeting about one plan, planned and perhaps held.

The patient is always in it, whether she attends or not. Who may be invited, and that the GP is
(R-89), is judged elsewhere.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from mappings.codes import Function
from mappings.plan_codes import MdoForm
from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Identifier,
    Instant,
    LogicalId,
    PartKey,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey

Response = Literal["needs-action", "accepted", "declined", "tentative"]


class PlanKey(Record):
    """The plan that is the agenda, by its author's number."""

    ura: Ura
    identifier: RootIdentifier


class Invitee(Record):
    """Who is invited, in which function, on which consent (CON-3; the GP needs none)."""

    party: Party
    function: Function
    consent: Identifier | None = None
    response: Response = "needs-action"


class InvitedNaaste(Record):
    """A close person at the meeting, on consent CON-4."""

    related_person: LogicalId
    consent: Identifier | None = None
    response: Response = "needs-action"


class Outputs(Record):
    """The five outputs. `goals` and `agreements` are keys of the plan's goals and actions."""

    shared: tuple[Text, ...] = ()
    goals: tuple[PartKey, ...] = ()
    priorities: tuple[Text, ...] = ()
    agreements: tuple[PartKey, ...] = ()
    outlook: tuple[Text, ...] = ()


class Held(Record):
    """The meeting as it was. `attended` are the professionals; `repeat_reason` for a second one."""

    start: Instant
    end: Instant
    attended: tuple[StaffKey, ...] = Field(min_length=1)
    patient_attended: Flag = False
    naaste_attended: Flag = False
    repeat_reason: Text | None = None
    outputs: Outputs = Outputs()

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end <= self.start:
            raise ValueError("period")
        return self


class Mdo(Record):
    """A meeting. `chair` is a professional of the organiser and is invited by being the chair."""

    identifier: AuthorIdentifier
    trajectory: LogicalId
    patient: LogicalId
    start: Instant
    end: Instant
    form: MdoForm
    organiser: Ura
    chair: StaffKey
    agenda: PlanKey
    invitees: tuple[Invitee, ...] = ()
    naaste: InvitedNaaste | None = None
    held: Held | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError("period")
        parties = [invitee.party for invitee in self.invitees]
        if len(set(parties)) != len(parties) or self.chair.party() in parties:
            raise ValueError("invited twice")
        if self.held is not None and self.held.naaste_attended and self.naaste is None:
            raise ValueError("a naaste attends when invited")
        return self
