"""The narrator prints what holds and stops at what does not, without data."""

from io import StringIO

import pytest
from rich.console import Console

from adapter.cli.demo.narrator import DemoFailedError, Narrator, seen_in
from adapter.clients.caller import Reply


@pytest.fixture
def narrator() -> Narrator:
    return Narrator(Console(file=StringIO(), width=200))


def printed(narrator: Narrator) -> str:
    assert isinstance(narrator.console.file, StringIO)
    return narrator.console.file.getvalue()


def refusal() -> Reply:
    issue = {
        "details": {"text": "mevrouw Verzonnen", "coding": [{"code": "R-3"}]},
        "expression": ["Task.owner"],
        "diagnostics": "request-id: 1",
    }
    return Reply(status=422, headers={}, body={"issue": [issue]})


def test_a_fact_that_holds_is_printed_with_where_its_rule_comes_from(narrator: Narrator) -> None:
    narrator.fact("Zo is het.", "R-84", holds=True)
    assert "Zo is het.  R-84 (Kernboek WE3)" in printed(narrator)


def test_a_fact_that_does_not_hold_ends_the_story(narrator: Narrator) -> None:
    narrator.step("13", "Afsluiten")
    with pytest.raises(DemoFailedError, match="13 Afsluiten"):
        narrator.fact("Zo is het.", holds=False, seen="status 200")


def test_only_facts_that_hold_are_counted(narrator: Narrator) -> None:
    narrator.fact("Zo is het.", holds=True)
    with pytest.raises(DemoFailedError):
        narrator.fact("Zo niet.", holds=False)
    assert narrator.facts == 1


def test_a_required_answer_with_another_status_ends_the_story(narrator: Narrator) -> None:
    with pytest.raises(DemoFailedError, match="422"):
        narrator.require(refusal(), 200, 201)


def test_what_was_seen_names_status_rule_and_place(narrator: Narrator) -> None:
    assert seen_in(refusal()) == "status 422, R-3, Task.owner"
