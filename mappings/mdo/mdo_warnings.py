"""What is worth a look in a meeting about a plan (R-90, R-91, R-102): warnings, never refusals.

The five outputs are shared information, goals, priorities, agreements and outlook; an agreement is
an action of the plan, which always has an owner and should have a moment.
"""

from collections.abc import Sequence

from adapter.fhir.issues import Issue
from mappings.records.care_plan import CarePlan
from mappings.records.mdo import Mdo, Outputs


def mdo_warnings(mdo: Mdo, plan: CarePlan | None) -> list[Issue]:
    """`plan` is the one of the trajectory that the meeting is about; None when there is none yet."""
    found = []
    agenda = mdo.agenda
    if plan is None:
        found.append(_warning("Het plan op de agenda is nog niet gepubliceerd.", "agenda", "R-90"))
    elif (agenda.ura, agenda.identifier) != (plan.author.ura, plan.identifier):
        text = "Het plan van dit traject staat niet op de agenda."
        found.append(_warning(text, "agenda", "R-90"))
    if mdo.held is None:
        return found
    outputs = mdo.held.outputs
    for name, text in _missing(outputs):
        found.append(_warning(text, f"held.outputs.{name}", "R-91"))
    actions = {} if plan is None else {action.key: action for action in plan.actions}
    for n, key in enumerate(outputs.agreements):
        action = actions.get(key)
        if action is not None and action.when is None and action.timing is None:
            text = "Wanneer deze afspraak gebeurt staat er niet."
            found.append(_warning(text, f"held.outputs.agreements[{n}]", "R-91"))
    return found


def absentee_warnings(mdo: Mdo) -> Sequence[Issue]:
    """R-102: who was invited, was not there and was not spoken to."""
    text = "Deze genodigde was er niet en is voor noch na het overleg gesproken."
    unheard = mdo.unheard()
    return [
        _warning(text, f"invitees[{n}]", "R-102")
        for n, invitee in enumerate(mdo.invitees)
        if invitee in unheard
    ]


def _missing(outputs: Outputs) -> list[tuple[str, str]]:
    wanted = (
        ("shared", outputs.shared, "Welke informatie is gedeeld staat er niet."),
        ("goals", outputs.goals, "Op welke doelen is afgestemd staat er niet."),
        ("priorities", outputs.priorities, "Wat voorrang heeft staat er niet."),
        ("agreements", outputs.agreements, "Wie wat wanneer doet staat er niet."),
        (
            "outlook",
            (*outputs.outlook, *outputs.scenarios),
            "Wat te verwachten is staat er niet.",
        ),
    )
    return [(name, text) for name, said, text in wanted if not said]


def _warning(text: str, at: str, rule: str) -> Issue:
    return Issue(
        code="business-rule", severity="warning", expression=f"Mdo.{at}", text=text, rule=rule
    )
