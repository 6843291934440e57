"""When things happen to one patient, from referral to closing. Moments are in Dutch office hours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Amsterdam")
_SATURDAY: Final = 5
_MEETING_DAY: Final = 3  # Thursday: the fixed slot of the meeting
_DECIDING: Final = (1, 8)
_PLANNING: Final = (21, 35)
_LASTING: Final = (90, 240)
_REPEATING: Final = (35, 60)
_EARLIEST_END: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """`ended` is when it would close; what lies after the horizon did not happen (yet)."""

    referred: datetime
    decided: datetime
    home: datetime
    practice: datetime
    talk: datetime
    plan: datetime
    meeting: datetime
    repeated: datetime
    ended: datetime

    def cut_short(self, rng: Random) -> "Timeline":
        """The same, ended at any moment before its end."""
        days = (self.ended - self.decided).days
        return replace(self, ended=moment(rng, self.decided, rng.randrange(_EARLIEST_END, days)))


def draw_timeline(rng: Random, day: date) -> Timeline:
    referred = moment(rng, datetime.combine(day, time(9), ZONE), 0)
    decided = moment(rng, referred, rng.randint(*_DECIDING))
    home = moment(rng, decided, rng.randrange(3, 9))
    practice = moment(rng, home, rng.randrange(4, 9))
    plan = moment(rng, decided, rng.randint(*_PLANNING))
    to_slot = (_MEETING_DAY - plan.weekday()) % 7 or 7
    meeting = datetime.combine(plan.date() + timedelta(days=to_slot), time(13), ZONE)
    return Timeline(
        referred=referred,
        decided=decided,
        home=home,
        practice=practice,
        talk=moment(rng, practice, 1),
        plan=plan,
        meeting=meeting,
        repeated=moment(rng, meeting, rng.randint(*_REPEATING)),
        ended=moment(rng, decided, rng.randint(*_LASTING)),
    )


def moment(rng: Random, after: datetime, days: int) -> datetime:
    """A working moment so many days later, or on the first working day after it."""
    day = after.date() + timedelta(days=days)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    at = time(rng.randrange(9, 16), rng.randrange(0, 60, 5))
    found = datetime.combine(day, at, ZONE)
    return found if found > after or days else after


def spread(rng: Random, first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    """So many moments between the two, in order, in whole milliseconds."""
    seconds = int((last - first).total_seconds())
    for at in sorted(rng.randrange(1, max(seconds, 2)) for _ in range(count)):
        yield first + timedelta(seconds=at, milliseconds=rng.randrange(1000))
