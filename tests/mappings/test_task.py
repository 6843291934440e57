"""A Task sent back: the whole difference is judged, and only progress may differ."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.validation import validate
from mappings.plan import care_plan
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.parties import StaffKey
from mappings.task import task
from tests.mappings import builders, supplier
from tests.mappings.builders import AIT_OUALI, IDS, MESO, NURSING

Json = dict[str, Any]
AT = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
BY = StaffKey(**AIT_OUALI)


def held() -> Json:
    plan = parse_record(CarePlan, builders.care_plan())
    found = next(r for r in care_plan.to_fhir(plan, IDS) if r["resourceType"] == "Task")
    found["meta"].update(versionId="4", lastUpdated="2026-06-10T10:00:00Z")
    return found


def sent(**members: object) -> Json:
    return {**copy.deepcopy(held()), **members}


def test_status_reason_period_and_new_notes_are_a_change() -> None:
    notes = [*held()["note"], {"text": "Twee kilo erbij"}]
    change = task.read_change(
        held(),
        sent(
            status="on-hold",
            statusReason={"text": "Opgenomen"},
            executionPeriod={"start": "2026-06-03"},
            note=notes,
        ),
        IDS,
    )
    assert (change.before, change.status) == ("in-progress", "on-hold")
    assert change.status_reason is not None
    assert change.status_reason.text == "Opgenomen"
    assert [note.text for note in change.notes] == ["Twee kilo erbij"]
    assert change.execution_period is not None


def test_a_change_is_applied_with_author_and_time() -> None:
    notes = [*held()["note"], {"text": "Twee kilo erbij"}]
    change = task.read_change(held(), sent(status="completed", note=notes), IDS)
    after = task.apply_change(held(), change, IDS, by=BY, at=AT)
    assert after["status"] == "completed"
    assert after["lastModified"] == "2026-06-20T08:00:00+00:00"
    assert after["note"][:1] == held()["note"]
    assert after["note"][1]["time"] == "2026-06-20T08:00:00+00:00"
    assert after["note"][1]["authorReference"]["identifier"]["value"] == BY.uzi
    assert validate(after) == []


def test_what_is_left_out_is_taken_away_and_nothing_else_changes() -> None:
    on_hold = sent(status="on-hold", statusReason={"text": "Opgenomen"})
    change = task.read_change(on_hold, sent(status="in-progress"), IDS)
    after = task.apply_change(on_hold, change, IDS, by=BY, at=AT)
    assert {**after, "lastModified": ""} == {**held(), "lastModified": ""}


def test_the_plan_that_holds_a_changed_task_is_still_a_plan() -> None:
    plan = parse_record(CarePlan, builders.care_plan())
    written = care_plan.to_fhir(plan, IDS)
    n = next(n for n, r in enumerate(written) if r["resourceType"] == "Task")
    change = task.read_change(written[n], {**written[n], "status": "completed"}, IDS)
    written[n] = task.apply_change(written[n], change, IDS, by=BY, at=AT)
    assert care_plan.from_fhir(written, IDS).actions[0].progress.status == "completed"


@pytest.mark.parametrize("member", ["meta", "lastModified"])
def test_what_the_server_keeps_may_be_left_out(member: str) -> None:
    document = sent()
    del document[member]
    assert task.read_change(held(), document, IDS).status == "in-progress"


def test_an_older_version_in_meta_is_no_change() -> None:
    document = sent()
    document["meta"].update(versionId="3")
    assert task.read_change(held(), document, IDS).status == "in-progress"


FROZEN: dict[str, object] = {
    "id": "another",
    "owner": {"reference": "Organization/x"},
    "requester": {"reference": "PractitionerRole/x"},
    "for": {"reference": "Patient/p-2"},
    "basedOn": [],
    "description": "Iets anders",
    "intent": "plan",
    "code": {"text": "x"},
    "identifier": [],
    "output": [{"type": {"text": "x"}, "valueString": "y"}],
    "extension": [],
    "meta": {"security": []},
}


@pytest.mark.parametrize(("member", "value"), FROZEN.items(), ids=FROZEN)
def test_whose_it_is_and_what_it_is_about_may_not_change(member: str, value: object) -> None:
    with pytest.raises(FhirError) as caught:
        task.read_change(held(), sent(**{member: value}), IDS)
    assert caught.value.status == 422
    assert [(i.code, i.expression) for i in caught.value.issues] == [
        ("business-rule", f"Task.{member}")
    ]


def test_every_frozen_element_that_differs_is_named() -> None:
    with pytest.raises(FhirError) as caught:
        task.read_change(held(), sent(description="x", priority="stat"), IDS)
    assert [i.expression for i in caught.value.issues] == ["Task.description", "Task.priority"]


REFUSED: dict[str, tuple[Callable[[Json], Any], str]] = {
    "a note that was removed": (lambda t: t.update(note=[]), "Task.note"),
    "a note that was rewritten": (lambda t: t["note"][0].update(text="anders"), "Task.note"),
    "an unknown status": (lambda t: t.update(status="done"), "Task.status"),
    "a reason that says nothing": (
        lambda t: t.update(statusReason={}),
        "Task.statusReason",
    ),
    "a part of a reason without a place": (
        lambda t: t.update(statusReason={"text": "x", "id": "1"}),
        "Task.statusReason.id",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_progress_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], Any], path: str
) -> None:
    document = sent()
    change(document)
    with pytest.raises(FhirError) as caught:
        task.read_change(held(), document, IDS)
    assert caught.value.issues[0].expression == path


def test_a_note_in_the_name_of_somebody_else_is_refused() -> None:
    other = {"identifier": supplier.own_number(builders.UZI, "900000021", MESO)}
    notes = [*held()["note"], {"text": "x", "authorReference": other}]
    change = task.read_change(held(), sent(note=notes), IDS)
    with pytest.raises(FhirError) as caught:
        task.apply_change(held(), change, IDS, by=BY, at=AT)
    assert caught.value.issues[0].expression == "Task.note.authorReference"


def test_a_rewritten_action_keeps_how_its_work_stands() -> None:
    busy = sent(status="completed", output=[{"type": {"text": "x"}, "valueString": "y"}])
    rewritten = sent(description="Anders verwoord", status="requested", note=[])
    kept = task.keep_progress(rewritten, busy)
    assert (kept["status"], kept["note"], kept["output"]) == (
        "completed",
        busy["note"],
        busy["output"],
    )
    assert kept["description"] == "Anders verwoord"


def test_owner_and_requester_are_known_by_number() -> None:
    found = task.task_parties(held(), IDS)
    assert found.owner.ura == NURSING
    assert found.requester.ura == MESO
