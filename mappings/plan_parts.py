"""Problems, goals and actions of a plan <-> Condition, Goal, Task.

https://hl7.org/fhir/R4/goal.html, https://hl7.org/fhir/R4/task.html

What a goal adds to the quality of life is its note; in whose words it is, its `expressedBy`. An
action is a Task of its owner; `lastModified` is the clock of who holds it and is not read.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.json import Json
from mappings import reader
from mappings.codes import PROBLEM_DOMAIN, TASK_CODE
from mappings.identity import Ids, party_reference, reference, staff_reference
from mappings.periods import period_to_fhir, read_period
from mappings.plan_codes import GOAL_PRIORITY, PROBLEM_KIND
from mappings.plan_frame import Frame, episode_link, version_of
from mappings.plan_ids import part_id, part_identifier, plan_id
from mappings.problem import problem_to_fhir, read_code_and_text
from mappings.progress import progress_to_fhir, read_progress
from mappings.reader import Element, build, is_coded, read_code, refuse
from mappings.records.base import Identifier
from mappings.records.care_plan import CarePlan, PlanAction, PlanGoal, PlanProblem
from mappings.writing import HL7_EXTENSION, extension, extension_url, resource

RANK: Final = extension_url("problem-rank")
PATIENT_FACING: Final = extension_url("patient-facing")
GOAL_LINK: Final = f"{HL7_EXTENSION}/resource-pertainsToGoal"
_RANK: Final = TypeAdapter[int](int)


def problem_part(plan: CarePlan, problem: PlanProblem, ids: Ids) -> Json:
    number = part_identifier(plan, problem)
    ranks = [] if problem.rank is None else [extension(RANK, valuePositiveInt=problem.rank)]
    return problem_to_fhir(
        id_=part_id(plan, problem, ids),
        profile="problem",
        number=Identifier(system=number["system"], value=number["value"]),
        author=plan.author.ura,
        patient=plan.patient,
        domain=problem.domain,
        text=problem.text,
        code=problem.code,
        synthetic=plan.synthetic,
        more_categories=(PROBLEM_KIND.concept(problem.kind),),
        extensions=(episode_link(plan), *ranks),
    )


def read_problem(root: Element, frame: Frame) -> PlanProblem:
    code, text = read_code_and_text(root)
    categories = root.children("category")
    kinds = [item for item in categories if is_coded(item, PROBLEM_KIND.url)]
    domains = [item for item in categories if is_coded(item, PROBLEM_DOMAIN.url)]
    if len(kinds) != 1 or len(domains) != 1:
        refuse(root.at("category"), "required", "Eén domein en één reden om in het plan te staan.")
    rank = root.extension(RANK)
    return build(
        PlanProblem,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        domain=read_code(domains[0], PROBLEM_DOMAIN),
        kind=read_code(kinds[0], PROBLEM_KIND),
        text=text,
        code=code,
        rank=None if rank is None else rank.value("valuePositiveInt", _RANK),
    )


def goal_part(plan: CarePlan, goal: PlanGoal, problems: Mapping[str, str], ids: Ids) -> Json:
    """Goal; `problems` has the Condition ids by key."""
    voices = {
        "patient": reference("Patient", plan.patient),
        "professional": staff_reference(ids, plan.author),
        "naaste": (
            reference("RelatedPerson", goal.naaste)
            if goal.naaste is not None
            else {"type": "RelatedPerson", "display": "Naaste"}
        ),
    }
    return resource(
        "Goal",
        part_id(plan, goal, ids),
        "goal",
        synthetic=plan.synthetic,
        identifier=[part_identifier(plan, goal)],
        lifecycleStatus=goal.status,
        priority=None if goal.priority is None else GOAL_PRIORITY.concept(goal.priority),
        description={"text": goal.text},
        subject=reference("Patient", plan.patient),
        target=[] if goal.due is None else [{"dueDate": goal.due.isoformat()}],
        expressedBy=voices[goal.expressed_by],
        addresses=[reference("Condition", problems[key]) for key in goal.problems],
        note=[{"text": goal.quality_of_life}],
    )


def read_goal(root: Element, frame: Frame) -> PlanGoal:
    voiced, naaste = _read_voice(root.child("expressedBy"), frame)
    priority = root.child_or_none("priority")
    target = root.only_or_none("target")
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
        due=None if target is None else target.value("dueDate", reader.DAY),
        priority=None if priority is None else read_code(priority, GOAL_PRIORITY),
        status=root.value("lifecycleStatus", reader.CODE),
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
        return "naaste", message.id_of(who, "RelatedPerson")
    if message.staff(who) != frame.author:
        refuse(who.path, "value", "Een doel komt van de patiënt, een naaste of de auteur.")
    return "professional", None


def action_part(plan: CarePlan, action: PlanAction, goals: Mapping[str, str], ids: Ids) -> Json:
    """Task; `goals` has the Goal ids by key."""
    written = plan.created.isoformat()
    links = [
        extension(GOAL_LINK, valueReference=reference("Goal", goals[key])) for key in action.goals
    ]
    return resource(
        "Task",
        part_id(plan, action, ids),
        "plan-action",
        synthetic=plan.synthetic,
        extension=[*links, extension(PATIENT_FACING, valueBoolean=action.patient_facing)],
        identifier=[part_identifier(plan, action)],
        basedOn=[reference("CarePlan", plan_id(plan, ids))],
        intent="order",
        code=TASK_CODE.concept("plan-action"),
        description=action.what,
        **{"for": reference("Patient", plan.patient)},
        authoredOn=written,
        lastModified=written,
        requester=staff_reference(ids, plan.author),
        owner=party_reference(ids, action.owner),
        reasonCode={"text": action.why},
        restriction=None if action.when is None else {"period": period_to_fhir(action.when)},
        **progress_to_fhir(action.progress, ids),
    )


def read_action(root: Element, frame: Frame) -> PlanAction:
    root.fixed("intent", "order")
    read_code(root.child("code"), TASK_CODE)
    root.ignore("lastModified")
    frame.read_written(root, "authoredOn")
    frame.read_author(root, "requester")
    frame.read_plan(root)
    facing = root.extension(PATIENT_FACING)
    restriction = root.child_or_none("restriction")
    goals = [item.child("valueReference") for item in root.extensions(GOAL_LINK)]
    return build(
        PlanAction,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        what=root.value("description", reader.TEXT),
        why=root.child("reasonCode").value("text", reader.TEXT),
        owner=frame.message.party(root.child("owner")),
        when=None if restriction is None else read_period(restriction.child("period")),
        goals=frame.keys_of(goals, "Goal"),
        patient_facing=facing is not None and facing.value("valueBoolean", reader.FLAG),
        progress=read_progress(root, frame.message),
    )
