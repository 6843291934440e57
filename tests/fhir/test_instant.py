from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.fhir.instant import (
    BEGINNING,
    FOREVER,
    instant_microseconds,
    instant_text,
    is_date,
    is_datetime,
    is_instant,
    is_time,
    parse_moment,
    period_interval,
)


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type, misc] # parts in order


INTERVALS = {
    "2026": (utc(2025, 12, 31, 23), utc(2026, 12, 31, 23)),
    "2024-02": (utc(2024, 1, 31, 23), utc(2024, 2, 29, 23)),
    "2026-12": (utc(2026, 11, 30, 23), utc(2026, 12, 31, 23)),
    "2026-07-01": (utc(2026, 6, 30, 22), utc(2026, 7, 1, 22)),
    "2026-03-29": (utc(2026, 3, 28, 23), utc(2026, 3, 29, 22)),  # 23 hours
    "2026-10-25": (utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)),  # 25 hours
    "2026-01-01T10:00": (utc(2026, 1, 1, 9), utc(2026, 1, 1, 9, 1)),
    "2026-07-01T10:00:00": (utc(2026, 7, 1, 8), utc(2026, 7, 1, 8, 0, 1)),
    "2026-01-01T10:00:00Z": (utc(2026, 1, 1, 10), utc(2026, 1, 1, 10, 0, 1)),
    "2026-01-01T10:00:00-05:30": (utc(2026, 1, 1, 15, 30), utc(2026, 1, 1, 15, 30, 1)),
    "2026-01-01T00:00:00+14:00": (utc(2025, 12, 31, 10), utc(2025, 12, 31, 10, 0, 1)),
    "2016-12-31T23:59:60Z": (utc(2017, 1, 1), utc(2017, 1, 1, 0, 0, 1)),
    "1938-05-01": (utc(1938, 4, 30, 23), utc(1938, 5, 1, 23)),
    "9999": (utc(9998, 12, 31, 23), FOREVER),
    "9999-12-31": (utc(9999, 12, 30, 23), FOREVER),
    "9999-12-31T23:59:59-05:00": (FOREVER - 1, FOREVER),
}


@pytest.mark.parametrize("text", INTERVALS)
def test_a_text_covers_a_half_open_interval(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert (moment.low, moment.high) == INTERVALS[text]


@pytest.mark.parametrize(
    ("digits", "low", "width"),
    [
        ("1", 100_000, 100_000),
        ("123", 123_000, 1_000),
        ("123456", 123_456, 1),
        ("1234569", 123_456, 1),
    ],
)
def test_a_fraction_covers_as_much_as_its_digits_say(digits: str, low: int, width: int) -> None:
    moment = parse_moment(f"2026-01-01T10:00:00.{digits}Z")
    assert moment is not None
    assert (moment.low, moment.high) == (
        utc(2026, 1, 1, 10) + low,
        utc(2026, 1, 1, 10) + low + width,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-02-30",
        "2025-02-29",
        "0000",
        "2026-01-01T24:00:00Z",
        "2026-01-01T10:60:00Z",
        "2026-01-01T10:00:61Z",
        "2026-01-01T10",
        "2026-01-01T10:00:00 01:00",
        "2026-01-01T10:00:00+15:00",
        "2026-01-01T10:00:00+1:00",
        "2026-01-01Z",
        "2026-01-01T10:00:00.Z",
        "2026-01-01t10:00:00z",
        "20260101",
        "٢٠٢٦",
        "2026\n",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_moment(text) is None


KINDS = [
    ("2026", True, True, False),
    ("2026-05", True, True, False),
    ("2026-05-01", True, True, False),
    ("2026-05-01T10:00", False, False, False),
    ("2026-05-01T10:00Z", False, False, False),
    ("2026-05-01T10:00:00", False, False, False),
    ("2026-05-01T10:00:00Z", False, True, True),
    ("2026-05-01T10:00:00.123+02:00", False, True, True),
    ("soon", False, False, False),
]


@pytest.mark.parametrize(("text", "date", "date_time", "instant"), KINDS)
def test_each_data_type_takes_its_own_precision(
    text: str, date: bool, date_time: bool, instant: bool
) -> None:
    assert (is_date(text), is_datetime(text), is_instant(text)) == (date, date_time, instant)


@pytest.mark.parametrize(
    ("text", "right"),
    [("23:59:60", True), ("08:00:00.5", True), ("24:00:00", False), ("08:00", False)],
)
def test_a_time_has_seconds_and_no_hour_24(text: str, right: bool) -> None:
    assert is_time(text) is right


def test_an_instant_reads_as_microseconds_and_back() -> None:
    text = "2026-03-29T01:30:00.250Z"
    assert instant_text(instant_microseconds(text)) == text


def test_an_instant_is_written_in_utc_with_three_digits() -> None:
    assert instant_text(0) == "1970-01-01T00:00:00.000Z"
    assert instant_text(1_999) == "1970-01-01T00:00:00.001Z"
    assert instant_text(FOREVER) == "9999-12-31T23:59:59.999Z"
    assert instant_text(BEGINNING) == "0001-01-01T00:00:00.000Z"


@pytest.mark.parametrize("text", ["2026-03-29", "soon", "2026-03-29T01:30:00"])
def test_a_text_that_is_no_instant_has_no_microseconds(text: str) -> None:
    with pytest.raises(ValueError, match="not an instant"):
        instant_microseconds(text)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001 - UTC by the Z
def test_every_instant_lies_in_its_day(moment: datetime) -> None:
    text = f"{moment.isoformat(timespec='milliseconds')}Z"
    low = instant_microseconds(text)
    day = parse_moment(text[:10] + "T00:00:00Z")
    assert day is not None
    assert day.low <= low < day.low + 86_400_000_000
    assert instant_text(low) == text


@given(st.dates(min_value=datetime(1970, 1, 2).date(), max_value=datetime(2037, 12, 30).date()))  # noqa: DTZ001 - dates
def test_days_of_a_month_follow_each_other_without_gap(day: object) -> None:
    today = parse_moment(str(day))
    month = parse_moment(str(day)[:7])
    year = parse_moment(str(day)[:4])
    assert today is not None
    assert month is not None
    assert year is not None
    assert year.low <= month.low <= today.low < today.high <= month.high <= year.high


PERIODS = [
    (None, None, (BEGINNING, FOREVER)),
    ("2026-01-01T00:00:00Z", None, (utc(2026, 1, 1), FOREVER)),
    (None, "2026-01-01T00:00:00Z", (BEGINNING, utc(2026, 1, 1, 0, 0, 1))),
    ("2026-07-01", "2026-07-01", (utc(2026, 6, 30, 22), utc(2026, 7, 1, 22))),
    ("x", None, None),
    (None, "x", None),
]


@pytest.mark.parametrize(("start", "end", "interval"), PERIODS)
def test_a_period_holds_its_end(
    start: str | None, end: str | None, interval: tuple[int, int] | None
) -> None:
    assert period_interval(start, end) == interval
