"""A Task that was sent back with a change: what changed, and whether only that.

https://hl7.org/fhir/R4/task.html, https://hl7.org/fhir/R4/http.html#update

The whole difference is looked at, not the status alone: an owner may change how the work stands,
never whose it is or what it is about. Which status may follow which, and who may set it, is the
table of the workflows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapter.fhir import path
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.records.base import Period
from mappings.records.intake_decision import DECIDED, UNDECIDED
from mappings.records.parties import Party, StaffKey
from mappings.records.progress import Note, Progress, Reason
from mappings.task.progress import note_to_fhir, progress_to_fhir, read_progress
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, refuse

MUTABLE: Final = ("status", "statusReason", "businessStatus", "executionPeriod", "note")
_SERVER: Final = ("versionId", "lastUpdated")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """What a sender wants a Task to say from now on; `notes` are the new ones only."""

    before: str
    status: str
    status_reason: Reason | None
    business_status: str | None
    execution_period: Period | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskParties:
    """Who may act on a Task, by national number."""

    owner: Party
    requester: Party


def read_change(held: Json, sent: Json, ids: Ids) -> TaskChange:
    """The change that `sent` asks of the Task that is held.

    FhirError 422 names every element that differs and may not, and what has no place.
    """
    if faults := list(_frozen_differences(held, sent)):
        raise FhirError(422, *faults)
    before, after = _progress(held, ids), _progress(sent, ids)
    old = len(before.notes)
    if after.notes[:old] != before.notes:
        refuse("Task.note", "business-rule", "Een opmerking die er staat, blijft staan.")
    if "focus" in held:
        _check_outcome(before, after)
    return TaskChange(
        before=before.status,
        status=after.status,
        status_reason=after.status_reason,
        business_status=after.business_status,
        execution_period=after.execution_period,
        notes=after.notes[old:],
    )


def apply_change(held: Json, change: TaskChange, ids: Ids, *, by: StaffKey, at: datetime) -> Json:
    """The Task after the change. New notes carry who wrote them and when, whatever was sent.

    FhirError 422 when a new note names another author.
    """
    notes = list(held.get("note", []))
    for note in change.notes:
        if note.author not in (None, by.party()):
            refuse(
                "Task.note.authorReference", "business-rule", "Een opmerking is van de afzender."
            )
        stamped = note.model_copy(update={"author": by.party(), "time": note.time or at})
        notes.append(note_to_fhir(stamped, ids))
    progress = Progress.model_validate(
        {
            "status": change.status,
            "status_reason": change.status_reason,
            "business_status": change.business_status,
            "execution_period": change.execution_period,
        }
    )
    kept = {name: value for name, value in held.items() if name not in MUTABLE}
    said = {**progress_to_fhir(progress, ids), "note": notes}
    changed = {name: said[name] for name in MUTABLE if said.get(name)}
    return {**kept, **changed, "lastModified": at.isoformat()}


def keep_progress(rewritten: Json, held: Json) -> Json:
    """A Task of a plan that was edited, with how its work stands taken from the one held."""
    own = (*MUTABLE, "output", "lastModified")
    kept = {name: held[name] for name in own if name in held}
    return {**{n: v for n, v in rewritten.items() if n not in own}, **kept}


def task_parties(held: Json, ids: Ids) -> TaskParties:
    """Owner and requester of a Task of ours."""
    message = Message([held], ids)
    root = Element(held, "Task")
    return TaskParties(
        owner=message.party(root.child("owner")), requester=message.party(root.child("requester"))
    )


def _progress(task: Json, ids: Ids) -> Progress:
    named = ("resourceType", "meta", *MUTABLE)
    message = Message([{name: task[name] for name in named if name in task}], ids)
    progress = read_progress(message.one("Task"), message)
    message.finish()
    return progress


def _check_outcome(before: Progress, after: Progress) -> None:
    """What became of a referral: not said before it is decided, and kept afterwards (R-104)."""
    at, code = "Task.businessStatus", "business-rule"
    if after.status in ("requested", "received") and after.business_status not in UNDECIDED:
        refuse(at, code, "Deze stand hoort bij een besluit; er is nog niet besloten.", "R-104")
    is_kept = after.business_status == before.business_status or after.status == "rejected"
    if before.business_status in DECIDED and not is_kept:
        refuse(at, code, "Wat is besloten, blijft staan.", "R-104")


def _frozen_differences(held: Json, sent: Json) -> Iterator[Issue]:
    skipped = {*MUTABLE, "lastModified", "meta"}
    for name in sorted({*held, *sent} - skipped):
        if held.get(name) != sent.get(name):
            yield _frozen(path.child("Task", name))
    meta = sent.get("meta")
    if meta is not None and _without_server(meta) != _without_server(held.get("meta", {})):
        yield _frozen("Task.meta")


def _without_server(meta: object) -> object:
    if not isinstance(meta, dict):
        return meta
    return {name: value for name, value in meta.items() if name not in _SERVER}


def _frozen(at: str) -> Issue:
    return Issue(
        code="business-rule", expression=at, text="Dit element mag de afzender niet wijzigen."
    )
