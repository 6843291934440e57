"""Actions of a nursing organisation -> CarePlans in the shape of nl-core-NursingIntervention.

https://simplifier.net/nictiz-r4-zib2020 (zib NursingIntervention, 2020)

One CarePlan per action that the recipient owns, under the id and number of its Task, made of that
Task and the goal and problem under it. The Task stays the truth: it names every goal and takes the
progress.

The shape has room for one goal and one problem: the first that the recipient may see. Its code asks
for a SNOMED or NIC code, which words alone do not meet, so an action in words is a description
without a code. The profile of nl-core is not claimed: HL7's validator cannot evaluate the slices of
its `category` and `contributor`. Ours repeats its limits.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.plan.plan_action import GOAL_LINK, TIMING
from mappings.records.parties import Party
from mappings.shapes.partial_view import partial_note, view
from mappings.shapes.recipient import (
    Recipient,
    name_of,
    shown,
    shown_links,
    subject_of,
    ura_of,
)
from mappings.toolkit.codes import TASK_CODE
from mappings.toolkit.writing import NL_EXTENSION, concept, extension, present

_IS_REQUESTER: Final = f"{NL_EXTENSION}/ext-NursingIntervention-ContributorIsRequester"

# Status of a Task -> of the CarePlan, of its one activity.
_STATUSES: Final = {
    "draft": ("draft", "not-started"),
    "requested": ("active", "not-started"),
    "received": ("active", "not-started"),
    "accepted": ("active", "not-started"),
    "ready": ("active", "not-started"),
    "in-progress": ("active", "in-progress"),
    "on-hold": ("on-hold", "on-hold"),
    "completed": ("completed", "completed"),
    "rejected": ("revoked", "cancelled"),
    "cancelled": ("revoked", "cancelled"),
    "failed": ("revoked", "stopped"),
    "entered-in-error": ("entered-in-error", "entered-in-error"),
}


def nursing_interventions(resources: Sequence[Json], recipient: Recipient) -> list[Json]:
    """In the order of the Tasks; none for who is no organisation that gives care."""
    if not isinstance(recipient.party, Party) or recipient.kind != "care":
        return []
    found = (
        _intervention(task, resources, recipient)
        for task in recipient.among(resources, "Task")
        if _is_action(task) and ura_of(task.get("owner")) == recipient.party.ura
    )
    return [plan for plan in found if plan is not None]


def _intervention(task: Json, resources: Sequence[Json], recipient: Recipient) -> Json | None:
    """None when it may not be said whom it is about."""
    subject = subject_of(task.get("for"), resources, recipient)
    if subject is None:
        return None
    goals = shown_links(_values(task, GOAL_LINK, "valueReference"), recipient, "Goal")
    status, doing = _STATUSES[task["status"]]
    return view(
        "CarePlan",
        task,
        profile="nursing-action",
        identifier=shown(task.get("identifier"), recipient),
        partOf=shown_links(task.get("basedOn"), recipient, "CarePlan"),
        status=status,
        intent="plan",
        category=[concept(SNOMED, "9632001")],
        subject=subject,
        period=_period(task, recipient),
        created=task.get("authoredOn"),
        contributor=_requester(task, recipient),
        addresses=_problem(goals, resources, recipient),
        goal=goals[:1],
        activity=[{"detail": _detail(task, doing, recipient)}],
        note=partial_note(),
    )


def _is_action(task: Json) -> bool:
    wanted = TASK_CODE.coding("plan-action")
    return any(
        (coding.get("system"), coding.get("code")) == (wanted["system"], wanted["code"])
        for coding in task.get("code", {}).get("coding", ())
    )


def _detail(task: Json, status: str, recipient: Recipient) -> Json:
    timing, period = _values(task, TIMING, "valueString"), _period(task, recipient)
    when = {"scheduledString": timing[0]} if timing else {"scheduledPeriod": period}
    reason, because = task.get("reasonCode"), task.get("statusReason")
    return present(
        {
            "reasonCode": [] if reason is None else [shown(reason, recipient)],
            "status": status,
            "statusReason": shown(because, recipient),
            **when,
            "performer": shown_links(
                [task["owner"]], recipient, "Organization", "PractitionerRole"
            ),
            "description": task.get("description"),
        }
    )


def _period(task: Json, recipient: Recipient) -> Any:
    return shown(task.get("restriction", {}).get("period"), recipient)


def _requester(task: Json, recipient: Recipient) -> list[Json]:
    found = shown_links([task.get("requester", {})], recipient, "PractitionerRole")
    return [{"extension": [extension(_IS_REQUESTER, valueBoolean=True)], **link} for link in found]


def _problem(goals: Sequence[Json], resources: Sequence[Json], recipient: Recipient) -> list[Json]:
    """What the one goal addresses."""
    names = {link["reference"] for link in goals[:1]}
    for goal in recipient.among(resources, "Goal"):
        if name_of(goal) in names:
            return shown_links(goal.get("addresses"), recipient, "Condition")[:1]
    return []


def _values(resource: Json, url: str, member: str) -> list[Any]:
    return [
        one[member]
        for one in resource.get("extension", ())
        if one.get("url") == url and member in one
    ]
