"""Whether something holds at a moment: starts count, ends do not, a bare date lasts until midnight.

https://hl7.org/fhir/R4/datatypes.html#Period

Moments asked about are UTC microseconds since the epoch, always given by the caller.
"""

from calendar import monthrange
from datetime import date, datetime

from adapter.fhir.instant import FOREVER, parse_moment
from mappings.records.base import Period


def first(moment: date | datetime) -> int:
    """Where a date or time begins."""
    found = parse_moment(moment.isoformat())
    assert found is not None  # a record holds real moments only
    return found.low


def until(moment: date | datetime | None) -> int:
    """Where what ends then has ended: a bare date at 24:00 in the Netherlands, a time at once."""
    if moment is None:
        return FOREVER
    found = parse_moment(moment.isoformat())
    assert found is not None
    return found.low if isinstance(moment, datetime) else found.high


def within(period: Period | None, moment: int) -> bool:
    """Without a period always."""
    return period is None or first(period.start) <= moment < until(period.end)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when the month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
