"""The invented region: repeatable, plausible, and nobody in it is real."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.fhir.bsn import is_test_bsn
from adapter.fhir.constants import htest
from adapter.fhir.validation import validate
from adapter.synthetic import network
from adapter.synthetic.people import Fate
from adapter.synthetic.referrals import referral
from adapter.synthetic.region import Region, build_region
from mappings.records.base import parse_record
from mappings.records.referral import Referral

TODAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SIZES = st.integers(min_value=1, max_value=120)


@pytest.fixture(scope="module")
def velp() -> Region:
    return build_region(TODAY)


def test_the_same_seed_gives_the_same_region(velp: Region) -> None:
    assert build_region(TODAY) == velp


def test_another_seed_gives_other_people(velp: Region) -> None:
    assert build_region(TODAY, seed=2).patients[1:] != velp.patients[1:]


def test_the_first_patient_is_mevrouw_wolderink_of_84(velp: Region) -> None:
    first = velp.patients[0]
    assert (first.given, first.family, TODAY.year - first.birth_date.year) == (
        "Geesje",
        "Wolderink",
        84,
    )


@given(seed=st.integers(min_value=0, max_value=10_000), size=SIZES)
@settings(max_examples=25)
def test_every_citizen_number_is_of_the_test_range_and_used_once(seed: int, size: int) -> None:
    numbers = [person.bsn for person in build_region(TODAY, seed=seed, patients=size).patients]
    assert all(map(is_test_bsn, numbers))
    assert len(set(numbers)) == size


@given(size=SIZES)
@settings(max_examples=25)
def test_a_region_has_the_size_that_was_asked(size: int) -> None:
    assert len(build_region(TODAY, patients=size).patients) == size


def test_a_region_without_patients_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        build_region(TODAY, patients=0)


def test_ages_lie_between_52_and_97(velp: Region) -> None:
    ages = [(TODAY - person.birth_date).days / 365.2425 for person in velp.patients]
    assert min(ages) >= 52
    assert max(ages) < 98


def test_every_fate_occurs(velp: Region) -> None:
    assert {person.fate for person in velp.patients} == set(Fate)


def test_fates_keep_the_shares_of_the_practice_in_velp() -> None:
    fates = Counter(person.fate for person in build_region(TODAY, patients=1001).patients)
    referred = 1000 - fates[Fate.NOT_REFERRED] - fates[Fate.WEIGHING]
    assert fates[Fate.CONSULT] / referred == pytest.approx(0.15, abs=0.02)
    assert fates[Fate.NOT_TAKEN_UP] / referred == pytest.approx(0.05, abs=0.01)


def test_every_record_at_the_source_is_valid_fhir(velp: Region) -> None:
    resources = [item for record in velp.gp_records.values() for item in record]
    assert [issue for item in resources for issue in validate(item)] == []


def test_every_record_at_the_source_is_marked_as_a_test(velp: Region) -> None:
    for record in velp.gp_records.values():
        assert all(htest() in item["meta"]["security"] for item in record)


def test_every_patient_has_a_record_at_her_own_practice(velp: Region) -> None:
    held = {
        identifier["value"]
        for ura in velp.gp_records
        for item in velp.gp_records[ura]
        if item["resourceType"] == "Patient"
        for identifier in item["identifier"]
    }
    assert {person.bsn for person in velp.patients} <= held


def test_every_referral_is_a_referral_record(velp: Region) -> None:
    for person in velp.patients:
        sent = referral(person, MOMENT, Random(1))
        assert parse_record(Referral, sent).synthetic


def test_a_patient_who_said_no_is_referred_without_agreement(velp: Region) -> None:
    (person,) = velp.with_fate(Fate.NO_ACCESS)
    assert referral(person, MOMENT, Random(1))["agreement"]["agreed"] is False


def test_the_nurse_with_two_jobs_is_one_person_in_two_organisations() -> None:
    first, second = network.member("ait-ouali"), network.member("ait-ouali-kwartel")
    assert first.uzi == second.uzi
    assert first.ura != second.ura


def test_the_platform_acts_for_one_provider_by_processor_agreement() -> None:
    mine = {a.ura: a.basis for a in network.ACTS_FOR if a.client == network.SAMENSPEL.client}
    assert mine.keys() == {network.SAMENSPEL.ura, network.RIETKRAAG.ura}
    assert mine[network.RIETKRAAG.ura].startswith("verwerkersovereenkomst")


def test_no_member_works_for_an_unknown_organisation() -> None:
    known = {party.ura for party in network.ORGANISATIONS}
    assert {member.ura for member in network.MEMBERS} <= known
