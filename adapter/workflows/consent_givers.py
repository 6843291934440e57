"""Whose consent may be recorded by whom, in which dossier, and what it belongs to.

The GP records CON-1 and CON-2, which open the own record to one MESO practice, at any moment of a
referral or a trajectory; the MESO team CON-3 … CON-5 (R-8, R-54). What closes is always heard from
who may record it (RI-3).
"""

from dataclasses import replace
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.store import consents, parties, relations, resources
from adapter.store.resources import Stored
from adapter.workflows.consent_limits import opens
from adapter.workflows.dossiers import require_dossier, require_in_dossier
from adapter.workflows.held_records import held_capacity, held_people
from adapter.workflows.places import Dossier
from adapter.workflows.unit import Unit
from mappings.consent import consent as mapping
from mappings.consent import consent_rules
from mappings.records.consent import ConsentRecord

OF_THE_GP: Final = frozenset({"CON-1", "CON-2"})
_OF_MESO: Final = frozenset({"CON-3", "CON-4", "CON-5"})
_GP: Final = "gp"
_RUNS: Final = frozenset({"requested", "received", "accepted"})
_NOT_FOUND: Final = Issue(code="not-found", text="Niet gevonden.")


def dossier_for_consent(unit: Unit, record: ConsentRecord) -> Dossier:
    """Where this consent is kept. FhirError 404 when the patient is not the caller's."""
    return _gp_dossier(unit, record) if unit.caller.role == _GP else _meso_dossier(unit, record)


def check_consent(unit: Unit, record: ConsentRecord) -> None:
    """FhirError 422 when somebody else has to record it, or a party in it is not known."""
    if (record.recorded_by.ura, record.recorded_by.uzi) != (unit.caller.ura, unit.caller.person):
        text = "Een toestemming wordt vastgelegd door wie haar ontving."
        raise _refused("recordedBy", text, "R-54")
    if unit.caller.role == _GP:
        _check_gp(unit, record)
    else:
        _check_meso(unit, record)
    if record.party.ura is not None and (
        parties.find_organisation(unit.connection, record.party.ura) is None
    ):
        raise _refused("party", "Deze partij is hier niet bekend.", "RI-1", code="not-found")


def check_giver(unit: Unit, record: ConsentRecord, dossier: Dossier) -> list[Issue]:
    """What is worth a look in who gave it and what shows it. FhirError 422 with everything that may
    not be so: a representative is recorded and valid on that day (R-54), and each type has its own
    evidence, recorder and party (R-8, R-45, R-52, R-53).
    """
    people, judged = held_people(unit, dossier), held_capacity(unit, dossier)
    found = consent_rules.check(record, people, judged)
    if errors := [issue for issue in found if issue.severity == "error"]:
        raise FhirError(422, *errors)
    naaste = record.party.related_person
    if naaste is not None and opens(record) and naaste not in people:
        raise _refused("party.relatedPerson", "Deze naaste is hier niet vastgelegd.", "R-53")
    return [
        issue for issue in found if issue.rule != "R-47" or not _is_aligned(unit, record, dossier)
    ]


def _is_aligned(unit: Unit, record: ConsentRecord, dossier: Dossier) -> bool:
    """By a standing reference, or by one for this patient."""
    return record.party.ura is not None and consents.is_aligned(
        unit.connection,
        practice=dossier.gp,
        party=record.party.ura,
        patient=dossier.patient,
        now=unit.now,
    )


def binding(unit: Unit, record: ConsentRecord, dossier: Dossier) -> str | None:
    """What a permit of the GP belongs to: the referral while it is weighed, then the trajectory that
    it became, and no other one (RI-19). None: as the record says, or it does not open.

    FhirError 422 when that does not run at the MESO practice that is named.
    """
    if unit.caller.role != _GP:
        return None
    if not opens(record):
        _check_named(unit, record, dossier)
        return None
    running = relations.find_open(
        unit.connection, org=dossier.meso, patient=dossier.patient, kind="care", now=unit.now
    )
    if record.trajectory is not None:
        if running is not None and running.trajectory == record.trajectory:
            return record.trajectory
        raise _refused("trajectory", "Dit traject loopt niet bij deze praktijk.", "RI-19")
    task = _referral_task(unit, record, dossier)
    if task is None or task["status"] not in _RUNS:
        raise _refused("referral", "Deze verwijzing loopt niet bij deze praktijk.", "RI-19")
    if running is not None and running.opened_by == f"Task/{task['id']}":
        return running.trajectory
    return record.referral


