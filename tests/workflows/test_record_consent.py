"""What a patient decided about sharing: who records it, what it opens, and that a no is at once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import BUURTWERF, KWARTEL, RIETKRAAG, WILGENHOF, member
from tests.builders.care import NURSE, SO, Care
from tests.builders.region import Doors, places, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("record_consent")

Json = dict[str, Any]
PARTNER = "ait-ouali"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    """A trajectory with a published plan."""
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    return found


def post(doors: Doors, consent: Json, who: str = NURSE) -> httpx.Response:
    return doors.post(who, "/records/consents", consent)


def tasks(doors: Doors, dossier: Dossier, who: str = PARTNER) -> int:
    return len(resources(doors.about(who, "Task", dossier.patient)))


# --- what opens and what closes (RI-3, RI-5, RI-6) --------------------------------------------


def test_a_yes_opens_and_its_withdrawal_closes_at_the_next_read(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    assert tasks(doors, dossier) == 0
    given = care.give(dossier, RIETKRAAG, "CON-5")
    assert tasks(doors, dossier) == 1
    gone = conversations.withdrawal(given, doors.now())
    assert post(doors, gone).status_code in {200, 201}
    assert tasks(doors, dossier) == 0


def test_a_yes_sent_again_after_its_withdrawal_opens_nothing(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """A message that was under way is no new conversation; a new number is."""
    given = care.give(dossier, RIETKRAAG, "CON-5")
    post(doors, conversations.withdrawal(given, doors.now()))
    refused = post(doors, given)
    assert (refused.status_code, rules(refused)) == (422, ["RI-3"])
    assert tasks(doors, dossier) == 0
    new = {**given["identifier"], "value": f"{given['identifier']['value']}-nieuw"}
    assert post(doors, {**given, "identifier": new}).status_code == 201
    assert tasks(doors, dossier) == 1


def test_a_yes_is_for_the_party_that_was_named(doors: Doors, care: Care, dossier: Dossier) -> None:
    """RI-12: the same nurse in her other job sees nothing."""
    care.give(dossier, RIETKRAAG, "CON-5")
    assert tasks(doors, dossier, "ait-ouali-kwartel") == 0
    assert tasks(doors, dossier, "spaanders") == 0


def test_an_invitation_is_no_consent_to_content(doors: Doors, care: Care, dossier: Dossier) -> None:
    """A-17."""
    care.give(dossier, RIETKRAAG, "CON-3")
    assert tasks(doors, dossier) == 0


def test_a_no_closes_whatever_was_said_before_and_after(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """Access-control 6.4: any effective deny wins."""
    care.give(dossier, RIETKRAAG, "CON-5")
    no = care.consent(dossier, RIETKRAAG, "CON-5", refused=True)
    no["identifier"] = {**no["identifier"], "value": f"{no['identifier']['value']}-nee"}
    assert post(doors, no).status_code == 201
    assert tasks(doors, dossier) == 0
    yes = care.consent(dossier, RIETKRAAG, "CON-5")
    yes["identifier"] = {**yes["identifier"], "value": f"{yes['identifier']['value']}-ja"}
    assert post(doors, yes).status_code == 201
    assert tasks(doors, dossier) == 0


def test_who_changes_her_mind_under_the_same_number_is_heard(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """The allowed neighbour: the same consent, another answer."""
    no = care.consent(dossier, RIETKRAAG, "CON-5", refused=True)
    assert post(doors, no).status_code == 201
    assert tasks(doors, dossier) == 0
    assert post(doors, care.consent(dossier, RIETKRAAG, "CON-5")).status_code == 200
    assert tasks(doors, dossier) == 1


def test_a_consent_begins_and_ends_when_it_says(service: Service, care: Care) -> None:
    """Half-open: at the first moment yes, at the last moment no."""
    dossier, doors = care.taken_up(), service.doors
    care.publish(dossier)
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    start, end = (doors.now() + timedelta(seconds=n) for n in (20, 40))
    consent["period"] = {"start": start.isoformat(), "end": end.isoformat()}
    assert post(doors, consent).status_code == 201
    assert tasks(doors, dossier) == 0
    service.time.pass_(20)
    assert tasks(doors, dossier) == 1
    service.time.pass_(21)
    assert tasks(doors, dossier) == 0


def test_only_the_role_that_was_named_sees(doors: Doors, care: Care, dossier: Dossier) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    consent["party"] = {"ura": RIETKRAAG.ura, "role": "social-worker"}
    assert post(doors, consent).status_code == 201
    assert tasks(doors, dossier) == 0
    consent["party"] = {"ura": RIETKRAAG.ura, "role": "community-nurse"}
    assert post(doors, consent).status_code == 200
    assert tasks(doors, dossier) == 1


def test_without_gp_alignment_a_yes_opens_nothing(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """R-47: De Kwartel has no standing overleg with the GP."""
    doors = service.doors
    actions = _actions_of_kwartel(care, dossier)
    assert care.publish(dossier, version=1, actions=actions).status_code == 201
    consent = care.consent(dossier, KWARTEL, "CON-5")
    assert post(doors, consent).status_code == 201
    assert tasks(doors, dossier, "ait-ouali-kwartel") == 0
    assert post(doors, consent | {"alignment": "afstemming-1"}).status_code == 200
    assert tasks(doors, dossier, "ait-ouali-kwartel") == 1


def _actions_of_kwartel(care: Care, dossier: Dossier) -> list[Json]:
    actions = care.plan(dossier)["actions"]
    more = {**actions[0], "key": "nacht", "owner": {"ura": KWARTEL.ura}}
    return [*actions, more]


def test_alignment_for_one_patient_is_not_for_another(
    service: Service, care: Care, dossier: Dossier
) -> None:
    held = schema.alignment
    consent = care.consent(dossier, KWARTEL, "CON-5") | {"alignment": "afstemming-2"}
    assert post(service.doors, consent).status_code == 201
    found = service.rows(
        select(held.c.patient).where(
            held.c.party == KWARTEL.ura, held.c.reference == "afstemming-2"
        )
    )
    assert len(found) == 1
    assert found[0].patient != "*"


# --- who records it (R-54, R-8) ---------------------------------------------------------------


@pytest.mark.parametrize("who", ["oosterbaan", "kaya", "mulderij", PARTNER, "samenspel"])
def test_only_so_and_nurse_record(doors: Doors, care: Care, dossier: Dossier, who: str) -> None:
    assert post(doors, care.consent(dossier, RIETKRAAG, "CON-5"), who).status_code == 403


def test_it_is_recorded_by_who_received_it(doors: Doors, care: Care, dossier: Dossier) -> None:
    answer = post(doors, care.consent(dossier, RIETKRAAG, "CON-5"), SO)
    assert (answer.status_code, rules(answer)) == (422, ["R-54"])
    so = {"ura": member(SO).ura, "uzi": member(SO).uzi}
    own = care.consent(dossier, RIETKRAAG, "CON-5") | {"recordedBy": so}
    assert post(doors, own, SO).status_code == 201


def test_a_representative_who_is_not_recorded_does_not_consent(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """R-54."""
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    answer = post(doors, consent | {"givenBy": {"relatedPerson": "rp-1"}})
    assert (answer.status_code, rules(answer)) == (422, ["R-54"])
    assert tasks(doors, dossier) == 0


@pytest.mark.parametrize("type_", ["CON-1", "CON-2", "CON-6"])
def test_consent_to_the_gp_record_is_not_recorded_by_meso(
    doors: Doors, care: Care, type_: str
) -> None:
    """R-8: given to the GP. Here the patient was never asked, and MESO says she agreed."""
    dossier = care.taken_up(agreement=None)
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    own = {"type": type_, "party": {"ura": member(SO).ura}, "givenTo": [WILGENHOF.ura]}
    answer = post(doors, consent | own)
    assert (answer.status_code, rules(answer)) == (422, ["R-8"])
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404


def test_what_was_given_to_somebody_else_is_not_recorded_here(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5") | {"givenTo": [RIETKRAAG.ura]}
    answer = post(doors, consent)
    assert (answer.status_code, places(answer)) == (422, ["ConsentRecord.givenTo"])


def test_a_party_that_nobody_knows_is_refused(doors: Doors, care: Care, dossier: Dossier) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5") | {"party": {"ura": "90009999"}}
    answer = post(doors, consent)
    assert (answer.status_code, rules(answer)) == (422, ["RI-1"])


def test_what_the_rules_cannot_express_is_refused_whole(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """Access-control 2.6: no part of a document is applied or ignored."""
    consent = care.consent(dossier, RIETKRAAG, "CON-5") | {"parts": ["Goal/m1"]}
    answer = post(doors, consent)
    assert (answer.status_code, rules(answer)) == (422, ["RI-1"])
    assert tasks(doors, dossier) == 0


# --- to which trajectory it belongs (RI-19) ---------------------------------------------------


def test_a_permit_belongs_to_the_trajectory_that_runs(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    other = care.taken_up()
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    for trajectory in (other.trajectory, "m" + "a" * 40):
        assert post(doors, consent | {"trajectory": trajectory}).status_code == 404
    loose = {k: v for k, v in consent.items() if k != "trajectory"} | {"referral": dossier.referral}
    answer = post(doors, loose)
    assert (answer.status_code, rules(answer)) == (422, ["RI-19"])
    assert tasks(doors, dossier) == 0


def test_a_number_of_another_patients_consent_takes_nothing_over(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    given = care.give(dossier, RIETKRAAG, "CON-5")
    other = care.taken_up()
    again = care.consent(other, RIETKRAAG, "CON-5") | {"identifier": given["identifier"]}
    assert post(doors, again).status_code == 409
    assert tasks(doors, dossier) == 1


def test_who_is_not_treated_here_has_no_consent_to_record(doors: Doors, care: Care) -> None:
    open_, weighed = care.taken_up(), care.refer()
    consent = care.consent(open_, RIETKRAAG, "CON-5")
    for patient in (weighed.patient, "m" + "a" * 40):
        assert post(doors, consent | {"patient": patient}).status_code == 404


def test_after_closing_no_new_permit_is_recorded(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    care.close(dossier)
    assert post(doors, care.consent(dossier, RIETKRAAG, "CON-5")).status_code == 404


def test_a_consent_that_went_on_after_closing_can_be_withdrawn(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """RI-3: at any moment, also when MESO has left (domain decision 3)."""
    until = doors.now() + timedelta(days=90)
    renewed = care.give(dossier, RIETKRAAG, "CON-5", until=until)
    assert care.close(dossier, going_on=[RIETKRAAG.ura]).status_code == 200
    assert tasks(doors, dossier) == 1
    assert post(doors, conversations.withdrawal(renewed, doors.now())).status_code == 200
    assert tasks(doors, dossier) == 0


def test_a_withdrawal_does_not_reach_into_another_patients_trajectory(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    given = care.give(dossier, RIETKRAAG, "CON-5")
    other = care.taken_up()
    gone = conversations.withdrawal(given, doors.now())
    assert post(doors, gone | {"patient": other.patient}).status_code == 404
    assert tasks(doors, dossier) == 1


# --- again, and in the log --------------------------------------------------------------------


def test_the_same_consent_again_writes_nothing(
    service: Service, care: Care, dossier: Dossier
) -> None:
    given = care.give(dossier, RIETKRAAG, "CON-5")
    before = service.state()
    assert post(service.doors, given).status_code == 200
    assert service.state() == before


def test_what_was_valid_stays_readable_after_it_ended(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """RI-3: history stays; an ended rule is not deleted."""
    given = care.give(dossier, BUURTWERF, "CON-5")
    post(service.doors, conversations.withdrawal(given, service.doors.now()))
    rule = schema.consent_rule
    mine = (rule.c.party == BUURTWERF.ura) & (rule.c.trajectory == dossier.trajectory)
    (row,) = service.rows(select(rule.c.valid_from, rule.c.valid_to).where(mine))
    assert row.valid_from < row.valid_to <= service.time()


def test_recording_is_logged_under_the_patient(
    service: Service, care: Care, dossier: Dossier
) -> None:
    service.doors.token(NURSE)
    mark = service.mark()
    care.give(dossier, RIETKRAAG, "CON-3")
    entries = [line.entry for line in service.lines(mark)]
    assert [(e.interaction, e.type) for e in entries] == [
        ("create", "Consent"),
        ("create", "Provenance"),
    ]
    assert all(entry.patient for entry in entries)
