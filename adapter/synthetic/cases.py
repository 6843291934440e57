"""What becomes of each referral of one year: whole referrals from shares, by largest remainder.

Rare cases fall on those in whom they can happen before the region ends, and each falls on one at
least. A year is decided as a whole; from one year to the next nothing is remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, Literal, TypeVar

from adapter.synthetic.regional import Book, RegionData
from adapter.synthetic.timeline import Timeline, draw_timeline
from mappings.toolkit.codes import EndReason

Outcome = Literal["consult", "not-taken-up", "trajectory"]
Mark = Literal[
    "under-age", "wlz", "refusal", "withdrawal", "invitee-refused", "repeated-mdo",
    "representative", "naaste-at-mdo", "parked", "per-abuis", "unexplained", "emergency",
]  # fmt: skip
_YEAR: Final = 365
_TIME_TO_MOVE: Final = timedelta(days=40)

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral. `until` is when the region ends; `end` is why it closed, if it did by then."""

    timeline: Timeline
    outcome: Outcome
    until: datetime
    end: EndReason | None = None
    marks: frozenset[Mark] = frozenset()
    log_lines: int = 0

    @property
    def horizon(self) -> datetime:
        """What lies later did not happen, or not yet."""
        return self.until if self.end is None else self.timeline.ended

    def reached(self, at: datetime) -> bool:
        return at < self.horizon


def cases_of_year(
    data: RegionData, book: Book, rng: Random, first: date, until: datetime
) -> list[Case]:
    """The year that begins on `first`, in order of referral."""
    count = data.referrals_per_year
    days = sorted(rng.randrange(_YEAR) for _ in range(count))
    timelines = [draw_timeline(rng, first + timedelta(days=day)) for day in days]
    shares = book.shares
    outcomes = _dealt(
        rng,
        {
            "consult": shares.consult,
            "not-taken-up": shares.not_taken_up,
            "trajectory": shares.trajectory,
        },
        count,
    )
    found = [
        Case(timeline=timeline, outcome=_OUTCOMES[outcome], until=until)
        for timeline, outcome in zip(timelines, outcomes, strict=True)
    ]
    return _marked(_logged(_ended(found, book, rng), book, rng), data, book, rng)


_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "consult": "consult",
    "not-taken-up": "not-taken-up",
    "trajectory": "trajectory",
}


def _ended(cases: list[Case], book: Book, rng: Random) -> list[Case]:
    """Those whose time is up get a reason; all but the regular end come early."""
    closed = [
        n
        for n, case in enumerate(cases)
        if case.outcome == "trajectory" and case.timeline.ended <= case.until
    ]
    reasons = _dealt(rng, book.end_reasons, len(closed), every=True)
    for n, reason in zip(closed, reasons, strict=True):
        timeline = cases[n].timeline
        cases[n] = replace(
            cases[n],
            end=reason,
            timeline=timeline if reason == "END-1" else timeline.cut_short(rng),
        )
    return cases


def _logged(cases: list[Case], book: Book, rng: Random) -> list[Case]:
    return [
        replace(case, log_lines=rng.randint(*book.log.per_trajectory))
        if case.outcome == "trajectory" and case.reached(case.timeline.decided)
        else case
        for case in cases
    ]


def _marked(cases: list[Case], data: RegionData, book: Book, rng: Random) -> list[Case]:
    shares, log = book.shares, book.log
    opened = [n for n, case in enumerate(cases) if case.log_lines]
    lines = sum(case.log_lines for case in cases)
    met = [n for n in opened if cases[n].reached(cases[n].timeline.meeting)]
    met_again = [n for n in opened if cases[n].reached(cases[n].timeline.repeated)]
    moving = [n for n in opened if cases[n].reached(cases[n].timeline.decided + _TIME_TO_MOVE)]
    everybody = range(len(cases))
    marks: list[set[Mark]] = [set() for _ in cases]
    for n in opened:
        if cases[n].end == "END-8":
            marks[n].add("representative")
    wanted: tuple[tuple[Mark, Sequence[int], float], ...] = (
        ("under-age", everybody, shares.under_age * len(cases)),
        ("wlz", everybody, data.wlz * len(cases)),
        ("refusal", opened, shares.refusal * len(opened)),
        ("withdrawal", met, shares.withdrawal * len(opened)),
        ("representative", opened, shares.representative * len(opened)),
        ("invitee-refused", met, shares.invitee_refused * len(met)),
        ("repeated-mdo", met_again, shares.repeated_mdo * len(met)),
        ("naaste-at-mdo", met, shares.naaste_at_mdo * len(met)),
        ("parked", moving, shares.parked * len(opened)),
        ("per-abuis", opened, log.per_abuis * lines),
        ("unexplained", opened, log.unexplained * lines),
        ("emergency", opened, log.emergency * lines),
    )
    for mark, possible, share in wanted:
        able = [n for n in possible if mark not in marks[n]]
        already = len(possible) - len(able)
        quota = 0 if share == 0 else max(1, round(share)) - already
        for n in rng.sample(able, max(0, min(quota, len(able)))):
            marks[n].add(mark)
    return [replace(case, marks=frozenset(found)) for case, found in zip(cases, marks, strict=True)]


def apportion(shares: Mapping[K, float], count: int, *, every: bool = False) -> list[K]:
    """Whole things from shares that make one; with `every`, at least one of each if they fit."""
    exact = {key: share * count for key, share in shares.items()}
    whole = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(shares, key=lambda key: whole[key] - exact[key])
    for key in by_remainder[: count - sum(whole.values())]:
        whole[key] += 1
    for key in [key for key in shares if whole[key] == 0] if every and count >= len(shares) else []:
        whole[max(whole, key=whole.__getitem__)] -= 1
        whole[key] += 1
    return [key for key, number in whole.items() for _ in range(number)]


def _dealt(rng: Random, shares: Mapping[K, float], count: int, *, every: bool = False) -> list[K]:
    found = apportion(shares, count, every=every)
    rng.shuffle(found)
    return found
