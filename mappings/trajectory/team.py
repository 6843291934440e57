"""Who comes into a care team, who leaves it, and whether somebody is left.

https://hl7.org/fhir/R4/careteam.html

A period counts at the moment of a request: start inclusive, end exclusive. Being a member is one
condition of a relation, never a permission by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mappings.records.parties import Party
from mappings.records.trajectory import Member, Trajectory, TrajectoryEnd
from mappings.toolkit.reader import refuse

_STAYING: Final = frozenset({"hoofdbehandelaar", "brondossierhouder", "patient"})


def add_member(trajectory: Trajectory, member: Member) -> Trajectory:
    """The team with one more entry; an open entry of the same party and role stays the only one."""
    for known in trajectory.members:
        if known.end is None and (known.who, known.role) == (member.who, member.role):
            return trajectory
    return trajectory.model_copy(update={"members": (*trajectory.members, member)})


def end_members(trajectory: Trajectory, on: datetime, *parties: str) -> Trajectory:
    """Every open entry of these organisations (URA) ends; with none named, of all but GP and patient.

    FhirError 422 when an entry would end before it began.
    """

    def ends(member: Member) -> bool:
        if member.end is not None:
            return False
        if not parties:
            return member.role not in _STAYING
        return isinstance(member.who, Party) and member.who.ura in parties

    members = []
    for member in trajectory.members:
        if ends(member) and on <= member.start:
            refuse("CareTeam.participant.period", "business-rule", "Het einde ligt voor het begin.")
        members.append(member.model_copy(update={"end": on}) if ends(member) else member)
    return trajectory.model_copy(update={"members": tuple(members)})


def goes_on(end: TrajectoryEnd | None, members: Sequence[Member]) -> bool:
    """Whether somebody keeps a task in the team: while it runs, or a successor or party after."""
    return end is None or any(m.end is None and m.role not in _STAYING for m in members)
