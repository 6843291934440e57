"""Closing: what has to be arranged, what shuts at that moment, and who goes on."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import BUURTWERF, KWARTEL, RIETKRAAG, member
from tests.builders.care import NURSE, SO, Care
from tests.builders.region import Doors, places, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("close_trajectory")

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
    """A trajectory whose plan De Rietkraag sees until closing."""
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    care.give(found, RIETKRAAG, "CON-5")
    return found


def post(doors: Doors, closing: Json, who: str = SO) -> httpx.Response:
    return doors.post(who, "/records/closings", closing)


def tasks(doors: Doors, dossier: Dossier, who: str = PARTNER) -> int:
    return len(resources(doors.about(who, "Task", dossier.patient)))


def is_open(doors: Doors, dossier: Dossier) -> bool:
    """The GP record, and with it the trajectory."""
    return doors.record(SO, dossier.patient, "Condition").status_code == 200


# --- the lead (R-84, R-85) --------------------------------------------------------------------


def test_a_plan_that_is_done_needs_a_successor_or_why_not(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    answer = post(doors, care.closing(dossier, successor=None))
    assert (answer.status_code, rules(answer)) == (422, ["R-84"])
    assert is_open(doors, dossier)


def test_why_nobody_is_needed_is_enough(doors: Doors, care: Care, dossier: Dossier) -> None:
    closing = care.closing(dossier, successor=None)
    closing["successor"] = {"notNeededReason": "De huisarts houdt de regie en kan het alleen af"}
    assert post(doors, closing).status_code == 200


@pytest.mark.parametrize("reason", ["END-2", "END-3", "END-4", "END-5"])
def test_for_other_reasons_no_successor_is_asked(
    doors: Doors, care: Care, dossier: Dossier, reason: str
) -> None:
    """R-84: END-1 only."""
    assert care.close(dossier, reason).status_code == 200


@pytest.mark.parametrize("reason", [None, "", "END-99", "klaar"])
def test_a_trajectory_ends_for_a_coded_reason(
    doors: Doors, care: Care, dossier: Dossier, reason: str | None
) -> None:
    """R-85."""
    closing = care.closing(dossier) | {"endReason": reason}
    answer = post(doors, {k: v for k, v in closing.items() if v is not None})
    assert answer.status_code in {400, 422}
    assert any("endReason" in place for place in places(answer))
    assert is_open(doors, dossier)


def test_a_successor_whom_nobody_knows_is_refused(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    closing = care.closing(dossier) | {"successor": {"ura": "90009999", "uzi": "900099999"}}
    answer = post(doors, closing)
    assert (answer.status_code, places(answer)) == (422, ["Closing.successor"])
    assert is_open(doors, dossier)


def test_a_naaste_of_another_dossier_takes_nothing_over(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    answer = post(doors, care.closing(dossier) | {"successor": {"relatedPerson": "rp-9"}})
    assert (answer.status_code, places(answer)) == (422, ["Closing.successor"])
    assert is_open(doors, dossier)


def test_the_older_person_may_take_the_lead_herself(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """A-34, the allowed neighbour."""
    assert post(doors, care.closing(dossier) | {"successor": "patient"}).status_code == 200


@pytest.mark.parametrize("who", [NURSE, "kaya", "mulderij", GP, PARTNER])
def test_nobody_but_the_so_closes(doors: Doors, care: Care, dossier: Dossier, who: str) -> None:
    assert post(doors, care.closing(dossier), who).status_code == 403
    assert is_open(doors, dossier)


def test_the_so_closes_in_her_own_name(doors: Doors, care: Care, dossier: Dossier) -> None:
    kaya = {"ura": member("kaya").ura, "uzi": member("kaya").uzi}
    answer = post(doors, care.closing(dossier) | {"decidedBy": kaya})
    assert (answer.status_code, rules(answer)) == (422, ["R-83"])


@pytest.mark.parametrize("days", [-4000, 30], ids=["before it began", "in a month"])
def test_an_end_lies_between_its_start_and_now(
    doors: Doors, care: Care, dossier: Dossier, days: int
) -> None:
    on = (doors.now() + timedelta(days=days)).isoformat()
    answer = post(doors, care.closing(dossier) | {"on": on})
    assert (answer.status_code, places(answer)) == (422, ["Closing.on"])
    assert is_open(doors, dossier)


# --- what shuts (R-7, R-36, domain decision 3) ------------------------------------------------


def test_the_gp_record_shuts_at_that_moment_and_the_own_record_stays(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    assert is_open(doors, dossier)
    assert care.close(dossier).status_code == 200
    for who in (SO, "kaya", NURSE):
        for part in ("Condition", "ouderenmodule"):
            assert doors.record(who, dossier.patient, part).status_code == 404
    assert len(resources(doors.about(SO, "CarePlan", dossier.patient))) == 1
    assert doors.read(SO, f"ServiceRequest/{dossier.referral}").status_code == 200


def test_the_gp_keeps_everything(doors: Doors, care: Care, dossier: Dossier) -> None:
    care.close(dossier)
    assert len(resources(doors.about(GP, "CarePlan", dossier.patient))) == 1
    (episode,) = resources(doors.about(GP, "EpisodeOfCare", dossier.patient))
    assert episode["status"] == "finished"
    task = resources(doors.about(GP, "Task", dossier.patient))
    assert "completed" in {item["status"] for item in task}


def test_a_partner_whose_consent_was_until_closing_sees_nothing_any_more(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    assert tasks(doors, dossier) == 1
    care.close(dossier)
    for type_ in ("Task", "CarePlan", "CareTeam", "Appointment"):
        assert resources(doors.about(PARTNER, type_, dossier.patient)) == []


def test_nothing_is_written_in_a_trajectory_that_ended(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    care.close(dossier)
    assert care.publish(dossier).status_code == 404
    assert doors.post(SO, "/records/mdos", care.mdo(dossier)).status_code == 404


# --- who goes on (R-46) -----------------------------------------------------------------------


def test_a_party_goes_on_with_a_consent_that_has_its_own_end(
    service: Service, care: Care, dossier: Dossier
) -> None:
    doors = service.doors
    early = post(doors, care.closing(dossier, going_on=[RIETKRAAG.ura]))
    assert (early.status_code, rules(early)) == (422, ["R-46"])
    assert places(early) == ["Closing.continuingParties[0]"]
    until = doors.now() + timedelta(days=2)
    care.give(dossier, RIETKRAAG, "CON-5", until=until)
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    assert tasks(doors, dossier) == 1
    service.time.pass_(3 * 86_400)
    assert tasks(doors, dossier) == 0


def test_who_is_not_named_does_not_go_on_whatever_the_consent_says(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    care.give(dossier, RIETKRAAG, "CON-5", until=doors.now() + timedelta(days=2))
    care.close(dossier)
    assert tasks(doors, dossier) == 0


def test_a_party_without_any_consent_does_not_go_on(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    answer = post(doors, care.closing(dossier, going_on=[BUURTWERF.ura]))
    assert (answer.status_code, rules(answer)) == (422, ["R-46"])


# --- once, and again (RI-21, I8) --------------------------------------------------------------


def test_the_same_closing_again_is_the_same_answer(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """Who got no answer sends it again."""
    closing = care.closing(dossier)
    first = post(service.doors, closing)
    before = service.state()
    again = post(service.doors, closing)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert service.state() == before


def test_a_trajectory_is_closed_once(doors: Doors, care: Care, dossier: Dossier) -> None:
    care.close(dossier)
    assert care.close(dossier, "END-2").status_code == 404
    (episode,) = resources(doors.about(GP, "EpisodeOfCare", dossier.patient))
    assert "END-1" in str(episode)


def test_what_is_no_trajectory_of_this_practice_is_not_there(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    closing = care.closing(dossier)
    for trajectory in ("m" + "a" * 40, dossier.referral, dossier.patient):
        assert post(doors, closing | {"trajectory": trajectory}).status_code == 404


def test_closing_one_patient_leaves_the_others(doors: Doors, care: Care, dossier: Dossier) -> None:
    other = care.taken_up()
    care.close(dossier)
    assert is_open(doors, other)


# --- death (RI-20) ----------------------------------------------------------------------------


def test_death_closes_for_everybody_but_the_gp(doors: Doors, care: Care, dossier: Dossier) -> None:
    care.give(dossier, RIETKRAAG, "CON-5", until=doors.now() + timedelta(days=90))
    assert care.close(dossier, "END-5", going_on=[RIETKRAAG.ura]).status_code == 200
    assert doors.read(SO, f"Patient/{dossier.patient}").status_code == 404
    assert tasks(doors, dossier) == 0
    assert doors.read(GP, f"Patient/{dossier.patient}").status_code == 200
    assert len(resources(doors.about(GP, "CarePlan", dossier.patient))) == 1


def test_a_withdrawal_at_another_practice_does_not_undo_the_closing(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    given = care.consent(dossier, RIETKRAAG, "CON-5")
    care.close(dossier)
    gone = conversations.withdrawal(given, doors.now())
    assert doors.post(NURSE, "/records/consents", gone).status_code == 200
    assert tasks(doors, dossier) == 0
    assert not is_open(doors, dossier)


# --- what a Consent says after its rules ended (domain decision 3) ----------------------------


def statuses(doors: Doors, patient: str, who: str = SO) -> dict[str, str]:
    """Status of every Consent about sharing, by its number."""
    held = resources(doors.about(who, "Consent", patient))
    return {one["identifier"][0]["value"]: one["status"] for one in held if "scope" in one}


@pytest.mark.parametrize("who", [SO, GP])
def test_consents_that_ended_at_closing_say_so_and_the_one_that_goes_on_does_not(
    doors: Doors, care: Care, dossier: Dossier, who: str
) -> None:
    ended = care.give(dossier, KWARTEL, "CON-3")["identifier"]["value"]
    until = doors.now() + timedelta(days=90)
    going_on = care.give(dossier, RIETKRAAG, "CON-5", until=until)["identifier"]["value"]
    before = statuses(doors, dossier.patient, who)
    assert set(before.values()) == {"active"}
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    after = statuses(doors, dossier.patient, who)
    assert after.keys() == before.keys()
    assert after.pop(going_on) == "active"
    assert after[ended] == "inactive"
    assert set(after.values()) == {"inactive"}  # CON-1 and CON-2 too


def test_a_consent_that_ended_is_a_new_version_with_its_provenance(
    service: Service, care: Care, dossier: Dossier
) -> None:
    doors = service.doors
    doors.token(SO)
    mark = service.mark()
    care.close(dossier)
    entries = [line.entry for line in service.lines(mark)]
    ended = [e for e in entries if (e.interaction, e.type) == ("update", "Consent")]
    assert len(ended) >= 2
    assert {e.version for e in ended} == {2}
    held = schema.resource
    rows = service.rows(
        select(held.c.body).where(held.c.type == "Provenance", held.c.patient == ended[0].patient)
    )
    targets = {
        target["reference"] for row in rows for target in json.loads(bytes(row.body))["target"]
    }
    assert {f"Consent/{e.resource_id}/_history/2" for e in ended} <= targets


def test_a_refusal_stays_a_refusal_at_closing(doors: Doors, care: Care, dossier: Dossier) -> None:
    refused = care.consent(dossier, KWARTEL, "CON-3", refused=True)
    assert doors.post(NURSE, "/records/consents", refused).status_code == 201
    care.close(dossier)
    assert statuses(doors, dossier.patient)[refused["identifier"]["value"]] == "rejected"


def test_a_consent_of_an_earlier_trajectory_lets_nobody_go_on_in_this_one(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """RI-19."""
    until = doors.now() + timedelta(days=90)
    care.give(dossier, RIETKRAAG, "CON-5", until=until)
    care.close(dossier, going_on=[RIETKRAAG.ura])
    second = care.accept(care.send(dossier.person, care.again(dossier.person)))
    answer = care.close(second, going_on=[RIETKRAAG.ura])
    assert (answer.status_code, rules(answer)) == (422, ["R-46"])


def test_whoever_has_a_function_in_a_party_that_goes_on_goes_on(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    until = doors.now() + timedelta(days=90)
    consent = care.consent(dossier, RIETKRAAG, "CON-5", until=until)
    consent["party"]["role"] = "community-nurse"
    assert doors.post(NURSE, "/records/consents", consent).status_code == 201
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    assert tasks(doors, dossier) == 1
