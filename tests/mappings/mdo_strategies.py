"""Hypothesis strategies: any meeting that our models accept."""

from datetime import timedelta

from hypothesis import strategies as st

from mappings.mdo import mdo_codes
from mappings.plan import plan_codes
from mappings.records import mdo
from mappings.records.trajectory import ClosePerson
from mappings.toolkit import codes
from tests.mappings.strategies import (
    identifiers,
    instants,
    keys,
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

_counts = st.integers(1, 2_147_483_647)
_close = record(ClosePerson, related_person=logical_ids)
_outputs = record(
    mdo.Outputs,
    shared=some(texts),
    goals=some(keys),
    priorities=some(texts),
    agreements=some(keys),
    outlook=some(texts),
    scenarios=some(keys),
    wishes=some(texts),
)
_naasten = record(
    mdo.InvitedNaaste,
    related_person=logical_ids,
    consent=maybe(identifiers),
    response=one_of(mdo.Response),
    invited_at=maybe(instants),
)
_consultations = st.lists(
    record(
        mdo.Consultation,
        key=keys,
        who=st.one_of(parties, _close),
        when=one_of(mdo_codes.ConsultedWhen),
        on=instants,
        by=staff,
        note=maybe(texts),
    ),
    max_size=2,
    unique_by=lambda item: item.key,
).map(tuple)
_reports = record(
    mdo.Report,
    audience=st.one_of(parties, _close, st.just("patient")),
    document=st.tuples(st.sampled_from(("Composition", "DocumentReference")), logical_ids).map(
        "/".join
    ),
)


@st.composite
def _attendees(draw: st.DrawFn, chair: mdo.StaffKey) -> mdo.Attendee:
    who = draw(st.one_of(staff, st.just(chair)))
    start = draw(maybe(instants))
    end = None if start is None else draw(maybe(st.just(start + timedelta(minutes=20))))
    return mdo.Attendee(ura=who.ura, uzi=who.uzi, start=start, end=end)


@st.composite
def _meetings(
    draw: st.DrawFn, chair: mdo.StaffKey, *, has_naaste: bool, is_repeated: bool
) -> mdo.Held:
    start = draw(instants)
    reason = draw(texts if is_repeated else maybe(texts))
    return mdo.Held(
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 300))),
        attended=draw(some(_attendees(chair), 3, 1)),
        patient_attended=draw(st.booleans()),
        naaste_attended=has_naaste and draw(st.booleans()),
        repeat_kind=None if reason is None else draw(maybe(one_of(mdo_codes.RepeatReason))),
        repeat_reason=reason,
        outputs=draw(_outputs),
        reports=draw(some(_reports, 2)),
    )


@st.composite
def mdos(draw: st.DrawFn) -> mdo.Mdo:
    chair, coordinator = draw(staff), draw(maybe(staff))
    leaders = {who.party() for who in (chair, coordinator) if who is not None}
    invited = record(
        mdo.Invitee,
        party=parties,
        function=one_of(codes.Function),
        consent=maybe(identifiers),
        response=one_of(mdo.Response),
        involvement=maybe(one_of(mdo_codes.InviteeInvolvement)),
        invited_at=maybe(instants),
    ).filter(lambda invitee: invitee.party not in leaders)
    naaste, sequence = draw(maybe(_naasten)), draw(maybe(_counts))
    held = draw(
        maybe(_meetings(chair, has_naaste=naaste is not None, is_repeated=(sequence or 1) > 1))
    )
    status = draw(one_of(mdo.MdoStatus)) if held is None else "booked"
    is_timed = status in {"pending", "booked"} or draw(st.booleans())
    start = draw(instants) if is_timed else None
    return mdo.Mdo(
        identifier=draw(identifiers),
        trajectory=draw(logical_ids),
        referral=draw(maybe(logical_ids)),
        patient=draw(logical_ids),
        status=status,
        start=start,
        end=None if start is None else start + timedelta(minutes=draw(st.integers(1, 300))),
        form=draw(one_of(plan_codes.MdoForm)),
        sequence=sequence,
        organiser=draw(uras),
        chair=chair,
        coordinator=coordinator,
        agenda=draw(record(mdo.PlanKey, ura=uras, identifier=identifiers, version=maybe(_counts))),
        invitees=draw(
            st.lists(invited, max_size=3, unique_by=lambda invitee: invitee.party).map(tuple)
        ),
        patient_invited=draw(st.booleans()),
        naaste=naaste,
        indication=draw(maybe(texts)),
        cancelled_because=draw(maybe(texts)) if status == "cancelled" else None,
        consultations=draw(_consultations),
        held=held,
        synthetic=draw(st.booleans()),
    )
