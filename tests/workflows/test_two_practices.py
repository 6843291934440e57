"""Two MESO practices and one patient: a referral is for the practice that it is addressed to."""

from typing import Any

import pytest

from adapter.synthetic.network import RIETKRAAG
from adapter.synthetic.people import Person
from tests.builders.care import SO, Care, Referred
from tests.builders.region import Doors, resources
from tests.builders.second_meso import SecondMeso
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("two_practices")

Json = dict[str, Any]
GP = "haverkort"
TYPES = ("ServiceRequest", "Task", "Condition", "Consent")


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture(scope="module")
def rozendaal(service: Service) -> SecondMeso:
    return SecondMeso(service)


@pytest.fixture
def person(care: Care) -> Person:
    return next(care.people)


@pytest.fixture
def ours(care: Care, person: Person) -> Referred:
    """To the practice in Velperbroek."""
    return care.refer(person)


@pytest.fixture
def theirs(care: Care, person: Person, ours: Referred, rozendaal: SecondMeso) -> Referred:
    """Of the same patient, to Rozendaal."""
    return care.send(person, care.again(person, receiver={"ura": rozendaal.ura}))


def parts(referred: Referred) -> list[str]:
    names = referred.answer.json()["resources"]
    return [name for name in names if name.partition("/")[0] in TYPES]


def seen_by_us(doors: Doors, referred: Referred) -> set[str]:
    found = {
        f"{type_}/{held['id']}"
        for type_ in TYPES
        for held in resources(doors.about(SO, type_, referred.patient))
    }
    read = {name for name in parts(referred) if doors.read(SO, name).status_code == 200}
    assert read == found & set(parts(referred))
    return found


def seen_by_them(rozendaal: SecondMeso, referred: Referred) -> set[str]:
    return {
        f"{type_}/{held['id']}"
        for type_ in TYPES
        for held in rozendaal.search(f"{type_}?patient=Patient/{referred.patient}")
    }


def test_while_both_weigh_each_sees_its_own_referral_and_no_part_of_the_other(
    doors: Doors, rozendaal: SecondMeso, ours: Referred, theirs: Referred
) -> None:
    assert ours.patient == theirs.patient
    assert seen_by_us(doors, ours) == set(parts(ours))
    assert seen_by_them(rozendaal, theirs) == set(parts(theirs))
    for name in parts(theirs):
        assert doors.read(SO, name).status_code == 404, name
    for name in parts(ours):
        assert rozendaal.read(name).status_code == 404, name


def test_who_it_is_about_both_see(
    doors: Doors, rozendaal: SecondMeso, ours: Referred, theirs: Referred
) -> None:
    assert doors.read(SO, f"Patient/{ours.patient}").status_code == 200
    assert rozendaal.read(f"Patient/{theirs.patient}").status_code == 200


def test_the_gp_sees_both(doors: Doors, ours: Referred, theirs: Referred) -> None:
    for name in (*parts(ours), *parts(theirs)):
        assert doors.read(GP, name).status_code == 200, name


def test_a_practice_that_treats_does_not_see_what_another_one_is_asked(
    doors: Doors, care: Care, rozendaal: SecondMeso, ours: Referred, theirs: Referred
) -> None:
    care.accept(ours)
    assert set(parts(theirs)) & seen_by_us(doors, theirs) == set()
    assert care.decide(theirs.task, "accepted", "trajectory", why="x").status_code == 404
    assert seen_by_them(rozendaal, theirs) == set(parts(theirs))


def test_the_addressee_keeps_the_referral_through_care_and_own_record(
    doors: Doors, care: Care, ours: Referred
) -> None:
    dossier = care.accept(ours)
    assert set(parts(ours)) <= seen_by_us(doors, ours)
    assert care.close(dossier).status_code == 200
    assert set(parts(ours)) <= seen_by_us(doors, ours)
    assert all(doors.read(GP, name).status_code == 200 for name in parts(ours))


def test_the_other_practice_takes_up_its_own(
    doors: Doors, rozendaal: SecondMeso, ours: Referred, theirs: Referred
) -> None:
    answer = rozendaal.decide(theirs.task, "accepted", "trajectory", "Meerdere domeinen")
    assert answer.status_code == 200, answer.text
    assert set(parts(theirs)) <= seen_by_them(rozendaal, theirs)
    assert seen_by_us(doors, ours) == set(parts(ours))


def test_one_problem_in_two_referrals_is_for_both(
    doors: Doors, care: Care, rozendaal: SecondMeso, person: Person
) -> None:
    ours = care.refer(person)
    record = care.again(person, receiver={"ura": rozendaal.ura})
    record["problems"] = ours.sent["problems"]
    theirs = care.send(person, record)
    shared = [name for name in parts(theirs) if name in parts(ours)]
    assert {name.partition("/")[0] for name in shared} == {"Condition"}
    assert all(doors.read(SO, name).status_code == 200 for name in shared)
    assert all(rozendaal.read(name).status_code == 200 for name in shared)


def test_consent_that_one_practice_recorded_is_not_the_others(
    doors: Doors, care: Care, rozendaal: SecondMeso, ours: Referred, theirs: Referred
) -> None:
    dossier = care.accept(ours)
    sent = care.give(dossier, RIETKRAAG, "CON-5")
    numbers = {sent["identifier"]["value"]}

    def found(held: list[Json]) -> set[str]:
        return numbers & {i["value"] for one in held for i in one["identifier"]}

    query = f"Consent?patient=Patient/{theirs.patient}"
    assert found(resources(doors.about(SO, "Consent", ours.patient))) == numbers
    assert found(resources(doors.about(GP, "Consent", ours.patient))) == numbers
    assert found(rozendaal.search(query)) == set()
