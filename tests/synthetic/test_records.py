"""Every invented record is one that the doors take, and becomes valid FHIR with the test label."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from adapter.fhir.constants import htest
from adapter.fhir.validation import validate
from adapter.synthetic import conversations, network, plans
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.people import WOLDERINK
from adapter.synthetic.referrals import referral
from mappings.consent import consent
from mappings.mdo import mdo
from mappings.plan import care_plan
from mappings.plan.plan_ids import part_names
from mappings.records.base import Record, parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.consent import ConsentRecord
from mappings.records.mdo import Mdo
from mappings.records.referral import Referral
from mappings.referral import referral as referral_mapping
from mappings.toolkit.audience import derive_audience
from mappings.toolkit.identity import Ids

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IDS = Ids(b"i" * 32)
DOSSIER = Dossier(person=WOLDERINK, patient="mp1", referral="mr1", trajectory="mt1")
RIETKRAAG = network.RIETKRAAG
GIVEN = conversations.consent(DOSSIER, RIETKRAAG, "CON-5", NOW)
PLANNED = conversations.mdo(
    DOSSIER,
    [
        conversations.gp_guest(DOSSIER),
        (
            network.member("ait-ouali"),
            conversations.consent_number(DOSSIER, RIETKRAAG, "CON-3"),
        ),
    ],
    NOW,
)
ATTENDED = [network.member("roelvink"), network.member("haverkort")]

RECORDS: dict[str, tuple[type[Record], Any, Callable[..., list[dict[str, Any]]]]] = {
    "referral": (Referral, referral(WOLDERINK, NOW, Random(1)), referral_mapping.to_fhir),
    "plan": (CarePlan, plans.wolderink_plan(DOSSIER, NOW), care_plan.to_fhir),
    "short-plan": (CarePlan, plans.short_plan(DOSSIER, NOW), care_plan.to_fhir),
    "consent": (ConsentRecord, GIVEN, consent.to_fhir),
    "refusal": (
        ConsentRecord,
        conversations.consent(DOSSIER, RIETKRAAG, "CON-5", NOW, refused=True),
        consent.to_fhir,
    ),
    "renewal": (
        ConsentRecord,
        conversations.consent(DOSSIER, RIETKRAAG, "CON-5", NOW, until=NOW + timedelta(days=9)),
        consent.to_fhir,
    ),
    "withdrawal": (ConsentRecord, conversations.withdrawal(GIVEN, NOW), consent.to_fhir),
    "planned-mdo": (Mdo, PLANNED, mdo.to_fhir),
    "held-mdo": (
        Mdo,
        conversations.held(PLANNED, ATTENDED, conversations.wolderink_outputs()),
        mdo.to_fhir,
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_it_is_a_record_and_becomes_valid_fhir(name: str) -> None:
    model, sent, to_fhir = RECORDS[name]
    resources = to_fhir(parse_record(model, sent), IDS)
    assert [issue for resource in resources for issue in validate(resource)] == []


@pytest.mark.parametrize("name", RECORDS)
def test_everything_that_comes_of_it_carries_the_test_label(name: str) -> None:
    model, sent, to_fhir = RECORDS[name]
    for resource in to_fhir(parse_record(model, sent), IDS):
        assert htest() in resource["meta"]["security"]


@pytest.mark.parametrize("successor", [None, network.member("oosterbaan")])
def test_a_closing_is_a_record(successor: network.Member | None) -> None:
    sent = conversations.closing(DOSSIER, NOW, "END-1", successor=successor)
    assert (parse_record(Closing, sent).successor is None) == (successor is None)


def test_two_of_the_six_actions_are_for_community_nursing() -> None:
    plan = parse_record(CarePlan, plans.wolderink_plan(DOSSIER, NOW))
    audience = derive_audience(plan, IDS, {RIETKRAAG.ura, network.LOPER.ura})
    names = part_names(plan, IDS)
    hers = [action for action in plan.actions if RIETKRAAG.ura in audience[names[action.key]]]
    assert (len(hers), len(plan.actions)) == (2, 6)
