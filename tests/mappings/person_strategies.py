"""Hypothesis strategies: any patient, naaste and judgement of capacity that our models accept."""

from typing import Any, get_args

from hypothesis import strategies as st

from mappings.people import person_codes
from mappings.records import capacity, patient, related_person
from mappings.records.names import NameOrder
from mappings.records.parties import Party
from tests.mappings.strategies import (
    TEST_BSN,
    days,
    identifiers,
    keys,
    lines,
    logical_ids,
    maybe,
    moments,
    one_of,
    periods,
    record,
    some,
    staff,
    texts,
    uras,
)


@st.composite
def names(draw: st.DrawFn, *, least: int = 0) -> dict[str, Any]:
    """Fields of a name, with a given name or initial at least when `least` is 1."""
    use = draw(st.sampled_from(("official", "usual")))
    given = draw(some(lines, 3, 1 if use == "usual" else 0))
    initials = () if use == "usual" else draw(some(lines, 2, least if not given else 0))
    order = draw(maybe(st.sampled_from(get_args(NameOrder))))
    partner = None if order is None else draw(lines)
    return {
        "name_use": use,
        "family": draw(lines),
        "prefix": draw(maybe(lines)),
        "partner_family": partner,
        "partner_prefix": None if partner is None else draw(maybe(lines)),
        "name_order": order,
        "given": given,
        "initials": initials,
        "call_name": draw(maybe(lines)),
    }


addresses = record(
    patient.Address,
    street=lines,
    house_number=lines,
    house_number_suffix=maybe(lines),
    postal_code=lines,
    city=lines,
)
_languages = st.lists(st.sampled_from(("nl", "tr", "ar", "fy")), max_size=2, unique=True).flatmap(
    lambda found: st.tuples(
        *(
            record(
                patient.SpokenLanguage,
                language=st.just(language),
                preferred=maybe(st.booleans() if n == 0 else st.just(value=False)),
            )
            for n, language in enumerate(found)
        )
    )
)


@st.composite
def patient_fields(draw: st.DrawFn) -> dict[str, Any]:
    """Fields that a patient has by herself and as part of a referral."""
    return {
        **draw(names(least=1)),
        "identifier": draw(identifiers),
        "bsn": draw(maybe(st.sampled_from(TEST_BSN))),
        "birth_date": draw(days),
        "gender": draw(st.sampled_from(("male", "female", "other", "unknown"))),
        "address": draw(maybe(addresses)),
        "phone": draw(maybe(lines)),
        "deceased": draw(st.one_of(st.none(), st.just(value=True), moments)),
        "general_practitioner": draw(maybe(record(Party, ura=st.just("90000099")))),
        "pharmacy": draw(maybe(st.just("02009999"))),
        "identity_checks": draw(
            some(
                record(
                    patient.IdentityCheck,
                    document=one_of(person_codes.IdentityDocument),
                    on=days,
                    by=staff,
                ),
                2,
            )
        ),
        "living": draw(maybe(one_of(person_codes.LivingSituation))),
        "wlz_indication": draw(maybe(st.booleans())),
        "languages": draw(_languages),
        "interpreter": draw(maybe(st.booleans())),
        "communication_needs": draw(some(texts, 2)),
    }


@st.composite
def patients(draw: st.DrawFn) -> patient.PatientRecord:
    fields = draw(patient_fields())
    return patient.PatientRecord(**fields, practice=draw(uras), synthetic=draw(st.booleans()))


_representations = record(
    related_person.Representation,
    basis=one_of(person_codes.RepresentationBasis),
    rank=maybe(st.integers(1, 100)),
    period=periods(),
    evidence=maybe(record(related_person.Evidence, text=texts, seen_on=days, seen_by=staff)),
)
_needs = st.lists(
    record(
        related_person.SupportNeed,
        key=keys,
        text=texts,
        observed_on=moments,
        observed_by=staff,
    ),
    max_size=2,
    unique_by=lambda need: need.key,
).map(tuple)


@st.composite
def related_persons(draw: st.DrawFn) -> related_person.RelatedPerson:
    return related_person.RelatedPerson(
        **draw(names()),
        identifier=draw(identifiers),
        author=draw(uras),
        patient=draw(logical_ids),
        relation=draw(maybe(one_of(person_codes.FamilyRelation))),
        roles=draw(st.lists(one_of(person_codes.ContactRole), max_size=3, unique=True).map(tuple)),
        tasks=draw(some(texts, 2)),
        phone=draw(maybe(lines)),
        email=draw(maybe(lines)),
        address=draw(maybe(addresses)),
        active=draw(st.booleans()),
        period=draw(maybe(periods())),
        representations=draw(some(_representations, 2)),
        support_needs=draw(_needs),
        synthetic=draw(st.booleans()),
    )


@st.composite
def capacities(draw: st.DrawFn) -> capacity.Capacity:
    matter = draw(one_of(person_codes.CapacityMatter))
    return capacity.Capacity(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        matter=matter,
        about=draw(texts if matter == "other" else maybe(texts)),
        capable=draw(st.booleans()),
        assessed_on=draw(moments),
        assessed_by=draw(staff),
        reasoning=draw(maybe(texts)),
        synthetic=draw(st.booleans()),
    )
