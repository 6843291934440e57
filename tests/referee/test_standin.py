"""What stands at the doors where the referee cannot: our checks of R4."""

import pytest

from adapter.fhir.validation import validate
from tests.referee.seventeen import care_plan, spoiled

LEAST = 16


def test_a_plan_with_actions_in_place_is_valid() -> None:
    assert validate(care_plan()) == []


@pytest.mark.parametrize("name", spoiled())
def test_a_spoilt_plan_is_refused(name: str) -> None:
    assert validate(spoiled()[name]) != []


def test_the_measure_is_kept() -> None:
    assert sum(bool(validate(plan)) for plan in spoiled().values()) >= LEAST
