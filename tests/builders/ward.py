"""A patient under treatment, and what somebody may try with her at the doors: steps of the hard rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import httpx

from adapter.access.placing import custodian_of
from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.issues import FhirError
from adapter.fhir.json import encode
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, RIETKRAAG, WILGENHOF, member
from mappings.anonymous import anonymous_case
from mappings.gp_record import his_episode, prescription_reference
from mappings.records.base import parse_record
from mappings.records.prescription_reference import PrescriptionReference
from mappings.records.trajectory import Trajectory
from mappings.trajectory import trajectory
from tests.builders.care import NURSE, SO, Care
from tests.builders.region import rules
from tests.builders.team import (
    assessment,
    capacity,
    keep_capacity,
    keep_person,
    key_of,
    represents,
)
from tests.mappings import builders, gp_record_builders, referral_builders
from tests.mappings.builders import IDS

Json = dict[str, Any]
GP, POH, PARTNER = "haverkort", "oosterbaan", "ait-ouali"
NOBODY: Final = "m" + "a" * 40  # an id that nothing has


@dataclass(frozen=True)
class Told:
    """Status of an answer and the rules that it names; of a mapping 200, or what it refused with."""

    status: int
    rules: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Ward:
    """A patient under treatment with a published plan, made when it is asked for."""

    care: Care

    def dossier(self, **changes: Any) -> Dossier:
        found = self.care.taken_up(**changes)
        assert self.care.publish(found).status_code == 201
        return found

    def post(self, who: str, door: str, sent: Json) -> Told:
        return told(self.care.doors.post(who, f"/records/{door}", sent))

    def call(self, who: str, method: str, path: str, body: object = None) -> Told:
        content = b"" if body is None else encode(body)
        headers = {} if body is None else {"content-type": FHIR_JSON}
        return told(self.care.doors.call(who, method, path, content=content, headers=headers))


def told(answer: httpx.Response) -> Told:
    """Rules in the outcome of a refusal; of a meeting why somebody was not invited."""
    if answer.status_code >= 400:
        return Told(answer.status_code, tuple(rules(answer)))
    body = answer.json() if answer.content else {}
    return Told(answer.status_code, tuple(item["rule"] for item in body.get("notInvited", [])))


def mapped(work: Callable[[], object]) -> Told:
    try:
        work()
    except FhirError as error:
        return Told(error.status, tuple(issue.rule or "" for issue in error.issues))
    return Told(200)


# --- referral ---------------------------------------------------------------------------------


def refer(ward: Ward, who: str = GP, **changes: Any) -> Told:
    return ward.post(who, "referrals", ward.care.referral(**changes))


def known_by(ward: Ward, practice: str) -> Told:
    sent = ward.care.referral()
    sent["patient"] |= {"generalPractitioner": {"ura": practice}}
    return ward.post(GP, "referrals", sent)


def with_bsn(ward: Ward, change: int) -> Told:
    sent = ward.care.referral()
    number = int(sent["patient"]["bsn"]) + change
    sent["patient"] |= {"bsn": f"{number:09d}"}
    return ward.post(GP, "referrals", sent)


def plan_of_nobody(ward: Ward) -> Told:
    """As of a real dossier, but the patient was never referred."""
    sent = ward.care.plan(ward.dossier()) | {"patient": NOBODY, "trajectory": NOBODY}
    return ward.post(SO, "plans", sent)


def publish(ward: Ward) -> Told:
    dossier = ward.care.taken_up()
    return ward.post(SO, "plans", ward.care.plan(dossier))


def open_record(ward: Ward, **changes: Any) -> Told:
    dossier = ward.dossier(**changes)
    return told(ward.care.doors.record(SO, dossier.patient, "Condition"))


def decide(ward: Ward, who: str = SO, why: str | None = "Meerdere domeinen") -> Told:
    task = ward.care.refer().task
    return told(ward.care.decide(task, "accepted", "trajectory", who=who, why=why))


# --- what may not be changed ------------------------------------------------------------------


def change_patient(ward: Ward) -> Told:
    """MESO corrects an address itself."""
    patient = ward.care.doors.read(SO, f"Patient/{ward.dossier().patient}").json()
    patient["address"][0]["city"] = "Elders"
    return ward.call(SO, "PUT", f"/fhir/Patient/{patient['id']}", patient)


def gp_moves_patient(ward: Ward) -> Told:
    """The practice that keeps the master data says it in a next referral."""
    first = ward.care.refer()
    again = ward.care.again(first.person)
    again["patient"]["address"]["houseNumber"] = "99"
    return ward.post(GP, "referrals", again)


def change_gp_problem(ward: Ward) -> Told:
    problem = ward.care.refer().id_of("Condition")
    body = ward.care.doors.read(SO, f"Condition/{problem}").json()
    return ward.call(SO, "PUT", f"/fhir/Condition/{problem}", body)


def plan_by(ward: Ward, who: str) -> Told:
    sent = ward.care.plan(ward.care.taken_up()) | {"author": key_of(SO)}
    return ward.post(who, "plans", sent)


def delete(ward: Ward, type_: str) -> Told:
    found = ward.care.refer()
    return ward.call(SO, "DELETE", f"/fhir/{type_}/{found.id_of(type_)}")


def look(ward: Ward, type_: str) -> Told:
    found = ward.care.refer()
    return ward.call(SO, "GET", f"/fhir/{type_}/{found.id_of(type_)}")


def plan_again(ward: Ward, *, without_action: bool) -> Told:
    dossier = ward.dossier()
    sent = ward.care.plan(dossier, version=1)
    if without_action:
        sent["actions"] = sent["actions"][:1]
    else:
        sent["actions"][1]["progress"] = {"status": "cancelled"}
    return ward.post(SO, "plans", sent)


def custodian(profile: str) -> Told:
    """What has no custodian is stopped before it is stored: a fault of ours, told as a 503."""
    body = {"meta": {"profile": [f"https://mesozorg.example/fhir/StructureDefinition/{profile}"]}}
    try:
        found = custodian_of(body, gp=WILGENHOF.ura, meso=MESO.ura, author=MESO.ura)
    except KeyError:
        return Told(503)
    return Told(200 if found in {WILGENHOF.ura, MESO.ura} else 503)


# --- consent ----------------------------------------------------------------------------------


def consent(ward: Ward, dossier: Dossier, **changes: Any) -> Told:
    sent = ward.care.consent(dossier, RIETKRAAG, "CON-5") | changes
    return ward.post(NURSE, "consents", {n: v for n, v in sent.items() if v is not None})


def by_representative(ward: Ward, *, basis: str, ended: bool = False, judged: bool = True) -> Told:
    dossier, now = ward.dossier(), ward.care.doors.now()
    end = now - timedelta(days=1) if ended else None
    ground = represents(basis, now - timedelta(days=400), end)
    person = keep_person(ward.care, dossier, representations=[ground])
    if judged:
        keep_capacity(ward.care, dossier)
    return consent(ward, dossier, givenBy={"relatedPerson": person})


def by_somebody_elses(ward: Ward) -> Told:
    """A mentor, but of another patient."""
    ground = represents("mentorship", ward.care.doors.now() - timedelta(days=400))
    person = keep_person(ward.care, ward.dossier(), representations=[ground])
    return consent(ward, ward.dossier(), givenBy={"relatedPerson": person})


def by_patient(ward: Ward, *, capable: bool) -> Told:
    dossier = ward.dossier()
    keep_capacity(ward.care, dossier, capable=capable)
    return consent(ward, dossier)


def judge(ward: Ward, who: str) -> Told:
    return ward.post(who, "capacities", capacity(ward.dossier(), ward.care.doors.now()))


def of_the_gp_record(ward: Ward, who: str, recorder: str) -> Told:
    dossier = ward.dossier(agreement=None)
    given_to = member(recorder).ura
    sent = ward.care.consent(dossier, MESO, "CON-5") | {
        "type": "CON-1",
        "recordedBy": key_of(recorder),
        "givenTo": [given_to],
    }
    return ward.post(who, "consents", sent)


def with_evidence(ward: Ward, **changes: Any) -> Told:
    return consent(ward, ward.dossier(), **changes)


# --- plan, meeting, closing -------------------------------------------------------------------


def meet(ward: Ward, *, guests: Sequence[Any] = (), agreed: bool = False) -> Told:
    dossier = ward.dossier()
    if agreed:
        ward.care.give(dossier, RIETKRAAG, "CON-3")
    return ward.post(SO, "mdos", ward.care.mdo(dossier, guests))


def meet_without_gp(ward: Ward) -> Told:
    sent = ward.care.mdo(ward.dossier())
    return ward.post(SO, "mdos", {name: v for name, v in sent.items() if name != "invitees"})


def meet_with_daughter(ward: Ward, *, agreed: bool) -> Told:
    dossier = ward.dossier()
    daughter = keep_person(ward.care, dossier)
    if agreed:
        sent = ward.care.consent(dossier, RIETKRAAG, "CON-3")
        con_4 = {"type": "CON-4", "party": {"relatedPerson": daughter}}
        assert ward.post(NURSE, "consents", {**sent, **con_4}).is_done
    mdo = ward.care.mdo(dossier) | {"naaste": {"relatedPerson": daughter}}
    return ward.post(SO, "mdos", mdo)


def meet_twice(ward: Ward, **reason: str) -> Told:
    dossier = ward.dossier()
    assert ward.post(SO, "mdos", ward.care.held(dossier)).is_done
    return ward.post(SO, "mdos", ward.care.held(dossier, n=2, **reason))


def close(ward: Ward, reason: Any = "END-1", **how: Any) -> Told:
    return told(ward.care.close(ward.dossier(), reason, **how))


def close_without_reason(ward: Ward) -> Told:
    sent = ward.care.closing(ward.dossier())
    return ward.post(SO, "closings", {n: v for n, v in sent.items() if n != "endReason"})


def in_charge(ura: str) -> Told:
    """The MESO trajectory with somebody of this practice as hoofdbehandelaar."""
    record = parse_record(Trajectory, builders.trajectory())
    written = trajectory.to_fhir(record, IDS)
    gp, so = (m for m in written[1]["participant"] if _role_of(m) in _LEADERS)
    if ura == builders.MESO:
        gp["member"] = so["member"]
    return mapped(lambda: trajectory.from_fhir(written, IDS))


_LEADERS: Final = {"hoofdbehandelaar", "regiehouder"}


def _role_of(participant: Json) -> str:
    return str(participant["role"][0]["coding"][0]["code"])


def ending(ward: Ward, days: int) -> Told:
    dossier, now = ward.care.taken_up(), ward.care.doors.now()
    end = (now + timedelta(days=days)).date().isoformat()
    period = {"start": now.date().isoformat(), "end": end}
    return ward.post(SO, "plans", ward.care.plan(dossier, period=period))


def assess(ward: Ward, *, of_another: bool) -> Told:
    dossier = ward.dossier()
    naaste = keep_person(ward.care, ward.dossier() if of_another else dossier)
    sent = assessment(dossier, ward.care.doors.now())
    sent["contacts"][0]["naasten"] = [naaste]
    return ward.post(SO, "assessments", sent)


# --- kinds without a door ---------------------------------------------------------------------


def episode(**changes: object) -> Told:
    return mapped(lambda: his_episode.parse(referral_builders.his_episode(**changes)))


def prescribed_by(function: str) -> Told:
    sent = gp_record_builders.prescription(function=function)
    record = parse_record(PrescriptionReference, sent)
    written = prescription_reference.to_fhir(record, IDS)
    return mapped(lambda: prescription_reference.from_fhir(written, IDS))


def case_about(text: str) -> Told:
    facts = [{"topic": "situation", "text": text}]
    return mapped(lambda: anonymous_case.parse(gp_record_builders.anonymous_case(facts=facts)))


GUEST: Final = ((member(PARTNER), None),)
