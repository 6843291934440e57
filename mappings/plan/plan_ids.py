"""Which resource a part of the plan is, and what its number and id are.

A part's number is that of the plan with its key behind it, so every part has an author's number of
its own and the same plan always has the same parts.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.records.base import Identifier
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import (
    DeliberateNot,
    Part,
    PlanAction,
    PlanGoal,
    PlanProblem,
    Scenario,
    TradeOff,
    Voice,
    Wish,
)
from mappings.toolkit.identity import Ids, identifier

_TYPES: Final[dict[type[Part], str]] = {
    PlanProblem: "Condition",
    PlanGoal: "Goal",
    PlanAction: "Task",
    DeliberateNot: "ServiceRequest",
    Scenario: "RiskAssessment",
    Voice: "Observation",
    Wish: "Consent",
    TradeOff: "Observation",
}


def part_type(part: Part) -> str:
    return _TYPES[type(part)]


def plan_id(plan: CarePlan, ids: Ids) -> str:
    """Logical id of the CarePlan."""
    return ids.of("CarePlan", plan.author.ura, plan.identifier.system, plan.identifier.value)


def part_id(plan: CarePlan, part: Part, ids: Ids) -> str:
    return part_id_of(part_type(part), part.key, plan.identifier, plan.author.ura, ids)


def part_id_of(kind: str, key: str, number: Identifier, ura: str, ids: Ids) -> str:
    """Id of a part, by its key, of the plan with this number of this organisation."""
    return ids.of(kind, ura, number.system, part_number(number.value, key))


def part_number(plan_number: str, key: str) -> str:
    return f"{plan_number}/{key}"


def part_identifier(plan: CarePlan, part: Part) -> Json:
    number = part_number(plan.identifier.value, part.key)
    return identifier(plan.identifier.system, number, plan.author.ura)


def is_part_of(plan: CarePlan, body: Json) -> bool:
    """Whether a resource has the number of a part of this plan; other records of the trajectory
    hold resources of the same types.
    """
    prefix = part_number(plan.identifier.value, "")
    return any(
        number.get("system") == plan.identifier.system
        and str(number.get("value")).startswith(prefix)
        for number in body.get("identifier", [])
    )


def part_names(plan: CarePlan, ids: Ids) -> dict[str, str]:
    """`Type/id` of every part, by key."""
    return {part.key: f"{part_type(part)}/{part_id(plan, part, ids)}" for part in plan.parts()}


def expected_versions(plan: CarePlan, ids: Ids) -> dict[str, int]:
    """What the sender last saw: version by `Type/id`, for the frame and parts that carry one."""
    names = part_names(plan, ids)
    found = {names[part.key]: part.version for part in plan.parts() if part.version is not None}
    if plan.version is not None:
        found[f"CarePlan/{plan_id(plan, ids)}"] = plan.version
    return found
