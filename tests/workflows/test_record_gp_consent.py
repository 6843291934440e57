"""CON-1 and CON-2: the GP records what a patient says about the own record, at any moment."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, RIETKRAAG, WILGENHOF, member
from adapter.synthetic.referrals import instant
from tests.builders.care import NURSE, SO, Care, Referred
from tests.builders.region import Doors, places, resources, rules
from tests.builders.second_meso import SecondMeso
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("record_gp_consent")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"
_LATER = {"system": WILGENHOF.numbers}


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


def consent(doors: Doors, patient: str, type_: str, number: str, **changes: Any) -> Json:
    gp, at = member(GP), instant(doors.now())
    found = {
        "identifier": {**_LATER, "value": f"{type_}-{number}"},
        "patient": patient,
        "type": type_,
        "kind": "explicit",
        "status": "active",
        "recordedBy": {"ura": gp.ura, "uzi": gp.uzi},
        "givenTo": [gp.ura],
        "dateTime": at,
        "party": {"ura": MESO.ura},
        "period": {"start": at},
        "synthetic": True,
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def both(doors: Doors, patient: str, number: str, **changes: Any) -> list[Json]:
    return [consent(doors, patient, type_, number, **changes) for type_ in ("CON-1", "CON-2")]


def refusal(doors: Doors, patient: str, type_: str, number: str) -> Json:
    said = {"kind": "refused", "status": "rejected", "period": None}
    return consent(doors, patient, type_, number, **said)


def post(doors: Doors, sent: Json, who: str = GP) -> httpx.Response:
    return doors.post(who, "/records/consents", sent)


def is_open(doors: Doors, patient: str) -> bool:
    answers = {doors.record(SO, patient, part).status_code for part in ("Condition", "Observation")}
    assert len(answers) == 1
    return answers == {200}


@pytest.fixture
def not_asked(care: Care) -> Referred:
    return care.refer(agreement=None)


@pytest.fixture
def running(care: Care) -> Dossier:
    return care.taken_up()


def of_the_referral(care: Care, dossier: Dossier, type_: str, referred: Referred) -> Json:
    """The consent that the line of agreement became, as a record."""
    number = referred.sent["identifier"]
    agreed = referred.sent["agreement"]["agreedOn"]
    return consent(
        care.doors,
        dossier.patient,
        type_,
        "-",
        identifier={**number, "value": f"{number['value']}.{type_}"},
        referral=dossier.referral,
        dateTime=agreed,
        period={"start": agreed},
        categories=["his", "ouderenmodule"],
    )


# --- withdrawal (RI-3) ------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ["CON-1", "CON-2"])
def test_a_withdrawal_at_the_gp_shuts_the_record_at_once(
    doors: Doors, care: Care, type_: str
) -> None:
    referred = care.refer()
    dossier = care.accept(referred)
    assert is_open(doors, dossier.patient)
    given = of_the_referral(care, dossier, type_, referred)
    assert post(doors, given).status_code == 200
    assert is_open(doors, dossier.patient)
    gone = conversations.withdrawal(given, doors.now())
    answer = post(doors, gone)
    assert answer.status_code == 200, answer.text
    assert not is_open(doors, dossier.patient)
    held = resources(doors.about(SO, "Consent", dossier.patient))
    ended = [one for one in held if one["status"] == "inactive"]
    assert [one["identifier"][0]["value"] for one in ended] == [given["identifier"]["value"]]
    assert doors.read(SO, f"Patient/{dossier.patient}").status_code == 200  # care goes on


def test_a_no_at_the_gp_shuts_the_record_whatever_was_said_before(
    doors: Doors, care: Care, running: Dossier
) -> None:
    other = care.taken_up()
    assert is_open(doors, running.patient)
    sent = refusal(doors, running.patient, "CON-1", running.trajectory)
    assert post(doors, sent).status_code == 201
    assert not is_open(doors, running.patient)
    assert is_open(doors, other.patient)


def test_a_withdrawal_for_one_practice_leaves_the_other_one(
    service: Service, care: Care, running: Dossier
) -> None:
    other = SecondMeso(service)
    sent = refusal(service.doors, running.patient, "CON-1", running.trajectory)
    assert post(service.doors, sent | {"party": {"ura": other.ura}}).status_code == 201
    assert is_open(service.doors, running.patient)


@pytest.mark.parametrize("what", ["trajectory", "referral"])
def test_a_no_names_nothing_of_another_patient(
    doors: Doors, care: Care, running: Dossier, what: str
) -> None:
    other = care.taken_up()
    sent = refusal(doors, running.patient, "CON-1", f"no-{running.trajectory}")
    answer = post(doors, sent | {what: getattr(other, what)})
    assert (answer.status_code, places(answer)) == (422, [f"ConsentRecord.{what}"])
    assert post(doors, sent | {what: getattr(running, what)}).status_code == 201
    assert not is_open(doors, running.patient)
    assert is_open(doors, other.patient)


# --- a yes that comes later -------------------------------------------------------------------


def test_who_was_not_asked_at_first_agrees_while_it_is_weighed(
    doors: Doors, care: Care, not_asked: Referred
) -> None:
    for sent in both(doors, not_asked.patient, not_asked.request, referral=not_asked.request):
        assert post(doors, sent).status_code == 201
    assert not is_open(doors, not_asked.patient)  # weighing
    dossier = care.accept(not_asked)
    assert is_open(doors, dossier.patient)
    assert care.close(dossier).status_code == 200
    held = resources(doors.about(GP, "Consent", dossier.patient))
    assert {one["status"] for one in held} == {"inactive"}
    assert not is_open(doors, dossier.patient)


@pytest.mark.parametrize("by", ["referral", "trajectory"])
def test_who_was_not_asked_at_first_agrees_while_the_trajectory_runs(
    doors: Doors, care: Care, not_asked: Referred, by: str
) -> None:
    dossier = care.accept(not_asked)
    assert not is_open(doors, dossier.patient)
    what = {by: getattr(dossier, by)}
    first, second = both(doors, dossier.patient, dossier.trajectory, **what)
    assert post(doors, first).status_code == 201
    assert not is_open(doors, dossier.patient)  # both are needed
    assert post(doors, second).status_code == 201
    assert is_open(doors, dossier.patient)
    assert doors.about(SO, "Consent", dossier.patient).json()["total"] == 2
    care.close(dossier)
    assert not is_open(doors, dossier.patient)


def test_a_yes_opens_for_the_trajectory_that_was_named_only(
    doors: Doors, care: Care, not_asked: Referred
) -> None:
    """RI-19."""
    first = care.accept(not_asked)
    for sent in both(doors, first.patient, first.trajectory, trajectory=first.trajectory):
        post(doors, sent)
    care.close(first)
    again = care.again(first.person, agreement=None)
    second = care.accept(care.send(first.person, again))
    assert not is_open(doors, second.patient)
    old = consent(doors, first.patient, "CON-1", "later", trajectory=first.trajectory)
    answer = post(doors, old)
    assert (answer.status_code, rules(answer)) == (422, ["RI-19"])


@pytest.mark.parametrize("what", ["trajectory", "referral"])
def test_a_yes_for_what_does_not_run_there_is_refused(
    service: Service, care: Care, running: Dossier, what: str
) -> None:
    doors, other = service.doors, care.taken_up()
    for changes in (
        {what: getattr(other, what)},
        {what: "m" + "a" * 40},
        {what: getattr(running, what), "party": {"ura": SecondMeso(service).ura}},
    ):
        answer = post(doors, consent(doors, running.patient, "CON-1", what, **changes))
        assert (answer.status_code, places(answer)) == (422, [f"ConsentRecord.{what}"])


# --- who may, and for whom --------------------------------------------------------------------


def test_the_gp_of_another_practice_has_no_such_patient(
    doors: Doors, care: Care, running: Dossier
) -> None:
    ottema = member(OTHER_GP)
    theirs = {
        "recordedBy": {"ura": ottema.ura, "uzi": ottema.uzi},
        "givenTo": [ottema.ura],
    }
    sent = refusal(doors, running.patient, "CON-1", "x") | theirs
    assert post(doors, sent, OTHER_GP).status_code == 404
    assert post(doors, sent | {"patient": "m" + "a" * 40}, OTHER_GP).status_code == 404
    assert is_open(doors, running.patient)


@pytest.mark.parametrize("who", ["oosterbaan", "tjalma", "brouwhuis"])
def test_nobody_else_of_the_practice_records_it(
    doors: Doors, care: Care, running: Dossier, who: str
) -> None:
    assert post(doors, refusal(doors, running.patient, "CON-1", "x"), who).status_code == 403


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"type": "CON-5", "party": {"ura": RIETKRAAG.ura}}, "R-8"),
        ({"type": "CON-6"}, "R-8"),
        ({"party": {"ura": RIETKRAAG.ura}}, "R-8"),
        ({"party": {"ura": WILGENHOF.ura}}, "R-8"),
        ({"party": {"ura": "90009999"}}, "R-8"),
        ({"party": {"relatedPerson": "rp-1"}}, "R-8"),
        ({"givenTo": [MESO.ura]}, "R-8"),
        ({"recordedBy": {"ura": WILGENHOF.ura, "uzi": "900000102"}}, "R-54"),
        ({"givenBy": {"relatedPerson": "rp-1"}}, "R-54"),
        ({"alignment": "afstemming"}, "RI-1"),
    ],
    ids=str,
)
def test_what_is_not_the_gps_to_record_is_refused(
    service: Service, care: Care, running: Dossier, changes: Json, rule: str
) -> None:
    number = f"x-{running.trajectory}"
    sent = consent(service.doors, running.patient, "CON-1", number, trajectory=running.trajectory)
    before = service.state()
    answer = post(service.doors, sent | changes)
    assert (answer.status_code, rules(answer)) == (422, [rule])
    assert service.state() == before
    assert post(service.doors, sent).status_code == 201


def test_meso_is_no_partner_by_it(service: Service, care: Care, running: Dossier) -> None:
    sent = consent(
        service.doors, running.patient, "CON-1", "partner", trajectory=running.trajectory
    )
    assert post(service.doors, sent).status_code == 201
    row = schema.relation
    kinds = service.rows(select(row.c.kind).where(row.c.trajectory == running.trajectory))
    assert {found.kind for found in kinds} == {"care"}


def test_the_same_again_writes_nothing(service: Service, care: Care, running: Dossier) -> None:
    sent = consent(service.doors, running.patient, "CON-1", "eens", trajectory=running.trajectory)
    assert post(service.doors, sent).status_code == 201
    before = service.state()
    assert post(service.doors, sent).status_code == 200
    assert service.state() == before


def test_meso_cannot_touch_it(doors: Doors, care: Care, running: Dossier) -> None:
    nurse = member(NURSE)
    sent = refusal(doors, running.patient, "CON-1", "x") | {
        "recordedBy": {"ura": nurse.ura, "uzi": nurse.uzi}
    }
    answer = post(doors, sent, NURSE)
    assert (answer.status_code, rules(answer)) == (422, ["R-8"])
