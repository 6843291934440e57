"""Hypothesis strategies: any intake decision, coordination request and episode in the HIS that our
models accept.
"""

from datetime import timedelta

from hypothesis import strategies as st

from mappings.records.base import Identifier
from mappings.records.coordination_request import CoordinationRequest, Indication, Triage
from mappings.records.his_episode import TITLE, HisEpisode
from mappings.records.intake_decision import Decider, IntakeDecision
from mappings.records.parties import StaffKey
from mappings.records.progress import Progress, Reason
from mappings.referral import coordination_codes
from mappings.toolkit import codes
from tests.mappings.strategies import (
    coded,
    identifiers,
    instants,
    logical_ids,
    maybe,
    notes,
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

_BSN = ("999900006", "999900018", "999900031")
_TAKEN_UP = ("accepted", "in-progress", "on-hold", "completed", "failed", "cancelled")
_later = st.integers(0, 500_000)  # seconds

_reasons = st.one_of(
    record(
        Reason,
        code=one_of(codes.StatusReason),
        text=maybe(texts),
        advised_step=maybe(one_of(codes.SteppedCare)),
    ),
    record(Reason, text=texts),
)
_why = record(Reason, code=maybe(one_of(codes.StatusReason)), text=texts)
_advice = record(
    Reason,
    code=one_of(codes.StatusReason),
    text=maybe(texts),
    advised_step=one_of(codes.SteppedCare),
)


@st.composite
def intake_decisions(draw: st.DrawFn) -> IntakeDecision:
    outcome = draw(st.sampled_from((None, "received", "weighing", "consult", "trajectory", "no")))
    decided = outcome in ("consult", "trajectory", "no")
    status, reason = draw(st.sampled_from(_TAKEN_UP)), draw(maybe(_reasons))
    if outcome == "no":
        outcome, status, reason = "not-taken-up", "rejected", draw(_advice)
    elif outcome == "trajectory":
        reason = draw(_why)
    elif not decided:
        status = draw(st.sampled_from(("received", "cancelled")))
    receiver = draw(uras)
    team = record(
        Decider,
        who=record(StaffKey, ura=st.just(receiver), uzi=uzis),
        function=one_of(codes.Function),
    )
    so = Decider(who=StaffKey(ura=receiver, uzi=draw(uzis)), function="meso-so")
    authored_on = draw(instants)
    return IntakeDecision(
        identifier=draw(identifiers),
        referral=draw(identifiers),
        authored_on=authored_on,
        priority=draw(maybe(one_of(codes.Priority))),
        referrer=draw(staff),
        receiver=receiver,
        patient=draw(logical_ids),
        bsn=draw(maybe(st.sampled_from(_BSN))),
        progress=Progress(
            status=status,
            status_reason=reason,
            business_status=outcome,
            execution_period=draw(maybe(periods())),
            notes=draw(some(notes)),
        ),
        deciders=(*draw(some(team, 2)), so) if decided else (),
        changed_on=authored_on + timedelta(seconds=draw(_later)),
        trajectory=draw(logical_ids) if outcome == "trajectory" else None,
        report=draw(maybe(logical_ids)) if outcome == "consult" else None,
        synthetic=draw(st.booleans()),
    )


_progress = record(
    Progress,
    status=st.sampled_from(("requested", "received", *_TAKEN_UP, "rejected")),
    status_reason=maybe(_reasons),
    execution_period=maybe(periods()),
    notes=some(notes),
)


@st.composite
def coordination_requests(draw: st.DrawFn) -> CoordinationRequest:
    authored_on = draw(instants)
    return CoordinationRequest(
        identifier=draw(identifiers),
        authored_on=authored_on,
        requester=draw(parties),
        requester_kind=draw(one_of(coordination_codes.CoordinationRequester)),
        receiver=draw(uras),
        patient=draw(logical_ids),
        care=draw(one_of(coordination_codes.CoordinatedCare)),
        urgency=draw(one_of(codes.Priority)),
        indication=draw(record(Indication, text=texts, code=maybe(coded))),
        triage=draw(maybe(record(Triage, outcome=texts, by=maybe(parties), on=maybe(instants)))),
        progress=draw(_progress),
        changed_on=authored_on + timedelta(seconds=draw(_later)),
        synthetic=draw(st.booleans()),
    )


@st.composite
def his_episodes(draw: st.DrawFn) -> HisEpisode:
    started = draw(instants)
    number: Identifier = draw(identifiers)
    return HisEpisode(
        identifier=number,
        title=TITLE,
        patient=draw(logical_ids),
        trajectory=draw(logical_ids),
        keeper=draw(uras),
        author=draw(staff),
        author_function="meso-so",
        started=started,
        ended=draw(maybe(st.integers(1, 400).map(lambda days: started + timedelta(days=days)))),
        written_on=draw(instants),
        findings=draw(maybe(texts)),
        advice=draw(maybe(texts)),
        policy=draw(maybe(texts)),
        synthetic=draw(st.booleans()),
    )
