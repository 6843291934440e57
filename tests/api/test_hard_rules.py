"""Every hard rule that holds at a door: the case that it stops, and the neighbour that it lets through.

`CASES` is the list to read. A rule is shown at the outermost place where it can be broken: over HTTP
at the record doors and in FHIR, as a refused method where nobody ever may, and by the mapping for the
kinds that have no door yet (`his-episode`, `prescription-reference`, `anonymous-case`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import select

from adapter.access.placing import custodian_of
from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.issues import FhirError
from adapter.fhir.json import encode
from adapter.store import schema
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, RIETKRAAG, SINGELZICHT, WILGENHOF, member
from adapter.synthetic.referrals import instant
from mappings.anonymous import anonymous_case
from mappings.gp_record import his_episode, prescription_reference
from mappings.records.base import parse_record
from mappings.records.prescription_reference import PrescriptionReference
from mappings.records.trajectory import Trajectory
from mappings.trajectory import trajectory
from tests.builders.care import NURSE, SO, Care, names
from tests.builders.region import rules
from tests.builders.team import (
    assessment,
    capacity,
    keep_capacity,
    keep_person,
    key_of,
    represents,
)
from tests.fixtures.service import Service
from tests.mappings import builders, gp_record_builders, referral_builders
from tests.mappings.builders import IDS

pytestmark = pytest.mark.xdist_group("hard_rules")

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


@dataclass(frozen=True)
class Case:
    """`rule` is named in the answer, unless it is `unnamed`: a method that is not offered, a role
    that may not, and what does not exist for who asks say nothing.
    """

    rule: str
    what: str
    stops: Callable[[Ward], Told]
    status: int
    lets: Callable[[Ward], Told]
    unnamed: bool = False


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

CASES: Final = (
    Case("R-2", "a dossier without a referral", plan_of_nobody, 404, publish, unnamed=True),
    Case(
        "R-2",
        "a referral to somebody else than a MESO practice",
        lambda w: refer(w, receiver={"ura": RIETKRAAG.ura}),
        422,
        refer,
    ),
    Case("R-3", "a referral by a nurse", lambda w: refer(w, referrer=key_of(POH)), 422, refer),
    Case("R-3", "a nurse at the door", lambda w: refer(w, POH), 403, refer, unnamed=True),
    Case(
        "R-4",
        "a referral of another practice's patient",
        lambda w: known_by(w, SINGELZICHT.ura),
        422,
        refer,
    ),
    Case(
        "R-9",
        "the GP record before the patient was asked",
        lambda w: open_record(w, agreement=None),
        404,
        open_record,
        unnamed=True,
    ),
    Case(
        "R-24",
        "an episode by a nurse",
        lambda _: episode(authorFunction="meso-nurse"),
        422,
        lambda _: episode(),
    ),
    Case(
        "R-25",
        "an episode with another title",
        lambda _: episode(title="MESO-praktijk"),
        422,
        lambda _: episode(title="Praktijk MESO"),
    ),
    Case(
        "R-27",
        "a prescription by a nurse",
        lambda _: prescribed_by("meso-nurse"),
        422,
        lambda _: prescribed_by("meso-so"),
    ),
    Case("R-30", "MESO changes master data", change_patient, 405, gp_moves_patient, unnamed=True),
    Case("R-31", "MESO changes the GP's problem", change_gp_problem, 405, publish, unnamed=True),
    Case(
        "R-31",
        "a plan in somebody else's name",
        lambda w: plan_by(w, NURSE),
        422,
        lambda w: plan_by(w, SO),
    ),
    Case(
        "R-32",
        "removing what the GP recorded",
        lambda w: delete(w, "Condition"),
        405,
        lambda w: look(w, "Condition"),
        unnamed=True,
    ),
    Case(
        "R-32",
        "leaving a part out of the plan",
        lambda w: plan_again(w, without_action=True),
        422,
        lambda w: plan_again(w, without_action=False),
    ),
    Case(
        "R-33",
        "destroying a record",
        lambda w: delete(w, "Patient"),
        405,
        lambda w: look(w, "Patient"),
        unnamed=True,
    ),
    Case(
        "R-36",
        "a resource of which nobody is the custodian",
        lambda _: custodian("meso-unknown"),
        503,
        lambda _: custodian("meso-patient"),
        unnamed=True,
    ),
    Case(
        "R-52",
        "an invitation without consent",
        lambda w: meet(w, guests=GUEST),
        201,
        lambda w: meet(w, guests=GUEST, agreed=True),
    ),
    Case(
        "R-53",
        "a naaste at the meeting without consent",
        lambda w: meet_with_daughter(w, agreed=False),
        422,
        lambda w: meet_with_daughter(w, agreed=True),
    ),
    Case(
        "R-54",
        "consent by who is not recorded",
        lambda w: consent(w, w.dossier(), givenBy={"relatedPerson": "rp-1"}),
        422,
        lambda w: by_representative(w, basis="mentorship"),
    ),
    Case(
        "R-54",
        "consent by who represented her until yesterday",
        lambda w: by_representative(w, basis="mentorship", ended=True),
        422,
        lambda w: by_representative(w, basis="mentorship"),
    ),
    Case(
        "R-54",
        "consent by a daughter while nobody judged that she cannot decide",
        lambda w: by_representative(w, basis="child", judged=False),
        422,
        lambda w: by_representative(w, basis="child"),
    ),
    Case(
        "R-54",
        "consent by another patient's mentor",
        by_somebody_elses,
        422,
        lambda w: by_representative(w, basis="mentorship"),
    ),
    Case(
        "R-54",
        "consent by a patient who cannot decide in this",
        lambda w: by_patient(w, capable=False),
        422,
        lambda w: by_patient(w, capable=True),
    ),
    Case(
        "R-54",
        "consent recorded by who did not receive it",
        lambda w: consent(w, w.dossier(), recordedBy=key_of(SO)),
        422,
        lambda w: consent(w, w.dossier(), recordedBy=key_of(NURSE)),
    ),
    Case(
        "R-54",
        "a judgement in a doctor's name by a nurse",
        lambda w: judge(w, NURSE),
        403,
        lambda w: judge(w, SO),
        unnamed=True,
    ),
    Case(
        "R-8",
        "consent to the GP record that was given to MESO",
        lambda w: of_the_gp_record(w, NURSE, NURSE),
        422,
        lambda w: of_the_gp_record(w, GP, GP),
    ),
    Case(
        "R-8",
        "consent given to somebody else than who recorded it",
        lambda w: consent(w, w.dossier(), givenTo=[RIETKRAAG.ura]),
        422,
        lambda w: consent(w, w.dossier(), givenTo=[MESO.ura]),
    ),
    Case(
        "R-52",
        "an invitation of a naaste as if she were a party",
        lambda w: consent(w, w.dossier(), type="CON-3", party={"relatedPerson": "rp-1"}),
        422,
        lambda w: consent(w, w.dossier(), type="CON-3"),
    ),
    Case(
        "evidence",
        "a consent that is presumed and yet active",
        lambda w: with_evidence(w, kind="presumed"),
        422,
        lambda w: with_evidence(
            w, kind="presumed", status="proposed", period=None, givenBy=None, form=None
        ),
        unnamed=True,
    ),
    Case(
        "evidence",
        "a document of what was said aloud",
        lambda w: with_evidence(w, form="oral", document={"title": "Formulier, blad 2"}),
        422,
        lambda w: with_evidence(w, form="written", document={"title": "Formulier, blad 2"}),
        unnamed=True,
    ),
    Case(
        "R-55",
        "a case with a number or a name in it",
        lambda _: case_about("mevrouw Wolderink, BSN 999900006"),
        422,
        lambda _: case_about("Woont alleen, dochter helpt"),
    ),
    Case(
        "R-82",
        "the SO as hoofdbehandelaar",
        lambda _: in_charge(builders.MESO),
        422,
        lambda _: in_charge(builders.GP),
    ),
    Case(
        "R-84",
        "closing a finished plan without a successor",
        lambda w: close(w, successor=None),
        422,
        close,
    ),
    Case(
        "R-85", "closing without a reason", close_without_reason, 422, lambda w: close(w, "END-7")
    ),
    Case(
        "R-88",
        "a second meeting without a reason",
        meet_twice,
        422,
        lambda w: meet_twice(w, repeatReason="De situatie thuis is veranderd"),
    ),
    Case("R-89", "a meeting without the GP", meet_without_gp, 422, meet),
    Case("R-104", "a trajectory without why", lambda w: decide(w, why=None), 422, decide),
    Case("R-104", "a trajectory by a nurse", lambda w: decide(w, NURSE), 422, decide),
    Case(
        "BSN-11",
        "a BSN that fails the eleven-test",
        lambda w: with_bsn(w, 1),
        422,
        lambda w: with_bsn(w, 0),
    ),
    Case(
        "period",
        "a period that ends before it begins",
        lambda w: ending(w, -1),
        422,
        lambda w: ending(w, 30),
        unnamed=True,
    ),
    Case(
        "RI-13",
        "naming a naaste of another dossier",
        lambda w: assess(w, of_another=True),
        422,
        lambda w: assess(w, of_another=False),
    ),
)

WANTED: Final = {
    *("R-2", "R-3", "R-4", "R-8", "R-9", "R-24", "R-25", "R-27", "R-30", "R-31", "R-32", "R-33"),
    *("R-36", "R-52", "R-53", "R-54", "R-55", "R-82", "R-84", "R-85", "R-88", "R-89", "R-104"),
    *("BSN-11", "period", "evidence", "RI-13"),
}


@pytest.fixture
def ward(service: Service) -> Ward:
    return Ward(service.care)


def _name(case: Case) -> str:
    return f"{case.rule}: {case.what}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_it_is_stopped(ward: Ward, case: Case) -> None:
    found = case.stops(ward)
    assert found.status == case.status
    assert case.unnamed or case.rule in found.rules


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_its_neighbour_is_let_through(ward: Ward, case: Case) -> None:
    found = case.lets(ward)
    assert found.is_done, found
    assert case.rule not in found.rules


def test_every_hard_rule_is_in_the_list() -> None:
    assert {case.rule for case in CASES} == WANTED


@pytest.mark.parametrize("door", ["his-episodes", "prescriptions", "anonymous-cases"])
def test_a_kind_that_only_its_mapping_checks_has_no_door(ward: Ward, door: str) -> None:
    assert ward.post(SO, door, {}).status == 405


def test_a_referral_without_an_answer_is_stored_and_waits_for_the_patient(
    service: Service, ward: Ward
) -> None:
    """R-9: awaiting agreement, for GP and MESO; over when the GP records what she said."""
    referred = ward.care.refer(agreement=None)
    waits = {
        ("awaiting-agreement", "R-9", WILGENHOF.ura),
        ("awaiting-agreement", "R-9", MESO.ura),
    }
    assert waits <= service.work_items(referred.task)
    at = instant(ward.care.doors.now())
    sent = {
        "identifier": {"system": WILGENHOF.numbers, "value": f"con-1-{referred.person.number}"},
        "patient": referred.patient,
        "type": "CON-1",
        "kind": "explicit",
        "recordedBy": key_of(GP),
        "givenTo": [WILGENHOF.ura],
        "dateTime": at,
        "party": {"ura": MESO.ura},
        "period": {"start": at},
        "referral": referred.request,
        "explanationGiven": True,
        "synthetic": True,
    }
    assert ward.post(GP, "consents", sent).status == 201
    item = schema.work_item
    mine = item.c.subject == f"Task/{referred.task}"
    rows = service.rows(select(item.c.done_at).where(mine, item.c.kind == "awaiting-agreement"))
    assert rows
    assert all(row.done_at is not None for row in rows)


def test_everything_that_is_stored_has_one_custodian(service: Service, ward: Ward) -> None:
    """R-36."""
    dossier = ward.dossier()
    keep_person(ward.care, dossier)
    assert ward.post(SO, "mdos", ward.care.held(dossier)).is_done
    stored = schema.resource
    found = service.rows(
        select(stored.c.custodian).where(
            stored.c.trajectory == dossier.trajectory, stored.c.category != "provenance"
        )
    )
    assert {row.custodian for row in found} == {MESO.ura}


def test_a_party_that_is_left_out_is_not_told_of_the_meeting(ward: Ward) -> None:
    """R-52."""
    dossier = ward.dossier()
    answer = ward.care.doors.post(SO, "/records/mdos", ward.care.mdo(dossier, GUEST))
    (meeting,) = names(answer, "Appointment")
    assert ward.care.doors.read(PARTNER, f"Appointment/{meeting}").status_code == 404
