import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.fhir.bsn import is_test_bsn, is_valid_bsn

GOOD = "999911120"


def test_a_number_that_passes_the_eleven_test_is_valid() -> None:
    assert is_valid_bsn(GOOD)
    assert is_test_bsn(GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "999911121",
        "000000000",
        "99991112",
        "9999111200",
        " 999911120",
        "99991112a",
        "",
        "٩٩٩٩١١١٢٠",
    ],
)
def test_anything_else_is_not_and_nothing_is_padded_or_trimmed(text: str) -> None:
    assert not is_valid_bsn(text)
    assert not is_test_bsn(text)


def test_a_leading_zero_is_a_digit() -> None:
    assert is_valid_bsn("012345672")


def test_a_valid_number_outside_the_range_is_no_test_number() -> None:
    assert is_valid_bsn("123456782")
    assert not is_test_bsn("123456782")


numbers = st.sampled_from([n for n in map(str, range(999_900_000, 999_910_000)) if is_valid_bsn(n)])


@given(numbers, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, step: int) -> None:
    digit = str((int(number[place]) + step) % 10)
    assert not is_valid_bsn(number[:place] + digit + number[place + 1 :])


@given(numbers, st.integers(0, 7))
def test_two_neighbours_swapped_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_valid_bsn(swapped)
