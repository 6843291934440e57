"""Trajectory (MESO-traject): temporary care of one patient by one MESO practice, and its team.

Derived by the adapter from an accepted referral; nobody posts it. Members come and go with a
period of their own; one that returns is a new entry, and the old one stays.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from adapter.fhir.instant import parse_moment
from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Instant,
    LogicalId,
    Moment,
    Period,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import Party, StaffKey
from mappings.toolkit.codes import ClosingCheck, EndReason, SteppedCare, TeamRole
from mappings.trajectory.trajectory_codes import Phase

RunningStatus = Literal["planned", "waitlist", "active", "onhold"]

# Element that is at fault, rule, what it should be.
Fault = tuple[str, str | None, str]


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


class PhasePeriod(Record):
    """One phase of the work, from when until when; open while it lasts."""

    phase: Phase
    start: Instant
    end: Instant | None = None


class EarlierStatus(Record):
    """How the trajectory stood before it stood as it does."""

    status: RunningStatus
    start: Instant
    end: Instant


class CareStep(Record):
    """One step of stepped care: by whom it was chosen, and why more or less care was needed.

    `previous` is the step before it.
    """

    step: SteppedCare
    period: Period
    decided_by: Party
    reason: Text | None = None
    previous: SteppedCare | None = None


class Check(Record):
    """One point of the closing checklist (C1 … C10)."""

    point: ClosingCheck
    met: Flag
    remark: Text | None = None


def each_point_once(checklist: tuple[Check, ...]) -> tuple[Check, ...]:
    """A point is answered once."""
    points = [check.point for check in checklist]
    if len(set(points)) != len(points):
        raise ValueError("one answer per point")
    return checklist


Checklist = Annotated[tuple[Check, ...], AfterValidator(each_point_once)]


class TrajectoryEnd(Record):
    """How it ended; `no_successor_reason` when nobody needs to take over the lead."""

    on: Instant
    reason: EndReason
    decided_by: StaffKey
    no_successor_reason: Text | None = None
    checklist: Checklist = ()


class Trajectory(Record):
    """EpisodeOfCare and CareTeam together.

    `regie_holder` leads: somebody of the practice, and after closing the professional who took
    over, if one did. `stepped_care` is the step that runs, the last of `steps` where these are
    known. Whatever is under way has a phase; what ended before it began has none.
    """

    identifier: AuthorIdentifier
    patient: LogicalId
    referral: LogicalId
    practice: Ura
    status: Literal[RunningStatus, "finished"] = "active"
    status_history: tuple[EarlierStatus, ...] = ()
    stepped_care: SteppedCare = "SC-4"
    steps: tuple[CareStep, ...] = ()
    started: Instant
    phases: tuple[PhasePeriod, ...] = ()
    regie_holder: StaffKey
    members: tuple[Member, ...] = Field(min_length=1)
    end: TrajectoryEnd | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if any(faults(self)):
            raise ValueError("trajectory")
        return self


def faults(trajectory: Trajectory) -> Iterator[Fault]:
    """What contradicts itself, each by the element in which it stands."""
    end = trajectory.end
    if (trajectory.status == "finished") != (end is not None):
        yield "status", "R-85", "Een afgesloten traject heeft een einde, een lopend traject geen."
    if end is not None and end.on <= trajectory.started:
        yield "period", None, "Het einde ligt voor het begin."
    yield from _faults_of_charge(trajectory)
    yield from _faults_of_phases(trajectory)
    yield from _faults_of_history(trajectory)
    yield from _faults_of_steps(trajectory)


def _faults_of_charge(trajectory: Trajectory) -> Iterator[Fault]:
    """R-82: the GP is in charge of the treatment all the time, the MESO practice never."""
    in_charge = [m for m in trajectory.members if m.role == "hoofdbehandelaar"]
    team = {
        m.who.uzi
        for m in trajectory.members
        if isinstance(m.who, Party) and m.who.ura == trajectory.practice
    } - {None}
    for member in in_charge:
        who = member.who
        if not isinstance(who, Party) or who.ura == trajectory.practice or who.uzi in team:
            text = "Hoofdbehandelaar blijft de huisarts, nooit iemand van de MESO-praktijk."
            yield "participant", "R-82", text
    until = trajectory.started
    for member in sorted(in_charge, key=lambda member: member.start):
        if member.start > until:
            break
        if member.end is None:
            return
        until = max(until, member.end)
    if trajectory.end is None or until < trajectory.end.on:
        yield "participant", "R-82", "Er is het hele traject een hoofdbehandelaar."


def _faults_of_phases(trajectory: Trajectory) -> Iterator[Fault]:
    phases, end = trajectory.phases, trajectory.end
    if not phases and trajectory.status in ("active", "onhold"):
        yield "extension", None, "Een traject dat is begonnen, heeft een fase."
    if not _in_order([(p.start, p.end) for p in phases], trajectory.started):
        yield "extension", None, "Fasen volgen op elkaar; alleen de laatste kan nog lopen."
    if phases and end is not None and (phases[-1].end is None or phases[-1].end > end.on):
        yield "extension", None, "Na het einde loopt er geen fase."


def _faults_of_history(trajectory: Trajectory) -> Iterator[Fault]:
    earlier, end = trajectory.status_history, trajectory.end
    if not _in_order([(s.start, s.end) for s in earlier], trajectory.started) or (
        earlier and end is not None and earlier[-1].end > end.on
    ):
        yield "statusHistory", None, "Eerdere statussen volgen op elkaar, binnen het traject."


def _faults_of_steps(trajectory: Trajectory) -> Iterator[Fault]:
    """Every step but the last has ended, and names the one before it, if it names one."""
    steps = trajectory.steps
    if steps and steps[-1].step != trajectory.stepped_care:
        yield "type", None, "De laatste trede is de trede die loopt."
    for before, after in pairwise(steps):
        ended = before.period.end is not None and _low(before.period.end) <= _low(
            after.period.start
        )
        if not ended or after.previous != before.step:
            yield "extension", None, "Treden volgen op elkaar en noemen de vorige."


def _in_order(spans: Sequence[tuple[datetime, datetime | None]], first: datetime) -> bool:
    """Each begins when the one before it has ended, or later; only the last is still open."""
    until: datetime | None = first
    for start, end in spans:
        if until is None or start < until or (end is not None and end <= start):
            return False
        until = end
    return True


def _low(moment: Moment) -> int:
    found = parse_moment(moment.isoformat())
    assert found is not None, "a moment of a record has the form of FHIR"
    return found.low
