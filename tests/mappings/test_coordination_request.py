"""A request to the coordination point: what is asked and how it stands, said once."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.coordination_request import CoordinationRequest
from mappings.referral import coordination_request as mapping
from mappings.toolkit.codes import BUSINESS_STATUS
from tests.mappings import builders, referral_builders
from tests.mappings.builders import IDS

Json = dict[str, Any]


def record(**overrides: object) -> CoordinationRequest:
    return parse_record(CoordinationRequest, referral_builders.coordination_request(**overrides))


@pytest.mark.parametrize("kind", ["gp", "gp-post", "emergency-department"])
def test_gp_post_and_emergency_department_may_ask(kind: str) -> None:
    found = record(requesterKind=kind)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("requested", "active"),
        ("accepted", "active"),
        ("on-hold", "active"),
        ("completed", "completed"),
        ("rejected", "revoked"),
        ("cancelled", "revoked"),
        ("failed", "revoked"),
    ],
)
def test_the_request_stands_as_its_task_does(status: str, expected: str) -> None:
    request, task = mapping.to_fhir(record(progress={"status": status}), IDS)
    assert (task["status"], request["status"]) == (status, expected)


@pytest.mark.parametrize(
    "overrides",
    [
        {"requesterKind": "hospital"},
        {"care": "holiday"},
        {"urgency": None},
        {"indication": None},
        {"progress": {"status": "draft"}},
        {"progress": {"status": "ready"}},
        {"progress": {"status": "received", "businessStatus": "received"}},
        {"changedOn": "2026-07-01T10:00:00+02:00"},
    ],
)
def test_a_request_that_is_none_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError) as caught:
        record(**overrides)
    assert caught.value.status == 422


def test_triage_is_not_always_done() -> None:
    assert record(triage=None).triage is None


OTHER_NUMBER = {"system": "https://x.example/n", "value": "1"}
REFUSED: dict[str, tuple[Callable[[Json, Json], Any], str]] = {
    "another patient": (lambda _, t: t["for"].update(reference="Patient/p-2"), "Task.for"),
    "another urgency": (lambda _, t: t.update(priority="stat"), "Task.priority"),
    "another moment": (lambda _, t: t.update(authoredOn="2026-07-01T00:00:00Z"), "Task.authoredOn"),
    "another number": (
        lambda _, t: t["identifier"][0].update(value="x"),
        "Task.identifier[0]",
    ),
    "another group": (lambda _, t: t["groupIdentifier"].update(value="x"), "Task.groupIdentifier"),
    "another receiver": (
        lambda _, t: t.update(owner={"identifier": {"system": builders.URA, "value": "90000001"}}),
        "Task.owner",
    ),
    "a status that does not follow": (
        lambda r, _: r.update(status="completed"),
        "ServiceRequest.status",
    ),
    "no kind of requester": (lambda r, _: r["extension"].pop(0), "ServiceRequest.extension"),
    "triage without an outcome": (
        lambda r, _: r["extension"][1]["extension"].pop(0),
        "ServiceRequest.extension[1]",
    ),
    "how a referral stands": (
        lambda _, t: t.update(businessStatus=BUSINESS_STATUS.concept("received")),
        "ServiceRequest",
    ),
    "a second indication": (
        lambda r, _: r["reasonCode"].append({"text": "x"}),
        "ServiceRequest.reasonCode[1]",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED)
def test_what_request_and_task_repeat_must_agree(
    change: Callable[[Json, Json], Any], path: str
) -> None:
    written = mapping.to_fhir(record(), IDS)
    change(*written)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(written, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]
