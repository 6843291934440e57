"""A pull notification says what to fetch, from whom and until when, in either spelling."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from adapter.fhir.json import encode
from mappings.records.base import parse_record
from mappings.records.pull_notification import PullNotification
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from tests.mappings.builders import BSN, IDS, MESO, URA
from tests.mappings.shapes.examples import TWIIN, pull_r4, pull_stu3
from tests.mappings.supplier import urn

Json = dict[str, Any]
R4 = shapes.SHAPES["notified-pull-r4"]
STU3 = shapes.SHAPES["notified-pull-stu3"]
BOTH = [(R4, pull_r4), (STU3, pull_stu3)]


def notification(**more: object) -> Json:
    """What the R4 example says."""
    uri = "urn:ietf:rfc:3986"
    return {
        "identifier": {"system": uri, "value": urn("pull")},
        "group": {"system": uri, "value": urn("pull-group")},
        "authoredOn": "2026-05-11T15:01:54+02:00",
        "until": "2026-05-25T15:01:54+02:00",
        "sender": "90000008",
        "system": {"system": "https://waterlinie.example/systeem", "value": "zis-1"},
        "receiver": {"ura": MESO},
        "bsn": "999900006",
        "authorization": "bmlldC1sZXplbi1kb29yZ2V2ZW4",
        "fetch": [
            {"way": "read", "path": "Observation/nt-probnp"},
            {
                "way": "search",
                "path": "Condition?clinical-status=active",
                "about": [{"system": "http://loinc.org", "code": "11450-4"}],
                "title": "Probleemlijst",
            },
        ],
        "synthetic": True,
        **more,
    }


def refused(sent: Json, shape: Any = R4) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        shapes.read(sent, shape, IDS)
    return [(i.code, i.expression) for i in caught.value.issues]


def test_it_says_what_to_fetch() -> None:
    found = shapes.read(pull_r4(), R4, IDS).record
    assert found == parse_record(PullNotification, notification())


def test_in_stu3_the_workflow_task_may_say_it() -> None:
    found = shapes.read(pull_stu3(), STU3, IDS).record
    assert (found.workflow_task, found.fetch_workflow_task, found.fetch) == ("Task/wf-7", True, ())
    assert found.sender == "90000008"
    assert found.system is not None
    assert found.system.value == "1234567"


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_a_citizen_number_is_read_and_never_sent(shape: Any, example: Any) -> None:
    found = shapes.read(example(), shape, IDS)
    assert found.record.bsn == "999900006"
    for foreign in (found, Foreign(record=found.record)):
        assert b"999900006" not in encode(shape.write(foreign, IDS))
    assert b"999900006" not in encode(list(found.kept.items()))


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_without_a_patient_it_is_a_notification_too(shape: Any, example: Any) -> None:
    sent = example()
    del sent["for"]
    found = shapes.read(sent, shape, IDS)
    assert found.record.bsn is None
    assert shape.write(found, IDS) == [sent]


def test_a_citizen_number_that_cannot_be_one_is_refused() -> None:
    assert refused(pull_r4(**{"for": {"identifier": {"system": BSN, "value": "123"}}})) == [
        ("value", "Task.for")
    ]


@given(hint=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
def test_the_authorization_is_handed_on_as_it_came(hint: str) -> None:
    sent = pull_r4()
    sent["input"][0]["valueString"] = hint
    found = shapes.read(sent, R4, IDS)
    assert found.record.authorization == hint
    assert R4.write(Foreign(record=found.record), IDS)[0]["input"][0]["valueString"] == hint


@pytest.mark.parametrize("shape", [R4, STU3])
@pytest.mark.parametrize("system", [None, {"system": "https://a.example/s", "value": "1"}])
def test_written_of_our_own_accord_it_is_the_same(shape: Any, system: Json | None) -> None:
    record = parse_record(
        PullNotification, notification(bsn=None, system=system, workflowTask="Task/w-1")
    )
    assert shape.read(shape.write(Foreign(record=record), IDS), IDS).record == record


@pytest.mark.parametrize("shape", [R4, STU3])
def test_the_codes_of_either_list_are_read(shape: Any) -> None:
    sent = pull_r4() if shape is R4 else pull_stu3()
    parameters = "http://fhir.nl/fhir/NamingSystem/TaskParameter" if shape is R4 else TWIIN
    sent["input"][0]["type"]["coding"][0]["system"] = parameters
    assert shapes.read(sent, shape, IDS).record.authorization


@pytest.mark.parametrize(
    "path",
    [
        "https://elders.example/fhir/Observation",
        "//elders.example/Observation",
        "Observation/../../beheer",
        "Observation/%2e%2e/beheer",
        f"Patient?identifier={BSN}|999900006",
        "observation",
    ],
)
def test_an_address_and_a_citizen_number_are_no_path(path: str) -> None:
    sent = pull_r4()
    sent["input"][2]["valueString"] = path
    assert refused(sent) == [("value", "Task.input[2].valueString")]


@pytest.mark.parametrize(
    "path",
    [
        "/Condition",
        "Observation/$lastn?code=http%3A%2F%2Floinc.org%7C85354-9",
        "DocumentReference?status=current",
    ],
)
def test_a_search_below_the_sender_is_a_path(path: str) -> None:
    sent = pull_r4()
    sent["input"][2]["valueString"] = path
    assert shapes.read(sent, R4, IDS).record.fetch[1].path == path


def test_a_notification_without_anything_to_fetch_is_refused() -> None:
    sent = pull_r4()
    del sent["input"][1:]
    assert refused(sent) == [("business-rule", "Task")]


@pytest.mark.parametrize("status", ["cancelled", "completed"])
def test_a_notification_that_is_over_is_refused(status: str) -> None:
    assert refused(pull_r4(status=status)) == [("code-invalid", "Task.status")]


def test_without_an_end_it_is_refused() -> None:
    assert refused(pull_r4(restriction={"repetitions": 1})) == [
        ("required", "Task.restriction.period")
    ]


def test_a_system_that_no_organisation_answers_for_is_refused() -> None:
    sent = pull_r4()
    del sent["requester"]["identifier"]["assigner"]
    assert refused(sent) == [("required", "Task.requester.identifier.assigner")]


def test_the_sender_may_be_named_by_itself() -> None:
    sent = pull_r4(requester={"identifier": {"system": URA, "value": "90000008"}})
    found = shapes.read(sent, R4, IDS).record
    assert (found.sender, found.system) == ("90000008", None)


def test_a_patient_that_comes_along_is_refused() -> None:
    sent = pull_r4(contained=[{"resourceType": "Patient", "id": "p"}])
    sent["for"] = {"reference": "#p"}
    assert ("structure", "Task.contained") in refused(sent)
