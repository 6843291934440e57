"""Which part of a plan is meant for whom: derived from the plan, then adjusted by the SO.

Whoever owns an action gets it with its goals and the problems under them. Every addressed care
provider also gets the treatment wishes, the scenarios that name it and what is deliberately not
done where that concerns it. A problem of a naaste is for nobody unless it is added, and neither is
what was weighed. Whoever gets a part gets the frame, so that it hangs together.

The author's own practice and the GP read the plan by their own right and are not listed for it.
Audience alone shows nothing: relation and consent are judged at every read.
"""

from collections.abc import Set as AbstractSet

from mappings.plan.plan_ids import part_names, plan_id
from mappings.records.care_plan import CarePlan
from mappings.toolkit.identity import Ids


def derive_audience(
    plan: CarePlan, ids: Ids, care_providers: AbstractSet[str]
) -> dict[str, set[str]]:
    """URAs by `Type/id`, for the frame and every part; a part that is for nobody has an empty set.

    `care_providers` are the organisations that give care: an organisation of the social domain
    gets its own actions and what the SO adds, no treatment wishes.
    """
    found: dict[str, set[str]] = {part.key: set() for part in plan.parts()}
    goals = {goal.key: goal for goal in plan.goals}
    of_naasten = about_naasten(plan)
    for action in plan.actions:
        found[action.key].add(action.owner.ura)
        for goal in action.goals:
            found[goal].add(action.owner.ura)
            for problem in set(goals[goal].problems) - of_naasten:
                found[problem].add(action.owner.ura)
    named = {scenario.key: set(scenario.who) for scenario in plan.scenarios}
    named |= {item.key: set(item.concerns) for item in plan.nots}
    for key, parties in named.items():
        found[key] |= parties & care_providers
    addressed = set().union(*found.values()) & care_providers
    for wish in plan.wishes:
        found[wish.key] |= addressed
    for adjustment in plan.adjustments:
        if adjustment.change == "add":
            found[adjustment.part].add(adjustment.party)
        else:
            found[adjustment.part].discard(adjustment.party)
    names = part_names(plan, ids)
    meant = {names[key]: parties - {plan.author.ura} for key, parties in found.items()}
    return {f"CarePlan/{plan_id(plan, ids)}": set().union(*meant.values()), **meant}


def about_naasten(plan: CarePlan) -> frozenset[str]:
    """Keys of the parts that tell of a naaste, not of the patient: left out of her copy too."""
    return frozenset(problem.key for problem in plan.problems if problem.naaste is not None)
