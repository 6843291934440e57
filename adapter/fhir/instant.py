"""Dates and times as half-open intervals [low, high) of UTC microseconds since the epoch.

https://hl7.org/fhir/R4/datatypes.html#dateTime
https://hl7.org/fhir/R4/search.html#date

A partial date is an interval, not a point: 2026 is the whole year. A date has no zone in FHIR;
it is a day in the Netherlands here, also on the days on which the clock is changed.
No clock is read: "now" is always the caller's.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

FOREVER: Final = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999Z, end of an open interval
BEGINNING: Final = -62_135_596_800_000_000  # 0001-01-01T00:00:00Z, start of an open interval

_SECOND: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - offsets are numbers here, see _offset
_PATTERN: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?)?)?)?"
)
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?")


class Precision(IntEnum):
    """How far a text goes."""

    YEAR = 0
    MONTH = 1
    DAY = 2
    MINUTE = 3
    SECOND = 4
    FRACTION = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a text covers. `is_zoned` says whether it named its offset."""

    low: int
    high: int
    precision: Precision
    is_zoned: bool


def parse_moment(text: str) -> Moment | None:
    """Any partial date or time of the FHIR notation; None when it is no real moment.

    Wider than each data type: search may end at the minute and leave out the zone.
    """
    found = _PATTERN.fullmatch(text)
    if found is None:
        return None
    precision = _precision(found)
    zone = found["zone"]
    try:
        start = _start(found)
        low = _utc(start, zone)
    except ValueError:  # month 13, 30 February, 24:00, year 0
        return None
    try:
        high = _utc(_after(start, precision), zone)
    except OverflowError:  # the last moment of the year 9999 ends with time itself
        high = FOREVER
    if found["second"] == "60":  # a leap second, which FHIR allows
        low, high = low + _SECOND, high + _SECOND
    if precision is Precision.FRACTION:
        low, high = _fraction(low, found["fraction"])
    low, high = min(low, FOREVER - 1), min(high, FOREVER)
    return Moment(low=low, high=high, precision=precision, is_zoned=zone is not None)


def is_date(text: str) -> bool:
    moment = parse_moment(text)
    return moment is not None and moment.precision <= Precision.DAY


def is_datetime(text: str) -> bool:
    """A date, or a time to the second with its zone."""
    moment = parse_moment(text)
    return moment is not None and (moment.precision <= Precision.DAY or _is_instant(moment))


def is_instant(text: str) -> bool:
    moment = parse_moment(text)
    return moment is not None and _is_instant(moment)


def is_time(text: str) -> bool:
    return _TIME.fullmatch(text) is not None


def instant_microseconds(text: str) -> int:
    """Start of an instant; ValueError when the text is none."""
    moment = parse_moment(text)
    if moment is None or not _is_instant(moment):
        raise ValueError("not an instant")
    return moment.low


def instant_text(microseconds: int) -> str:
    """Instant in UTC with milliseconds, as in meta.lastUpdated; what is finer is cut off."""
    moment = _EPOCH + timedelta(microseconds=microseconds)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def period_interval(start: str | None, end: str | None) -> tuple[int, int] | None:
    """Interval of a Period, its end included; None when a part is no moment."""
    first = None if start is None else parse_moment(start)
    last = None if end is None else parse_moment(end)
    if (start is not None and first is None) or (end is not None and last is None):
        return None
    return (BEGINNING if first is None else first.low, FOREVER if last is None else last.high)


def _is_instant(moment: Moment) -> bool:
    return moment.is_zoned and moment.precision >= Precision.SECOND


def _precision(found: re.Match[str]) -> Precision:
    names = ("month", "day", "hour", "second", "fraction")
    return Precision(sum(found[name] is not None for name in names))


def _start(found: re.Match[str]) -> datetime:
    second = found["second"] or "0"
    return datetime(  # noqa: DTZ001 - the zone is applied in _utc, as a number
        int(found["year"]),
        int(found["month"] or 1),
        int(found["day"] or 1),
        int(found["hour"] or 0),
        int(found["minute"] or 0),
        59 if second == "60" else int(second),
    )


def _after(start: datetime, precision: Precision) -> datetime:
    match precision:
        case Precision.YEAR:
            return (start + timedelta(days=366)).replace(month=1, day=1)
        case Precision.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        case Precision.DAY:
            return start + timedelta(days=1)
        case Precision.MINUTE:
            return start + timedelta(minutes=1)
        case _:
            return start + timedelta(seconds=1)


def _fraction(second: int, digits: str) -> tuple[int, int]:
    """Digits beyond the microsecond are covered by the microsecond they fall in."""
    kept = digits[:6]
    width = 10 ** (6 - len(kept))
    low = second + int(kept) * width
    return low, low + width


def _utc(local: datetime, zone: str | None) -> int:
    return (local - _EPOCH) // timedelta(microseconds=1) - _offset(local, zone)


def _offset(local: datetime, zone: str | None) -> int:
    """Microseconds that the zone is ahead of UTC."""
    if zone == "Z":
        return 0
    if zone is not None:
        minutes = int(zone[1:3]) * 60 + int(zone[4:6])
        return (-minutes if zone[0] == "-" else minutes) * 60 * _SECOND
    if local < _EPOCH:
        # Older offsets differ between builds of the time zone database, and an index of birth
        # dates has to outlive an upgrade: one fixed offset, which fits the one of 1970.
        return 3600 * _SECOND
    ahead = _netherlands().utcoffset(local)
    return 0 if ahead is None else ahead // timedelta(microseconds=1)


@cache
def _netherlands() -> ZoneInfo:
    return ZoneInfo("Europe/Amsterdam")
