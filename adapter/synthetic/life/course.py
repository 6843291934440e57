"""One invented patient from referral to closing, as records in the order in which they come about.

What lies after the horizon of her case is not told. Each record says how its thing stands then.
"""

from collections.abc import Iterator
from random import Random

from adapter.synthetic.life import (
    access_log,
    consents,
    diagnosis,
    ending,
    gp_data,
    intake,
    letters,
    meeting,
    people,
    plan,
)
from adapter.synthetic.life.scene import Scene
from mappings.agreements.relation_of import relation_of
from mappings.records.base import Record
from mappings.records.parties import Party
from mappings.referral import referral as referral_mapping

Told = tuple[str, Record]


def course(scene: Scene, rng: Random) -> Iterator[Told]:
    """(kind, record) of everything about her."""
    case = scene.case
    sent = intake.referral(scene, rng)
    assert referral_mapping.referral_id(sent, scene.ids) == scene.referral_id, "one number, one id"
    yield "referral", sent
    yield "patient", people.patient_record(scene, rng)
    yield "intake-decision", intake.decision(scene, rng)
    if case.outcome == "trajectory" and case.reached(case.timeline.decided):
        closing = ending.closing(scene, rng)
        found = ending.waited(ending.trajectory(scene, closing), rng)
        relation = relation_of(
            sent,
            referral_id=scene.referral_id,
            patient_id=scene.patient_id,
            trajectory=scene.opened.model_copy(update={"end": found.end}),
            trajectory_id=scene.trajectory_id,
        )
        yield "relation-evidence", relation
        yield from _under_treatment(scene, rng)
        yield "trajectory", found
        if closing is not None:
            yield from _closed(scene)
            yield "closing-summary", letters.closing_summary(scene, closing, rng)
        yield from access_log.log_lines(scene, rng)
        if scene.has("parked"):
            others = [p for p in scene.cast.practices if p != scene.practice]
            yield from intake.moved(scene, rng.choice(others), rng)
        return
    relation = relation_of(sent, referral_id=scene.referral_id, patient_id=scene.patient_id)
    yield "relation-evidence", relation
    if case.outcome == "consult" and case.reached(case.timeline.decided):
        yield "consult-report", intake.consult_report(scene, rng)


def _under_treatment(scene: Scene, rng: Random) -> Iterator[Told]:
    case, timeline = scene.case, scene.case.timeline
    yield from (("related-person", person) for person in scene.naasten)
    if not case.reached(timeline.practice):
        return
    yield "data-use-letter", letters.data_use_letter(scene, rng)
    yield from (("capacity", found) for found in people.capacity(scene, rng))
    guests = meeting.choose_guests(scene, rng)
    if case.reached(timeline.talk):
        invited = guests.partners(scene)
        given = consents.consents(scene, invited, guests.refused, rng)
        yield from (("consent", found) for found in given)
        yield "assessment", diagnosis.assessment(scene, rng)
        if diagnosis.has_talked(scene):
            yield "advance-care-planning", diagnosis.conversation(scene, rng)
    yield from gp_data.record_use(scene, rng)
    if not case.reached(timeline.plan):
        return
    made = plan.care_plan(scene, rng)
    yield "care-plan", made
    yield from meeting.meetings(scene, made, guests, rng)
    yield from (("patient-plan-letter", found) for found in letters.plan_letters(scene, made, rng))
    yield from ending.coordination(scene, rng)


def _closed(scene: Scene) -> Iterator[Told]:
    end = scene.case.end
    if end == "END-1" and scene.case.reached(scene.case.timeline.talk) and scene.partners():
        yield "consent", consents.renewed(scene, scene.partners()[0])
    number = scene.meso_number("overdracht")
    if end == "END-2":
        yield letters.transfer(scene, "hospital", Party(ura=scene.cast.hospital), number)
    if end == "END-3":
        home = scene.cast.partners["nursing-home"]
        yield letters.transfer(scene, "nursing-home", Party(ura=home.ura), number)
