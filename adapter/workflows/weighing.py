"""A referral begins to be weighed: what opens at that moment, and what people have to look at.

When it comes in, or when a parked one turns out to be right (R-4, A-46; technical decision 8).
"""

from datetime import date

from adapter.fhir.instant import parse_moment
from adapter.store import messages, patients, relations
from adapter.store.patients import Person
from adapter.workflows.record_consent import apply_rules
from adapter.workflows.unit import Unit
from adapter.workflows.warn import put_on_worklist
from mappings.records.referral import Patient, Referral, is_dead
from mappings.referral import referral as mapping
from mappings.referral.referral_warnings import referral_warnings


def open_weighing(unit: Unit, referral: Referral, person: Person) -> None:
    """Sender and addressee may see the referral; the GP record stays closed (A-46)."""
    task = f"Task/{mapping.referral_task_id(referral, unit.installation.ids)}"
    for org, kind in ((referral.referrer.ura, "source"), (referral.receiver.ura, "weighing")):
        relations.open_relation(
            unit.connection,
            org=org,
            patient=person.key,
            kind=kind,
            opened_by=task,
            now=unit.now,
        )
    for consent in mapping.agreement_consents(referral, unit.installation.ids):
        apply_rules(unit, consent, person.key, version=1)
    put_on_worklist(
        unit,
        referral_warnings(referral),
        about=task,
        patient=person.key,
        orgs=(referral.referrer.ura, referral.receiver.ura),
    )
    if referral.agreement is None:
        ask_people(unit, referral, person, kind="awaiting-agreement", rule="R-9")
    if is_dead(referral.patient):
        patients.record_death(unit.connection, person.key, _death(referral.patient, unit.now))
        ask_people(unit, referral, person, kind="deceased", rule="RI-20")


def ask_people(
    unit: Unit,
    referral: Referral,
    person: Person,
    *,
    kind: str,
    rule: str,
    also: str | None = None,
) -> None:
    """Sender, addressee and perhaps another practice have to look at this referral."""
    for org in filter(None, (referral.referrer.ura, referral.receiver.ura, also)):
        messages.ask_people(
            unit.connection,
            kind=kind,
            rule=rule,
            org=org,
            patient=person.key,
            subject=f"Task/{mapping.referral_task_id(referral, unit.installation.ids)}",
            now=unit.now,
        )


def first_moment(moment: date) -> int:
    """First microsecond of a day or instant."""
    found = parse_moment(moment.isoformat())
    assert found is not None, "a record holds valid dates only"
    return found.low


def _death(patient: Patient, now: int) -> int:
    if patient.deceased is True or patient.deceased is None:
        return now
    return min(first_moment(patient.deceased), now)
