"""The multidisciplinary meeting: who is invited, who is not, and when there is a second one."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import BUURTWERF, MESO, RIETKRAAG, WILGENHOF, member
from tests.builders.care import NURSE, SECRETARY, SO, Care, names
from tests.builders.region import Doors, places, resources, rules
from tests.builders.team import keep_person
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("hold_mdo")

Json = dict[str, Any]
GP, PARTNER = "haverkort", "ait-ouali"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    return found


def post(doors: Doors, mdo: Json, who: str = SO) -> httpx.Response:
    return doors.post(who, "/records/mdos", mdo)


def guest(key: str) -> tuple[Any, None]:
    return member(key), None


def invited(doors: Doors, dossier: Dossier, who: str) -> list[Json]:
    return resources(doors.about(who, "Appointment", dossier.patient))


# --- the GP always (R-89) ---------------------------------------------------------------------


def test_a_meeting_without_the_gp_is_refused(doors: Doors, care: Care, dossier: Dossier) -> None:
    mdo = {name: value for name, value in care.mdo(dossier).items() if name != "invitees"}
    answer = post(doors, mdo)
    assert (answer.status_code, rules(answer)) == (422, ["R-89"])
    assert invited(doors, dossier, SO) == []


def test_the_gp_of_another_practice_is_not_the_gp(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    mdo = conversations.mdo(dossier, [guest("ottema")], doors.now())
    answer = post(doors, mdo)
    assert (answer.status_code, rules(answer)) == (422, ["R-89"])


def test_the_gp_needs_no_consent_and_sees_the_meeting(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    answer = post(doors, care.mdo(dossier))
    assert (answer.status_code, answer.json()["notInvited"]) == (201, [])
    assert len(invited(doors, dossier, GP)) == 1


# --- others with consent only (R-52, A-17) ----------------------------------------------------


def test_without_consent_a_party_is_left_out_and_people_are_told(
    service: Service, care: Care, dossier: Dossier
) -> None:
    answer = post(service.doors, care.mdo(dossier, [guest(PARTNER)]))
    assert answer.status_code == 201
    assert answer.json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]
    (appointment,) = names(answer, "Appointment")
    item = schema.work_item
    subject = item.c.subject == f"Appointment/{appointment}|{RIETKRAAG.ura}"
    found = service.rows(select(item.c.kind, item.c.rule, item.c.org).where(subject))
    assert set(map(tuple, found)) == {
        ("missing-consent", "R-52", ura) for ura in (MESO.ura, WILGENHOF.ura)
    }
    assert invited(service.doors, dossier, PARTNER) == []
    held = service.doors.read(SO, f"Appointment/{appointment}").text
    assert member(PARTNER).uzi not in held


def test_with_consent_she_is_invited_and_sees_when_and_nothing_of_the_plan(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    care.give(dossier, RIETKRAAG, "CON-3")
    answer = post(doors, care.mdo(dossier, [guest(PARTNER)]))
    assert answer.json()["notInvited"] == []
    (appointment,) = invited(doors, dossier, PARTNER)
    assert appointment["start"]
    assert resources(doors.about(PARTNER, "CarePlan", dossier.patient)) == []


def test_consent_to_sharing_the_plan_is_no_consent_to_an_invitation(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    care.give(dossier, RIETKRAAG, "CON-5")
    answer = post(doors, care.mdo(dossier, [guest(PARTNER)]))
    assert answer.json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]


def test_consent_for_one_party_invites_no_other(doors: Doors, care: Care, dossier: Dossier) -> None:
    care.give(dossier, RIETKRAAG, "CON-3")
    answer = post(doors, care.mdo(dossier, [guest(PARTNER), guest("spaanders")]))
    assert answer.json()["notInvited"] == [{"ura": BUURTWERF.ura, "rule": "R-52"}]


def test_a_no_is_no_invitation(doors: Doors, care: Care, dossier: Dossier) -> None:
    refused = care.consent(dossier, RIETKRAAG, "CON-3", refused=True)
    assert doors.post(NURSE, "/records/consents", refused).status_code == 201
    answer = post(doors, care.mdo(dossier, [guest(PARTNER)]))
    assert answer.json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]


def test_who_withdrew_is_off_the_list_when_it_is_sent_again(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    given = care.give(dossier, RIETKRAAG, "CON-3")
    mdo = care.mdo(dossier, [guest(PARTNER)])
    post(doors, mdo)
    doors.post(NURSE, "/records/consents", conversations.withdrawal(given, doors.now()))
    assert invited(doors, dossier, PARTNER) == []
    assert post(doors, mdo).json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]


def test_consent_of_an_earlier_trajectory_invites_nobody(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """RI-19: it has a date of its own, and was about another trajectory."""
    until = doors.now() + timedelta(days=90)
    for type_ in ("CON-3", "CON-5"):
        care.give(dossier, RIETKRAAG, type_, until=until)
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    second = care.accept(care.send(dossier.person, care.again(dossier.person)))
    mdo = care.mdo(second, [guest(PARTNER)], n=2)
    assert post(doors, mdo).json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]
    given = care.consent(second, RIETKRAAG, "CON-3")
    given["identifier"]["value"] += "-2"
    assert doors.post(NURSE, "/records/consents", given).status_code == 201
    assert post(doors, mdo).json()["notInvited"] == []


@pytest.mark.parametrize(
    ("role", "left_out"), [("community-nurse", []), ("social-worker", [RIETKRAAG.ura])]
)
def test_consent_for_a_function_invites_that_function(
    doors: Doors, care: Care, dossier: Dossier, role: str, left_out: list[str]
) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-3")
    consent["party"]["role"] = role
    assert doors.post(NURSE, "/records/consents", consent).status_code == 201
    answer = post(doors, care.mdo(dossier, [guest(PARTNER)]))
    assert [one["ura"] for one in answer.json()["notInvited"]] == left_out
    assert len(invited(doors, dossier, PARTNER)) == 1 - len(left_out)


@pytest.mark.parametrize(
    ("category", "left_out"), [("mdo", True), (None, True), ("plan", False), ("his", False)]
)
@pytest.mark.parametrize("party", ["*", f"{RIETKRAAG.ura}|community-nurse", RIETKRAAG.ura])
def test_a_no_to_everybody_or_to_her_function_is_no_invitation(
    service: Service, care: Care, dossier: Dossier, category: str | None, party: str, left_out: bool
) -> None:
    """R-6: a deny counts, whatever consent and trajectory it was said in."""
    care.give(dossier, RIETKRAAG, "CON-3")
    rule = schema.consent_rule
    here = service.rows(select(rule.c.patient).where(rule.c.trajectory == dossier.trajectory))
    service.change(
        rule.insert().values(
            consent=f"een-nee-{dossier.trajectory}",
            consent_version=1,
            con_type="CON-6",
            patient=here[0].patient,
            party=party,
            category=category,
            effect="deny",
            valid_from=0,
            valid_to=schema.FOREVER,
        )
    )
    answer = post(service.doors, care.mdo(dossier, [guest(PARTNER)]))
    assert bool(answer.json()["notInvited"]) == left_out


def test_the_consent_that_is_named_is_the_one_that_counts(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    given = care.give(dossier, RIETKRAAG, "CON-3")
    number = given["identifier"]
    other = {**number, "value": f"{number['value']}-andere"}
    wrong = care.mdo(dossier, [(member(PARTNER), other)])
    assert post(doors, wrong).json()["notInvited"] == [{"ura": RIETKRAAG.ura, "rule": "R-52"}]
    right = care.mdo(dossier, [(member(PARTNER), number)])
    assert post(doors, right).json()["notInvited"] == []


# --- a close one (R-53) -----------------------------------------------------------------------


def con_4(care: Care, dossier: Dossier, who: str, **changes: Any) -> Json:
    consent = care.consent(dossier, RIETKRAAG, "CON-3") | {
        "type": "CON-4",
        "party": {"relatedPerson": who},
    }
    number = {**consent["identifier"], "value": f"con-4-{dossier.person.number}"}
    return consent | {"identifier": number} | changes


def with_close_one(mdo: Json, who: str) -> Json:
    return mdo | {"naaste": {"relatedPerson": who}}


def test_a_close_one_without_consent_is_refused(doors: Doors, care: Care, dossier: Dossier) -> None:
    daughter = keep_person(care, dossier)
    answer = post(doors, with_close_one(care.mdo(dossier), daughter))
    assert (answer.status_code, rules(answer)) == (422, ["R-53"])


def test_a_close_one_with_consent_attends(doors: Doors, care: Care, dossier: Dossier) -> None:
    daughter = keep_person(care, dossier)
    assert doors.post(NURSE, "/records/consents", con_4(care, dossier, daughter)).status_code == 201
    assert post(doors, with_close_one(care.mdo(dossier), daughter)).status_code == 201


def test_consent_for_a_close_one_who_is_not_recorded_is_refused(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    answer = doors.post(NURSE, "/records/consents", con_4(care, dossier, "rp-dochter"))
    assert (answer.status_code, rules(answer)) == (422, ["R-53"])


def test_the_consent_of_one_close_one_is_not_for_another(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    daughter, son = keep_person(care, dossier), keep_person(care, dossier, "zoon", relation="SONC")
    assert doors.post(NURSE, "/records/consents", con_4(care, dossier, daughter)).status_code == 201
    answer = post(doors, with_close_one(care.mdo(dossier), son))
    assert (answer.status_code, rules(answer)) == (422, ["R-53"])


# --- a second meeting (R-88) ------------------------------------------------------------------


def test_a_second_meeting_needs_a_reason(doors: Doors, care: Care, dossier: Dossier) -> None:
    assert post(doors, care.held(dossier)).status_code == 201
    second = care.held(dossier, n=2)
    answer = post(doors, second)
    assert (answer.status_code, rules(answer)) == (422, ["R-88"])
    assert len(resources(doors.about(SO, "Encounter", dossier.patient))) == 1
    second["held"]["repeatReason"] = "De situatie thuis is veranderd"
    assert post(doors, second).status_code == 201


def test_the_same_meeting_again_is_no_second_one(
    service: Service, care: Care, dossier: Dossier
) -> None:
    mdo = care.held(dossier)
    first = post(service.doors, mdo)
    before = service.state()
    again = post(service.doors, mdo)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert service.state() == before


def test_planned_and_then_held_is_one_meeting(doors: Doors, care: Care, dossier: Dossier) -> None:
    held = care.held(dossier)
    planned = {name: value for name, value in held.items() if name != "held"}
    assert post(doors, planned).status_code == 201
    assert post(doors, held).status_code == 201
    assert len(invited(doors, dossier, SO)) == 1


def test_a_meeting_of_an_earlier_trajectory_is_not_the_first_of_this_one(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """RI-19."""
    post(doors, care.held(dossier))
    care.close(dossier)
    second = care.accept(care.send(dossier.person, care.again(dossier.person)))
    plan = care.plan(second)
    number = {**plan["identifier"], "value": f"{plan['identifier']['value']}-2"}
    assert doors.post(SO, "/records/plans", plan | {"identifier": number}).status_code == 201
    agenda = {"ura": MESO.ura, "identifier": number}
    assert post(doors, care.held(second, n=2) | {"agenda": agenda}).status_code == 201


# --- whose meeting ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [GP, "kaya", SECRETARY, PARTNER, "samenspel"])
def test_only_so_and_nurse_hold_meetings(
    doors: Doors, care: Care, dossier: Dossier, who: str
) -> None:
    assert post(doors, care.mdo(dossier), who).status_code == 403


def test_the_secretary_sees_when_and_where_and_nothing_of_content(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """R-23."""
    post(doors, care.held(dossier))
    assert len(invited(doors, dossier, SECRETARY)) == 1
    assert doors.about(SECRETARY, "Encounter", dossier.patient).status_code == 403


def test_a_meeting_about_somebody_elses_plan_is_refused(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """N14: of another patient, of another practice and of nobody are one answer."""
    other = care.taken_up()
    care.publish(other)
    agendas = [
        care.mdo(other)["agenda"],
        {**care.mdo(dossier)["agenda"], "ura": RIETKRAAG.ura},
    ]
    for agenda in agendas:
        answer = post(doors, care.held(dossier) | {"agenda": agenda})
        assert (answer.status_code, places(answer)) == (422, ["Mdo.agenda"])


def test_a_meeting_may_be_planned_before_the_plan_is_published(doors: Doors, care: Care) -> None:
    dossier = care.taken_up()
    assert post(doors, care.mdo(dossier)).status_code == 201
    assert post(doors, care.held(dossier)).status_code == 422


def test_who_is_not_treated_here_has_no_meeting(doors: Doors, care: Care, dossier: Dossier) -> None:
    weighed, other = care.refer(), care.taken_up()
    mdo = care.mdo(dossier)
    for changes in (
        {"patient": weighed.patient},
        {"patient": "m" + "a" * 40},
        {"patient": other.patient},
        {"trajectory": other.trajectory},
        {"organiser": RIETKRAAG.ura},
    ):
        assert post(doors, mdo | changes).status_code == 404
    care.close(dossier)
    assert post(doors, mdo).status_code == 404


def test_a_number_of_another_patients_meeting_takes_nothing_over(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    post(doors, care.mdo(dossier))
    other = care.taken_up()
    answer = post(doors, care.mdo(other) | {"identifier": care.mdo(dossier)["identifier"]})
    assert answer.status_code == 409
    assert len(invited(doors, dossier, GP)) == 1
