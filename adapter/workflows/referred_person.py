"""Whom a referral is about: somebody known, somebody new, or somebody people have to look at first.

One place decides it, at intake. The own GP practice masters a person; a number that is on file
with another practice, or that comes with another name or birth date, opens nothing (technical
decision 15, domain decision 4).
"""

from dataclasses import dataclass

from adapter.fhir.constants import BSN
from adapter.store import patients
from adapter.store.patients import Person
from adapter.workflows.unit import Unit
from mappings.people.patient import patient_id
from mappings.records.referral import Patient, Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why people have to look first, and who is on file with another practice."""

    kind: str
    on_file: Person | None = None


def identify_person(unit: Unit, referral: Referral) -> tuple[Person, Doubt | None]:
    """Who this is, and what stands in the way of opening anything."""
    keys, patient, gp = unit.installation.keys, referral.patient, referral.referrer.ura
    numbers = [(patient.identifier.system, patient.identifier.value, gp)]
    if patient.bsn is not None:
        numbers.insert(0, (BSN, patient.bsn, ""))
    hashed = [(system, keys.lookup_hash(system, value), owner) for system, value, owner in numbers]
    found = [patients.find(unit.connection, *number) for number in hashed]
    known = {person.key: person for person in found if person is not None}
    if not known:
        return _new_person(unit, patient, gp, hashed), None
    if len(known) > 1:
        return _new_person(unit, patient, gp, []), Doubt(kind="identity-doubt")
    person = next(iter(known.values()))
    if person.gp != gp:
        doubt = Doubt(kind="parked-referral", on_file=person)
        return _parked_before(unit, patient, gp) or _new_person(unit, patient, gp, []), doubt
    same_number = person.resource_id == patient_id(patient, gp, unit.installation.ids)
    if person.name_hash != _name_hash(unit, patient) or not same_number:
        return _new_person(unit, patient, gp, []), Doubt(kind="identity-doubt")
    return person, None


def _parked_before(unit: Unit, patient: Patient, gp: str) -> Person | None:
    """Whom this practice means by this number, when it was parked before: as for anybody else a
    next message goes to the same dossier."""
    found = patients.by_resource(unit.connection, patient_id(patient, gp, unit.installation.ids))
    return found if found is not None and found.name_hash == _name_hash(unit, patient) else None


def _new_person(
    unit: Unit, patient: Patient, gp: str, identifiers: list[tuple[str, str, str]]
) -> Person:
    """A Patient is served for one person: somebody in doubt under the same number has none."""
    served = patient_id(patient, gp, unit.installation.ids)
    taken = patients.by_resource(unit.connection, served) is not None
    return patients.add(
        unit.connection,
        gp=gp,
        resource_id=None if taken else served,
        name_hash=_name_hash(unit, patient),
        identifiers=identifiers,
    )


def _name_hash(unit: Unit, patient: Patient) -> str:
    name = f"{patient.prefix or ''} {patient.family}".strip().casefold()
    return unit.installation.keys.lookup_hash(name, patient.birth_date.isoformat())
