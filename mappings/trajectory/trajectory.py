"""Trajectory <-> EpisodeOfCare and CareTeam, derived from an accepted referral.

https://hl7.org/fhir/R4/episodeofcare.html

Nothing here grants access. The team is `care_team.py`.

Phases and steps are `trajectory_history.py`. The closing checklist is an extension and no
QuestionnaireResponse: it is part of why this one trajectory ended and is written, versioned and
withheld with it; as a resource of its own it could be missing, double or older than the end.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.records.trajectory import (
    Check,
    EarlierStatus,
    Trajectory,
    TrajectoryEnd,
    faults,
)
from mappings.toolkit import reader
from mappings.toolkit.codes import CLOSING_CHECK, END_REASON, STEPPED_CARE
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.writing import extension, extension_url, resource
from mappings.trajectory import care_team
from mappings.trajectory.care_team import check_derived, read_team, team_to_fhir
from mappings.trajectory.trajectory_history import (
    phase_to_fhir,
    read_phases,
    read_steps,
    span,
    step_to_fhir,
)

EPISODE_LINK: Final = care_team.EPISODE_LINK

_END_REASON: Final = extension_url("end-reason")
_DECIDED_BY: Final = extension_url("end-decided-by")
_NO_SUCCESSOR: Final = extension_url("no-successor-reason")
_CHECK: Final = extension_url("closing-check")
_STATUSES: Final = ("active", "planned", "waitlist", "onhold")


def trajectory_id(trajectory: Trajectory, ids: Ids) -> str:
    """Logical id of the EpisodeOfCare."""
    number = trajectory.identifier
    return ids.of("EpisodeOfCare", trajectory.practice, number.system, number.value)


def to_fhir(trajectory: Trajectory, ids: Ids) -> list[Json]:
    """EpisodeOfCare and CareTeam."""
    episode = trajectory_id(trajectory, ids)
    return [_episode(trajectory, episode, ids), team_to_fhir(trajectory, episode, ids)]


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
    members = read_team(team, patient, id_, practice, message)
    check_derived(team, started, end, members)
    fields: Json = {
        "identifier": number,
        "patient": patient,
        "referral": message.id_of(episode.only("referralRequest"), "ServiceRequest"),
        "practice": practice,
        "status": episode.peek("status"),
        "status_history": tuple(_read_earlier(x) for x in episode.children("statusHistory")),
        "stepped_care": read_code(episode.only("type"), STEPPED_CARE),
        "steps": read_steps(episode, message),
        "started": started,
        "phases": read_phases(episode),
        "regie_holder": message.staff(episode.child("careManager")),
        "members": members,
        "end": end,
    }
    for at, rule, text in faults(Trajectory.model_construct(**fields)):
        refuse((team if at == "participant" else episode).at(at), "business-rule", text, rule)
    trajectory = build(Trajectory, episode.path, **fields)
    return trajectory.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _episode(trajectory: Trajectory, id_: str, ids: Ids) -> Json:
    end = trajectory.end
    return resource(
        "EpisodeOfCare",
        id_,
        "episode-of-care",
        synthetic=trajectory.synthetic,
        extension=[
            *(phase_to_fhir(phase) for phase in trajectory.phases),
            *(step_to_fhir(step, ids) for step in trajectory.steps),
            *([] if end is None else _end(end, ids)),
        ],
        identifier=[
            identifier(
                trajectory.identifier.system, trajectory.identifier.value, trajectory.practice
            )
        ],
        status=trajectory.status,
        statusHistory=[
            {"status": earlier.status, "period": span(earlier.start, earlier.end)}
            for earlier in trajectory.status_history
        ],
        type=[STEPPED_CARE.concept(trajectory.stepped_care)],
        patient=reference("Patient", trajectory.patient),
        managingOrganization=organisation_reference(ids, trajectory.practice),
        period=span(trajectory.started, None if end is None else end.on),
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


# --- reading ----------------------------------------------------------------------------------


def _read_end(episode: Element, period: Element, message: Message) -> TrajectoryEnd | None:
    status = episode.fixed("status", *_STATUSES, "finished")
    on = period.optional("end", reader.INSTANT)
    reason = episode.extension(_END_REASON)
    if status != "finished" and on is None and reason is None:
        return None
    if status != "finished" or on is None or reason is None:
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


def _read_earlier(item: Element) -> EarlierStatus:
    period = item.child("period")
    return build(
        EarlierStatus,
        item.path,
        status=item.fixed("status", *_STATUSES),
        start=period.value("start", reader.INSTANT),
        end=period.value("end", reader.INSTANT),
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
