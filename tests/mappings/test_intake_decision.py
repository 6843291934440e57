"""What becomes of a referral: who decides, why, and what it may say at which moment."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.validation import validate
from mappings.records.base import parse_record
from mappings.records.intake_decision import Decider, IntakeDecision
from mappings.records.parties import StaffKey
from mappings.records.referral import Referral
from mappings.referral import intake_decision, referral
from mappings.task import task
from mappings.toolkit.codes import BUSINESS_STATUS
from tests.mappings import builders, referral_builders
from tests.mappings.builders import AIT_OUALI, DUSSEL, IDS, ROELVINK

Json = dict[str, Any]
AT = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
SO = StaffKey(**ROELVINK)


def record(**overrides: object) -> IntakeDecision:
    return parse_record(IntakeDecision, referral_builders.intake_decision(**overrides))


def progress(**overrides: object) -> Json:
    return {**referral_builders.intake_decision()["progress"], **overrides}


def refused(**overrides: object) -> FhirError:
    with pytest.raises(FhirError) as caught:
        record(**overrides)
    assert caught.value.status == 422
    return caught.value


def sent() -> list[Json]:
    return referral.to_fhir(parse_record(Referral, referral_builders.full_referral()), IDS)


def after(status: str, business: str | None, reason: Json | None = None) -> list[Json]:
    """The referral after its owner said so, as the door keeps it."""
    resources = sent()
    n = next(n for n, item in enumerate(resources) if item["resourceType"] == "Task")
    asked = {**copy.deepcopy(resources[n]), "status": status}
    if business is not None:
        asked["businessStatus"] = BUSINESS_STATUS.concept(business)
    if reason is not None:
        asked["statusReason"] = reason
    change = task.read_change(resources[n], asked, IDS)
    changed = task.apply_change(resources[n], change, IDS, by=SO, at=AT)
    if business in ("consult", "trajectory", "not-taken-up"):
        so = Decider(who=SO, function="meso-so")
        opened = "e-1" if business == "trajectory" else None
        changed = intake_decision.decided(changed, [so], IDS, trajectory=opened)
    resources[n] = changed
    return resources


ADVICE = {
    "coding": [
        {"system": f"{builders.MESO_CANONICAL}/CodeSystem/status-reason", "code": "home-care-fits"},
        {"system": f"{builders.MESO_CANONICAL}/CodeSystem/stepped-care-step", "code": "SC-2"},
    ]
}
LATER = {
    "received": ("received", None, None),
    "weighing": ("received", "weighing", None),
    "consult": ("accepted", "consult", None),
    "trajectory": ("accepted", "trajectory", {"text": "Drie domeinen"}),
    "not taken up": ("rejected", "not-taken-up", ADVICE),
    "cancelled": ("cancelled", None, None),
}


@pytest.mark.parametrize("said", LATER.values(), ids=LATER)
def test_a_referral_is_read_whatever_became_of_it(
    said: tuple[str, str | None, Json | None],
) -> None:
    resources = after(*said)
    assert [issue for item in resources for issue in validate(item)] == []
    found, decision = intake_decision.read_referral(resources, IDS)
    assert found == parse_record(Referral, referral_builders.full_referral())
    assert decision is not None
    assert (decision.progress.status, decision.progress.business_status) == said[:2]
    held = next(item for item in resources if item["resourceType"] == "Task")
    assert intake_decision.to_fhir(decision, IDS) == [held]


def test_a_referral_that_nobody_received_has_no_decision() -> None:
    found, decision = intake_decision.read_referral(sent(), IDS)
    assert found.identifier.value == "2026-0417"
    assert decision is None
    with pytest.raises(FhirError) as caught:
        intake_decision.from_fhir([sent()[1]], IDS)
    assert caught.value.issues[0].expression == "Task.status"


def test_a_consent_that_ended_since_is_read_as_it_was_given() -> None:
    resources = after("rejected", "not-taken-up", ADVICE)
    for item in resources:
        if item["resourceType"] == "Consent":
            item["status"] = "inactive"
    found, _ = intake_decision.read_referral(resources, IDS)
    assert found == parse_record(Referral, referral_builders.full_referral())


# --- who decides, and why --------------------------------------------------------------


def test_the_so_decides_with_the_nurse() -> None:
    assert [d.function for d in record().deciders] == ["meso-so", "meso-nurse"]


NO_DECISION: dict[str, Json] = {
    "a trajectory without why": {"progress": progress(statusReason=None)},
    "a trajectory with a code alone": {"progress": progress(statusReason={"code": "other"})},
    "nobody": {"deciders": []},
    "a nurse alone": {"deciders": [{"who": DUSSEL, "function": "meso-nurse"}]},
    "an SO of somebody else": {"deciders": [{"who": AIT_OUALI, "function": "meso-so"}]},
    "a trajectory that was not opened": {"trajectory": None},
    "a report of a trajectory": {"report": "c-1"},
    "a decision before it is decided": {
        "progress": {"status": "received", "businessStatus": "weighing"},
        "trajectory": None,
    },
    "an outcome before it is decided": {"progress": progress(status="received")},
    "accepted without an outcome": {
        "progress": {"status": "accepted"},
        "deciders": [],
        "trajectory": None,
    },
    "a referral that was only sent": {"progress": progress(status="requested")},
    "a change before the beginning": {"changedOn": "2026-05-01T10:00:00+02:00"},
}


@pytest.mark.parametrize("overrides", NO_DECISION.values(), ids=NO_DECISION)
def test_what_is_no_decision_is_refused(overrides: Json) -> None:
    assert refused(**overrides).issues[0].code == "business-rule"


def test_a_consult_needs_no_reason_and_may_await_its_report() -> None:
    found = referral_builders.consult_decision()
    assert parse_record(IntakeDecision, found).report == "c-1"
    assert parse_record(IntakeDecision, {**found, "report": None}).report is None


@pytest.mark.parametrize("missing", ["code", "advisedStep"])
def test_what_is_not_taken_up_names_reason_and_advised_step(missing: str) -> None:
    """R-106."""
    whole = referral_builders.rejection()
    assert parse_record(IntakeDecision, whole).progress.status_reason is not None
    said = copy.deepcopy(whole)
    del said["progress"]["statusReason"][missing]
    with pytest.raises(FhirError):
        parse_record(IntakeDecision, said)


def _set(**members: object) -> Callable[[Json], Any]:
    return lambda found: found.update(members)


IN_FHIR: dict[str, tuple[Callable[[Json], Any], str, str | None]] = {
    "no SO": (lambda t: t.pop("extension"), "Task.extension", "R-104"),
    "no reason": (lambda t: t.pop("statusReason"), "Task.statusReason", "R-104"),
    "no trajectory": (lambda t: t.pop("output"), "Task.output", None),
    "a status it cannot have": (_set(status="ready"), "Task.status", None),
    "an outcome that does not fit": (
        _set(businessStatus=BUSINESS_STATUS.concept("weighing")),
        "Task.businessStatus",
        None,
    ),
    "a referral with another number": (
        _set(focus={"reference": "ServiceRequest/x"}),
        "Task.focus",
        None,
    ),
    "a decider without a function": (
        lambda t: t["extension"][0]["extension"].pop(),
        "Task.extension[0]",
        None,
    ),
    "an outcome said twice": (lambda t: t["output"].append(t["output"][0]), "Task.output[1]", None),
    "another number of the patient": (
        lambda t: t["for"]["identifier"].update(system="https://x.example/n"),
        "Task.for.identifier.system",
        None,
    ),
}


@pytest.mark.parametrize(("change", "path", "rule"), IN_FHIR.values(), ids=IN_FHIR)
def test_a_task_that_is_no_decision_names_the_place_and_the_rule(
    change: Callable[[Json], Any], path: str, rule: str | None
) -> None:
    (written,) = intake_decision.to_fhir(record(), IDS)
    change(written)
    with pytest.raises(FhirError) as caught:
        intake_decision.from_fhir([written], IDS)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [(path, rule)]


# --- what the owner may say of it at the door -------------------------------------------------


def _asked(before: list[Json], status: str, business: str | None) -> Json:
    held = next(item for item in before if item["resourceType"] == "Task")
    asked = {**copy.deepcopy(held), "status": status}
    asked.pop("businessStatus", None)
    if business is not None:
        asked["businessStatus"] = BUSINESS_STATUS.concept(business)
    return {"held": held, "sent": asked}


@pytest.mark.parametrize("business", ["consult", "trajectory", "not-taken-up"])
def test_a_referral_that_is_only_received_has_no_outcome(business: str) -> None:
    with pytest.raises(FhirError) as caught:
        task.read_change(**_asked(sent(), "received", business), ids=IDS)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [
        ("Task.businessStatus", "R-104")
    ]
    assert task.read_change(**_asked(sent(), "received", "weighing"), ids=IDS).status == "received"


@pytest.mark.parametrize("business", ["trajectory", "weighing", None])
def test_what_was_decided_stays(business: str | None) -> None:
    taken_up = after("accepted", "consult")
    with pytest.raises(FhirError) as caught:
        task.read_change(**_asked(taken_up, "completed", business), ids=IDS)
    assert caught.value.issues[0].expression == "Task.businessStatus"
    kept = task.read_change(**_asked(taken_up, "completed", "consult"), ids=IDS)
    assert kept.status == "completed"
