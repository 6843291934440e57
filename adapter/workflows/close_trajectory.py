"""Closing a trajectory (afsluiten) and handing the lead back.

An end reason always (R-85); for a plan that is done also a successor for the lead, or why none is
needed (R-84). At that moment the GP record shuts for MESO (R-7), which keeps reading its own
record (domain decision 3). A partner goes on only by name and by a consent with a date of its own;
everybody else's consent ended "until closing".
"""

from datetime import UTC, datetime, timedelta

from adapter.fhir.issues import FhirError, Issue
from adapter.store import consents, parties, patients, relations, resources
from adapter.store.resources import Saved, Stored
from adapter.workflows.dossiers import require_dossier, require_in_dossier
from adapter.workflows.held_records import held_plan
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.record_consent import end_consents
from adapter.workflows.unit import Unit
from adapter.workflows.warn import put_on_worklist, warn
from mappings.plan.plan_open import emptiness_warnings
from mappings.records.closing import Closing
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson
from mappings.trajectory import closing as mapping
from mappings.trajectory import trajectory as trajectories

_AT = "Closing"
_CLOCKS_DIFFER = timedelta(minutes=5)
_PLAN_DONE, _DEATH = "END-1", "END-5"
_TO_GP, _TO_MESO = ("CON-1", "CON-2"), ("CON-3", "CON-4", "CON-5")


def close_trajectory(unit: Unit, closing: Closing) -> list[Saved]:
    """End the trajectory now, or answer the same again for a closing that was sent before.

    FhirError 404 when it is not the caller's, 422 R-84, R-46, R-104, RI-1.
    """
    episode = resources.load(unit.connection, "EpisodeOfCare", closing.trajectory)
    if episode is None:
        raise FhirError(404, Issue(code="not-found", text="Niet gevonden."))
    if (before := _closed_before(unit, closing, episode)) is not None:
        unit.warnings += _worth_a_look(unit, closing)
        return before
    patient_id = episode.body["patient"]["reference"].removeprefix("Patient/")
    dossier = require_dossier(unit, patient_id, kind="care", after_death=True)
    if dossier.trajectory != closing.trajectory:
        raise FhirError(404, Issue(code="not-found", text="Niet gevonden."))
    _check(unit, closing)
    _warn(unit, closing, dossier)
    if isinstance(closing.successor, ClosePerson):
        naaste, at = closing.successor.related_person, f"{_AT}.successor"
        require_in_dossier(unit, "RelatedPerson", naaste, dossier, at=at)
    team = resources.of_trajectory(unit.connection, closing.trajectory, "CareTeam")
    held = [episode.body, *(stored.body for stored in team)]
    documents = mapping.to_fhir(closing, held, unit.installation.ids)
    saved = save_all(unit, documents, dossier)
    saved += _finish_referral(unit, dossier)
    ended = _end(unit, closing, dossier)
    record_provenance(unit, [*saved, *ended], dossier)
    return saved


def _closed_before(unit: Unit, closing: Closing, episode: Stored) -> list[Saved] | None:
    """What stands there when this very closing was accepted already (RI-21)."""
    team = resources.of_trajectory(unit.connection, closing.trajectory, "CareTeam")
    trajectory = trajectories.from_fhir(
        [episode.body, *(stored.body for stored in team)], unit.installation.ids
    )
    is_own = trajectory.practice == unit.caller.ura
    if not is_own or mapping.closing_of(trajectory, unit.installation.ids) != closing:
        return None
    return [
        Saved(
            rid=stored.rid,
            type=stored.body["resourceType"],
            id=stored.body["id"],
            version=stored.version,
            changed=False,
        )
        for stored in (episode, *team, *_referral_task(unit, episode))
    ]


def _referral_task(unit: Unit, episode: Stored) -> list[Stored]:
    named = [item["reference"] for item in episode.body.get("referralRequest", [])]
    return [
        task
        for task in resources.of_patient(unit.connection, episode.placement.patient, "Task")
        if task.body.get("focus", {}).get("reference") in named
    ]


