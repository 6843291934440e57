"""Hypothesis strategies: any meeting, trajectory, closing and register entry that our models accept."""

from datetime import timedelta

from hypothesis import strategies as st

from mappings import codes, plan_codes
from mappings.records import directory, mdo, trajectory
from mappings.records.closing import Closing, NoSuccessor
from tests.mappings.strategies import (
    identifiers,
    instants,
    keys,
    lines,
    logical_ids,
    maybe,
    one_of,
    parties,
    periods,
    record,
    some,
    staff,
    texts,
    uras,
    uzis,
)

_outputs = record(
    mdo.Outputs,
    shared=some(texts),
    goals=some(keys),
    priorities=some(texts),
    agreements=some(keys),
    outlook=some(texts),
)


@st.composite
def mdos(draw: st.DrawFn) -> mdo.Mdo:
    start = draw(instants)
    naaste = draw(
        maybe(
            record(
                mdo.InvitedNaaste,
                related_person=logical_ids,
                consent=maybe(identifiers),
                response=one_of(mdo.Response),
            )
        )
    )
    chair = draw(staff)
    invited = record(
        mdo.Invitee,
        party=parties,
        function=one_of(codes.Function),
        consent=maybe(identifiers),
        response=one_of(mdo.Response),
    ).filter(lambda invitee: invitee.party != chair.party())
    held_start = draw(instants)
    held = record(
        mdo.Held,
        start=st.just(held_start),
        end=st.just(held_start + timedelta(minutes=draw(st.integers(1, 300)))),
        attended=some(st.one_of(staff, st.just(chair)), 3, 1),
        patient_attended=st.booleans(),
        naaste_attended=st.booleans() if naaste is not None else st.just(False),
        repeat_reason=maybe(texts),
        outputs=_outputs,
    )
    return mdo.Mdo(
        identifier=draw(identifiers),
        trajectory=draw(logical_ids),
        patient=draw(logical_ids),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 300))),
        form=draw(one_of(plan_codes.MdoForm)),
        organiser=draw(uras),
        chair=chair,
        agenda=draw(record(mdo.PlanKey, ura=uras, identifier=identifiers)),
        invitees=draw(
            st.lists(invited, max_size=3, unique_by=lambda invitee: invitee.party).map(tuple)
        ),
        naaste=naaste,
        held=draw(maybe(held)),
        synthetic=draw(st.booleans()),
    )


_checks = record(
    trajectory.Check,
    point=one_of(codes.ClosingCheck),
    met=st.booleans(),
    remark=maybe(texts),
)


@st.composite
def trajectories(draw: st.DrawFn, *, running: bool = False) -> trajectory.Trajectory:
    started = draw(instants)
    who = st.one_of(
        parties,
        record(trajectory.ClosePerson, related_person=logical_ids),
        st.just("patient"),
    )

    def member() -> trajectory.Member:
        start = started + timedelta(days=draw(st.integers(0, 100)))
        length = None if running else draw(st.none() | st.integers(1, 100))
        return trajectory.Member(
            who=draw(who),
            role=draw(one_of(codes.TeamRole)),
            start=start,
            end=None if length is None else start + timedelta(days=length),
        )

    ends = record(
        trajectory.TrajectoryEnd,
        on=st.just(started + timedelta(days=draw(st.integers(1, 400)))),
        reason=one_of(codes.EndReason),
        decided_by=staff,
        no_successor_reason=maybe(texts),
        checklist=some(_checks),
    )
    return trajectory.Trajectory(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        referral=draw(logical_ids),
        practice=draw(uras),
        stepped_care=draw(one_of(codes.SteppedCare)),
        started=started,
        regie_holder=draw(staff),
        members=tuple(member() for _ in range(draw(st.integers(1, 4)))),
        end=None if running else draw(maybe(ends)),
        synthetic=draw(st.booleans()),
    )


@st.composite
def closings_of(draw: st.DrawFn, running: trajectory.Trajectory, id_: str) -> Closing:
    return Closing(
        trajectory=id_,
        end_reason=draw(one_of(codes.EndReason)),
        on=running.started + timedelta(days=draw(st.integers(101, 400))),
        decided_by=draw(staff),
        successor=draw(st.one_of(st.none(), parties, record(NoSuccessor, not_needed_reason=texts))),
        continuing_parties=draw(some(uras)),
        checklist=draw(some(_checks)),
        synthetic=running.synthetic,
    )


entries = st.one_of(
    record(
        directory.OrganisationEntry,
        ura=uras,
        name=lines,
        kind=one_of(codes.OrganisationKind),
        type=maybe(st.sampled_from(("Z3", "T2"))),
        phone=maybe(lines),
        synthetic=st.booleans(),
    ),
    record(
        directory.PractitionerEntry,
        uzi=uzis,
        family=lines,
        prefix=maybe(lines),
        given=some(lines),
        synthetic=st.booleans(),
    ),
    record(
        directory.StaffEntry,
        ura=uras,
        uzi=uzis,
        function=one_of(codes.Function),
        specialty=maybe(st.sampled_from(("01.015", "01.047", "30.000"))),
        phone=maybe(lines),
        period=maybe(periods()),
        active=st.booleans(),
        synthetic=st.booleans(),
    ),
)
