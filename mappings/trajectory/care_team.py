"""Care team of a trajectory <-> CareTeam.

https://hl7.org/fhir/R4/careteam.html

A base CareTeam: nl-core allows a single professional in it. A member stands for its organisation by
its PractitionerRole, never by `onBehalfOf` (ctm-1). Who comes and goes is `team.py`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapter.fhir.constants import PARTICIPATION_TYPE
from adapter.fhir.json import Json
from mappings.records.base import Identifier
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson, Member, Trajectory, TrajectoryEnd
from mappings.toolkit import reader
from mappings.toolkit.codes import TEAM_ROLE, TeamRole
from mappings.toolkit.identity import (
    TEAM_SYSTEM,
    Ids,
    identifier,
    organisation_reference,
    party_reference,
    reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import HL7_EXTENSION, concept, extension, resource
from mappings.trajectory.team import goes_on
from mappings.trajectory.trajectory_history import span

EPISODE_LINK: Final = f"{HL7_EXTENSION}/workflow-episodeOfCare"

_NATIONAL_ROLES: Final[dict[TeamRole, str]] = {
    "hoofdbehandelaar": "RESP",
    "medebehandelaar": "ATND",
}


def team_to_fhir(trajectory: Trajectory, episode: str, ids: Ids) -> Json:
    end, works_on = trajectory.end, goes_on(trajectory.end, trajectory.members)
    return resource(
        "CareTeam",
        ids.team(trajectory.practice, episode),
        "care-team",
        synthetic=trajectory.synthetic,
        extension=[extension(EPISODE_LINK, valueReference=reference("EpisodeOfCare", episode))],
        identifier=[identifier(TEAM_SYSTEM, episode, trajectory.practice)],
        status="active" if works_on else "inactive",
        subject=reference("Patient", trajectory.patient),
        period=span(trajectory.started, None if works_on or end is None else end.on),
        participant=[_participant(member, trajectory, ids) for member in trajectory.members],
        managingOrganization=[organisation_reference(ids, trajectory.practice)],
    )


def _participant(member: Member, trajectory: Trajectory, ids: Ids) -> Json:
    roles = [TEAM_ROLE.concept(member.role)]
    if member.role in _NATIONAL_ROLES:
        roles.append(concept(PARTICIPATION_TYPE, _NATIONAL_ROLES[member.role]))
    if isinstance(member.who, Party):
        who = party_reference(ids, member.who)
    elif isinstance(member.who, ClosePerson):
        who = reference("RelatedPerson", member.who.related_person)
    else:
        who = reference("Patient", trajectory.patient)
    return {"role": roles, "member": who, "period": span(member.start, member.end)}


def read_team(
    team: Element, patient: str, episode: str, practice: str, message: Message
) -> tuple[Member, ...]:
    link = team.extension(EPISODE_LINK)
    number, _ = read_identifier(team.only("identifier"), practice)
    repeated = {
        "extension": link is not None
        and message.id_of(link.child("valueReference"), "EpisodeOfCare") == episode,
        "identifier": number == Identifier(system=TEAM_SYSTEM, value=episode),
        "subject": message.id_of(team.child("subject"), "Patient") == patient,
        "managingOrganization": message.organisation(team.only("managingOrganization")) == practice,
    }
    for name, agrees in repeated.items():
        if not agrees:
            refuse(team.at(name), "value", "Het zorgteam en het traject spreken elkaar tegen.")
    return tuple(_read_member(item, patient, message) for item in team.children("participant"))


def _read_member(item: Element, patient: str, message: Message) -> Member:
    roles = item.children("role")
    own = [role for role in roles if reader.is_coded(role, TEAM_ROLE.url)]
    if len(own) != 1:
        refuse(item.at("role"), "required", "Eén rol in het zorgteam.")
    role = read_code(own[0], TEAM_ROLE)
    for other in roles:
        if other is not own[0] and role in _NATIONAL_ROLES:
            take_fixed_code(other, PARTICIPATION_TYPE, _NATIONAL_ROLES[role])
    who = item.child("member")
    literal = str(who.peek("reference"))
    found: object
    if literal.startswith("RelatedPerson/"):
        found = ClosePerson(related_person=message.id_of(who, "RelatedPerson"))
    elif literal == f"Patient/{patient}":
        found = "patient"
        who.ignore("reference", "type", "display")
    else:
        found = message.party(who)
    period = item.child("period")
    return build(
        Member,
        item.path,
        who=found,
        role=role,
        start=period.value("start", reader.INSTANT),
        end=period.optional("end", reader.INSTANT),
    )


def check_derived(
    team: Element, started: datetime, end: TrajectoryEnd | None, members: Sequence[Member]
) -> None:
    """Status and period of the team follow from the rest."""
    works_on = goes_on(end, members)
    team.fixed("status", "active" if works_on else "inactive")
    period = team.child("period")
    expected = None if works_on or end is None else end.on
    if (period.value("start", reader.INSTANT), period.optional("end", reader.INSTANT)) != (
        started,
        expected,
    ):
        refuse(period.path, "value", "De periode van het zorgteam volgt uit het traject.")