def _check(unit: Unit, closing: Closing) -> None:
    if closing.end_reason == _PLAN_DONE and closing.successor is None:
        text = "Noem wie de regie overneemt, of waarom dat niet nodig is."
        raise _refused("successor", text, "R-84")
    if closing.on > datetime.fromtimestamp(unit.now / 1_000_000, UTC) + _CLOCKS_DIFFER:
        raise _refused("on", "Een traject wordt nu afgesloten, niet later.", "R-7")
    if isinstance(closing.successor, Party) and (
        parties.find_organisation(unit.connection, closing.successor.ura) is None
    ):
        raise _refused("successor", "Deze partij is hier niet bekend.", "RI-1")
    decider = closing.decided_by
    if unit.caller.role != "meso-so" or (
        (decider.ura, decider.uzi) != (unit.caller.ura, unit.caller.person)
    ):
        text = "Een traject wordt afgesloten door de specialist ouderengeneeskunde zelf."
        raise _refused("decidedBy", text, "R-83")
    for number, party in enumerate(closing.continuing_parties):
        if not consents.goes_on(unit.connection, closing.trajectory, party, "CON-5", unit.now):
            text = "Deze partij gaat alleen verder met een toestemming tot een datum."
            raise _refused(f"continuingParties[{number}]", text, "R-46")


def _worth_a_look(unit: Unit, closing: Closing) -> list[Issue]:
    """R-84 where it only warns, R-86, and R-87 by the plan as it stands."""
    plan = held_plan(unit, closing.trajectory)
    found = mapping.warnings(closing)
    return found if plan is None else [*found, *emptiness_warnings(plan, closing)]


def _warn(unit: Unit, closing: Closing, dossier: Dossier) -> None:
    """What was worth a look in plan and meetings is past; what is open at the end stays to be seen."""
    found, about = _worth_a_look(unit, closing), f"EpisodeOfCare/{closing.trajectory}"
    warn(unit, found, about=about, patient=dossier.patient, orgs=[dossier.meso])
    for type_ in ("CarePlan", "Appointment"):
        for stored in resources.of_trajectory(unit.connection, closing.trajectory, type_):
            past = f"{type_}/{stored.body['id']}"
            put_on_worklist(unit, [], about=past, patient=dossier.patient, orgs=[dossier.meso])


def _finish_referral(unit: Unit, dossier: Dossier) -> list[Saved]:
    """The referral that became this trajectory is completed with it."""
    relation = relations.find_open(
        unit.connection, org=unit.caller.ura, patient=dossier.patient, kind="care", now=unit.now
    )
    assert relation is not None, "the dossier was found by it"
    task: Stored | None = resources.load(
        unit.connection, "Task", relation.opened_by.removeprefix("Task/")
    )
    if task is None:
        return []
    return [unit.save({**task.body, "status": "completed"}, task.placement)]


def _end(unit: Unit, closing: Closing, dossier: Dossier) -> list[Saved]:
    """Relations and permits end; the Consents that say so from now on."""
    now, connection, patient = unit.now, unit.connection, dossier.patient
    going_on = closing.continuing_parties
    relations.close_relations(
        connection,
        org=dossier.meso,
        patient=patient,
        kind="care",
        reason=closing.end_reason,
        now=now,
    )
    relations.open_relation(
        connection,
        org=dossier.meso,
        patient=patient,
        kind="own-record",
        opened_by=f"EpisodeOfCare/{closing.trajectory}",
        now=now,
        trajectory=closing.trajectory,
    )
    for party in relations.open_orgs(connection, patient, "partner"):
        if party not in going_on:
            relations.close_relations(
                connection,
                org=party,
                patient=patient,
                kind="partner",
                reason=closing.end_reason,
                now=now,
            )
    ended = consents.end_permits(connection, closing.trajectory, _TO_GP, now)
    ended += consents.end_permits(connection, closing.trajectory, _TO_MESO, now, keep=going_on)
    if closing.end_reason == _DEATH:
        patients.record_death(connection, patient, now)
    return end_consents(unit, ended)


def _refused(at: str, text: str, rule: str) -> FhirError:
    return FhirError(
        422, Issue(code="business-rule", text=text, expression=f"{_AT}.{at}", rule=rule)
    )
