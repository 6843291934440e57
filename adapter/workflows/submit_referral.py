"""A GP refers a patient to a MESO practice (verwijzing).

The same use case for both doors: the FHIR transaction and the MESO record. Sender, receiver and
the patient's own practice are judged on the message and the token only (R-3, R-4; technical
decision 9); a clash with what is stored gets the normal answer, opens nothing and is parked for
people, so that no answer tells that another practice knows the patient (domain decision 4).
The same message again is the same message (technical decision 14).
"""

from dataclasses import dataclass

from adapter.fhir.constants import BSN
from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import decode_own, encode
from adapter.store import messages, parties, patients, relations
from adapter.store.patients import Person
from adapter.store.resources import Saved
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.record_consent import apply_rules
from adapter.workflows.unit import Unit
from mappings import referral as mapping
from mappings.patient import patient_id
from mappings.records.referral import Patient, Referral, is_dead

KIND = "referral"
_FROM_A_GP = "Alleen de eigen huisarts van de patiënt verwijst naar MESO."


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What became of it: every resource as "Type/id" with its version, in a fixed order."""

    resources: tuple[tuple[str, int], ...]
    repeated: bool


def submit_referral(unit: Unit, referral: Referral, received: bytes) -> Submitted:
    """Store the referral and open the weighing.

    FhirError 422 R-3 (no GP, or not for this practice), R-4 (another GP's patient), 422 for an
    unknown party, 409 when the number was used for something else.
    """
    _check_parties(unit, referral)
    key = _key(unit, referral)
    content = unit.installation.keys.lookup_hash("content", referral.canonical().hex())
    earlier = messages.find(unit.connection, referral.referrer.ura, KIND, key)
    if earlier is not None:
        return _repeat(unit, referral, earlier.content_hash == content, earlier.answer)
    person, parked = _identify(unit, referral)
    saved = _store(unit, referral, person)
    if parked is None:
        _open(unit, referral, person)
    else:
        _park(unit, referral, person, parked)
    answer = tuple((f"{item.type}/{item.id}", item.version) for item in saved)
    messages.keep(
        unit.connection,
        owner=referral.referrer.ura,
        kind=KIND,
        key=key,
        content_hash=content,
        body=received,
        answer=encode({"resources": [list(item) for item in answer]}),
        state="parked" if parked else "done",
        now=unit.now,
    )
    return Submitted(resources=answer, repeated=False)


def _check_parties(unit: Unit, referral: Referral) -> None:
    caller, referrer = unit.caller, referral.referrer
    at = "ServiceRequest.requester"
    if (referrer.ura, referrer.uzi) != (caller.ura, caller.person) or caller.role != "gp":
        raise FhirError(
            422, Issue(code="business-rule", text=_FROM_A_GP, expression=at, rule="R-3")
        )
    own_gp = referral.patient.general_practitioner
    if own_gp is not None and own_gp.ura != caller.ura:
        raise FhirError(
            422,
            Issue(
                code="business-rule",
                text=_FROM_A_GP,
                expression="Patient.generalPractitioner",
                rule="R-4",
            ),
        )
    receiver = parties.find_organisation(unit.connection, referral.receiver.ura)
    if receiver is None or receiver.kind != "meso":
        text = "De ontvanger is geen MESO-praktijk die hier bekend is."
        at = "ServiceRequest.performer"
        raise FhirError(422, Issue(code="not-found", text=text, expression=at, rule="R-2"))
    recorder = None if referral.agreement is None else referral.agreement.recorded_by
    if recorder is not None and recorder.ura != caller.ura:
        text = "Het akkoord wordt vastgelegd door de huisartspraktijk zelf."
        at = "Consent.extension(obtained-by)"
        raise FhirError(422, Issue(code="business-rule", text=text, expression=at, rule="R-8"))


def _key(unit: Unit, referral: Referral) -> str:
    number = referral.identifier
    return unit.installation.keys.lookup_hash(number.system, number.value)


def _repeat(unit: Unit, referral: Referral, same: bool, answer: bytes) -> Submitted:
    if not same:
        messages.ask_people(
            unit.connection,
            kind="number-used-twice",
            rule="RI-21",
            org=referral.referrer.ura,
            patient="-",
            subject=f"ServiceRequest/{mapping.referral_id(referral, unit.installation.ids)}",
            now=unit.now,
        )
        text = "Dit nummer is al gebruikt voor een verwijzing met een andere inhoud."
        at = "ServiceRequest.identifier"
        raise FhirError(409, Issue(code="conflict", text=text, expression=at, rule="RI-21"))
    unit.log("create", type_="ServiceRequest", detail="herhaald bericht")
    resources = tuple((name, version) for name, version in decode_own(answer)["resources"])
    return Submitted(resources=resources, repeated=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """Why people have to look first, and which practice is on file."""

    kind: str
    on_file: str | None = None


def _identify(unit: Unit, referral: Referral) -> tuple[Person, _Doubt | None]:
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
        return _new_person(unit, patient, gp, []), _Doubt(kind="identity-doubt")
    person = next(iter(known.values()))
    if person.gp != gp:
        doubt = _Doubt(kind="parked-referral", on_file=person.gp)
        return _new_person(unit, patient, gp, []), doubt
    same_number = person.resource_id == patient_id(patient, gp, unit.installation.ids)
    if person.name_hash != _name_hash(unit, patient) or not same_number:
        return _new_person(unit, patient, gp, []), _Doubt(kind="identity-doubt")
    return person, None


def _new_person(
    unit: Unit, patient: Patient, gp: str, identifiers: list[tuple[str, str, str]]
) -> Person:
    return patients.add(
        unit.connection,
        gp=gp,
        resource_id=patient_id(patient, gp, unit.installation.ids),
        name_hash=_name_hash(unit, patient),
        identifiers=identifiers,
    )


def _name_hash(unit: Unit, patient: Patient) -> str:
    name = f"{patient.prefix or ''} {patient.family}".strip().casefold()
    return unit.installation.keys.lookup_hash(name, patient.birth_date.isoformat())


def _store(unit: Unit, referral: Referral, person: Person) -> list[Saved]:
    documents = mapping.to_fhir(referral, unit.installation.ids)
    dossier = Dossier(patient=person.key, gp=person.gp, meso=referral.receiver.ura)
    # what the GP reports belongs to the referral; the same profile in a plan belongs to the plan
    saved = save_all(unit, documents, dossier, {"Condition": "referral"})
    record_provenance(unit, saved, dossier)
    return saved


def _open(unit: Unit, referral: Referral, person: Person) -> None:
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
    if referral.agreement is None:
        _ask(unit, referral, person, kind="awaiting-agreement", rule="R-9")
    if is_dead(referral.patient):
        patients.record_death(unit.connection, person.key, _death(referral.patient, unit.now))
        _ask(unit, referral, person, kind="deceased", rule="RI-20")


def _park(unit: Unit, referral: Referral, person: Person, doubt: _Doubt) -> None:
    """The sender sees what he sent; nobody else gets anything until people have looked."""
    task = f"Task/{mapping.referral_task_id(referral, unit.installation.ids)}"
    relations.open_relation(
        unit.connection,
        org=referral.referrer.ura,
        patient=person.key,
        kind="source",
        opened_by=task,
        now=unit.now,
    )
    rule = "R-4" if doubt.on_file is not None else "RI-13"
    _ask(unit, referral, person, kind=doubt.kind, rule=rule, also=doubt.on_file)


def _ask(
    unit: Unit,
    referral: Referral,
    person: Person,
    *,
    kind: str,
    rule: str,
    also: str | None = None,
) -> None:
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


def _death(patient: Patient, now: int) -> int:
    if patient.deceased is True or patient.deceased is None:
        return now
    moment = parse_moment(patient.deceased.isoformat())
    return now if moment is None else min(moment.low, now)
