"""Hypothesis strategies: any entry of the register that our models accept."""

from hypothesis import strategies as st

from mappings.directory import directory_codes
from mappings.records import directory
from mappings.toolkit import codes
from tests.mappings.strategies import (
    identifiers,
    lines,
    maybe,
    one_of,
    periods,
    record,
    some,
    texts,
    uras,
    uzis,
)

_emails = st.from_regex(r"\A[a-z]{1,8}@[a-z]{1,8}\.example\Z")
_agbs = st.integers(1_000_000, 99_999_999).map(lambda number: f"{number:08d}")
_addresses = record(
    directory.WorkAddress,
    street=lines,
    house_number=lines,
    house_number_suffix=maybe(lines),
    postal_code=lines,
    city=lines,
)
_contacts = record(
    directory.ContactPerson,
    family=lines,
    prefix=maybe(lines),
    given=some(lines),
    phone=maybe(lines),
    email=maybe(_emails),
)


@st.composite
def organisations(draw: st.DrawFn) -> directory.OrganisationEntry:
    kind = draw(one_of(codes.OrganisationKind))
    behind = maybe(uras) if kind == "meso" else st.none()
    return directory.OrganisationEntry(
        ura=draw(uras),
        agb=draw(maybe(_agbs)),
        name=draw(lines),
        kind=kind,
        type=draw(maybe(st.sampled_from(("Z3", "T2")))),
        phone=draw(maybe(lines)),
        email=draw(maybe(_emails)),
        address=draw(maybe(_addresses)),
        contact=draw(maybe(_contacts)),
        controller=draw(behind),
        contracting_party=draw(behind),
        synthetic=draw(st.booleans()),
    )


practitioners = record(
    directory.PractitionerEntry,
    uzi=uzis,
    family=lines,
    prefix=maybe(lines),
    given=some(lines),
    synthetic=st.booleans(),
)


@st.composite
def staff_entries(draw: st.DrawFn) -> directory.StaffEntry:
    ura = draw(uras)
    employments = record(
        directory.Employment,
        employer=uras.filter(lambda employer: employer != ura),
        period=maybe(periods()),
    )
    return directory.StaffEntry(
        ura=ura,
        uzi=draw(uzis),
        function=draw(one_of(codes.Function)),
        specialty=draw(maybe(st.sampled_from(("01.015", "01.047", "30.000")))),
        phone=draw(maybe(lines)),
        period=draw(maybe(periods())),
        active=draw(st.booleans()),
        employment=draw(maybe(employments)),
        synthetic=draw(st.booleans()),
    )


networks = record(
    directory.NetworkEntry,
    identifier=identifiers,
    keeper=uras,
    name=lines,
    kind=one_of(directory_codes.NetworkKind),
    scope=maybe(texts),
    contact=maybe(_contacts),
    members=st.lists(
        record(directory.NetworkMember, ura=uras, period=maybe(periods())),
        max_size=3,
        unique_by=lambda member: member.ura,
    ).map(tuple),
    synthetic=st.booleans(),
)
