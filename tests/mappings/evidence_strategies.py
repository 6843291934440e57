"""Hypothesis strategies: any agreement, authorisation, evidence and log line of our models."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from mappings.agreements import agreement_codes
from mappings.log import log_codes
from mappings.records import (
    log_entry,
    per_abuis_note,
    relation_evidence,
    staff_authorisation,
    user_agreement,
)
from mappings.toolkit import codes
from tests.mappings.strategies import (
    days,
    identifiers,
    instants,
    keys,
    lines,
    logical_ids,
    maybe,
    one_of,
    periods,
    record,
    some,
    staff,
    systems,
    texts,
    uras,
    uzis,
)

_months = st.integers(1, 120)
_lengths = st.integers(1, 400).map(lambda count: timedelta(days=count))
_initials = st.from_regex(r"\A[A-Z]{1,4}\Z")
_seconds = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 # hypothesis wants bounds without a zone
    datetime(2030, 1, 1),  # noqa: DTZ001 # and adds the zone itself
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))


@st.composite
def user_agreements(draw: st.DrawFn) -> user_agreement.UserAgreement:
    gp, meso = draw(st.lists(uras, min_size=2, max_size=2, unique=True))
    start, notified = draw(days), draw(days)
    whole = record(user_agreement.ImmediateEnd, on=instants, by=one_of(user_agreement.Signatory))
    alone = st.lists(
        record(user_agreement.ImmediateEnd, on=instants, by=staff),
        max_size=2,
        unique_by=lambda end: end.by,
    )
    defaults = record(
        user_agreement.Default,
        notified_on=st.just(notified),
        of=one_of(user_agreement.Signatory),
        repaired_on=maybe(_lengths.map(lambda length: notified + length)),
    )
    return user_agreement.UserAgreement(
        identifier=draw(identifiers),
        gp_partnership=gp,
        meso_practice=meso,
        document=draw(lines),
        signed_on=draw(days),
        start=start,
        expires=draw(maybe(_lengths.map(lambda length: start + length))),
        duration_months=draw(_months),
        tacit_renewal=draw(st.booleans()),
        notice_months=draw(_months),
        notice=draw(
            maybe(record(user_agreement.Notice, on=days, by=one_of(user_agreement.Signatory)))
        ),
        default=draw(maybe(defaults)),
        ends=(*draw(some(whole, 1)), *draw(alone)),
        synthetic=draw(st.booleans()),
    )


@st.composite
def _suspensions(draw: st.DrawFn) -> staff_authorisation.Suspension:
    start = draw(instants)
    return staff_authorisation.Suspension(
        start=start,
        end=draw(maybe(_lengths.map(lambda length: start + length))),
        decided_by=draw(some(staff, 2, 1)),
        reason=draw(maybe(texts)),
    )


staff_authorisations = record(
    staff_authorisation.StaffAuthorisation,
    identifier=identifiers,
    staff=staff,
    secrecy_statement=maybe(days),
    code_of_conduct=maybe(
        record(
            staff_authorisation.CodeOfConduct,
            name=lines,
            practice=lines,
            employer=uras,
            signed_by_employee=maybe(days),
            signed_by_employer=maybe(days),
        )
    ),
    evaluations=some(days),
    authorisations=some(
        record(
            staff_authorisation.Authorisation,
            by=staff,
            period=periods(),
            operations=st.lists(
                one_of(agreement_codes.HisOperation), min_size=1, max_size=3, unique=True
            ).map(tuple),
            written_addition=maybe(lines),
        )
    ),
    suspensions=some(_suspensions()),
    synthetic=st.booleans(),
)


@st.composite
def relations(draw: st.DrawFn) -> relation_evidence.RelationEvidence:
    practice, on = draw(uras), draw(instants)
    acceptances = record(
        relation_evidence.Acceptance,
        on=st.just(on),
        by=staff.map(lambda who: who.model_copy(update={"ura": practice})),
        trajectory=logical_ids,
    )
    acceptance = draw(maybe(acceptances))
    ends = record(
        relation_evidence.RelationEnd,
        on=_lengths.map(lambda length: on + length),
        reason=one_of(codes.EndReason),
    )
    return relation_evidence.RelationEvidence(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        practice=practice,
        referral=draw(logical_ids),
        referred_by=draw(staff),
        referred_on=draw(instants),
        acceptance=acceptance,
        end=None if acceptance is None else draw(maybe(ends)),
        synthetic=draw(st.booleans()),
    )


_users = record(
    log_entry.LogUser,
    uzi=uzis,
    staff=maybe(logical_ids),
    function=maybe(one_of(codes.Function)),
    name=maybe(lines),
    code=maybe(_initials),
    policy=maybe(keys),
)
_his = record(
    log_entry.HisLine,
    access=st.sampled_from(("own-practice", "outside")),
    channel=st.sampled_from(("own", "other-practice", "lsp")),
    action=maybe(lines),
    screen=maybe(lines),
)


@st.composite
def log_entries(draw: st.DrawFn) -> log_entry.LogEntry:
    controls = draw(maybe(st.from_regex(r"\A[TF]{4}\Z")))
    emergencies = record(log_entry.Emergency, reason=maybe(texts))
    pressed = draw(st.booleans()) if controls is None else controls[3] == "T"
    outcome = draw(st.sampled_from(("0", "4", "8", "12")))
    shown = record(
        log_entry.Shown,
        type=st.sampled_from(("Task", "CarePlan")),
        id=logical_ids,
        version=maybe(st.integers(1, 99)),
    )
    what = draw(maybe(shown)) if outcome == "0" else None
    patient = draw(maybe(logical_ids))
    versioned = st.tuples(logical_ids, st.sampled_from(("", "/_history/2"))).map("".join)
    return log_entry.LogEntry(
        stream=draw(st.from_regex(r"\A[a-z0-9]([a-z0-9.\-]{0,8}[a-z0-9])?\Z")),
        seq=draw(st.integers(1, 10**18)),
        at=draw(_seconds),
        request=draw(lines),
        client=draw(lines),
        server=draw(systems),
        interaction=draw(
            st.one_of(one_of(log_codes.RestfulInteraction), one_of(log_codes.AuditSubtype))
        ),
        outcome=outcome,
        status=draw(maybe(st.integers(100, 599))),
        controls=controls,
        rule=draw(maybe(st.sampled_from(("R-5", "absent")))),
        purpose=draw(maybe(st.sampled_from(("TREAT", "HOPERAT")))),
        emergency=draw(emergencies) if pressed else None,
        user=draw(maybe(_users)),
        organisation=draw(maybe(uras)),
        custodian=draw(maybe(uras)),
        responsible=draw(
            maybe(record(log_entry.Responsible, uzi=uzis, name=maybe(lines), code=maybe(_initials)))
        ),
        patient=patient,
        patient_key=None if patient is not None else draw(maybe(lines)),
        shown=what,
        target=None if what is not None else draw(maybe(texts)),
        query=draw(maybe(texts)),
        relation=draw(maybe(lines)),
        consent=draw(maybe(versioned)),
        detail=draw(maybe(texts)),
        his=draw(maybe(_his)),
        added=draw(some(identifiers)),
        synthetic=draw(st.booleans()),
    )


per_abuis_notes = record(
    per_abuis_note.PerAbuisNote,
    identifier=identifiers,
    patient=logical_ids,
    line=logical_ids,
    by=staff,
    initials=_initials,
    date=days,
    noted_at=_seconds,
    synthetic=st.booleans(),
)
