"""Closing record: from a running trajectory to a finished one, and back from that.

https://hl7.org/fhir/R4/episodeofcare.html

All memberships end at the moment of closing, save those of the GP and the patient. Whoever goes on
gets a new entry from that moment: the successor as holder of the lead, the others as involved care
providers. Reading it back tells who they were.
"""

from collections.abc import Sequence

from adapter.fhir.json import Json
from mappings import trajectory as mapping
from mappings.identity import Ids
from mappings.reader import refuse
from mappings.records.closing import Closing, NoSuccessor
from mappings.records.parties import Party
from mappings.records.trajectory import Member, Trajectory, TrajectoryEnd
from mappings.team import end_members


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
    members = (*ended.members, *_after(closing))
    return ended.model_copy(update={"members": members, "end": end})


def closing_of(trajectory: Trajectory, ids: Ids) -> Closing | None:
    """The closing that made a trajectory what it is; None while it runs."""
    end = trajectory.end
    if end is None:
        return None
    after = [m for m in trajectory.members if m.start == end.on and isinstance(m.who, Party)]
    successors = [m.who for m in after if m.role == "regiehouder" and isinstance(m.who, Party)]
    successor: Party | NoSuccessor | None = successors[0] if successors else None
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


def _after(closing: Closing) -> list[Member]:
    members = []
    if isinstance(closing.successor, Party):
        members.append(Member(who=closing.successor, role="regiehouder", start=closing.on))
    members += [
        Member(who=Party(ura=ura), role="betrokken-zorgverlener", start=closing.on)
        for ura in closing.continuing_parties
    ]
    return members
