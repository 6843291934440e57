"""Trajectory <-> EpisodeOfCare and CareTeam, derived from an accepted referral.

https://hl7.org/fhir/R4/episodeofcare.html, https://hl7.org/fhir/R4/careteam.html

The CareTeam is a base one: nl-core allows a single professional in it. A member stands for its
organisation by its PractitionerRole, never by `onBehalfOf` (ctm-1). Nothing here grants access.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapter.fhir.constants import PARTICIPATION_TYPE
from adapter.fhir.json import Json
from mappings import reader
from mappings.codes import CLOSING_CHECK, END_REASON, STEPPED_CARE, TEAM_ROLE, TeamRole
from mappings.identity import (
    TEAM_SYSTEM,
    Ids,
    identifier,
    organisation_reference,
    party_reference,
    reference,
    staff_reference,
)
from mappings.message import Message, read_identifier
from mappings.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.records.base import Identifier
from mappings.records.parties import Party
from mappings.records.trajectory import Check, ClosePerson, Member, Trajectory, TrajectoryEnd
from mappings.team import goes_on
from mappings.writing import HL7_EXTENSION, concept, extension, extension_url, present, resource

EPISODE_LINK: Final = f"{HL7_EXTENSION}/workflow-episodeOfCare"

_END_REASON: Final = extension_url("end-reason")
_DECIDED_BY: Final = extension_url("end-decided-by")
_NO_SUCCESSOR: Final = extension_url("no-successor-reason")
_CHECK: Final = extension_url("closing-check")
_NATIONAL_ROLES: Final[dict[TeamRole, str]] = {
    "hoofdbehandelaar": "RESP",
    "medebehandelaar": "ATND",
}


def trajectory_id(trajectory: Trajectory, ids: Ids) -> str:
    """Logical id of the EpisodeOfCare."""
    number = trajectory.identifier
    return ids.of("EpisodeOfCare", trajectory.practice, number.system, number.value)


def to_fhir(trajectory: Trajectory, ids: Ids) -> list[Json]:
    """EpisodeOfCare and CareTeam."""
    episode = trajectory_id(trajectory, ids)
    return [_episode(trajectory, episode, ids), _team(trajectory, episode, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Trajectory:
    """The one trajectory among these. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    episode, team = message.one("EpisodeOfCare"), message.one("CareTeam")
    practice = message.organisation(episode.child("managingOrganization"))
    number, _ = read_identifier(episode.only("identifier"), practice)
    id_ = ids.of("EpisodeOfCare", practice, number.system, number.value)
    message.identify(episode, id_)
    message.identify(team, ids.team(practice, id_))
    patient = message.id_of(episode.child("patient"), "Patient")
    period = episode.child("period")
    started = period.value("start", reader.INSTANT)
    end = _read_end(episode, period, message)
    if message.id_of(episode.only("team"), "CareTeam") != ids.team(practice, id_):
        refuse(episode.at("team"), "value", "Het zorgteam hoort bij dit traject.")
    members = _read_team(team, patient, id_, practice, message)
    _check_derived(team, started, end, members)
    trajectory = build(
        Trajectory,
        episode.path,
        identifier=number,
        patient=patient,
        referral=message.id_of(episode.only("referralRequest"), "ServiceRequest"),
        practice=practice,
        stepped_care=read_code(episode.only("type"), STEPPED_CARE),
        started=started,
        regie_holder=message.staff(episode.child("careManager")),
        members=members,
        end=end,
    )
    return trajectory.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _episode(trajectory: Trajectory, id_: str, ids: Ids) -> Json:
    end = trajectory.end
    return resource(
        "EpisodeOfCare",
        id_,
        "episode-of-care",
        synthetic=trajectory.synthetic,
        extension=[] if end is None else _end(end, ids),
        identifier=[
            identifier(
                trajectory.identifier.system, trajectory.identifier.value, trajectory.practice
            )
        ],
        status="active" if end is None else "finished",
        type=[STEPPED_CARE.concept(trajectory.stepped_care)],
        patient=reference("Patient", trajectory.patient),
        managingOrganization=organisation_reference(ids, trajectory.practice),
        period=_period(trajectory.started, None if end is None else end.on),
        referralRequest=[reference("ServiceRequest", trajectory.referral)],
        careManager=staff_reference(ids, trajectory.regie_holder),
        team=[reference("CareTeam", ids.team(trajectory.practice, id_))],
    )


def _end(end: TrajectoryEnd, ids: Ids) -> list[Json]:
    found = [
        extension(_END_REASON, valueCodeableConcept=END_REASON.concept(end.reason)),
        extension(_DECIDED_BY, valueReference=staff_reference(ids, end.decided_by)),
    ]
    if end.no_successor_reason is not None:
        found.append(extension(_NO_SUCCESSOR, valueString=end.no_successor_reason))
    return [*found, *(_check(check) for check in end.checklist)]


def _check(check: Check) -> Json:
    parts = [
        extension("point", valueCoding=CLOSING_CHECK.coding(check.point)),
        extension("met", valueBoolean=check.met),
    ]
    if check.remark is not None:
        parts.append(extension("remark", valueString=check.remark))
    return extension(_CHECK, extension=parts)


def _team(trajectory: Trajectory, episode: str, ids: Ids) -> Json:
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
        period=_period(trajectory.started, None if works_on or end is None else end.on),
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
    return {"role": roles, "member": who, "period": _period(member.start, member.end)}


def _period(start: datetime, end: datetime | None) -> Json:
    return present({"start": start.isoformat(), "end": None if end is None else end.isoformat()})


# --- reading ----------------------------------------------------------------------------------


def _read_end(episode: Element, period: Element, message: Message) -> TrajectoryEnd | None:
    status = episode.fixed("status", "active", "finished")
    on = period.optional("end", reader.INSTANT)
    reason = episode.extension(_END_REASON)
    if status == "active" and on is None and reason is None:
        return None
    if status == "active" or on is None or reason is None:
        refuse(
            episode.at("status"),
            "business-rule",
            "Een afgesloten traject heeft een einde en een reden, een lopend traject geen.",
            "R-85",
        )
    decided = episode.extension(_DECIDED_BY)
    if decided is None:
        refuse(episode.at("extension"), "required", "Wie besloot te sluiten ontbreekt.")
    nobody = episode.extension(_NO_SUCCESSOR)
    return build(
        TrajectoryEnd,
        episode.path,
        on=on,
        reason=read_code(reason.child("valueCodeableConcept"), END_REASON),
        decided_by=message.staff(decided.child("valueReference")),
        no_successor_reason=None if nobody is None else nobody.value("valueString", reader.TEXT),
        checklist=tuple(_read_check(item) for item in episode.extensions(_CHECK)),
    )


def _read_check(item: Element) -> Check:
    point, met, remark = (item.extension(name) for name in ("point", "met", "remark"))
    if point is None or met is None:
        refuse(item.path, "required", "Een punt van de lijst heeft een code en een antwoord.")
    return build(
        Check,
        item.path,
        point=reader.read_coding(point.child("valueCoding"), CLOSING_CHECK),
        met=met.value("valueBoolean", reader.FLAG),
        remark=None if remark is None else remark.value("valueString", reader.TEXT),
    )


def _read_team(
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


def _check_derived(
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
