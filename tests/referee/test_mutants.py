"""Every constraint of our profiles has a mutant, and the referee refuses each of them."""

from collections import Counter

import pytest

from tests.referee.constraints import all_constraints
from tests.referee.jury import Outcome, try_mutants
from tests.referee.mutants import reason_for
from tests.referee.recipes import BREAKS, REASONS
from tests.referee.referee import Referee
from tests.referee.report import PAGE, all_mutants, page, uncovered
from tests.referee.seventeen import care_plan, spoiled

pytestmark = [
    pytest.mark.hapi,
    pytest.mark.profiles,
    pytest.mark.xdist_group("referee"),
]


@pytest.fixture(scope="module")
def outcomes(referee: Referee) -> list[Outcome]:
    return try_mutants(referee, [one for found in all_mutants().values() for one in found])


def test_every_constraint_has_a_mutant_or_a_reason(referee: Referee) -> None:
    assert [constraint.key for constraint in uncovered()] == []


def test_the_referee_refuses_every_mutant(outcomes: list[Outcome]) -> None:
    assert [one.mutant.constraint.key for one in outcomes if not one.errors] == []


def test_what_a_mutant_was_made_of_is_in_order(outcomes: list[Outcome]) -> None:
    assert [
        f"{one.mutant.constraint.key}: {error}" for one in outcomes for error in one.before
    ] == []


def test_every_mutant_is_refused_for_what_was_changed(outcomes: list[Outcome]) -> None:
    """Not by accident: an error names the profile, the invariant, the list or the place."""
    assert [
        f"{one.mutant.constraint.key}: {one.errors[0]}" for one in outcomes if not is_about(one)
    ] == []


def is_about(outcome: Outcome) -> bool:
    constraint = outcome.mutant.constraint
    last = constraint.element.rpartition(".")[2].partition(":")[0].removesuffix("[x]")
    words = {constraint.url, str(constraint.given.get("key", constraint.url))}
    return any(
        any(word in f"{error.text} {error.message_id}" for word in words)
        or last in error.element.rpartition(".")[2]
        or f"element {last}" in error.text
        for error in outcome.errors
    )


def test_recipes_and_reasons_are_those_of_constraints_that_are_there(referee: Referee) -> None:
    names = {constraint.key for constraint in all_constraints()}
    invariants = {
        constraint.given["key"]
        for constraint in all_constraints()
        if constraint.sort == "invariant"
    }
    assert set(BREAKS) - names - invariants == set()
    assert set(REASONS) - names == set()


def test_few_constraints_go_without_a_mutant(referee: Referee) -> None:
    without = Counter(reason_for(constraint) is not None for constraint in all_constraints())
    assert without[True] * 50 <= without[False]


def test_the_page_lists_them_as_they_are(referee: Referee) -> None:
    """`python -m tests.referee.report` writes it anew; the difference is reviewed like code."""
    assert PAGE.read_text("utf-8") == page()


def test_the_referee_refuses_the_spoilt_care_plans_and_not_the_good_one(referee: Referee) -> None:
    names = (
        {"resourceType": "Patient", "id": "p-1"},
        {"resourceType": "Practitioner", "id": "z-1"},
    )
    wrong = [
        any(one.is_error and one.entry == 0 for one in referee.judge([plan, *names]))
        for plan in (care_plan(), *spoiled().values())
    ]
    assert wrong == [False, *[True] * len(spoiled())]
