"""Out of "parked": the practice on file says whether the patient moved, and the referral goes on or ends."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, SINGELZICHT, WILGENHOF
from adapter.synthetic.people import Person
from tests.builders.care import SO, Care, Referred, names
from tests.builders.region import Doors, places, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("parked_referral")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"  # on file, and who refers


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def known(care: Care) -> Dossier:
    """On file with De Wilgenhof, and in care."""
    return care.taken_up()


@pytest.fixture
def parked(doors: Doors, care: Care, known: Dossier) -> Referred:
    return park(doors, care, known.person)


def park(doors: Doors, care: Care, person: Person, **changes: Any) -> Referred:
    sent = {**care.by_other_practice(person), **changes}
    sent = {name: value for name, value in sent.items() if value is not None}
    answer = doors.post(OTHER_GP, "/records/referrals", sent)
    assert answer.status_code == 201, answer.text
    return Referred(person, sent, answer)


def tasks(doors: Doors, who: str, patient: str) -> list[Json]:
    """Tasks about parked referrals that somebody sees, newest first."""
    found = resources(doors.about(who, "Task", patient))
    return [t for t in found if t["meta"]["profile"][0].endswith("/meso-parked-referral")]


def answer_task(
    doors: Doors, task: Json, status: str, *, who: str = GP, why: str | None = None
) -> httpx.Response:
    read = doors.read(who, f"Task/{task['id']}")
    assert read.status_code == 200, read.text
    changed = {**read.json(), "status": status}
    if why is not None:
        changed["statusReason"] = {"text": why}
    return doors.put(who, changed, read.headers["etag"])


def confirm(doors: Doors, known: Dossier) -> httpx.Response:
    (task,) = tasks(doors, GP, known.patient)
    return answer_task(doors, task, "accepted")


def deny(doors: Doors, known: Dossier) -> httpx.Response:
    (task,) = tasks(doors, GP, known.patient)
    return answer_task(doors, task, "rejected", why="Nog altijd bij ons ingeschreven")


# --- what each of them is told ----------------------------------------------------------------


def test_both_practices_have_a_task_and_nobody_else(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    (asked,) = tasks(doors, GP, known.patient)
    (told,) = tasks(doors, OTHER_GP, parked.patient)
    assert asked["id"] != told["id"]
    assert asked["owner"]["identifier"]["value"] == WILGENHOF.ura
    assert asked["requester"]["identifier"]["value"] == SINGELZICHT.ura
    assert told["owner"]["identifier"]["value"] == SINGELZICHT.ura
    assert (asked["status"], told["status"]) == ("requested", "requested")
    for who, other in ((GP, told), (OTHER_GP, asked), (SO, asked), (SO, told)):
        assert doors.read(who, f"Task/{other['id']}").status_code == 404
    assert tasks(doors, SO, known.patient) == []
    assert tasks(doors, "oosterbaan", known.patient) == [asked]  # reads, does not decide


def test_neither_learns_what_is_the_others(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    (asked,), (told,) = tasks(doors, GP, known.patient), tasks(doors, OTHER_GP, parked.patient)
    for name in parked.answer.json()["resources"]:
        assert name.partition("/")[2] not in str(asked)
        assert doors.read(GP, name).status_code == 404
    assert repr(WILGENHOF.ura) not in str(told)
    assert known.patient not in str(told)
    assert doors.read(OTHER_GP, f"Patient/{known.patient}").status_code == 404


def test_an_ordinary_referral_asks_nobody(doors: Doors, care: Care) -> None:
    referred = care.refer()
    assert tasks(doors, GP, referred.patient) == []


def test_a_person_in_doubt_at_the_own_practice_is_for_people(doors: Doors, care: Care) -> None:
    referred = care.refer()
    record = care.again(referred.person)
    record["patient"]["family"] = "Andersnaam"
    doors.post(GP, "/records/referrals", record)
    assert tasks(doors, GP, referred.patient) == []


# --- she moved --------------------------------------------------------------------------------


def test_confirmed_it_is_weighed_like_any_other(
    service: Service, care: Care, known: Dossier, parked: Referred
) -> None:
    doors = service.doors
    assert doors.read(SO, f"Task/{parked.task}").status_code == 404
    answer = confirm(doors, known)
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
    for name in parked.answer.json()["resources"]:
        assert doors.read(SO, name).status_code == 200, name
        assert doors.read(OTHER_GP, name).status_code == 200, name
        assert doors.read(GP, name).status_code == 404, name
    (told,) = tasks(doors, OTHER_GP, parked.patient)
    assert told["status"] == "completed"
    item = schema.work_item
    about = item.c.subject == f"Task/{parked.task}"
    assert all(r.done_at for r in service.rows(select(item.c.done_at).where(about)))


def test_the_new_practice_masters_her_from_then_on(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    confirm(doors, known)
    again = care.by_other_practice(known.person)
    again["identifier"]["value"] += "-2"
    for problem in again["problems"]:
        problem["identifier"]["value"] += "-2"
    answer = doors.post(OTHER_GP, "/records/referrals", again)
    (task,) = names(answer, "Task")
    assert names(answer, "Patient") == [parked.patient]
    assert doors.read(SO, f"Task/{task}").status_code == 200  # nothing is parked any more
    assert len(tasks(doors, GP, known.patient)) == 1


def test_the_consents_of_the_referral_open_the_record_of_the_new_practice(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    confirm(doors, known)
    answer = care.decide(parked.task, "accepted", "trajectory", why="Meerdere domeinen")
    assert answer.status_code == 200, answer.text
    assert doors.about(SO, "EpisodeOfCare", parked.patient).json()["total"] == 1
    found = doors.record(SO, parked.patient, "Condition")
    assert found.status_code in {200, 404}  # whether her new practice has a record of her yet
    consents = resources(doors.about(OTHER_GP, "Consent", parked.patient))
    assert {c["status"] for c in consents} == {"active"}


def test_the_record_of_the_practice_that_she_left_shuts_and_meso_is_asked(
    service: Service, care: Care, known: Dossier, parked: Referred
) -> None:
    """R-4. What MESO made stays with MESO, which closes the old trajectory."""
    doors = service.doors
    assert doors.record(SO, known.patient, "Condition").status_code == 200
    confirm(doors, known)
    assert doors.record(SO, known.patient, "Condition").status_code == 404
    consents = resources(doors.about(GP, "Consent", known.patient))
    assert {c["status"] for c in consents} == {"inactive"}
    item = schema.work_item
    about = item.c.subject == f"EpisodeOfCare/{known.trajectory}"
    rows = service.rows(select(item.c.kind, item.c.org).where(about))
    assert list(map(tuple, rows)) == [("patient-moved", MESO.ura)]
    assert doors.read(GP, f"Patient/{known.patient}").status_code == 200
    assert care.close(known).status_code == 200


def test_without_the_line_of_agreement_people_are_asked_when_it_opens(
    service: Service, care: Care, known: Dossier
) -> None:
    parked = park(service.doors, care, known.person, agreement=None)
    confirm(service.doors, known)
    assert ("awaiting-agreement", "R-9", MESO.ura) in service.work_items(parked.task)


# --- she did not ------------------------------------------------------------------------------


def test_denied_it_ends_with_a_reason_and_nothing_was_opened(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    answer = deny(doors, known)
    assert (answer.status_code, answer.json()["status"]) == (200, "rejected")
    task = doors.read(OTHER_GP, f"Task/{parked.task}").json()
    assert task["status"] == "rejected"
    assert task["statusReason"]["text"]
    assert "ingeschreven" not in str(task)  # what was written for us stays here
    assert repr(WILGENHOF.ura) not in str(task)
    (told,) = tasks(doors, OTHER_GP, parked.patient)
    assert told["status"] == "failed"
    consents = resources(doors.about(OTHER_GP, "Consent", parked.patient))
    assert {c["status"] for c in consents} == {"inactive"}
    assert doors.read(SO, f"Task/{parked.task}").status_code == 404
    assert doors.record(SO, known.patient, "Condition").status_code == 200


def test_a_no_has_a_reason(doors: Doors, known: Dossier, parked: Referred) -> None:
    (task,) = tasks(doors, GP, known.patient)
    answer = answer_task(doors, task, "rejected")
    assert (answer.status_code, places(answer)) == (422, ["Task.statusReason"])
    assert doors.read(OTHER_GP, f"Task/{parked.task}").json()["status"] == "requested"


def test_denied_the_number_still_means_who_is_on_file(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    deny(doors, known)
    again = doors.post(GP, "/records/referrals", care.again(known.person))
    assert names(again, "Patient") == [known.patient]


# --- who may answer, and when -----------------------------------------------------------------


@pytest.mark.parametrize("status", ["accepted", "rejected", "cancelled", "completed"])
def test_the_sender_does_not_answer_for_the_practice_on_file(
    doors: Doors, known: Dossier, parked: Referred, status: str
) -> None:
    (told,) = tasks(doors, OTHER_GP, parked.patient)
    answer = answer_task(doors, told, status, who=OTHER_GP, why="x")
    assert answer.status_code == 422
    assert doors.read(SO, f"Task/{parked.task}").status_code == 404


def test_it_is_answered_once(doors: Doors, known: Dossier, parked: Referred) -> None:
    assert deny(doors, known).status_code == 200
    (task,) = tasks(doors, GP, known.patient)
    assert answer_task(doors, task, "accepted").status_code == 422
    assert doors.read(SO, f"Task/{parked.task}").status_code == 404


def test_the_practice_may_say_that_it_was_received(
    doors: Doors, known: Dossier, parked: Referred
) -> None:
    (task,) = tasks(doors, GP, known.patient)
    assert answer_task(doors, task, "received").status_code == 200
    assert confirm(doors, known).status_code == 200


def test_a_referral_that_was_taken_back_asks_nobody_any_more(
    service: Service, known: Dossier, parked: Referred
) -> None:
    doors = service.doors
    cancelled = service.care.decide(parked.task, "cancelled", None, who=OTHER_GP)
    assert cancelled.status_code == 200
    (asked,), (told,) = tasks(doors, GP, known.patient), tasks(doors, OTHER_GP, parked.patient)
    assert (asked["status"], told["status"]) == ("cancelled", "cancelled")
    assert answer_task(doors, asked, "accepted").status_code == 422
    consents = resources(doors.about(OTHER_GP, "Consent", parked.patient))
    assert {c["status"] for c in consents} == {"inactive"}


def test_somebody_of_another_name_does_not_take_her_number_over(
    doors: Doors, care: Care, known: Dossier
) -> None:
    patient = {**care.by_other_practice(known.person)["patient"], "family": "Andersnaam"}
    parked = park(doors, care, known.person, patient=patient)
    answer = confirm(doors, known)
    assert (answer.status_code, rules(answer)) == (422, ["RI-13"])
    assert doors.read(SO, f"Task/{parked.task}").status_code == 404
    assert deny(doors, known).status_code == 200


def test_two_parked_referrals_are_two_questions(
    doors: Doors, care: Care, known: Dossier, parked: Referred
) -> None:
    sent = care.by_other_practice(known.person)
    sent["identifier"]["value"] += "-tweede"
    for problem in sent["problems"]:
        problem["identifier"]["value"] += "-tweede"
    second = doors.post(OTHER_GP, "/records/referrals", sent)
    (task,) = names(second, "Task")
    asked = tasks(doors, GP, known.patient)
    assert len(asked) == 2
    for one in asked:
        assert answer_task(doors, one, "accepted").status_code == 200
    for id_ in (task, parked.task):
        assert doors.read(SO, f"Task/{id_}").status_code == 200


def test_a_parked_referral_that_is_sent_again_asks_once(
    service: Service, known: Dossier, parked: Referred
) -> None:
    before = service.state()
    again = service.doors.post(OTHER_GP, "/records/referrals", parked.sent)
    assert (again.status_code, again.json()) == (200, parked.answer.json())
    assert service.state() == before


def test_what_was_decided_is_in_the_log_of_each_practice(
    service: Service, known: Dossier, parked: Referred
) -> None:
    service.doors.token(GP)
    (task,) = tasks(service.doors, GP, known.patient)
    mark = service.mark()
    assert confirm(service.doors, known).status_code == 200
    lines = [line.entry for line in service.lines(mark) if line.entry.interaction == "update"]
    changed = {(e.type, e.custodian) for e in lines}
    assert ("Task", WILGENHOF.ura) in changed
    assert ("Task", SINGELZICHT.ura) in changed
    assert task["id"] in {e.resource_id for e in lines}
