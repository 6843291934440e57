"""Every hard rule that holds at a door: the case that it stops, and the neighbour that it lets through.

`CASES` is the list to read. A rule is shown at the outermost place where it can be broken: over HTTP
at the record doors and in FHIR, as a refused method where nobody ever may, and by the mapping for the
kinds that have no door yet (`his-episode`, `prescription-reference`, `anonymous-case`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic.network import MESO, RIETKRAAG, SINGELZICHT, WILGENHOF
from adapter.synthetic.referrals import instant
from tests.builders.care import NURSE, SO, names
from tests.builders.team import (
    keep_person,
    key_of,
)
from tests.builders.ward import (
    GP,
    GUEST,
    PARTNER,
    POH,
    Told,
    Ward,
    assess,
    by_patient,
    by_representative,
    by_somebody_elses,
    case_about,
    change_gp_problem,
    change_patient,
    close,
    close_without_reason,
    consent,
    custodian,
    decide,
    delete,
    ending,
    episode,
    gp_moves_patient,
    in_charge,
    judge,
    known_by,
    look,
    meet,
    meet_twice,
    meet_with_daughter,
    meet_without_gp,
    of_the_gp_record,
    open_record,
    plan_again,
    plan_by,
    plan_of_nobody,
    prescribed_by,
    publish,
    refer,
    with_bsn,
    with_evidence,
)
from tests.fixtures.service import Service
from tests.mappings import builders

pytestmark = pytest.mark.xdist_group("hard_rules")


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
