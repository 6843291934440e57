"""The sieve accepts nothing that the checks would refuse, and most of what is right."""

import os
from typing import Any

import pytest

from adapter.fhir.checks import check
from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted, encode
from adapter.fhir.sieve import faults, is_surely_right
from tests.mappings.kinds import KINDS
from tests.mappings.mutator import mutants

Json = dict[str, Any]

INPUTS = int(os.environ.get("MESO_PROVE_INPUTS", "6000"))
PARTS = 4
WRITTEN = [resource for kind in KINDS for resource in kind.written()]


def found_by_checks(resource: Json) -> int:
    found = check(resource, str(resource.get("resourceType")))
    return len(found.kinds) + len(found.references) + len(found.periods)


@pytest.mark.parametrize("part", range(PARTS))
def test_what_the_sieve_accepts_has_no_fault(part: int) -> None:
    accepted = refused = 0
    for data in mutants(WRITTEN, INPUTS // PARTS, seed=part):
        try:
            resource = decode_untrusted(data)
        except FhirError:
            continue
        if is_surely_right(str(resource.get("resourceType")), encode(resource)):
            assert found_by_checks(resource) == 0
            accepted += 1
        else:
            refused += 1
    assert min(accepted, refused) > INPUTS // PARTS // 50


def test_most_of_what_we_write_passes_at_once() -> None:
    passed = [is_surely_right(r["resourceType"], encode(r)) for r in WRITTEN]
    assert sum(passed) > 0.8 * len(passed)


@pytest.mark.parametrize("resource", WRITTEN, ids=lambda r: r["meta"]["profile"][0][-30:])
def test_what_we_write_has_no_faults(resource: Json) -> None:
    assert faults(resource, encode(resource)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "anders"},
        {"status": 1},
        {"foo": "bar"},
        {"subject": {"reference": "Task/m1", "type": "Task"}},
        {"subject": {"reference": "Patient/m1", "type": "Group"}},
        {"subject": {}},
        {"period": {"start": "2026-05-02", "end": "2026-05-01"}},
        {"created": "2026-02-29"},
        {"created": "2026-05-02T10:00"},
        {"category": []},
        {"extension": [{"url": "https://x.example/e", "valueCode": "a", "valueString": "b"}]},
        {"extension": [{"url": "https://x.example/e"}]},
        {"resourceType": "CarePlane"},
        {"resourceType": "Period"},
    ],
)
def test_a_fault_is_named_by_the_checks(change: Json) -> None:
    plan = next(r for r in WRITTEN if r["resourceType"] == "CarePlan")
    broken = {**plan, **change}
    assert not is_surely_right(str(broken["resourceType"]), encode(broken))
