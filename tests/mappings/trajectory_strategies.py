"""Hypothesis strategies: any trajectory and closing that our models accept.

Everything happens within half a year of the beginning; what ends, ends after that.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import get_args

from hypothesis import strategies as st

from mappings.records import trajectory
from mappings.records.base import Period
from mappings.records.closing import Closing, NoSuccessor
from mappings.records.parties import StaffKey
from mappings.toolkit import codes
from mappings.trajectory import trajectory_codes
from tests.mappings.strategies import (
    identifiers,
    instants,
    logical_ids,
    maybe,
    one_of,
    parties,
    record,
    some,
    staff,
    texts,
    uras,
)

_PRACTICE = "90000050"  # no party of the strategies: none of them is of the MESO practice
_BUSY = 180  # days in which things happen
_close_people = record(trajectory.ClosePerson, related_person=logical_ids)
_checks = record(
    trajectory.Check,
    point=one_of(codes.ClosingCheck),
    met=st.booleans(),
    remark=maybe(texts),
)
_checklists = st.lists(_checks, max_size=4, unique_by=lambda check: check.point).map(tuple)


@st.composite
def _cuts(draw: st.DrawFn, started: datetime, most: int) -> list[datetime]:
    """Moments in order, each later than the one before."""
    days = draw(st.lists(st.integers(0, _BUSY), max_size=most + 1, unique=True))
    return [started + timedelta(days=day) for day in sorted(days)]


@st.composite
def _phases(
    draw: st.DrawFn, started: datetime, end: datetime | None, status: str
) -> tuple[trajectory.PhasePeriod, ...]:
    cuts = draw(_cuts(started, 3))
    if not cuts and status in ("active", "onhold"):
        cuts = [started]
    stops = [*cuts[1:], end or draw(st.sampled_from((None, started + timedelta(days=_BUSY + 1))))]
    return tuple(
        trajectory.PhasePeriod(phase=draw(one_of(trajectory_codes.Phase)), start=start, end=stop)
        for start, stop in zip(cuts, stops, strict=False)
    )


@st.composite
def _steps(draw: st.DrawFn, started: datetime) -> tuple[trajectory.CareStep, ...]:
    """Up to and with the one that began about when the trajectory did."""
    first = draw(st.sampled_from((started, started.date()))) - timedelta(days=60)
    count = draw(st.integers(0, 3))
    cuts = [first + timedelta(days=30 * n) for n in range(count + 1)]
    found: list[trajectory.CareStep] = []
    for n, (start, stop) in enumerate(pairwise(cuts)):
        is_last = n == count - 1
        found.append(
            trajectory.CareStep(
                step=draw(one_of(codes.SteppedCare)),
                period=Period(start=start, end=draw(maybe(st.just(stop))) if is_last else stop),
                decided_by=draw(parties),
                reason=draw(maybe(texts)),
                previous=found[-1].step if found else draw(maybe(one_of(codes.SteppedCare))),
            )
        )
    return tuple(found)


@st.composite
def _members(draw: st.DrawFn, started: datetime, *, running: bool) -> tuple[trajectory.Member, ...]:
    """The GP all the time, perhaps followed by another; others for a while."""
    moved = draw(maybe(st.integers(1, _BUSY)))
    handed = None if moved is None else started + timedelta(days=moved)
    found = [
        trajectory.Member(who=draw(parties), role="hoofdbehandelaar", start=started, end=handed)
    ]
    if handed is not None:
        found.append(trajectory.Member(who=draw(parties), role="hoofdbehandelaar", start=handed))
    team = record(StaffKey, ura=st.just(_PRACTICE), uzi=st.just("800000001")).map(StaffKey.party)
    who = st.one_of(parties, team, _close_people, st.just("patient"))
    roles = st.sampled_from([r for r in get_args(codes.TeamRole) if r != "hoofdbehandelaar"])
    for _ in range(draw(st.integers(0, 3))):
        start = started + timedelta(days=draw(st.integers(0, _BUSY)))
        length = None if running else draw(st.none() | st.integers(1, _BUSY))
        found.append(
            trajectory.Member(
                who=draw(who),
                role=draw(roles),
                start=start,
                end=None if length is None else start + timedelta(days=length),
            )
        )
    return tuple(found)


@st.composite
def trajectories(draw: st.DrawFn, *, running: bool = False) -> trajectory.Trajectory:
    started = draw(instants)
    ends = record(
        trajectory.TrajectoryEnd,
        on=st.just(started + timedelta(days=_BUSY + 10)),
        reason=one_of(codes.EndReason),
        decided_by=staff,
        no_successor_reason=maybe(texts),
        checklist=_checklists,
    )
    end = None if running else draw(maybe(ends))
    status = draw(one_of(trajectory.RunningStatus)) if end is None else "finished"
    steps = draw(_steps(started))
    history = [
        trajectory.EarlierStatus(
            status=draw(one_of(trajectory.RunningStatus)), start=start, end=stop
        )
        for start, stop in pairwise(draw(_cuts(started, 3)))
    ]
    return trajectory.Trajectory(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        referral=draw(logical_ids),
        practice=_PRACTICE,
        status=status,
        status_history=tuple(history),
        stepped_care=steps[-1].step if steps else draw(one_of(codes.SteppedCare)),
        steps=steps,
        started=started,
        phases=draw(_phases(started, None if end is None else end.on, status)),
        regie_holder=draw(staff),
        members=draw(_members(started, running=running)),
        end=end,
        synthetic=draw(st.booleans()),
    )


@st.composite
def closings_of(draw: st.DrawFn, running: trajectory.Trajectory, id_: str) -> Closing:
    """A closing after everything that happened."""
    return Closing(
        trajectory=id_,
        end_reason=draw(one_of(codes.EndReason)),
        on=running.started + timedelta(days=draw(st.integers(_BUSY + 10, 400))),
        decided_by=draw(staff),
        successor=draw(
            st.one_of(
                st.none(),
                parties,
                _close_people,
                st.just("patient"),
                record(NoSuccessor, not_needed_reason=texts),
            )
        ),
        continuing_parties=draw(some(uras)),
        checklist=draw(_checklists),
        synthetic=running.synthetic,
    )
