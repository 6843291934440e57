"""The trajectory as it stands at the end of what is told: its phases, its team, and its closing."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from adapter.synthetic.cast import numbered
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import phrases
from mappings.records.base import Record
from mappings.records.closing import Closing, NoSuccessor, Successor
from mappings.records.coordination_request import CoordinationRequest, Indication, Triage
from mappings.records.parties import Party, StaffKey
from mappings.records.progress import Progress
from mappings.records.trajectory import Check, ClosePerson, EarlierStatus, Member, Trajectory
from mappings.referral.opening import enter_phase
from mappings.toolkit.codes import CLOSING_CHECK
from mappings.trajectory import closing as closing_mapping
from mappings.trajectory.team import add_member

_WINDING_UP: Final = timedelta(days=10)
_UNMET: Final = 0.1
_COORDINATED: Final = 0.06
_WAITED: Final = 0.1
# Nobody goes on with a plan when she died, and after a move others decide who leads.
_NO_SUCCESSOR: Final = {
    "END-5": "De oudere is overleden.",
    "END-9": "De nieuwe huisarts neemt het geheel over.",
}


def trajectory(scene: Scene, closing: Closing | None) -> Trajectory:
    case, timeline = scene.case, scene.case.timeline
    found = scene.opened
    for party in scene.partners():
        if case.reached(timeline.meeting):
            member = Member(
                who=Party(ura=party.ura), role="betrokken-zorgverlener", start=timeline.meeting
            )
            found = add_member(found, member)
    for n, close in enumerate(scene.close()):
        role = "vertegenwoordiger" if n == 0 and scene.has("representative") else "naaste"
        found = add_member(
            found,
            Member.model_validate({"who": close, "role": role, "start": timeline.decided}),
        )
    if case.reached(timeline.meeting):
        found = enter_phase(found, "treatment", timeline.meeting)
    if closing is None:
        return found
    winding_up = timeline.ended - _WINDING_UP
    if case.reached(timeline.meeting) and winding_up > timeline.meeting:
        found = enter_phase(found, "closing", winding_up)
    return closing_mapping.close(found, closing, scene.ids)


def waited(found: Trajectory, rng: Random) -> Trajectory:
    """For some there was no room at first (S3c)."""
    begun = found.started + timedelta(days=1)
    ended = found.end is not None and found.end.on <= begun
    if found.status_history or ended or not chance(rng, _WAITED):
        return found
    earlier = EarlierStatus(status="waitlist", start=found.started, end=begun)
    return found.model_copy(update={"status_history": (earlier,)})


def closing(scene: Scene, rng: Random) -> Closing | None:
    """Regular or early; regular only with a checklist and somebody who leads from then on."""
    end, timeline = scene.case.end, scene.case.timeline
    if end is None:
        return None
    regular = end == "END-1"
    return Closing(
        trajectory=scene.trajectory_id,
        end_reason=end,
        on=timeline.ended,
        decided_by=scene.lead,
        successor=NoSuccessor(not_needed_reason=_NO_SUCCESSOR[end])
        if end in _NO_SUCCESSOR
        else _successor(scene, rng),
        continuing_parties=tuple(p.ura for p in scene.partners()[:1]) if regular else (),
        checklist=tuple(_checks(rng)) if regular else (),
        synthetic=True,
    )


def _successor(scene: Scene, rng: Random) -> Successor:
    poh = scene.practice.poh
    able: list[Successor] = [
        scene.gp.party(),
        Party(ura=poh.ura, uzi=poh.uzi),
        Party(ura=poh.ura, uzi=poh.uzi),
    ]
    manager = scene.cast.staff["cm"][0]
    able.append(Party(ura=manager.ura, uzi=manager.uzi))
    if scene.carer is not None:
        able.append(ClosePerson(related_person=scene.carer))
    if scene.case.end == "END-7":
        able.append("patient")
    return rng.choice(able)


def _checks(rng: Random) -> Iterator[Check]:
    for point in CLOSING_CHECK.texts:
        if point in ("C5", "C6") and chance(rng, _UNMET):
            yield Check(point=point, met=False, remark=rng.choice(phrases().unmet))
        else:
            yield Check(point=point, met=True)


def coordination(scene: Scene, rng: Random) -> Iterator[tuple[str, Record]]:
    """Sometimes a bed for a while is asked for; always before a nursing home."""
    case, house = scene.case, scene.practice.house
    at = case.timeline.meeting + timedelta(days=2, hours=1)
    if not case.reached(at) or (case.end != "END-3" and not chance(rng, _COORDINATED)):
        return
    care, why, outcome = rng.choice(phrases().coordination)
    point = StaffKey(ura=house.ura, uzi=scene.practice.assistant.uzi)
    found = CoordinationRequest(
        identifier=numbered(house, f"aanvraag-{scene.number}"),
        authored_on=at,
        requester=scene.gp.party(),
        requester_kind="gp",
        receiver=scene.cast.partners["contracting"].ura,
        patient=scene.patient_id,
        care=care,
        urgency="urgent" if chance(rng, 0.3) else "routine",
        indication=Indication(text=why),
        triage=Triage(outcome=outcome, by=point.party(), on=at + timedelta(hours=2)),
        progress=Progress(status="completed" if chance(rng, 0.7) else "accepted"),
        changed_on=at + timedelta(hours=3),
        synthetic=True,
    )
    yield "coordination-request", found
