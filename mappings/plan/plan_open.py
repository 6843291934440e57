"""Which actions of a plan are still to be done, and whether the team is done when none is.

A plan is empty for the team when no action of its own is open; scenarios, wishes and what others
do go on after closing.
"""

from collections.abc import Iterator
from typing import Final

from adapter.fhir.issues import Issue
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing

_CLOSED: Final = frozenset({"completed", "cancelled", "rejected", "failed"})


def open_actions(plan: CarePlan, ura: str | None = None) -> tuple[str, ...]:
    """Keys of the actions that remain; with `ura` those of this organisation only."""
    return tuple(
        action.key
        for action in plan.actions
        if action.progress.status not in _CLOSED and ura in (None, action.owner.ura)
    )


def emptiness_warnings(plan: CarePlan, closing: Closing | None = None) -> Iterator[Issue]:
    """R-87, both ways: nothing left to do and going on, or something left to do and closing."""
    remaining = open_actions(plan, plan.author.ura)
    if closing is None:
        if plan.status == "active" and plan.actions and not remaining:
            yield _warning("Het team heeft geen open actie meer: afsluiten ligt voor de hand.")
    elif closing.end_reason == "END-1":
        for number, action in enumerate(plan.actions):
            if action.key in remaining:
                yield _warning("Deze actie van het team staat nog open.", f"[{number}]")


def _warning(text: str, at: str = "") -> Issue:
    return Issue(
        code="business-rule",
        severity="warning",
        expression=f"CarePlan.actions{at}",
        text=text,
        rule="R-87",
    )