def _check_named(unit: Unit, record: ConsentRecord, dossier: Dossier) -> None:
    """What opens nothing may be about a trajectory or referral that ended, of this patient."""
    for at, type_ in (("trajectory", "EpisodeOfCare"), ("referral", "ServiceRequest")):
        named = getattr(record, at)
        if named is not None:
            require_in_dossier(unit, type_, named, dossier, at=f"ConsentRecord.{at}")


def _closes(record: ConsentRecord) -> bool:
    return record.status == "inactive" or record.kind == "refused"


def _gp_dossier(unit: Unit, record: ConsentRecord) -> Dossier:
    """The own patient's, and the MESO practice to which the record opens or shuts."""
    dossier = require_dossier(unit, record.patient, kind="source", after_death=_closes(record))
    if dossier.gp != unit.caller.ura:
        raise FhirError(404, _NOT_FOUND)
    held = resources.load(
        unit.connection, "Consent", mapping.consent_id(record, unit.installation.ids)
    )
    trajectory = record.trajectory
    if held is not None and held.placement.patient == dossier.patient:
        trajectory = held.placement.trajectory  # where a consent is kept, it stays
    return replace(dossier, meso=record.party.ura or dossier.meso, trajectory=trajectory)


def _meso_dossier(unit: Unit, record: ConsentRecord) -> Dossier:
    """A permit belongs to the trajectory that runs. What closes is heard as long as this practice
    keeps the record: a consent that went on after closing can be withdrawn then too (RI-3).
    """
    closes = _closes(record)
    kinds = ("care", "own-record") if closes else ("care",)
    dossier = require_dossier(unit, record.patient, kind=kinds)
    if record.trajectory is None and not closes:
        text = "Een toestemming hoort bij het traject waarin zij is gegeven."
        raise _refused("trajectory", text, "RI-19")
    if record.trajectory in {None, dossier.trajectory}:
        return dossier
    held = resources.load(unit.connection, "EpisodeOfCare", str(record.trajectory))
    if not closes or held is None or held.placement.patient != dossier.patient:
        raise FhirError(404, _NOT_FOUND)
    return replace(dossier, trajectory=record.trajectory)


def _check_gp(unit: Unit, record: ConsentRecord) -> None:
    if record.type not in OF_THE_GP:
        text = "Deze soort toestemming legt de MESO-praktijk vast."
        raise _refused("type", text, "R-8")
    if record.given_to != (unit.caller.ura,):
        text = "Deze soort toestemming wordt aan de huisartspraktijk gegeven."
        raise _refused("givenTo", text, "R-8")
    party = record.party.ura and parties.find_organisation(unit.connection, record.party.ura)
    if not party or party.kind != "meso":
        text = "Het huisartsdossier gaat open voor een MESO-praktijk die hier bekend is."
        raise _refused("party", text, "R-8")
    if record.alignment is not None:
        text = "Over het eigen dossier stemt de huisarts met niemand af."
        raise _refused("alignment", text, "RI-1", code="not-supported")


def _check_meso(unit: Unit, record: ConsentRecord) -> None:
    if record.type not in _OF_MESO:
        raise _refused("type", "Deze soort toestemming legt de huisarts vast.", "R-8")
    if unit.caller.ura not in record.given_to:
        text = "Deze soort toestemming wordt aan de MESO-praktijk gegeven."
        raise _refused("givenTo", text, "R-8")


def _referral_task(unit: Unit, record: ConsentRecord, dossier: Dossier) -> Json | None:
    """Task of this patient's referral to the practice that is named."""

    def is_it(task: Stored) -> bool:
        focus = task.body.get("focus", {}).get("reference")
        return focus == f"ServiceRequest/{record.referral}" and task.placement.owner == dossier.meso

    tasks = resources.of_patient(unit.connection, dossier.patient, "Task")
    return next((task.body for task in tasks if is_it(task)), None)


def _refused(at: str, text: str, rule: str, *, code: str = "business-rule") -> FhirError:
    expression = f"ConsentRecord.{at}"
    return FhirError(422, Issue(code=code, text=text, expression=expression, rule=rule))
