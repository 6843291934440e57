"""Update of a Task: the only resource that a caller writes back over FHIR.

https://hl7.org/fhir/R4/http.html#update

Order: visible or 404, If-Match present or 428, current or 412, then what changed, then whether
this party may do that (technical decision 10). The whole difference is judged, not the status
alone; what the change does is the workflow that the table names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapter.access.decision import decide
from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.fhir.validation import status_of, validate
from adapter.store import patients, resources, statements
from adapter.store.resources import Saved, Stored
from adapter.workflows import decide_referral, parked_referral
from adapter.workflows.disclose import Answer, caller_values, gates_of, is_partner
from adapter.workflows.dossiers import dossier_of
from adapter.workflows.places import save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.transitions import find_transition, kind_of
from adapter.workflows.unit import Unit
from mappings.records.intake_decision import Decider
from mappings.records.parties import StaffKey
from mappings.referral.intake_decision import decided
from mappings.task import task as mapping
from mappings.task.task import TaskChange

_EPISODE = "EpisodeOfCare"
_NOT_FOUND = Issue(code="not-found", text="Niet gevonden.")
_PRECONDITION = Issue(
    code="required",
    text='Stuur If-Match mee met de versie die u zag, zoals W/"3".',
    expression="http.If-Match",
)
_STALE = Issue(
    code="conflict",
    text="De taak is intussen gewijzigd; lees haar opnieuw.",
    expression="http.If-Match",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskUpdate:
    """A Task as sent, for the id in the address; not yet judged."""

    id: str
    document: Json
    if_match: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition under way: the Task as held, what it asks, and the Task afterwards."""

    held: Stored
    change: TaskChange
    changed: Json


def prepare_task(document: Json, task_id: str, if_match: bytes | None) -> TaskUpdate:
    """What belongs to the request alone; structure waits until the Task is known to be visible."""
    sent = None if if_match is None else if_match.decode("latin-1").strip()
    return TaskUpdate(id=task_id, document=document, if_match=sent)


def update_task(unit: Unit, update: TaskUpdate) -> Answer:
    """The newest version after the change. FhirError 404, 428, 412, 400 or 422."""
    held = _visible(unit, update.id)
    if update.if_match is None:
        raise FhirError(428, _PRECONDITION)
    if update.if_match not in {f'W/"{held.version}"', f'"{held.version}"'}:
        raise FhirError(412, _STALE)
    _check_structure(update)
    ids = unit.installation.ids
    change = mapping.read_change(held.body, update.document, ids)
    parties = mapping.task_parties(held.body, ids)
    actors = {parties.owner.ura, parties.requester.ura}
    if unit.caller.ura not in actors:
        raise FhirError(404, _NOT_FOUND)
    is_owner = unit.caller.ura == parties.owner.ura
    does = find_transition(kind_of(held.body), change.before, change.status, is_owner=is_owner)
    by = StaffKey(ura=unit.caller.ura, uzi=unit.caller.person)
    at = datetime.fromtimestamp(unit.now / 1_000_000, UTC)
    changed = mapping.apply_change(held.body, change, ids, by=by, at=at)
    _WORKFLOWS[does](unit, Step(held=held, change=change, changed=changed))
    after = resources.load(unit.connection, "Task", update.id)
    assert after is not None, "the Task was just written"
    moment = parse_moment(after.body["meta"]["lastUpdated"])
    return Answer(
        status=200,
        body=resources.body_of(unit.connection, "Task", update.id),
        etag=f'W/"{after.version}"',
        updated=None if moment is None else moment.low,
    )


def _visible(unit: Unit, task_id: str) -> Stored:
    """The Task through the gates of a read, or the 404 of an id that never existed."""
    caller = unit.caller
    statement = statements.read(unit.snapshot.dialect, caller.role, "Task")
    rows = unit.snapshot.rows(statement, {**caller_values(caller), "id": task_id})
    row = rows[0] if rows else None
    decision = decide(gates_of(row), partner=is_partner(caller.role))
    if decision.permits and row is not None:
        patients.lock_dossier(unit.connection, row["patient"])
    held = resources.load(unit.connection, "Task", task_id) if decision.permits else None
    if held is None or (row is not None and row["view"] != "full"):
        # a reduced view has no version to build on; only owner, GP and MESO write
        raise FhirError(404, Issue(code="not-found", text=_NOT_FOUND.text, rule=decision.rule))
    return held


def _check_structure(update: TaskUpdate) -> None:
    document = update.document
    if document.get("resourceType") != "Task" or document.get("id") != update.id:
        text = "Type en id horen bij het adres."
        raise FhirError(400, Issue(code="invalid", text=text, expression="Task.id"))
    if issues := validate(document):
        raise FhirError(status_of(issues), *issues)


def _save(unit: Unit, step: Step, also: Sequence[Saved] = ()) -> None:
    """A new version; when nothing but the moment is another, only a line in the log (RI-21).
    `also` changed with it.
    """
    held, placement = step.held, step.held.placement
    if _without_moment(step.changed) == _without_moment(held.body):
        unit.log(
            "update",
            type_="Task",
            resource_id=held.body["id"],
            version=held.version,
            patient=placement.patient,
            custodian=placement.custodian,
        )
        return
    dossier = dossier_of(unit, step.held)
    record_provenance(unit, [unit.save(step.changed, step.held.placement), *also], dossier)


def _without_moment(task: Json) -> Json:
    return {name: value for name, value in task.items() if name not in {"lastModified", "meta"}}


def _acknowledge(unit: Unit, step: Step) -> None:
    _save(unit, step)


def _accept(unit: Unit, step: Step) -> None:
    opened = decide_referral.accept(unit, step.held, step.change)
    _save(unit, _decided(unit, step, opened))
    saved = save_all(unit, opened, dossier_of(unit, step.held, after=True))
    record_provenance(unit, saved, dossier_of(unit, step.held, after=True))


def _reject(unit: Unit, step: Step) -> None:
    ended = decide_referral.reject(unit, step.held, step.change)
    _save(unit, _decided(unit, step), ended)


def _decided(unit: Unit, step: Step, opened: Sequence[Json] = ()) -> Step:
    """The Task also says who decided, and which trajectory that opened (R-104)."""
    caller = unit.caller
    so = Decider(who=StaffKey(ura=caller.ura, uzi=caller.person), function="meso-so")
    episode = next((item["id"] for item in opened if item["resourceType"] == _EPISODE), None)
    changed = decided(step.changed, [so], unit.installation.ids, trajectory=episode)
    return replace(step, changed=changed)


def _cancel(unit: Unit, step: Step) -> None:
    ended = decide_referral.cancel(unit, step.held)
    _save(unit, step, [*ended, *parked_referral.withdraw(unit, step.held)])


def _confirm_move(unit: Unit, step: Step) -> None:
    parked_referral.confirm(unit, step.held)
    _save(unit, step)


def _deny_move(unit: Unit, step: Step) -> None:
    parked_referral.deny(unit, step.held, step.change)
    _save(unit, step)


def _finish_consult(unit: Unit, step: Step) -> None:
    _save(unit, step, decide_referral.finish_consult(unit, step.held))


_WORKFLOWS: dict[str, Callable[[Unit, Step], None]] = {
    "acknowledge": _acknowledge,
    "accept": _accept,
    "reject": _reject,
    "cancel": _cancel,
    "confirm-move": _confirm_move,
    "deny-move": _deny_move,
    "finish-consult": _finish_consult,
    "progress": _save,
}
