"""Hypothesis strategies: any consent that our models accept, with exceptions of some levels."""

from typing import Any

from hypothesis import strategies as st

from mappings.consent import consent_codes
from mappings.consent.consent_codes import BASIC_ACTIONS, NAMED_ACTIONS
from mappings.records import consent
from mappings.records.consent_scope import ConsentException, ConsentParty
from mappings.toolkit import codes
from tests.mappings.strategies import (
    identifiers,
    instants,
    lines,
    logical_ids,
    maybe,
    moments,
    one_of,
    parties,
    periods,
    record,
    some,
    staff,
    systems,
    texts,
    uras,
    uzis,
)

_givers = st.one_of(st.just("patient"), record(consent.Representative, related_person=logical_ids))
_consent_parties = st.one_of(
    record(ConsentParty, ura=uras, role=maybe(one_of(codes.Function))),
    record(ConsentParty, ura=uras, uzi=uzis),
    record(ConsentParty, kind=one_of(codes.OrganisationKind)),
    record(ConsentParty, related_person=logical_ids),
)
_parts = st.tuples(st.sampled_from(("Task", "Goal", "CarePlan", "Consent")), logical_ids).map(
    "/".join
)
_documents = st.one_of(
    st.tuples(st.sampled_from(("DocumentReference", "Contract")), logical_ids).map("/".join),
    record(
        consent.ConsentDocument,
        title=maybe(lines),
        content_type=maybe(st.just("application/pdf")),
        url=systems,
        size=maybe(st.integers(0, 2_147_483_647)),
        hash=maybe(st.just("2jmj7l5rSw0yVb/vlWAYkK/YBwk=")),
        created=maybe(moments),
    ),
)
_purposes = some(one_of(consent_codes.Purpose), 2, 1)


def _actions(type_: consent_codes.ConsentType) -> st.SearchStrategy:
    named = NAMED_ACTIONS[type_]
    return some(st.sampled_from(named)) if named else st.just(())


def _exceptions(type_: consent_codes.ConsentType, depth: int) -> st.SearchStrategy:
    if depth == 0:
        return st.just(())
    by_category = type_ in {"CON-1", "CON-2", "CON-6"}
    fields: dict[str, Any] = {
        "effect": st.sampled_from(("permit", "deny")),
        "parties": some(_consent_parties, 2, 1),
        "actions": _actions(type_),
        "categories": some(one_of(consent_codes.DataCategory), 2) if by_category else st.just(()),
        "parts": some(_parts, 2),
        "authors": some(parties, 1),
        "data_period": maybe(periods()),
        "purposes": some(one_of(consent_codes.Purpose), 1),
        "period": maybe(periods()),
        "exceptions": _exceptions(type_, depth - 1),
    }
    return some(record(ConsentException, **fields), 2)


@st.composite
def consents(draw: st.DrawFn) -> consent.ConsentRecord:
    type_ = draw(one_of(consent_codes.ConsentType))
    by_category = type_ in {"CON-1", "CON-2", "CON-6"}
    kind = draw(one_of(consent_codes.ConsentKind))
    status = draw(st.sampled_from(sorted(consent.STATUSES[kind])))
    is_decided = kind in {"explicit", "refused"}
    form = draw(one_of(consent_codes.ConsentForm)) if is_decided else None
    party = draw(_consent_parties)
    withdrawals = record(
        consent.Withdrawal, on=moments, by=_givers, reason=maybe(texts), received_by=maybe(staff)
    )
    actions = draw(_actions(type_))
    return consent.ConsentRecord(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        type=type_,
        kind=kind,
        status=status,
        given_by=draw(_givers) if is_decided else None,
        recorded_by=draw(staff),
        given_to=draw(some(uras, 2, 1)),
        date_time=draw(moments),
        form=form,
        document=draw(maybe(_documents)) if form == "written" else None,
        party=party,
        also_for=draw(some(_consent_parties.filter(lambda other: other != party), 2)),
        actions=() if sorted(actions) == sorted(BASIC_ACTIONS[type_]) else actions,
        categories=draw(some(one_of(consent_codes.DataCategory))) if by_category else (),
        parts=() if type_ in {"CON-1", "CON-2"} else draw(some(_parts)),
        authors=draw(some(parties, 2)),
        data_period=draw(maybe(periods())),
        purposes=draw(_purposes),
        exceptions=draw(_exceptions(type_, 3)),
        trajectory=draw(logical_ids if kind == "explicit" else maybe(logical_ids)),
        referral=draw(maybe(logical_ids)),
        period=draw(periods() if kind == "explicit" else maybe(periods())),
        alignment=draw(maybe(lines)),
        explanation_given=draw(maybe(st.booleans())),
        legal_basis=draw(maybe(one_of(consent_codes.LegalBasis))),
        policies=draw(some(systems, 1)),
        gp_permission=draw(
            maybe(
                record(
                    consent.GpPermission,
                    document=logical_ids.map(lambda id_: f"DocumentReference/{id_}"),
                    given_by=staff,
                    on=moments,
                )
            )
        ),
        verifications=draw(
            some(
                record(
                    consent.Verification,
                    verified=st.booleans(),
                    verified_with=maybe(_givers),
                    on=maybe(st.one_of(moments, instants)),
                ),
                2,
            )
        ),
        withdrawal=draw(maybe(withdrawals)) if status == "inactive" else None,
        synthetic=draw(st.booleans()),
    )
