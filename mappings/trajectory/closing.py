"""Closing record: from a running trajectory to a finished one, and back from that.

https://hl7.org/fhir/R4/episodeofcare.html

All memberships end at the moment of closing, save those of the GP and the patient, and so do the
phase and the step of care that run. Whoever goes on gets a new entry from that moment: the successor
as holder of the lead, the others as involved care providers. Reading it back tells who they were.
"""

from collections.abc import Sequence

from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from mappings.records.base import Period
from mappings.records.closing import Closing, NoSuccessor, Successor
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import (
    CareStep,
    EarlierStatus,
    Member,
    PhasePeriod,
    Trajectory,
    TrajectoryEnd,
)
from mappings.toolkit.codes import CLOSING_CHECK
from mappings.toolkit.identity import Ids
from mappings.toolkit.reader import refuse
from mappings.trajectory import trajectory as mapping
from mappings.trajectory.team import end_members


def to_fhir(closing: Closing, held: Sequence[Json], ids: Ids) -> list[Json]:
    """The EpisodeOfCare and CareTeam that are held, as they stand after closing."""
    return mapping.to_fhir(close(mapping.from_fhir(held, ids), closing, ids), ids)


def from_fhir(resources: Sequence[Json], ids: Ids) -> Closing:
    """The closing of a finished trajectory. FhirError 422 when it is running."""
    trajectory = mapping.from_fhir(resources, ids)
    closing = closing_of(trajectory, ids)
    if closing is None:
        refuse("EpisodeOfCare.status", "business-rule", "Dit traject is niet afgesloten.")
    return closing


def close(trajectory: Trajectory, closing: Closing, ids: Ids) -> Trajectory:
    """The trajectory as it stands after closing. FhirError 422 when the two do not fit."""
    if closing.trajectory != mapping.trajectory_id(trajectory, ids):
        refuse("Closing.trajectory", "value", "Dit is een ander traject.")
    if trajectory.end is not None:
        refuse("Closing.trajectory", "business-rule", "Dit traject is al afgesloten.")
    if closing.synthetic != trajectory.synthetic:
        refuse("Closing.synthetic", "business-rule", "Verzonnen en echt gaan niet samen.", "RI-8")
    if closing.on <= trajectory.started:
        refuse("Closing.on", "business-rule", "Het einde ligt voor het begin.")
    nobody = closing.successor if isinstance(closing.successor, NoSuccessor) else None
    ended = end_members(trajectory, closing.on)
    end = TrajectoryEnd(
        on=closing.on,
        reason=closing.end_reason,
        decided_by=closing.decided_by,
        no_successor_reason=None if nobody is None else nobody.not_needed_reason,
        checklist=closing.checklist,
    )
    return ended.model_copy(
        update={
            "members": (*ended.members, *_after(closing)),
            "end": end,
            "status": "finished",
            "status_history": (*trajectory.status_history, _last_status(trajectory, closing)),
            "phases": tuple(_end_phase(phase, closing) for phase in trajectory.phases),
            "steps": tuple(_end_step(step, closing) for step in trajectory.steps),
            "regie_holder": _leader(trajectory, closing),
        }
    )


def closing_of(trajectory: Trajectory, ids: Ids) -> Closing | None:
    """The closing that made a trajectory what it is; None while it runs."""
    end = trajectory.end
    if end is None:
        return None
    after = [m for m in trajectory.members if m.start == end.on]
    successors = [m.who for m in after if m.role == "regiehouder"]
    successor: Successor | NoSuccessor | None = successors[0] if successors else None
    if end.no_successor_reason is not None:
        successor = NoSuccessor(not_needed_reason=end.no_successor_reason)
    return Closing(
        trajectory=mapping.trajectory_id(trajectory, ids),
        end_reason=end.reason,
        on=end.on,
        decided_by=end.decided_by,
        successor=successor,
        continuing_parties=tuple(
            m.who.ura
            for m in after
            if m.role == "betrokken-zorgverlener" and isinstance(m.who, Party)
        ),
        checklist=end.checklist,
        synthetic=trajectory.synthetic,
    )


def warnings(closing: Closing) -> list[Issue]:
    """What is worth a look and no reason to refuse: R-84 where it only warns, R-86."""
    found = []
    if closing.end_reason != "END-1":
        if closing.successor is None:
            found.append(
                _warning("successor", "Er is nog niet geregeld wie de regie heeft.", "R-84")
            )
        return found
    answered = {check.point for check in closing.checklist}
    missing = [point for point in CLOSING_CHECK.texts if point not in answered]
    if missing:
        found.append(_warning("checklist", f"Nog niet nagelopen: {', '.join(missing)}.", "R-86"))
    unmet = [check.point for check in closing.checklist if not check.met]
    if unmet:
        found.append(_warning("checklist", f"Nog niet op orde: {', '.join(unmet)}.", "R-86"))
    return found


def _warning(field: str, text: str, rule: str) -> Issue:
    at = f"Closing.{field}"
    return Issue(code="business-rule", expression=at, text=text, rule=rule, severity="warning")


def _leader(trajectory: Trajectory, closing: Closing) -> StaffKey:
    """The professional who takes over; anybody else stands in the team alone (A-34)."""
    successor = closing.successor
    if isinstance(successor, Party) and successor.uzi is not None:
        return StaffKey(ura=successor.ura, uzi=successor.uzi)
    return trajectory.regie_holder


def _last_status(trajectory: Trajectory, closing: Closing) -> EarlierStatus:
    history = trajectory.status_history
    since = history[-1].end if history else trajectory.started
    if since >= closing.on:
        refuse("Closing.on", "business-rule", "Het einde ligt voor de laatste wijziging.")
    return EarlierStatus.model_validate(
        {"status": trajectory.status, "start": since, "end": closing.on}
    )


def _end_phase(phase: PhasePeriod, closing: Closing) -> PhasePeriod:
    if phase.end is not None and phase.end <= closing.on:
        return phase
    if phase.start >= closing.on:
        refuse("Closing.on", "business-rule", "Het einde ligt voor het begin van de fase.")
    return phase.model_copy(update={"end": closing.on})


def _end_step(step: CareStep, closing: Closing) -> CareStep:
    if step.period.end is not None:
        return step
    try:
        return step.model_copy(update={"period": Period(start=step.period.start, end=closing.on)})
    except ValueError:
        refuse("Closing.on", "business-rule", "Het einde ligt voor het begin van de trede.")


def _after(closing: Closing) -> list[Member]:
    members, successor = [], closing.successor
    if successor is not None and not isinstance(successor, NoSuccessor):
        members.append(Member(who=successor, role="regiehouder", start=closing.on))
    members += [
        Member(who=Party(ura=ura), role="betrokken-zorgverlener", start=closing.on)
        for ura in closing.continuing_parties
    ]
    return members
