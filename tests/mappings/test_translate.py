"""Any kind, either direction: recognised by profile, and never an exception but a list of faults."""

from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings import translate
from mappings.kinds import KINDS as TABLE
from tests.mappings import builders
from tests.mappings.kinds import KINDS, NAMES, Kind

Json = dict[str, Any]


def collection(resources: list[Json]) -> Json:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def test_every_kind_is_known_by_the_profile_of_its_main_resource() -> None:
    profiles = [kind.profile for kind in TABLE.values()]
    assert all(profiles)
    assert len(set(profiles)) == len(profiles)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_resources_are_recognised_and_the_record_comes_back(kind: Kind) -> None:
    found = translate.to_record(collection(kind.written()), None, builders.IDS)
    assert type(kind.example).model_validate(found) == kind.example


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_record_says_only_what_it_says(kind: Kind) -> None:
    assert "null" not in str(translate.record_json(kind.example))
    assert type(kind.example).model_validate(translate.record_json(kind.example)) == kind.example


@pytest.mark.parametrize(
    "sent",
    [
        {"resourceType": "Bundle", "type": "collection"},
        {"resourceType": "Bundle", "type": "searchset"},
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": 1}]},
        {"resourceType": "Bundle", "type": "collection", "entry": [{}]},
        {"resourceType": "Basic", "code": {"text": "iets"}},
        {"resourceType": 1},
    ],
)
def test_what_is_no_message_of_ours_is_refused(sent: Json) -> None:
    with pytest.raises(FhirError) as refused:
        translate.to_record(sent, None, builders.IDS)
    assert refused.value.status == 422
    assert refused.value.issues
