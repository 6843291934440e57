"""A Task of a shared care plan is a referral while it is offered, and a decision afterwards."""

import copy
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.people.patient import patient_id
from mappings.records.base import parse_record
from mappings.records.intake_decision import IntakeDecision
from mappings.records.referral import Referral
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from tests.mappings import builders
from tests.mappings.builders import IDS
from tests.mappings.shapes.examples import one, scp, scp_answer

Json = dict[str, Any]
OFFER = shapes.SHAPES["scp-negotiation"]
ANSWER = shapes.SHAPES["scp-answer"]


def refused(bundle: Json, name: str = "scp-negotiation") -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        shapes.read(bundle, shapes.SHAPES[name], IDS)
    return [(i.code, i.expression.partition(".resource.")[2]) for i in caught.value.issues]


def test_an_offer_is_the_same_referral_as_our_own_record() -> None:
    ours = parse_record(Referral, builders.referral(agreement=None))
    assert shapes.read(scp(), OFFER, IDS).record == ours


@pytest.mark.parametrize("code", ["fulfill", "fullfill"])
def test_either_spelling_of_the_code_is_read_and_comes_back(code: str) -> None:
    bundle = scp()
    one(bundle, "Task")["code"]["coding"][0]["code"] = code
    back = OFFER.write(shapes.read(bundle, OFFER, IDS), IDS)
    task = next(x for x in back if x["resourceType"] == "Task")
    assert task["code"]["coding"][0]["code"] == code


def test_written_of_our_own_accord_it_is_spelt_right() -> None:
    record = parse_record(Referral, builders.referral(agreement=None))
    task = next(x for x in OFFER.write(Foreign(record=record), IDS) if x["resourceType"] == "Task")
    assert task["code"]["coding"][0]["code"] == "fulfill"


def test_the_order_may_stand_beside_the_task() -> None:
    bundle = scp()
    task = one(bundle, "Task")
    order = task["contained"].pop(0)
    order["id"] = "order-9"
    order["requester"] = {
        "identifier": one(bundle, "Task")["contained"][0]["practitioner"]["identifier"]
    }
    task["focus"] = {"reference": "ServiceRequest/order-9"}
    bundle["entry"].append(
        {"resource": order, "request": {"method": "POST", "url": "ServiceRequest"}}
    )
    found = shapes.read(bundle, OFFER, IDS)
    assert found.record == shapes.read(scp(), OFFER, IDS).record
    assert OFFER.write(found, IDS) == [entry["resource"] for entry in bundle["entry"]]


def test_plan_and_team_are_kept_not_believed() -> None:
    told = dict(shapes.read(scp(), OFFER, IDS).kept.items())
    kinds = {x.get("resourceType") for x in told.values() if isinstance(x, dict)}
    assert "CareTeam" in kinds
    assert any(at.endswith(".basedOn") for at in told)


def test_a_sub_task_is_no_referral() -> None:
    bundle = scp(partOf=[{"reference": "Task/hoofdtaak"}])
    assert refused(bundle) == [("business-rule", "partOf")]


def test_a_question_about_capacity_is_no_referral() -> None:
    assert refused(scp(intent="plan")) == [("code-invalid", "intent")]


def test_a_patient_whose_number_is_another_is_refused() -> None:
    bundle = scp()
    one(bundle, "Task")["for"]["identifier"]["value"] = "999900018"
    assert refused(bundle) == [("value", "for.identifier")]


def test_two_contained_resources_of_one_name_are_refused() -> None:
    bundle = scp()
    task = one(bundle, "Task")
    task["contained"].append(copy.deepcopy(task["contained"][2]))
    assert ("structure", "contained[3]") in refused(bundle)


def test_an_answer_is_the_same_decision_as_our_own_record() -> None:
    found = shapes.read(scp_answer(), ANSWER, IDS).record
    ours = parse_record(
        IntakeDecision,
        {
            "identifier": builders.referral()["identifier"],
            "referral": builders.referral()["identifier"],
            "authoredOn": "2026-05-11T09:20:00+02:00",
            "referrer": builders.HAVERKORT,
            "receiver": builders.MESO,
            "patient": found.patient,
            "bsn": "999900006",
            "progress": {
                "status": "accepted",
                "businessStatus": "trajectory",
                "statusReason": {"text": "Drie domeinen die elkaar beïnvloeden"},
            },
            "deciders": [{"who": builders.ROELVINK, "function": "meso-so"}],
            "changedOn": "2026-05-15T10:00:00+02:00",
            "trajectory": "e-1",
            "synthetic": True,
        },
    )
    assert found == ours


def test_an_answer_is_about_the_patient_of_the_offer() -> None:
    offer = shapes.read(scp(), OFFER, IDS).record
    answer = shapes.read(scp_answer(), ANSWER, IDS).record
    assert answer.patient == patient_id(offer.patient, offer.referrer.ura, IDS)


def test_a_status_alone_does_not_tell_a_consult_from_a_trajectory() -> None:
    bundle = scp_answer()
    del one(bundle, "Task")["businessStatus"]
    assert ("business-rule", "businessStatus") in refused(bundle, "scp-answer")
