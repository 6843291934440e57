"""MDO record: one multidisciplinary meeting about one plan, planned and perhaps held.

The patient is always in it, whether she attends or not. Who may be invited, and that the GP is
(R-89), is judged elsewhere.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mappings.mdo.mdo_codes import ConsultedWhen, InviteeInvolvement, RepeatReason
from mappings.plan.plan_codes import MdoForm
from mappings.records.base import (
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
from mappings.records.consent_scope import PartReference
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import ClosePerson
from mappings.toolkit.codes import Function

MdoStatus = Literal["proposed", "pending", "booked", "cancelled"]
Response = Literal["needs-action", "accepted", "declined", "tentative"]
Count = Annotated[int, Field(ge=1, le=2_147_483_647, strict=True)]


class PlanKey(Record):
    """The plan that is the agenda, by its author's number, in the version that was used."""

    ura: Ura
    identifier: RootIdentifier
    version: Count | None = None


class Invitee(Record):
    """Who is invited, in which function, on which consent (CON-3; the GP needs none).

    `involvement`: whether she is involved already or is to be.
    """

    party: Party
    function: Function
    consent: Identifier | None = None
    response: Response = "needs-action"
    involvement: InviteeInvolvement | None = None
    invited_at: Instant | None = None


class InvitedNaaste(Record):
    """A close person at the meeting, on consent CON-4."""

    related_person: LogicalId
    consent: Identifier | None = None
    response: Response = "needs-action"
    invited_at: Instant | None = None


class Consultation(Record):
    """That somebody who was not there was spoken to, before or after the meeting (R-102)."""

    key: PartKey
    who: Party | ClosePerson
    when: ConsultedWhen
    on: Instant
    by: StaffKey
    note: Text | None = None


class Outputs(Record):
    """The five outputs. `goals`, `agreements` and `scenarios` are keys of the plan's parts.

    Outlook is said in words, in scenarios or both. `wishes` are the patient's own.
    """

    shared: tuple[Text, ...] = ()
    goals: tuple[PartKey, ...] = ()
    priorities: tuple[Text, ...] = ()
    agreements: tuple[PartKey, ...] = ()
    outlook: tuple[Text, ...] = ()
    scenarios: tuple[PartKey, ...] = ()
    wishes: tuple[Text, ...] = ()


class Attendee(StaffKey):
    """A professional who was there, and from when to when, for who is paid by time."""

    start: Instant | None = None
    end: Instant | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and (self.start is None or self.end <= self.start):
            raise ValueError("period")
        return self

    def staff(self) -> StaffKey:
        return StaffKey(ura=self.ura, uzi=self.uzi)


class Report(Record):
    """The report as one audience gets it."""

    audience: Party | ClosePerson | Literal["patient"]
    document: PartReference


class Held(Record):
    """The meeting as it was. `attended` are the professionals; a second meeting has a reason."""

    start: Instant
    end: Instant
    attended: tuple[Attendee, ...] = Field(min_length=1)
    patient_attended: Flag = False
    naaste_attended: Flag = False
    repeat_kind: RepeatReason | None = None
    repeat_reason: Text | None = None
    outputs: Outputs = Outputs()
    reports: tuple[Report, ...] = ()

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end <= self.start:
            raise ValueError("period")
        if self.repeat_kind is not None and self.repeat_reason is None:
            raise ValueError("a reason in words")
        return self


class Mdo(Record):
    """A meeting. `chair` is a professional of the organiser and is invited by being the chair.

    Without `start` and `end` it has no time yet, or will not take place. `sequence` counts the
    meetings of the trajectory. `indication` says why patient or naaste (do not) attend.
    """

    identifier: RootIdentifier
    trajectory: LogicalId
    referral: LogicalId | None = None
    patient: LogicalId
    status: MdoStatus = "booked"
    start: Instant | None = None
    end: Instant | None = None
    form: MdoForm
    sequence: Count | None = None
    organiser: Ura
    chair: StaffKey
    coordinator: StaffKey | None = None
    agenda: PlanKey
    invitees: tuple[Invitee, ...] = ()
    patient_invited: Flag = False
    naaste: InvitedNaaste | None = None
    indication: Text | None = None
    cancelled_because: Text | None = None
    consultations: tuple[Consultation, ...] = ()
    held: Held | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_planned(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("period")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("period")
        if self.start is None and self.status not in {"proposed", "cancelled"}:
            raise ValueError("a time")
        if self.cancelled_because is not None and self.status != "cancelled":
            raise ValueError("not cancelled")
        return self

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        parties = [invitee.party for invitee in self.invitees]
        keys = [consultation.key for consultation in self.consultations]
        if len(set(keys)) != len(keys):
            raise ValueError("two conversations with one key")
        own = [who.party() for who in (self.chair, self.coordinator) if who is not None]
        if len(set(parties)) != len(parties) or set(own) & set(parties):
            raise ValueError("invited twice")
        return self

    @model_validator(mode="after")
    def _was_held_as_planned(self) -> Self:
        if self.held is None:
            return self
        if self.status != "booked":
            raise ValueError("a meeting that was held was booked")
        if self.held.naaste_attended and self.naaste is None:
            raise ValueError("a naaste attends when invited")
        if (self.sequence or 1) > 1 and self.held.repeat_reason is None:
            raise ValueError("a second meeting has a reason")
        return self

    @property
    def gp_invited(self) -> bool:
        """R-89, as far as the invitations say it."""
        return any(invitee.function == "gp" for invitee in self.invitees)

    def unheard(self) -> Sequence[Invitee]:
        """Who was invited, was not there and was not spoken to (R-102); nobody before it is held.

        An organisation was there when anybody of it was.
        """
        if self.held is None:
            return ()
        there = {who.ura for who in self.held.attended}
        spoken = {item.who.ura for item in self.consultations if isinstance(item.who, Party)}
        return tuple(i for i in self.invitees if i.party.ura not in there | spoken)
