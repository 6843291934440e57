"""An invented region over years: every record of it, in order, from one seed.

The same region, years, seed and key of ids give the same records. Nothing is read but the data
files beside the code: no clock, no settings. What is held in memory is one year's table of cases
and one patient at a time.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from random import Random
from typing import Final

from adapter.synthetic.cases import Case, cases_of_year
from adapter.synthetic.cast import Cast, build_cast, numbered, staff_key
from adapter.synthetic.citizens import TEST_NUMBERS, invent_patient, test_numbers
from adapter.synthetic.life.course import course
from adapter.synthetic.life.people import invent_naasten
from adapter.synthetic.life.scene import Scene
from adapter.synthetic.regional import RegionName, book
from adapter.synthetic.register import register
from adapter.synthetic.themes import choose_themes, phrases
from adapter.synthetic.timeline import ZONE
from mappings.anonymous.aggregate_codes import Indicator
from mappings.people.patient import patient_id
from mappings.records.anonymous_aggregate import (
    FEWEST_GPS,
    SMALLEST,
    AnonymousAggregate,
    Cell,
    Publication,
)
from mappings.records.anonymous_case import Advice, AnonymousCase, Fact
from mappings.records.base import Record
from mappings.records.parties import StaffKey
from mappings.toolkit.codes import END_REASON
from mappings.toolkit.identity import Ids

Told = tuple[str, Record]

_YEAR: Final = timedelta(days=365)
_CASES_A_YEAR: Final = 3
_GROUPS: Final = ("75 tot 80 jaar", "80 tot 85 jaar", "85 tot 90 jaar")


def records(region: RegionName, years: int, seed: int, ids: Ids) -> Iterator[Told]:
    """(kind, record) of everything that was written down in the region in these years.

    Records name each other by logical id, so `ids` are those of whoever maps them to FHIR.
    ValueError when there are more referrals than test numbers, or fewer years than one.
    """
    return chain.from_iterable(chapters(region, years, seed, ids))


def chapters(region: RegionName, years: int, seed: int, ids: Ids) -> Iterator[Iterator[Told]]:
    """The register, then each patient, at the end of a year what is not about anybody."""
    if years < 1:
        raise ValueError("a region lasts a year at least")
    if years > most_years(region):
        raise ValueError("more people than there are test numbers")
    data = book().regions[region]
    rng = _rng(region, seed, "start")
    cast = build_cast(region, rng)
    numbers = test_numbers(rng)
    until = datetime.combine(data.start + years * _YEAR, time(0), ZONE)
    yield register(cast)
    for year in range(years):
        first = data.start + year * _YEAR
        table = cases_of_year(data, book(), _rng(region, seed, f"year {year}"), first, until)
        for n, case in enumerate(table, start=1):
            own = _rng(region, seed, f"{year} {n}")
            scene = _scene(cast, ids, case, f"{year + 1}{n:04d}", next(numbers), own)
            yield course(scene, own)
        yield _without_patients(cast, table, year, first, _rng(region, seed, f"end {year}"))


def chapters_in(region: RegionName, years: int) -> int:
    """How many chapters there will be."""
    return 1 + years * (book().regions[region].referrals_per_year + 1)


def most_years(region: RegionName) -> int:
    return TEST_NUMBERS // book().regions[region].referrals_per_year


def _rng(region: RegionName, seed: int, what: str) -> Random:
    return Random(f"{region} {seed} {what}")  # noqa: S311 - a repeatable invention, no secret


def _scene(cast: Cast, ids: Ids, case: Case, number: str, bsn: str, rng: Random) -> Scene:
    shared = book()
    practice = rng.choice(cast.practices)
    so, nurse = rng.choice(cast.team["meso-so"]), rng.choice(cast.team["meso-nurse"])
    patient = invent_patient(
        rng,
        data=cast.data,
        practice=practice,
        number=number,
        bsn=bsn,
        ages=shared.under_ages if "under-age" in case.marks else shared.ages,
        on=case.timeline.referred.date(),
        wlz="wlz" in case.marks,
    )
    chosen = choose_themes(rng, rng.randrange(2, 5))
    represented = "representative" in case.marks
    naasten = invent_naasten(
        rng,
        cast=cast,
        nurse=nurse,
        patient=patient,
        patient_id=patient_id(patient, practice.house.ura, ids),
        number=number,
        themes=chosen,
        timeline=case.timeline,
        needed=represented
        or "naaste-at-mdo" in case.marks
        or any(theme.naaste for theme in chosen),
        represents=represented,
    )
    return Scene(
        cast=cast,
        ids=ids,
        case=case,
        number=number,
        practice=practice,
        patient=patient,
        themes=chosen,
        naasten=naasten,
        so=so,
        nurse=nurse,
    )


# --- what is about nobody ---------------------------------------------------------------------


def _without_patients(
    cast: Cast, table: list[Case], year: int, first: date, rng: Random
) -> Iterator[Told]:
    for n in range(1, _CASES_A_YEAR + 1):
        yield "anonymous-case", _anonymous_case(cast, f"{year + 1}-{n}", first, rng)
    for indicator, cells in _figures(table):
        yield "anonymous-aggregate", _aggregate(cast, indicator, cells, year, first)


def _anonymous_case(cast: Cast, number: str, first: date, rng: Random) -> AnonymousCase:
    question, history, advice = rng.choice(phrases().cases)
    session = first + timedelta(days=rng.randrange(40, 340))
    return AnonymousCase(
        identifier=numbered(cast.meso, f"casus-{number}"),
        asked_by=staff_key(rng.choice(cast.team["meso-so"])),
        advisor=StaffKey(ura=cast.hospital, uzi=f"9000{cast.data.number}9001"),
        question=question,
        facts=(
            Fact(topic="age-group", text=rng.choice(_GROUPS)),
            Fact(topic="history", text=history),
        ),
        format=f"https://{cast.meso.key}.example/casusformulier/2",
        medium="EMAILWRIT",
        sent_on=session - timedelta(days=10),
        session=session,
        advice=Advice(text=advice, given_on=session),
        synthetic=True,
    )


def _figures(table: list[Case]) -> Iterator[tuple[Indicator, tuple[Cell, ...]]]:
    total = len(table)
    outcomes = Counter(case.outcome for case in table)
    ends = Counter(case.end for case in table if case.end is not None)
    yield "referrals", (_cell("Verwijzingen", total, None),)
    yield "consults", (_cell("Eenmalige consulten", outcomes["consult"], total),)
    yield "trajectories", (_cell("MESO-trajecten", outcomes["trajectory"], total),)
    yield "not-taken-up", (_cell("Niet in behandeling genomen", outcomes["not-taken-up"], total),)
    closed = sum(ends.values())
    yield (
        "end-reasons",
        tuple(_cell(END_REASON.texts[end], ends[end], closed) for end in sorted(ends)),
    )


def _cell(label: str, count: int, of: int | None) -> Cell:
    """Small counts and small rests are suppressed (R-58)."""
    whole = None if of is None or of < SMALLEST else of
    if count < SMALLEST or (whole is not None and 0 < whole - count < SMALLEST):
        return Cell(label=label)
    return Cell(label=label, count=count, of=whole)


def _aggregate(
    cast: Cast, indicator: Indicator, cells: tuple[Cell, ...], year: int, first: date
) -> AnonymousAggregate:
    last = first + _YEAR - timedelta(days=1)
    made = last + timedelta(days=15)
    return AnonymousAggregate(
        identifier=numbered(cast.meso, f"cijfers-{year + 1}-{indicator}"),
        practice=cast.meso.ura,
        indicator=indicator,
        start=first,
        end=last,
        made_on=made,
        gps=max(FEWEST_GPS, len(cast.practices)),
        permissions=(f"toestemming {last:%Y-%m} van de maatschappen",),
        protocol_version="1.0",
        cells=cells,
        publications=(Publication(on=made + timedelta(days=20), recipient="Zorgverzekeraar"),),
        synthetic=True,
    )
