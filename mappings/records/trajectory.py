"""Trajectory (MESO-traject): temporary care of one patient by one MESO practice, and its team.

Derived by the adapter from an accepted referral; nobody posts it. Members come and go with a
period of their own; one that returns is a new entry, and the old one stays.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from mappings.codes import ClosingCheck, EndReason, SteppedCare, TeamRole
from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Instant,
    LogicalId,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey


class ClosePerson(Record):
    """A naaste or representative, by the id of the RelatedPerson."""

    related_person: LogicalId


class Member(Record):
    """Somebody in the team: a party, a close person, or the patient herself."""

    who: Party | ClosePerson | Literal["patient"]
    role: TeamRole
    start: Instant
    end: Instant | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError("period")
        return self


class Check(Record):
    """One point of the closing checklist (C1 … C10)."""

    point: ClosingCheck
    met: Flag
    remark: Text | None = None


class TrajectoryEnd(Record):
    """How it ended; `no_successor_reason` when nobody needs to take over the lead."""

    on: Instant
    reason: EndReason
    decided_by: StaffKey
    no_successor_reason: Text | None = None
    checklist: tuple[Check, ...] = ()


class Trajectory(Record):
    """EpisodeOfCare and CareTeam together. `regie_holder` leads on behalf of the practice."""

    identifier: AuthorIdentifier
    patient: LogicalId
    referral: LogicalId
    practice: Ura
    stepped_care: SteppedCare = "SC-4"
    started: Instant
    regie_holder: StaffKey
    members: tuple[Member, ...] = Field(min_length=1)
    end: TrajectoryEnd | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and self.end.on <= self.started:
            raise ValueError("period")
        return self
