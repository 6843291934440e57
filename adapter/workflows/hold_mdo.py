"""The multidisciplinary meeting (MDO): planning, invitations and what was agreed.

Nobody is invited without the person's consent for that party (CON-3, R-52); the GP always is, and
needs none (R-89). A second meeting needs a reason (R-88). Agreements are the plan's own actions;
the meeting names them, it does not copy them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from adapter.fhir.issues import FhirError, Issue
from adapter.store import consents, messages, resources
from adapter.store.resources import Saved
from adapter.workflows.dossiers import require_dossier, require_in_dossier
from adapter.workflows.held_records import held_plan
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.unit import Unit
from adapter.workflows.warn import warn
from mappings.mdo import mdo as mapping
from mappings.mdo.mdo_warnings import absentee_warnings, mdo_warnings
from mappings.records.base import Identifier
from mappings.records.mdo import Invitee, Mdo

_AT = "Mdo"
_MISSING = "missing-consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What was stored, and which parties were left out for want of consent (URA)."""

    saved: list[Saved]
    not_invited: tuple[str, ...]


def hold_mdo(unit: Unit, mdo: Mdo) -> Meeting:
    """Store the meeting as planned or held. FhirError 404, 422 R-88, R-89, R-53."""
    dossier = require_dossier(unit, mdo.patient, kind="care")
    _check(unit, mdo, dossier)
    invited = tuple(i for i in mdo.invitees if _may_be_invited(unit, i, dossier))
    left_out = tuple(i.party.ura for i in mdo.invitees if i not in invited)
    held = mdo.model_copy(update={"invitees": invited})
    documents = mapping.to_fhir(held, unit.installation.ids)
    saved = save_all(unit, documents, dossier)
    parties = {invitee.party.ura for invitee in invited} - {dossier.gp, dossier.meso}
    resources.address(unit.connection, saved[0].rid, dossier.patient, parties, unit.now)
    _ask_for_consent(unit, f"Appointment/{saved[0].id}", left_out, parties, dossier)
    record_provenance(unit, saved, dossier)
    found = [*mdo_warnings(held, held_plan(unit, mdo.trajectory)), *absentee_warnings(mdo)]
    about = f"Appointment/{saved[0].id}"
    warn(unit, found, about=about, patient=dossier.patient, orgs=[dossier.meso])
    return Meeting(saved=saved, not_invited=left_out)


def _ask_for_consent(
    unit: Unit, meeting: str, left_out: Iterable[str], invited: Iterable[str], dossier: Dossier
) -> None:
    """Decision 14: MESO and GP see what is missing, as long as it is."""
    for ura in invited:
        subject = f"{meeting}|{ura}"
        messages.done(unit.connection, kind=_MISSING, subject=subject, now=unit.now)
    for ura in left_out:
        for org in (dossier.meso, dossier.gp):
            messages.ask_people(
                unit.connection,
                kind=_MISSING,
                rule="R-52",
                org=org,
                patient=dossier.patient,
                subject=f"{meeting}|{ura}",
                now=unit.now,
            )


def _check(unit: Unit, mdo: Mdo, dossier: Dossier) -> None:
    if mdo.trajectory != dossier.trajectory or mdo.organiser != unit.caller.ura:
        raise FhirError(404, Issue(code="not-found", text="Niet gevonden."))
    leaders = {who.ura for who in (mdo.chair, mdo.coordinator) if who is not None}
    if not leaders <= {dossier.gp, dossier.meso}:
        text = "Wie voorzit of coördineert, is van de MESO- of de huisartspraktijk."
        raise _refused("coordinator", text, "R-52")
    _check_agenda(unit, mdo, dossier)
    if not any(invitee.party.ura == dossier.gp for invitee in mdo.invitees):
        raise _refused("invitees", "De huisarts wordt altijd uitgenodigd.", "R-89")
    if mdo.naaste is not None:
        text = "Leg eerst vast dat deze naaste met toestemming aanwezig is."
        party = f"RelatedPerson/{mdo.naaste.related_person}"
        if not _agreed(unit, dossier, {party}, "CON-4", mdo.naaste.consent):
            raise _refused("naaste", text, "R-53")
    if mdo.held is not None and mdo.held.repeat_reason is None and _is_second(unit, mdo, dossier):
        raise _refused("held.repeatReason", "Een tweede MDO heeft een reden.", "R-88")


def _check_agenda(unit: Unit, mdo: Mdo, dossier: Dossier) -> None:
    """A meeting is about this patient's plan; it may be planned before that plan is published."""
    plan, ids = mdo.agenda, unit.installation.ids
    care_plan = ids.of("CarePlan", plan.ura, plan.identifier.system, plan.identifier.value)
    is_own = plan.ura == mdo.organiser
    if (
        mdo.held is None
        and is_own
        and resources.load(unit.connection, "CarePlan", care_plan) is None
    ):
        return
    require_in_dossier(unit, "CarePlan", care_plan, dossier, at=f"{_AT}.agenda")


def _is_second(unit: Unit, mdo: Mdo, dossier: Dossier) -> bool:
    assert dossier.trajectory is not None, "a care relation has a trajectory"
    this = mapping.encounter_id(mdo, unit.installation.ids)
    held = resources.of_trajectory(unit.connection, dossier.trajectory, "Encounter")
    meetings = [stored for stored in held if stored.placement.category == "mdo"]
    return any(stored.body["id"] != this for stored in meetings)


def _may_be_invited(unit: Unit, invitee: Invitee, dossier: Dossier) -> bool:
    party, ids = invitee.party, unit.installation.ids
    if party.ura in {dossier.gp, dossier.meso}:
        return True
    names = {party.ura, f"{party.ura}|{invitee.function}"}
    if party.uzi is not None:
        names.add(ids.staff(party.ura, party.uzi))
    return _agreed(unit, dossier, names, "CON-3", invitee.consent)


def _agreed(
    unit: Unit, dossier: Dossier, names: set[str], con_type: str, number: Identifier | None
) -> bool:
    """Whether the person said so in this trajectory. A consent that is named is the one that has to
    hold; another one does not stand in for it.
    """
    assert dossier.trajectory is not None, "a care relation has a trajectory"
    consent = None
    if number is not None:
        ids = unit.installation.ids
        consent = ids.of("Consent", dossier.meso, number.system, number.value)
    asked = consents.Asked(
        patient=dossier.patient,
        trajectory=dossier.trajectory,
        parties=frozenset(names),
        con_type=con_type,
        category="mdo",
        consent=consent,
    )
    return consents.permits(unit.connection, asked, unit.now)


def _refused(at: str, text: str, rule: str) -> FhirError:
    return FhirError(
        422, Issue(code="business-rule", text=text, expression=f"{_AT}.{at}", rule=rule)
    )
