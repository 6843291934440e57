"""A GP refers a patient to a MESO practice (verwijzing).

The same use case for both doors: the FHIR transaction and the MESO record. Sender, receiver and
the patient's own practice are judged on the message and the token only (R-3, R-4; technical
decision 9); a clash with what is stored gets the normal answer, opens nothing and is parked for
people, so that no answer tells that another practice knows the patient (domain decision 4).
The same message again is the same message (technical decision 14).
"""

from dataclasses import dataclass
from datetime import date

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_own, encode
from adapter.store import messages, parties, patients, relations, resources
from adapter.store.engine import Connection
from adapter.store.patients import Person
from adapter.store.resources import Saved
from adapter.workflows.parked_referral import Parked, ask_both
from adapter.workflows.places import Dossier, place
from adapter.workflows.provenance import record_provenance
from adapter.workflows.referred_person import Doubt, identify_person
from adapter.workflows.unit import Unit
from adapter.workflows.weighing import ask_people, first_moment, open_weighing
from mappings.records.referral import Referral
from mappings.referral import referral as mapping
from mappings.referral.referral_warnings import referral_warnings

KIND = "referral"
_CLOCKS_DIFFER = 5 * 60 * 1_000_000
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
    _check_dates(unit, referral)
    unit.warnings += referral_warnings(referral)
    key = _key(unit, referral)
    content = unit.installation.keys.lookup_hash("content", referral.canonical().hex())
    earlier = messages.find(unit.connection, referral.referrer.ura, KIND, key)
    if earlier is not None and earlier.content_hash == content:
        return _repeat(unit, earlier.answer)
    if earlier is not None:
        raise _number_used_twice(unit, referral, f"{key}|{content}", received)
    person, parked = identify_person(unit, referral)
    patients.lock_dossier(unit.connection, person.key)
    saved = _store(unit, referral, person, in_doubt=parked is not None)
    if parked is None:
        open_weighing(unit, referral, person)
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


def _check_dates(unit: Unit, referral: Referral) -> None:
    """Nothing in a message has yet to happen; clocks differ a little (reliability 5)."""
    latest = unit.now + _CLOCKS_DIFFER
    patient = referral.patient
    moments: dict[str, object] = {
        "ServiceRequest.authoredOn": referral.authored_on,
        "Patient.birthDate": patient.birth_date,
        "Patient.deceased": patient.deceased,
        "Consent.dateTime": referral.agreement and referral.agreement.agreed_on,
    }
    issues = [
        Issue(code="business-rule", text="Dit moment ligt in de toekomst.", expression=at)
        for at, moment in moments.items()
        if isinstance(moment, date) and first_moment(moment) > latest
    ]
    if issues:
        raise FhirError(422, *issues)


def _key(unit: Unit, referral: Referral) -> str:
    number = referral.identifier
    return unit.installation.keys.lookup_hash(number.system, number.value)


def _repeat(unit: Unit, answer: bytes) -> Submitted:
    unit.log("create", type_="ServiceRequest", detail="herhaald bericht")
    told = tuple((name, version) for name, version in decode_own(answer)["resources"])
    return Submitted(resources=told, repeated=True)


def _number_used_twice(unit: Unit, referral: Referral, key: str, received: bytes) -> FhirError:
    """Refused, and kept for people to choose: the first message stays what it is (N2)."""
    subject = f"ServiceRequest/{mapping.referral_id(referral, unit.installation.ids)}"
    owner, content = referral.referrer.ura, key.rpartition("|")[2]

    def keep(connection: Connection) -> None:
        messages.ask_people(
            connection,
            kind="number-used-twice",
            rule="RI-21",
            org=owner,
            patient="-",
            subject=subject,
            now=unit.now,
        )
        if messages.find(connection, owner, KIND, key) is None:
            messages.keep(
                connection,
                owner=owner,
                kind=KIND,
                key=key,
                content_hash=content,
                body=received,
                answer=b"",
                state="conflict",
                now=unit.now,
            )

    unit.on_refusal.append(keep)
    text = "Dit nummer is al gebruikt voor een verwijzing met een andere inhoud."
    at = "ServiceRequest.identifier"
    return FhirError(409, Issue(code="conflict", text=text, expression=at, rule="RI-21"))


def _store(unit: Unit, referral: Referral, person: Person, *, in_doubt: bool) -> list[Saved]:
    documents = mapping.to_fhir(referral, unit.installation.ids)
    dossier = Dossier(patient=person.key, gp=person.gp, meso=referral.receiver.ura)
    # what the GP reports belongs to the referral; the same profile in a plan belongs to the plan
    categories = {"Condition": "referral"}
    saved = []
    for document in documents:
        item = _of_somebody_else(unit, document, person) if in_doubt else None
        if item is None:
            item = unit.save(document, place(unit, document, dossier, categories))
            _address(unit, item, referral, person)
        saved.append(item)
    record_provenance(unit, saved, dossier)
    return saved


def _address(unit: Unit, item: Saved, referral: Referral, person: Person) -> None:
    """A referral is for the practice that it names: another one that weighs or treats the same
    patient learns nothing of it. Who somebody is, is no part of it.
    """
    if item.type != "Patient":
        ura = referral.receiver.ura
        resources.also_address(unit.connection, item.rid, person.key, ura, unit.now)


def _of_somebody_else(unit: Unit, document: Json, person: Person) -> Saved | None:
    """What stands in another dossier under this number: left as it is while people look."""
    held = resources.load(unit.connection, document["resourceType"], document["id"])
    if held is None or held.placement.patient == person.key:
        return None
    return Saved(
        rid=held.rid,
        type=document["resourceType"],
        id=document["id"],
        version=held.version,
        changed=False,
    )


def _park(unit: Unit, referral: Referral, person: Person, doubt: Doubt) -> None:
    """The sender sees what he sent; nobody else gets anything until people have looked. When she is
    on file with another practice, that one is asked whether she moved.
    """
    task = mapping.referral_task_id(referral, unit.installation.ids)
    relations.open_relation(
        unit.connection,
        org=referral.referrer.ura,
        patient=person.key,
        kind="source",
        opened_by=f"Task/{task}",
        now=unit.now,
    )
    on_file = doubt.on_file
    rule = "R-4" if on_file is not None else "RI-13"
    also = None if on_file is None else on_file.gp
    ask_people(unit, referral, person, kind=doubt.kind, rule=rule, also=also)
    if on_file is not None:
        parked = Parked(referral=task, person=person, on_file=on_file)
        ask_both(unit, parked, synthetic=referral.synthetic)
