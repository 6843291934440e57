"""The index: what each parameter finds, as half-open intervals, tokens, links and texts."""

from typing import Any

import pytest

from adapter.fhir.bindings import table
from adapter.fhir.instant import BEGINNING, FOREVER
from mappings.plan import care_plan
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.referral import Referral
from mappings.referral import referral
from mappings.search_values import SEARCH_PARAMETERS, search_values
from tests.mappings import builders
from tests.mappings.builders import IDS

Json = dict[str, Any]


def tokens(resource: Json, name: str) -> list[tuple[str, str]]:
    return [
        (system, code) for param, system, code in search_values(resource).tokens if param == name
    ]


def dates(resource: Json, name: str) -> list[tuple[int, int]]:
    return [(low, high) for param, low, high in search_values(resource).dates if param == name]


def links(resource: Json) -> set[tuple[str, str, str]]:
    return set(search_values(resource).references)


def resources_of_a_referral() -> dict[str, Json]:
    written = referral.to_fhir(parse_record(Referral, builders.referral()), IDS)
    return {resource["resourceType"]: resource for resource in written}


@pytest.mark.parametrize("type_", SEARCH_PARAMETERS)
def test_every_path_begins_with_an_element_of_its_type(type_: str) -> None:
    elements = table().types[type_].elements
    for parameter in SEARCH_PARAMETERS[type_].values():
        for path in parameter.paths:
            assert path.split(".")[0] in elements


def test_a_patient_is_found_by_number_name_and_birth_date() -> None:
    patient = resources_of_a_referral()["Patient"]
    assert (builders.BSN, "999900006") in tokens(patient, "identifier")
    found = search_values(patient)
    assert ("family", "wolderink") in found.strings
    assert ("given", "geesje") in found.strings
    assert ("name", "geesje maria wolderink") in found.strings
    ((low, high),) = dates(patient, "birthdate")
    assert high - low == 24 * 3600 * 1_000_000


def test_a_status_is_found_with_and_without_its_implied_system() -> None:
    task = resources_of_a_referral()["Task"]
    assert tokens(task, "status") == [("http://hl7.org/fhir/task-status", "requested")]


def test_a_link_stands_under_the_parameters_that_cover_it() -> None:
    task = resources_of_a_referral()["Task"]
    about = task["for"]["reference"].removeprefix("Patient/")
    found = links(task)
    assert {("patient", "Patient", about), ("subject", "Patient", about)} <= found
    assert ("focus", "ServiceRequest", task["focus"]["reference"].split("/")[1]) in found


def test_a_link_that_no_parameter_covers_stands_under_its_path() -> None:
    request = resources_of_a_referral()["ServiceRequest"]
    paths = {param for param, type_, _ in links(request) if type_ in {"Condition", "Consent"}}
    assert paths == {".reasonReference", ".supportingInfo"}


def test_every_literal_link_of_a_plan_is_listed() -> None:
    for resource in care_plan.to_fhir(parse_record(CarePlan, builders.care_plan()), IDS):
        listed = {f"{type_}/{id_}" for _, type_, id_ in links(resource)}
        assert listed == _literals(resource)


def _literals(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_literals, node))
    if not isinstance(node, dict):
        return set()
    own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
    return own.union(*map(_literals, node.values()))


def test_an_appointment_is_found_by_its_patient_only_when_a_patient_takes_part() -> None:
    actors = [{"reference": "Patient/p-1"}, {"reference": "PractitionerRole/r-1"}]
    found = links(
        {"resourceType": "Appointment", "participant": [{"actor": actor} for actor in actors]}
    )
    assert found == {
        ("patient", "Patient", "p-1"),
        ("actor", "Patient", "p-1"),
        ("actor", "PractitionerRole", "r-1"),
    }


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"start": "2026-01-01T00:00:00Z"}, [(1_767_225_600_000_000, FOREVER)]),
        ({"end": "2026-01-01T00:00:00Z"}, [(BEGINNING, 1_767_225_601_000_000)]),
        ({"start": "2026-01-01T00:00:00Z", "end": 5}, [(1_767_225_600_000_000, FOREVER)]),
        ({"start": "not a moment"}, []),
        ({}, []),
        ([], []),
        (7, []),
    ],
)
def test_a_period_may_be_open_at_either_side(period: object, expected: list[Any]) -> None:
    plan = {"resourceType": "CarePlan", "period": period}
    assert dates(plan, "date") == expected


def test_the_last_day_ends_with_time_itself() -> None:
    request = {"resourceType": "ServiceRequest", "authoredOn": "9999-12-31"}
    ((_, high),) = dates(request, "authored")
    assert high == FOREVER


@pytest.mark.parametrize("value", ["x", "2026-13-01"])
def test_what_is_no_moment_is_not_indexed(value: str) -> None:
    assert dates({"resourceType": "ServiceRequest", "authoredOn": value}, "authored") == []


def test_an_older_spelling_of_a_number_is_found_under_the_newer() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "identifier": [{"system": "http://fhir.nl/fhir/NamingSystem/uzi", "value": "900000011"}],
    }
    assert tokens(role, "identifier") == [(builders.UZI, "900000011")]


def test_what_is_not_as_it_should_be_is_not_indexed() -> None:
    odd = {
        "resourceType": "Task",
        "code": {"coding": ["x", {"system": "https://x.example"}, {"code": "a"}]},
        "status": 7,
        "focus": {"reference": "urn:uuid:1"},
        "owner": {"reference": 5},
    }
    found = search_values(odd)
    assert found.tokens == [("code", "", "a")]
    assert found.references == []


def test_texts_that_are_no_text_are_not_indexed() -> None:
    assert search_values({"resourceType": "Organization", "name": 5}).strings == []


def test_of_a_type_that_is_not_searched_only_the_links_are_known() -> None:
    event = {"resourceType": "AuditEvent", "entity": [{"what": {"reference": "Patient/p-1"}}]}
    found = search_values(event)
    assert found.references == [(".entity.what", "Patient", "p-1")]
    assert found.tokens == []
