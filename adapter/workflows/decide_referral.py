"""The MESO team decides on a referral: trajectory, one-off consult, or not taken up.

Only the addressee of the referral, and of it only the SO (R-104). What is decided here is what the
GP gets: the Task with its status, business status and reason, pushed and readable at once; with a
trajectory also the EpisodeOfCare and the CareTeam. The relation opens or closes in the same
transaction: `weighing` ends, `care` or `consult` begins (technical decision 8).
"""

from datetime import UTC, datetime

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.store import consents, messages, relations, resources
from adapter.store.resources import Saved, Stored
from adapter.workflows.record_consent import end_consents
from adapter.workflows.unit import Unit
from adapter.workflows.warn import put_on_worklist
from mappings.records.parties import StaffKey
from mappings.records.trajectory import Trajectory
from mappings.referral.opening import open_trajectory
from mappings.task.task import TaskChange, task_parties
from mappings.trajectory import trajectory as mapping

_DECIDER = "meso-so"
_UNDECIDED = frozenset({"requested", "received"})


def accept(unit: Unit, task: Stored, change: TaskChange) -> list[Json]:
    """Take the referral up, as `businessStatus` says; resources that come into being with it.

    FhirError 422 R-104: no SO, no choice, or a trajectory without why a consult is not enough.
    """
    _require_so(unit)
    if change.business_status == "consult":
        _open(unit, task, "consult", None)
        return []
    if change.business_status != "trajectory":
        raise _refused("Task.businessStatus", "Kies voor een consult of een traject.", "R-104")
    if not _says_why(change):
        text = "Leg vast waarom een consult niet volstaat."
        raise _refused("Task.statusReason", text, "R-104")
    trajectory = _trajectory(unit, task, change)
    episode = mapping.trajectory_id(trajectory, unit.installation.ids)
    _open(unit, task, "care", episode)
    return mapping.to_fhir(trajectory, unit.installation.ids)


def reject(unit: Unit, task: Stored, change: TaskChange) -> list[Saved]:
    """Not taken up: reason and advised step go back to the GP (R-106); the weighing ends, and the
    Consents that are saved with it.
    """
    _require_so(unit)
    reason = change.status_reason
    if change.business_status != "not-taken-up":
        raise _refused("Task.businessStatus", "Verwacht is: niet in behandeling genomen.", "R-106")
    if reason is None or reason.code is None or reason.advised_step is None:
        text = "Noem een reden en de stap die u in plaats daarvan adviseert."
        raise _refused("Task.statusReason", text, "R-106")
    _end_weighing(unit, task, "rejected")
    return _end_agreement(unit, task)


def cancel(unit: Unit, task: Stored) -> list[Saved]:
    """Withdrawn before it was taken up; the Consents that end with it."""
    _end_weighing(unit, task, "cancelled")
    return _end_agreement(unit, task)


def finish_consult(unit: Unit, task: Stored) -> list[Saved]:
    """The consult report was sent: what it opened ends (domain decision 2), Consents too. No
    trajectory ends so.
    """
    found = relations.find_open(
        unit.connection,
        org=unit.caller.ura,
        patient=task.placement.patient,
        kind="consult",
        now=unit.now,
    )
    if found is None:
        text = "Een traject wordt afgesloten, niet afgerond als consult."
        raise _refused("Task.status", text, "R-84")
    _close(unit, task, "consult", "consult finished")
    return _end_agreement(unit, task)


def _require_so(unit: Unit) -> None:
    if unit.caller.role != _DECIDER:
        text = "Over een verwijzing beslist de specialist ouderengeneeskunde."
        raise _refused("Task.status", text, "R-104")


def _says_why(change: TaskChange) -> bool:
    return change.status_reason is not None and change.status_reason.text is not None


def _trajectory(unit: Unit, task: Stored, change: TaskChange) -> Trajectory:
    reason = change.status_reason
    return open_trajectory(
        referral=_referral(task),
        patient=task.body["for"]["reference"].removeprefix("Patient/"),
        gp=task_parties(task.body, unit.installation.ids).requester,
        so=StaffKey(ura=unit.caller.ura, uzi=unit.caller.person),
        accepted_on=datetime.fromtimestamp(unit.now / 1_000_000, UTC),
        why=None if reason is None else reason.text,
        synthetic=task.placement.synthetic,
    )


def _open(unit: Unit, task: Stored, kind: str, trajectory: str | None) -> None:
    _end_weighing(unit, task, "taken up")
    opened = relations.open_relation(
        unit.connection,
        org=unit.caller.ura,
        patient=task.placement.patient,
        kind=kind,
        opened_by=f"Task/{task.body['id']}",
        now=unit.now,
        trajectory=trajectory,
    )
    if not opened:
        text = "Dit loopt al voor deze patiënt; sluit dat eerst af."
        raise _refused("Task.status", text, "RI-19")
    if trajectory is not None:  # the consent of this referral goes on with its trajectory (RI-19)
        consents.bind_to_trajectory(unit.connection, _referral(task), trajectory, unit.now)


def _referral(task: Stored) -> str:
    return str(task.body["focus"]["reference"]).removeprefix("ServiceRequest/")


def _end_agreement(unit: Unit, task: Stored) -> list[Saved]:
    """What the patient agreed to for this referral opens nothing in a next one (RI-19); a no stays."""
    subject = f"Task/{task.body['id']}"
    messages.done(unit.connection, kind="awaiting-agreement", subject=subject, now=unit.now)
    ended = consents.end_permits(unit.connection, _referral(task), ("CON-1", "CON-2"), unit.now)
    return end_consents(unit, ended)


def _end_weighing(unit: Unit, task: Stored, reason: str) -> None:
    """The weighing ends, unless the same practice has another referral of this patient to weigh;
    nobody has to look at the criteria of this one any more (R-105).
    """
    orgs = filter(None, (task.placement.owner, task.placement.custodian))
    about = f"Task/{task.body['id']}"
    put_on_worklist(unit, [], about=about, patient=task.placement.patient, orgs=orgs)
    others = [
        other
        for other in resources.of_patient(unit.connection, task.placement.patient, "Task")
        if other.placement.category == task.placement.category
        and other.placement.owner == task.placement.owner
        and other.rid != task.rid
        and other.body["status"] in _UNDECIDED
    ]
    if not others:
        _close(unit, task, "weighing", reason)


def _close(unit: Unit, task: Stored, kind: str, reason: str) -> None:
    relations.close_relations(
        unit.connection,
        org=task.placement.owner,
        patient=task.placement.patient,
        kind=kind,
        reason=reason,
        now=unit.now,
    )


def _refused(at: str, text: str, rule: str) -> FhirError:
    return FhirError(422, Issue(code="business-rule", text=text, expression=at, rule=rule))
