"""A referral that is parked, and how it comes out of there (geparkeerd; domain decision 4).

Patients move. When one practice refers somebody who is on file with another, the practice on file is
asked whether she did, in a Task of its own; the sender has one that tells how it stands. A yes makes
the sender's practice the one that masters her, and the referral goes on as any other; a no ends it.
Nothing of the referral is shown to the practice on file, nothing of its record to the sender.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from adapter.fhir.constants import BSN
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.store import consents, messages, patients, relations, resources
from adapter.store.patients import Person
from adapter.store.resources import Saved, Stored
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.record_consent import end_consents
from adapter.workflows.unit import Unit
from adapter.workflows.weighing import open_weighing
from mappings.records.referral import Referral
from mappings.referral import parked_task as mapping
from mappings.referral import referral as referrals
from mappings.referral.parked_task import ParkedTask
from mappings.task.task import TaskChange
from mappings.toolkit.codes import BUSINESS_STATUS

KIND: Final = "parked-referral"
_WAITS: Final = frozenset({"requested", "received"})
_ASKED: Final = (
    "Een andere huisartspraktijk verwijst deze patiënt naar MESO. Is de patiënt naar die praktijk"
    " overgestapt? Accepteer dan deze taak; anders wijst u haar af, met reden."
)
_TOLD: Final = (
    "Deze patiënt staat bij een andere praktijk. Die is gevraagd of de patiënt is overgestapt; tot"
    " dan wacht de verwijzing."
)
_DENIED: Final = (
    "De praktijk waar deze patiënt staat, bevestigt niet dat de patiënt is overgestapt."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """The referral's Task by id, whom its sender means, and who that is at the practice on file."""

    referral: str
    person: Person
    on_file: Person


def ask_both(unit: Unit, parked: Parked, *, synthetic: bool) -> None:
    """One Task for each practice. Who is not served as a Patient is for people alone."""
    sender, keeper = parked.person, parked.on_file
    if sender.resource_id is None or keeper.resource_id is None:
        return
    patients.lock_dossier(unit.connection, keeper.key)
    at = datetime.fromtimestamp(unit.now / 1_000_000, UTC)
    for person, patient, text, part in (
        (keeper, keeper.resource_id, _ASKED, "asked"),
        (sender, sender.resource_id, _TOLD, "told"),
    ):
        task = ParkedTask(
            id=_task_id(unit, parked.referral, part),
            patient=patient,
            requester=sender.gp,
            owner=person.gp,
            text=text,
            at=at,
            synthetic=synthetic,
        )
        dossier = _dossier(person)
        saved = save_all(unit, [mapping.to_fhir(task, unit.installation.ids)], dossier)
        record_provenance(unit, saved, dossier)


def confirm(unit: Unit, task: Stored) -> None:
    """She moved: the sender's practice masters her from now on, and the referral is weighed.

    FhirError 422 when this is not the question, when name or birth date differ from those on file,
    or when the referral does not wait any more.
    """
    parked = _find(unit, task)
    if parked.person.name_hash != parked.on_file.name_hash:
        text = "Naam of geboortedatum is bij de verwijzer anders; laat dat eerst uitzoeken."
        raise _refused("Task.status", text, "RI-13")
    referral = _referral(unit, parked)
    number = referral.patient.identifier
    own = (number.system, unit.installation.keys.lookup_hash(number.system, number.value))
    patients.take_over(unit.connection, parked.person, of=parked.on_file, system=BSN, own=own)
    _end_before(unit, parked)
    open_weighing(unit, referral, parked.person)
    _finish(unit, parked.referral, {"told": "completed"})


def deny(unit: Unit, task: Stored, change: TaskChange) -> None:
    """She did not: the referral ends, for a reason that says nothing of the practice on file."""
    if change.status_reason is None:
        raise _refused("Task.statusReason", "Noem de reden.", "R-4")
    parked = _find(unit, task)
    reason = {"text": _DENIED}
    held = resources.load(unit.connection, "Task", parked.referral)
    assert held is not None, "it was found a moment ago"
    ended: Json = {
        **held.body,
        "status": "rejected",
        "statusReason": reason,
        "businessStatus": BUSINESS_STATUS.concept("not-taken-up"),
        "lastModified": datetime.fromtimestamp(unit.now / 1_000_000, UTC).isoformat(),
    }
    saved = [unit.save(ended, held.placement), *_end_consents(unit, held)]
    record_provenance(unit, saved, _dossier(parked.person))
    _finish(unit, parked.referral, {"told": "failed"}, reason)


def withdraw(unit: Unit, task: Stored) -> list[Saved]:
    """The sender took the referral back, parked or not: then nobody is asked any more. The Consents
    that end with it.
    """
    id_ = task.body["id"]
    if resources.load(unit.connection, "Task", _task_id(unit, id_, "asked")) is None:
        return []
    if not _finish(unit, id_, {"asked": "cancelled", "told": "cancelled"}):
        return []
    return _end_consents(unit, task)


