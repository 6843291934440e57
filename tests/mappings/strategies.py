"""Hypothesis strategies: any record that our models accept, one strategy per kind.

Times carry whole-minute offsets, as FHIR writes them; texts hold what JSON and FHIR can carry.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

from hypothesis import strategies as st

from mappings.records import referral, referral_context
from mappings.records.base import Coded, Identifier, Period
from mappings.records.parties import Party, StaffKey
from mappings.records.progress import Note
from mappings.referral import referral_codes
from mappings.toolkit import codes

TEST_BSN = ("999900006", "999900018", "999900031", "999900043")
_LETTERS = st.characters(
    codec="utf-8", exclude_characters="|", categories=("L", "N", "P", "S", "Zs")
)


def record(kind: type, /, **fields: st.SearchStrategy) -> st.SearchStrategy:
    """Records by field name; `st.builds` would ask for the aliases too."""
    return st.fixed_dictionaries(fields).map(lambda found: kind(**found))


lines = st.text(_LETTERS, min_size=1, max_size=30).filter(str.strip)
texts = st.text(st.one_of(_LETTERS, st.sampled_from("\n\t|")), min_size=1, max_size=60).filter(
    str.strip
)
uras = st.integers(90_000_000, 90_000_030).map(str)
uzis = st.integers(900_000_000, 900_000_030).map(str)
logical_ids = st.from_regex(r"\A[a-z][A-Za-z0-9\-.]{0,20}\Z")
keys = st.from_regex(r"\A[a-z0-9][a-z0-9\-]{0,10}\Z")
systems = st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z]{1,8}\Z")
identifiers = record(Identifier, system=systems, value=lines)
staff = record(StaffKey, ura=uras, uzi=uzis)
parties = st.one_of(record(Party, ura=uras), staff.map(StaffKey.party))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
instants = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 # hypothesis wants bounds without a zone
    datetime(2030, 1, 1),  # noqa: DTZ001 # and adds the zone itself
    timezones=st.one_of(st.just(UTC), zones),
)
moments = st.one_of(days, instants)
coded = record(Coded, system=systems, code=keys, display=st.none() | lines)


def some(element: st.SearchStrategy, most: int = 3, least: int = 0) -> st.SearchStrategy:
    return st.lists(element, min_size=least, max_size=most).map(tuple)


def maybe(element: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | element


def one_of(literal: object) -> st.SearchStrategy:
    return st.sampled_from(get_args(literal))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(moments)
    end = draw(st.none() | st.integers(2, 1000))
    return Period(start=start, end=None if end is None else start + timedelta(days=end))


# --- referral -----------------------------------------------------------------------------------

_addresses = record(
    referral.Address,
    street=lines,
    house_number=lines,
    house_number_suffix=maybe(lines),
    postal_code=lines,
    city=lines,
)
_patients = record(
    referral.Patient,
    identifier=identifiers,
    bsn=maybe(st.sampled_from(TEST_BSN)),
    family=lines,
    prefix=maybe(lines),
    given=some(lines, 3, 1),
    birth_date=days,
    gender=st.sampled_from(("male", "female", "other", "unknown")),
    address=maybe(_addresses),
    phone=maybe(lines),
    deceased=st.one_of(st.none(), st.just(True), moments),
    general_practitioner=maybe(record(Party, ura=st.just("90000099"))),
)
_problems = record(
    referral.Problem,
    identifier=identifiers,
    domain=one_of(codes.ProblemDomain),
    text=texts,
    code=maybe(coded),
)
_agreements = record(
    referral.Agreement,
    agreed=st.booleans(),
    agreed_on=moments,
    recorded_by=staff,
    explanation_given=maybe(st.booleans()),
    access_identifier=maybe(identifiers),
    actions_identifier=maybe(identifiers),
)
_involved = st.one_of(
    record(referral_context.Involved, kind=st.just("formal"), party=parties, role=maybe(lines)),
    record(
        referral_context.Involved,
        kind=one_of(referral_codes.Involvement),
        name=lines,
        role=maybe(lines),
    ),
)
_supplied = record(referral_context.Supplied, what=lines, document=maybe(identifiers))
_finance = st.one_of(
    record(referral_context.Finance, route=lines),
    record(
        referral_context.Finance,
        insurer=st.from_regex(r"\A[0-9]{4}\Z"),
        insurer_name=maybe(lines),
        route=maybe(lines),
    ),
)
notes = record(Note, text=texts, author=maybe(parties), time=maybe(instants))
referrals = record(
    referral.Referral,
    identifier=identifiers,
    task_identifier=maybe(
        record(Identifier, system=st.just("urn:ietf:rfc:3986"), value=st.just("urn:uuid:t"))
    ),
    authored_on=instants,
    requested_service=one_of(codes.RequestedService),
    stepped_care=one_of(codes.SteppedCare),
    referrer=staff,
    receiver=record(referral.Receiver, ura=uras),
    patient=_patients,
    question=texts,
    complexity=one_of(codes.Complexity),
    home_visit=st.booleans(),
    problems=st.lists(
        _problems, min_size=1, max_size=3, unique_by=lambda problem: problem.identifier
    ).map(tuple),
    tried=some(texts),
    involved=some(_involved),
    supplied=some(_supplied),
    finance=maybe(_finance),
    notes=some(notes),
    priority=maybe(one_of(codes.Priority)),
    agreement=maybe(_agreements),
    synthetic=st.booleans(),
)
