"""Invented patients, the same for the same seed, each with a fate.

Shares of fates: requirements 8.3 (15 % one consult, 5 % not taken up, 80 % trajectory, some of
them closed). They are parameters of a test set, not findings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Final, Literal

from adapter.fhir.bsn import is_valid_bsn
from adapter.synthetic.names import FAMILIES, MEN, STREETS, WOMEN

Gender = Literal["female", "male"]
_DAYS_A_YEAR: Final = 365.2425
_TEST_PREFIX: Final = "9999"
_TEST_NUMBERS: Final = 100_000
_MOST: Final = 8_000  # one in eleven passes; the last ones would be a long search
_WOMEN_SHARE: Final = 0.62
_FIRST_PRACTICE_SHARE: Final = 0.6
_YOUNGER_SHARE: Final = 0.04


class Fate(StrEnum):
    """What becomes of somebody in this region."""

    STORY = "story"  # mevrouw Wolderink: the demo tells it step by step
    NOT_REFERRED = "not-referred"
    WEIGHING = "weighing"
    CONSULT = "consult"
    NOT_TAKEN_UP = "not-taken-up"
    TRAJECTORY = "trajectory"  # open, with a published plan
    NO_ACCESS = "no-access"  # trajectory; the patient said no to the GP record
    WITHDRAWN = "withdrawn"  # trajectory; sharing with the partner was withdrawn
    CLOSED = "closed"
    DECEASED = "deceased"


_SHARES: Final[Mapping[Fate, float]] = {
    Fate.NOT_REFERRED: 0.12,
    Fate.WEIGHING: 0.08,
    Fate.CONSULT: 0.13,
    Fate.NOT_TAKEN_UP: 0.045,
    Fate.NO_ACCESS: 0.04,
    Fate.WITHDRAWN: 0.04,
    Fate.CLOSED: 0.17,
    Fate.DECEASED: 0.07,
    Fate.TRAJECTORY: 0.305,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person. `number` is what her GP practice calls her, unique in the region."""

    number: str
    bsn: str
    given: str
    family: str
    prefix: str | None
    birth_date: date
    gender: Gender
    street: str
    house_number: str
    postal_code: str
    phone: str
    practice: int  # index in PRACTICES
    fate: Fate

    @property
    def title(self) -> str:
        """How a story names her; never for a log or an error."""
        return "mevrouw" if self.gender == "female" else "meneer"


WOLDERINK: Final = Person(
    number="W-0001",
    bsn="999900006",
    given="Geesje",
    family="Wolderink",
    prefix=None,
    birth_date=date(1942, 3, 14),
    gender="female",
    street="Fabelpad",
    house_number="84",
    postal_code="6883 ZZ",
    phone="085 999 8484",
    practice=0,
    fate=Fate.STORY,
)


def invent_people(rng: Random, count: int, today: date) -> Iterator[Person]:
    """`count` people: first mevrouw Wolderink, then the others with their fates in proportion."""
    if count < 1:
        raise ValueError("a region has at least one patient")
    others = count - 1
    if others > _MOST:
        raise ValueError("more people than there are test numbers")
    yield WOLDERINK
    bsns = _test_bsns(rng, others)
    fates = _apportion(others)
    rng.shuffle(fates)
    for n, (bsn, fate) in enumerate(zip(bsns, fates, strict=True), start=2):
        yield _invent(rng, n, bsn, fate, today)


def _test_bsns(rng: Random, count: int) -> list[str]:
    """Different numbers of the test range that pass the eleven test."""
    found: dict[str, None] = {}
    while len(found) < count:
        bsn = f"{_TEST_PREFIX}{rng.randrange(_TEST_NUMBERS):05d}"
        if is_valid_bsn(bsn) and bsn != WOLDERINK.bsn:
            found[bsn] = None
    return list(found)


def _apportion(count: int) -> list[Fate]:
    """Whole people from shares, by largest remainder; every fate occurs when there is room."""
    exact = {fate: share * count for fate, share in _SHARES.items()}
    whole = {fate: int(value) for fate, value in exact.items()}
    by_remainder = sorted(_SHARES, key=lambda fate: whole[fate] - exact[fate])
    for fate in by_remainder[: count - sum(whole.values())]:
        whole[fate] += 1
    for fate in [fate for fate in _SHARES if whole[fate] == 0] if count >= len(_SHARES) else []:
        whole[max(whole, key=whole.__getitem__)] -= 1
        whole[fate] += 1
    return [fate for fate, number in whole.items() for _ in range(number)]


def _invent(rng: Random, n: int, bsn: str, fate: Fate, today: date) -> Person:
    gender: Gender = "female" if rng.random() < _WOMEN_SHARE else "male"
    given = rng.choice(WOMEN if gender == "female" else MEN)
    prefix, family = FAMILIES[(n * 7 + rng.randrange(3)) % len(FAMILIES)]
    practice = 0 if rng.random() < _FIRST_PRACTICE_SHARE or fate is Fate.NOT_REFERRED else 1
    return Person(
        number=f"{'WS'[practice]}-{n:04d}",
        bsn=bsn,
        given=given,
        family=family,
        prefix=prefix,
        birth_date=_birth_date(rng, today),
        gender=gender,
        street=rng.choice(STREETS),
        house_number=str(rng.randrange(1, 180)),
        postal_code=f"688{rng.randrange(1, 5)} ZZ",
        phone=f"085 999 {rng.randrange(2000, 8000)}",
        practice=practice,
        fate=fate,
    )


def _birth_date(rng: Random, today: date) -> date:
    """Between 65 and 97 years old; 4 in 100 are younger."""
    low, high = (52, 64) if rng.random() < _YOUNGER_SHARE else (65, 97)
    years = rng.uniform(low + 0.1, high + 0.9)
    return today - timedelta(days=int(years * _DAYS_A_YEAR))
