"""What a good care plan has (P1 … P23), as far as a program can see it: warnings, never refusals.

One table: a property, the rule under which it is reported, and where the plan lacks it. R-92 names
the properties of goals and actions; the others go by their own number. Not seen by a program, or
held by the record itself: P8's tone, P16's weighing of burden, P19, P20's use, P22 and P23.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from adapter.fhir.issues import Issue
from mappings.plan.plan_open import emptiness_warnings
from mappings.records.assessment import Assessment
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.plan_parts import PlanAction

CONCISE: Final = 1_000  # characters of the summary; more is no longer read
_COMPLETENESS: Final = "R-92"

Lacks = Callable[[CarePlan], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """`lacks` gives the paths, below the plan, where the property is missing."""

    number: str
    text: str
    lacks: Lacks
    rule: str | None = None


def plan_warnings(
    plan: CarePlan,
    *,
    assessments: Sequence[Assessment] = (),
    closing: Closing | None = None,
) -> list[Issue]:
    """Everything that is worth a look; `assessments` are those that the plan stands on."""
    found = [
        _warning(f"{item.number}: {item.text}", at, item.rule or item.number)
        for item in PROPERTIES
        for at in item.lacks(plan)
    ]
    return [*found, *_assessment_warnings(plan, assessments), *emptiness_warnings(plan, closing)]


# --- one function per property that needs more than a line --------------------------------------


def _made_alone(plan: CarePlan) -> Iterator[str]:
    if "patient" not in plan.contributors:
        yield "contributors"


def _leads_nowhere(plan: CarePlan) -> Iterator[str]:
    served = {key for action in plan.actions for key in action.goals}
    acted_on = {key for goal in plan.goals if goal.key in served for key in goal.problems}
    for n, problem in enumerate(plan.problems):
        if problem.kind == "action" and problem.key not in acted_on:
            yield f"problems[{n}]"


def _unlinked(plan: CarePlan) -> Iterator[str]:
    if len(plan.problems) > 1 and not any(problem.links for problem in plan.problems):
        yield "problems"


def _unranked(plan: CarePlan) -> Iterator[str]:
    for n, problem in enumerate(plan.problems):
        if problem.rank is None:
            yield f"problems[{n}].rank"


def _without_wishes(plan: CarePlan) -> Iterator[str]:
    if not plan.wishes and not plan.conversations:
        yield "wishes"
    elif plan.wishes and not any(goal.wishes for goal in plan.goals):
        yield "goals"


def _not_in_her_words(plan: CarePlan) -> Iterator[str]:
    if all(goal.expressed_by != "patient" for goal in plan.goals):
        yield "goals"


def _professional_view(plan: CarePlan) -> Iterator[str]:
    if all(goal.expressed_by == "professional" for goal in plan.goals):
        yield "goals"


def _without_reason(plan: CarePlan) -> Iterator[str]:
    for n, action in enumerate(plan.actions):
        if action.why is None:
            yield f"actions[{n}].why"
        if not action.goals:
            yield f"actions[{n}].goals"


def _postponed_without_reason(plan: CarePlan) -> Iterator[str]:
    for n, action in enumerate(plan.actions):
        if action.progress.status == "on-hold" and action.progress.status_reason is None:
            yield f"actions[{n}].progress.statusReason"


def _is_elsewhere(plan: CarePlan, action: PlanAction) -> bool:
    return action.owner.ura != plan.author.ura


def _fit_unsaid(plan: CarePlan) -> Iterator[str]:
    for n, action in enumerate(plan.actions):
        if action.best_fit is None and _is_elsewhere(plan, action):
            yield f"actions[{n}].bestFit"


def _naaste_unsupported(plan: CarePlan) -> Iterator[str]:
    burdened = [n for n, problem in enumerate(plan.problems) if problem.naaste is not None]
    if burdened and all(action.purpose != "naaste-support" for action in plan.actions):
        yield from (f"problems[{n}]" for n in burdened)


def _scenario_of_nobody(plan: CarePlan) -> Iterator[str]:
    for n, scenario in enumerate(plan.scenarios):
        if not scenario.who and not scenario.naasten:
            yield f"scenarios[{n}].who"


def _not_smart(plan: CarePlan) -> Iterator[str]:
    for n, goal in enumerate(plan.goals):
        if goal.target is None:
            yield f"goals[{n}].target"
        if goal.due is None:
            yield f"goals[{n}].due"
    for n, action in enumerate(plan.actions):
        if action.when is None and action.timing is None:
            yield f"actions[{n}].when"


def _without_network(plan: CarePlan) -> Iterator[str]:
    if plan.actions and not any(
        action.purpose == "network" or action.performers or _is_elsewhere(plan, action)
        for action in plan.actions
    ):
        yield "actions"


def _kept_from_its_owner(plan: CarePlan) -> Iterator[str]:
    owners = {action.key: action.owner.ura for action in plan.actions}
    for n, item in enumerate(plan.adjustments):
        if item.change == "remove" and owners.get(item.part) == item.party:
            yield f"adjustments[{n}]"


def _when(lacking: Callable[[CarePlan], bool], at: str) -> Lacks:
    """A property that is missing in one place."""

    def lacks(plan: CarePlan) -> Iterator[str]:
        if lacking(plan):
            yield at

    return lacks


PROPERTIES: Final = (
    Property(
        number="P1",
        text="Het plan noemt geen eigen onderzoek waarop het rust.",
        lacks=_when(lambda plan: not plan.assessments, "assessments"),
    ),
    Property(
        number="P1",
        text="Het plan is met de oudere gemaakt; zij staat niet bij wie meededen.",
        lacks=_made_alone,
    ),
    Property(
        number="P2",
        text="De samenvatting is lang voor een kernachtig plan.",
        lacks=_when(lambda plan: len(plan.summary) > CONCISE, "summary"),
    ),
    Property(
        number="P3",
        text="Het plan kijkt niet vooruit: er is geen scenario.",
        lacks=_when(lambda plan: not plan.scenarios, "scenarios"),
        rule=_COMPLETENESS,
    ),
    Property(
        number="P4",
        text="Dit probleem leidt tot geen actie; geeft het inzicht?",
        lacks=_leads_nowhere,
        rule=_COMPLETENESS,
    ),
    Property(number="P5", text="Geen verband tussen de problemen.", lacks=_unlinked),
    Property(
        number="P6",
        text="Dit probleem heeft geen plaats in de rangorde.",
        lacks=_unranked,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P7",
        text="Er zijn geen behandelwensen, of geen doel noemt de wens eronder.",
        lacks=_without_wishes,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P8",
        text="Geen doel is in de woorden van de oudere zelf.",
        lacks=_not_in_her_words,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P9",
        text="Waarom deze actie bijdraagt aan kwaliteit van leven staat er niet.",
        lacks=_without_reason,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P10",
        text="Deze actie gebeurt nu niet; de reden staat er niet.",
        lacks=_postponed_without_reason,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P11",
        text="Waarom deze zorgverlener het beste past staat er niet.",
        lacks=_fit_unsaid,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P12",
        text="Een naaste heeft het zwaar; geen actie steunt een naaste.",
        lacks=_naaste_unsupported,
    ),
    Property(
        number="P13",
        text="Wie in dit scenario iets doet staat er niet.",
        lacks=_scenario_of_nobody,
    ),
    Property(
        number="P14",
        text="Waaraan en wanneer te zien is dat dit lukt staat er niet (SMART).",
        lacks=_not_smart,
        rule=_COMPLETENESS,
    ),
    Property(
        number="P15",
        text="Alle doelen zijn die van de zorgverlener.",
        lacks=_professional_view,
    ),
    Property(
        number="P16",
        text="Wat juist niet gebeurt staat er niet.",
        lacks=_when(lambda plan: not plan.nots, "nots"),
    ),
    Property(
        number="P17",
        text="Het netwerk doet niet mee en wordt niet versterkt.",
        lacks=_without_network,
    ),
    Property(
        number="P18",
        text="Er staat geen afweging in het plan.",
        lacks=_when(lambda plan: not plan.trade_offs, "tradeOffs"),
    ),
    Property(
        number="P21",
        text="De eigenaar van een actie ziet zijn eigen actie niet.",
        lacks=_kept_from_its_owner,
    ),
)


def _assessment_warnings(plan: CarePlan, assessments: Sequence[Assessment]) -> Iterator[Issue]:
    """R-95: an active plan stands on what SO and nurse saw, at home and in the practice."""
    if plan.status != "active" or not assessments:
        return
    functions = {
        who.function for item in assessments for part in item.components for who in part.assessors
    }
    settings = {visit.setting for item in assessments for visit in item.contacts}
    left_out = {
        part.component
        for item in assessments
        for part in item.components
        if part.state == "left-out"
    }
    if not {"meso-so", "meso-nurse"} <= functions:
        text = "Het onderzoek is door één van beide gedaan, niet door arts en verpleegkundige."
        yield _warning(text, "assessments", "R-95")
    for setting, component in (("home", "D2"), ("practice", "D3")):
        if setting not in settings and component not in left_out:
            text = "Het onderzoek was niet zowel thuis als in de praktijk, en een reden ontbreekt."
            yield _warning(text, "assessments", "R-95")


def _warning(text: str, at: str, rule: str) -> Issue:
    return Issue(
        code="business-rule",
        severity="warning",
        expression=f"CarePlan.{at}",
        text=text,
        rule=rule,
    )
