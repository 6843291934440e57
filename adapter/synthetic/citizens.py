"""Invented patients of a region, one after another, each with a citizen number of the test range."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from adapter.fhir.bsn import is_valid_bsn
from adapter.synthetic.cast import Practice, numbered
from adapter.synthetic.names import FAMILIES, MEN, STREETS, WOMEN
from adapter.synthetic.people import WOLDERINK
from adapter.synthetic.regional import RegionData
from adapter.synthetic.themes import phrases
from mappings.records.base import Text
from mappings.records.patient import Address, Patient, SpokenLanguage

TEST_NUMBERS: Final = 9_000  # people, at most: about one in eleven of the test range passes
_STEMS: Final = 10_000
_DAYS_A_YEAR: Final = 365.2425
_WOMEN_SHARE: Final = 0.62
_MARRIED: Final = 0.3
_SPEAKS_OTHERWISE: Final = 0.08
_HAS_NEEDS: Final = 0.3
_LANGUAGES: Final = ("tr", "ar", "id", "pl", "pt")


def test_numbers(rng: Random) -> Iterator[str]:
    """Different numbers that pass the eleven test and begin with 9999, in an order of their own.

    Without memory: the stems 0000 … 9999 are walked with a step that shares no factor with their
    number, and each has at most one last digit.
    """
    step, at = rng.randrange(_STEMS // 10) * 10 + 7, rng.randrange(_STEMS)
    for n in range(_STEMS):
        stem = f"9999{(at + step * n) % _STEMS:04d}"
        for digit in range(10):
            number = f"{stem}{digit}"
            if is_valid_bsn(number) and number != WOLDERINK.bsn:
                yield number


def invent_patient(
    rng: Random,
    *,
    data: RegionData,
    practice: Practice,
    number: str,
    bsn: str,
    ages: tuple[int, int],
    on: date,
    wlz: bool,
) -> Patient:
    """Somebody of this age on that day, on file at this practice under this number."""
    is_woman = rng.random() < _WOMEN_SHARE
    prefix, family = rng.choice(FAMILIES)
    years = rng.uniform(ages[0] + 0.1, ages[1] + 0.9)
    other = rng.choice(FAMILIES) if is_woman and rng.random() < _MARRIED else None
    return Patient(
        identifier=numbered(practice.house, number),
        bsn=bsn,
        family=family,
        prefix=prefix,
        partner_family=None if other is None else other[1],
        partner_prefix=None if other is None else other[0],
        name_order=None if other is None else rng.choice(("NL1", "NL3")),
        given=(rng.choice(WOMEN if is_woman else MEN),),
        birth_date=on - timedelta(days=int(years * _DAYS_A_YEAR)),
        gender="female" if is_woman else "male",
        address=address(rng, data),
        phone=f"085 999 {rng.randrange(5000, 9999)}",
        pharmacy=f"029999{data.number}{rng.randrange(1, 4)}",
        living="at-home" if rng.random() < _AT_HOME else "private-residence",
        wlz_indication=wlz,
        languages=_languages(rng),
        communication_needs=_needs(rng),
    )


_AT_HOME: Final = 0.93


def address(rng: Random, data: RegionData) -> Address:
    return Address(
        street=rng.choice(STREETS),
        house_number=str(rng.randrange(1, 180)),
        postal_code=data.postal_code.format(rng.randrange(1, 9)),
        city=data.city,
    )


def _languages(rng: Random) -> tuple[SpokenLanguage, ...]:
    if rng.random() >= _SPEAKS_OTHERWISE:
        return (SpokenLanguage(language="nl", preferred=True),)
    return (
        SpokenLanguage(language=rng.choice(_LANGUAGES), preferred=True),
        SpokenLanguage(language="nl"),
    )


def _needs(rng: Random) -> tuple[Text, ...]:
    return (rng.choice(phrases().communication),) if rng.random() < _HAS_NEEDS else ()
