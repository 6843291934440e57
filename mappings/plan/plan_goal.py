"""Goals of a plan <-> Goal.

https://hl7.org/fhir/R4/goal.html

What a goal adds to the quality of life is its note; in whose words it is, its `expressedBy`; the
wish under it, an extension. Measure, value and due date are one target (gol-1: a value needs a
measure).
"""

from collections.abc import Mapping
from typing import Final

from adapter.fhir.json import Json
from mappings.plan.plan_codes import ACHIEVEMENT, GOAL_PRIORITY
from mappings.plan.plan_frame import Frame, version_of
from mappings.plan.plan_ids import part_id, part_identifier
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import GoalTarget, PlanGoal
from mappings.referral.problem import read_coded
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, reference, staff_reference
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.who import naaste_reference, read_naaste
from mappings.toolkit.writing import extension, extension_url, present, resource

WISH: Final = extension_url("goal-wish")


def goal_part(plan: CarePlan, goal: PlanGoal, parts: Mapping[str, str], ids: Ids) -> Json:
    """Goal; `parts` has the ids of problems and wishes by key."""
    voices = {
        "patient": reference("Patient", plan.patient),
        "professional": staff_reference(ids, plan.author),
        "naaste": (
            naaste_reference(goal.naaste)
            if goal.naaste is not None
            else {"type": "RelatedPerson", "display": "Naaste"}
        ),
    }
    target = _target(goal)
    return resource(
        "Goal",
        part_id(plan, goal, ids),
        "goal",
        synthetic=plan.synthetic,
        extension=[
            extension(WISH, valueReference=reference("Consent", parts[key])) for key in goal.wishes
        ],
        identifier=[part_identifier(plan, goal)],
        lifecycleStatus=goal.status,
        achievementStatus=(
            None if goal.achievement is None else ACHIEVEMENT.concept(goal.achievement)
        ),
        priority=None if goal.priority is None else GOAL_PRIORITY.concept(goal.priority),
        description={"text": goal.text},
        subject=reference("Patient", plan.patient),
        startDate=None if goal.start is None else goal.start.isoformat(),
        target=[target] if target else [],
        expressedBy=voices[goal.expressed_by],
        addresses=[reference("Condition", parts[key]) for key in goal.problems],
        note=[{"text": goal.quality_of_life}],
    )


def _target(goal: PlanGoal) -> Json:
    due = {} if goal.due is None else {"dueDate": goal.due.isoformat()}
    if goal.target is None:
        return due
    code = goal.target.code
    codings = [] if code is None else [present(code.model_dump())]
    measure = present({"coding": codings, "text": goal.target.measure})
    return present({"measure": measure, "detailString": goal.target.detail, **due})


def read_goal(root: Element, frame: Frame) -> PlanGoal:
    voiced, naaste = _read_voice(root.child("expressedBy"), frame)
    priority = root.child_or_none("priority")
    achieved = root.child_or_none("achievementStatus")
    target = root.only_or_none("target")
    wishes = [item.child("valueReference") for item in root.extensions(WISH)]
    return build(
        PlanGoal,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        text=root.child("description").value("text", reader.TEXT),
        expressed_by=voiced,
        naaste=naaste,
        quality_of_life=root.only("note").value("text", reader.TEXT),
        problems=frame.keys_of(root.children("addresses"), "Condition"),
        wishes=frame.keys_of(wishes, "Consent"),
        start=root.optional("startDate", reader.DAY),
        target=None if target is None else _read_target(target),
        due=None if target is None else target.optional("dueDate", reader.DAY),
        priority=None if priority is None else read_code(priority, GOAL_PRIORITY),
        status=root.value("lifecycleStatus", reader.CODE),
        achievement=None if achieved is None else read_code(achieved, ACHIEVEMENT),
    )


def _read_target(target: Element) -> GoalTarget | None:
    measure = target.child_or_none("measure")
    if measure is None:
        if not target.has("dueDate"):
            refuse(target.at("measure"), "required", "Een streefwaarde heeft een maat of datum.")
        return None
    return build(
        GoalTarget,
        target.path,
        measure=measure.value("text", reader.TEXT),
        code=read_coded(measure.only_or_none("coding")),
        detail=target.optional("detailString", reader.TEXT),
    )


def _read_voice(who: Element, frame: Frame) -> tuple[str, str | None]:
    literal, message = str(who.peek("reference")), frame.message
    if literal == f"Patient/{frame.patient}":
        message.id_of(who, "Patient")
        return "patient", None
    if who.peek("type") == "RelatedPerson" and not who.has("reference"):
        who.ignore("type", "display")
        return "naaste", None
    if literal.startswith("RelatedPerson/"):
        return "naaste", read_naaste(who, message)
    if message.staff(who) != frame.author:
        refuse(who.path, "value", "Een doel komt van de patiënt, een naaste of de auteur.")
    return "professional", None