def _find(unit: Unit, task: Stored) -> Parked:
    """What this Task asks about. What the sender was told is no question."""
    asked = messages.waiting(unit.connection, kind=KIND, org=unit.caller.ura)
    ids = {_task_id(unit, _id(subject), "asked"): (_id(subject), key) for subject, key in asked}
    referral, key = ids.get(task.body["id"], (None, ""))
    held = None if referral is None else resources.load(unit.connection, "Task", referral)
    if referral is None or held is None or held.body["status"] not in _WAITS:
        raise _refused("Task.status", "Op deze taak is geen antwoord meer mogelijk.", "R-4")
    patients.lock_dossier(unit.connection, key)
    person = patients.by_key(unit.connection, key)
    on_file = patients.by_key(unit.connection, task.placement.patient)
    assert person is not None, "every dossier has a person"
    assert on_file is not None, "every dossier has a person"
    return Parked(referral=referral, person=person, on_file=on_file)


def _referral(unit: Unit, parked: Parked) -> Referral:
    """The referral as it was sent. FhirError 422 when a part of it belongs to somebody else."""
    task = resources.load(unit.connection, "Task", parked.referral)
    assert task is not None, "it was found a moment ago"
    found = [task]
    names = [task.body["focus"], task.body["for"]]
    while names:
        type_, _, id_ = names.pop(0)["reference"].partition("/")
        part = resources.load(unit.connection, type_, id_)
        if part is None or part.placement.patient != parked.person.key:
            text = "Een deel van de verwijzing hoort bij iemand anders; laat dat eerst uitzoeken."
            raise _refused("Task.status", text, "RI-13")
        found.append(part)
        names += [*part.body.get("reasonReference", []), *part.body.get("supportingInfo", [])]
    return referrals.from_fhir([part.body for part in found], unit.installation.ids)


def _end_before(unit: Unit, parked: Parked) -> None:
    """What opened the record of the practice that she left opens nothing any more (R-4), and whoever
    treats her still has to look at it.
    """
    connection, person = unit.connection, parked.on_file
    ended: list[str] = []
    for org in relations.open_orgs(connection, person.key, "care"):
        relation = relations.find_open(
            connection, org=org, patient=person.key, kind="care", now=unit.now
        )
        trajectory = None if relation is None else relation.trajectory
        if trajectory is None:
            continue
        ended += consents.end_permits(connection, trajectory, ("CON-1", "CON-2"), unit.now)
        messages.ask_people(
            connection,
            kind="patient-moved",
            rule="R-4",
            org=org,
            patient=person.key,
            subject=f"EpisodeOfCare/{trajectory}",
            now=unit.now,
        )
    record_provenance(unit, end_consents(unit, ended), _dossier(person))


def _end_consents(unit: Unit, task: Stored) -> list[Saved]:
    """Consents of a referral that never was weighed: no rule was made of them."""
    request = task.body["focus"]["reference"].removeprefix("ServiceRequest/")
    referral = resources.load(unit.connection, "ServiceRequest", request)
    assert referral is not None, "a referral's Task has its ServiceRequest"
    if referral.placement.patient != task.placement.patient:
        return []
    named = [item["reference"] for item in referral.body.get("supportingInfo", [])]
    return end_consents(unit, [_id(name) for name in named if name.startswith("Consent/")])


def _finish(unit: Unit, referral: str, after: dict[str, str], reason: Json | None = None) -> bool:
    """The Tasks stand as `after` says; false when they were finished already."""
    finished = False
    at = datetime.fromtimestamp(unit.now / 1_000_000, UTC).isoformat()
    for part, status in after.items():
        held = resources.load(unit.connection, "Task", _task_id(unit, referral, part))
        if held is None or held.body["status"] not in _WAITS:
            continue
        finished = True
        told = {} if reason is None else {"statusReason": reason}
        body = {**held.body, "status": status, **told, "lastModified": at}
        person = patients.by_key(unit.connection, held.placement.patient)
        assert person is not None, "every dossier has a person"
        record_provenance(unit, [unit.save(body, held.placement)], _dossier(person))
    messages.done(unit.connection, kind=KIND, subject=f"Task/{referral}", now=unit.now)
    return finished


def _task_id(unit: Unit, referral: str, part: str) -> str:
    """Found again from the referral's Task, which neither of them names."""
    return unit.installation.ids.of("Task", "", KIND, f"{referral}|{part}")


def _dossier(person: Person) -> Dossier:
    return Dossier(patient=person.key, gp=person.gp, meso=person.gp)


def _id(name: str) -> str:
    return name.partition("/")[2]


def _refused(at: str, text: str, rule: str) -> FhirError:
    return FhirError(422, Issue(code="business-rule", text=text, expression=at, rule=rule))
