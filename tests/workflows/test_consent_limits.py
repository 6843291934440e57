"""What the rules cannot hold is refused with its place; what opens nothing may say anything."""

from typing import Any

import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG
from tests.builders.care import NURSE, Care
from tests.builders.region import Doors, places, resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("consent_limits")

Json = dict[str, Any]
PARTNER = "ait-ouali"
DENY = {"effect": "deny", "parties": [{"ura": RIETKRAAG.ura}]}


@pytest.fixture(scope="module")
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    return found


def tasks(doors: Doors, dossier: Dossier) -> int:
    return len(resources(doors.about(PARTNER, "Task", dossier.patient)))


BEYOND: dict[str, tuple[Json, str]] = {
    "an exception": ({"exceptions": [DENY]}, "exceptions"),
    "a second party": ({"alsoFor": [{"relatedPerson": "rp-1"}]}, "alsoFor"),
    "parts": ({"parts": ["Goal/m1"]}, "parts"),
    "an author": ({"authors": [{"ura": RIETKRAAG.ura}]}, "authors"),
    "a time of the data": ({"dataPeriod": {"start": "2026-01-01"}}, "dataPeriod"),
    "another purpose": ({"purposes": ["TREAT", "COC"]}, "purposes"),
    "one person": ({"party": {"ura": RIETKRAAG.ura, "uzi": "900000031"}}, "party"),
    "every organisation of a kind": ({"party": {"kind": "community-nursing"}}, "party"),
}


@pytest.mark.parametrize("refused", [False, True], ids=["yes", "no"])
@pytest.mark.parametrize(("more", "at"), BEYOND.values(), ids=BEYOND.keys())
def test_what_no_rule_can_hold_is_refused_and_nothing_opens(
    service: Service, care: Care, dossier: Dossier, more: Json, at: str, refused: bool
) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5", refused=refused) | more
    answer = service.doors.post(NURSE, "/records/consents", consent)
    assert answer.status_code == 422, answer.text
    assert places(answer) == [f"ConsentRecord.{at}"]
    assert tasks(service.doors, dossier) == 0


def test_the_same_consent_without_it_opens(service: Service, care: Care, dossier: Dossier) -> None:
    care.give(dossier, RIETKRAAG, "CON-5")
    assert tasks(service.doors, dossier) == 1


@pytest.mark.parametrize("kind", ["presumed", "not-asked", "explicit"])
def test_what_was_not_given_is_kept_and_opens_nothing(
    service: Service, care: Care, dossier: Dossier, kind: str
) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5")
    consent |= {"kind": kind, "status": "proposed", "exceptions": [DENY]}
    assert service.doors.post(NURSE, "/records/consents", consent).status_code == 201
    assert tasks(service.doors, dossier) == 0
    rule = schema.consent_rule
    mine = (rule.c.trajectory == dossier.trajectory) & (rule.c.con_type == "CON-5")
    assert service.rows(select(rule.c.id).where(mine)) == []


@pytest.mark.parametrize("kind", ["presumed", "not-asked"])
def test_what_was_not_given_is_never_active(
    service: Service, care: Care, dossier: Dossier, kind: str
) -> None:
    consent = care.consent(dossier, RIETKRAAG, "CON-5") | {"kind": kind}
    assert service.doors.post(NURSE, "/records/consents", consent).status_code == 422


def test_a_withdrawal_is_heard_whatever_it_says(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """RI-3."""
    given = care.give(dossier, RIETKRAAG, "CON-5")
    assert tasks(service.doors, dossier) == 1
    gone = conversations.withdrawal(given, service.doors.now()) | {"exceptions": [DENY]}
    assert service.doors.post(NURSE, "/records/consents", gone).status_code == 200
    assert tasks(service.doors, dossier) == 0
