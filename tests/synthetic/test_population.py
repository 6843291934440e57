"""Invented regions over years: repeatable, in proportion, complete in rare cases, and nobody real."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapter.fhir.bsn import is_test_bsn
from adapter.fhir.constants import htest
from adapter.fhir.json import encode
from adapter.fhir.sieve import faults
from adapter.synthetic import names
from adapter.synthetic.cases import apportion
from adapter.synthetic.citizens import test_numbers as numbers_in_order
from adapter.synthetic.population import chapters, chapters_in, most_years, records
from adapter.synthetic.regional import REGION_NAMES, RegionName, book
from adapter.synthetic.tally import RARE_CASES, Tally
from adapter.synthetic.themes import phrases, themes
from mappings.anonymous.anonymity import identifying, timeliness
from mappings.consent import consent_rules
from mappings.kinds import KINDS
from mappings.mdo import mdo_warnings
from mappings.people.related_person import related_person_id
from mappings.records.base import Record, parse_record
from mappings.toolkit.identity import Ids
from mappings.translate import record_json

IDS = Ids(b"key of the tests of regions, none")
SEED = 1124
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 12  # of each kind in each region
SHARE_OFF = 0.04  # whole people from small shares; a rare case occurs once at least


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year of a region, by kind, and its tally."""

    kinds: Mapping[str, list[Any]]
    tally: Tally


@cache
def year_of(region: RegionName) -> Year:
    tally, kinds = Tally(region), defaultdict(list)
    for kind, record in records(region, 1, SEED, IDS):
        tally.add(kind, record)
        kinds[kind].append(record)
    return Year(kinds=kinds, tally=tally)


@pytest.fixture(params=REGION_NAMES)
def year(request: pytest.FixtureRequest) -> Year:
    return year_of(request.param)


def written(region: RegionName, seed: int) -> list[bytes]:
    """The first lines, which hold the register and many patients."""
    told = islice(records(region, 1, seed, IDS), 1500)
    return [encode([kind, record_json(record)]) for kind, record in told]


# --- repeatable -------------------------------------------------------------------------------


@pytest.mark.parametrize("region", REGION_NAMES)
def test_the_same_seed_gives_the_same_bytes(region: RegionName) -> None:
    assert written(region, 5) == written(region, 5)


def test_another_seed_gives_other_bytes() -> None:
    assert written("velp", 5) != written("velp", 6)


def test_no_process_has_an_order_of_its_own() -> None:
    """Sets and hashes differ from process to process; the bytes do not."""
    program = (
        "from hashlib import sha256\n"
        "from tests.synthetic.test_population import written\n"
        "print(sha256(b''.join(written('zoetermeer', 5))).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_longer_region_begins_with_the_same_people() -> None:
    one, two = (
        [
            record.bsn
            for chapter in islice(chapters("velp", years, SEED, IDS), 30)
            for kind, record in chapter
            if kind == "patient"
        ]
        for years in (1, 2)
    )
    assert one == two


def test_it_says_beforehand_how_many_chapters_there_are() -> None:
    assert sum(1 for _ in chapters("velp", 2, SEED, IDS)) == chapters_in("velp", 2)


@pytest.mark.parametrize("years", [0, most_years("velp") + 1])
def test_more_people_than_test_numbers_or_no_year_is_refused(years: int) -> None:
    with pytest.raises(ValueError, match=r"year|test numbers"):
        next(records("velp", years, SEED, IDS))


# --- in proportion ----------------------------------------------------------------------------


def test_shares_are_those_of_the_data_file(year: Year) -> None:
    off = {
        name: (found["wanted"], found["reached"])
        for name, found in year.tally.shares().items()
        if abs(found["wanted"] - found["reached"]) > max(SHARE_OFF, 1.5 / found["of"])
    }
    assert off == {}


@pytest.mark.parametrize("region", REGION_NAMES)
def test_a_year_has_the_referrals_of_the_data_file(region: RegionName) -> None:
    year = year_of(region)
    sent = year.tally.kinds["referral"] - year.tally.rare["parked"]
    assert sent == book().regions[region].referrals_per_year


def test_an_mdo_has_four_to_eight_guests(year: Year) -> None:
    assert {4 <= len(mdo.invitees) <= 8 for mdo in year.kinds["mdo"]} == {True}


def test_a_trajectory_has_twelve_to_twenty_five_log_lines(year: Year) -> None:
    lines: dict[str, int] = defaultdict(int)
    for line in year.kinds["log-entry"]:
        lines[line.stream] += 1
    assert len(lines) == len(year.kinds["trajectory"])
    assert min(lines.values()) >= 12
    assert max(lines.values()) <= 25


def test_nobody_in_velp_has_wlz() -> None:
    assert not any(r.patient.wlz_indication for r in year_of("velp").kinds["referral"])


def test_whole_people_come_from_shares_by_largest_remainder() -> None:
    assert apportion({"a": 0.5, "b": 0.3, "c": 0.2}, 4) == ["a", "a", "b", "c"]


def test_every_share_gets_one_where_that_is_asked() -> None:
    assert set(apportion({"a": 0.98, "b": 0.01, "c": 0.01}, 10, every=True)) == {"a", "b", "c"}


# --- every rare case, every kind --------------------------------------------------------------


@pytest.mark.parametrize("case", RARE_CASES)
def test_every_rare_case_occurs_in_one_year(year: Year, case: str) -> None:
    assert year.tally.rare[case] >= 1


def test_every_kind_of_record_occurs(year: Year) -> None:
    assert set(year.kinds) == set(KINDS)


def test_a_repeated_mdo_has_a_reason(year: Year) -> None:
    again = [mdo for mdo in year.kinds["mdo"] if (mdo.sequence or 1) > 1]
    assert all(mdo.held.repeat_reason for mdo in again)


def test_a_refused_organisation_is_not_invited(year: Year) -> None:
    no = {
        (c.trajectory, c.party.ura)
        for c in year.kinds["consent"]
        if c.type == "CON-3" and c.kind == "refused"
    }
    invited = {(m.trajectory, i.party.ura) for m in year.kinds["mdo"] for i in m.invitees}
    assert no
    assert not no & invited


def test_who_refused_access_has_nothing_copied_from_the_gp(year: Year) -> None:
    refused = {
        r.patient.bsn for r in year.kinds["referral"] if r.agreement and not r.agreement.agreed
    }
    theirs = {d.patient for d in year.kinds["intake-decision"] if d.bsn in refused}
    kinds = ("ouderenmodule-copy", "copied-item", "his-episode", "prescription-reference")
    assert not theirs & {record.patient for kind in kinds for record in year.kinds[kind]}


def test_some_trajectories_still_run_at_the_end(year: Year) -> None:
    assert {t.end is None for t in year.kinds["trajectory"]} == {True, False}


# --- they are records that the rules agree with -----------------------------------------------


def sample(year: Year) -> Iterator[tuple[str, Record]]:
    for kind in KINDS:
        found = year.kinds[kind]
        step = max(1, len(found) // SAMPLE)
        yield from ((kind, record) for record in found[::step][:SAMPLE])


def test_every_record_is_read_back_from_its_json(year: Year) -> None:
    for kind, record in sample(year):
        sent = json.loads(encode(record_json(record)))
        assert parse_record(KINDS[kind].record, sent).canonical() == record.canonical()


def test_every_record_becomes_fhir_without_a_fault_and_with_the_test_label(year: Year) -> None:
    for kind, record in sample(year):
        for resource in KINDS[kind].to_fhir(record, IDS):
            assert faults(resource, encode(resource)) == []
            assert htest() in resource["meta"]["security"], kind


def test_every_record_comes_back_from_fhir(year: Year) -> None:
    for kind, record in islice(sample(year), 0, None, 4):
        back = KINDS[kind].from_fhir(KINDS[kind].to_fhir(record, IDS), IDS)
        assert back.canonical() == record.canonical()


def test_every_record_says_that_it_is_invented(year: Year) -> None:
    assert all(record.synthetic for found in year.kinds.values() for record in found)


def test_no_consent_breaks_a_rule(year: Year) -> None:
    people = {related_person_id(p, IDS): p for p in year.kinds["related-person"]}
    judged = defaultdict(list)
    for found in year.kinds["capacity"]:
        judged[found.patient].append(found)
    for record in year.kinds["consent"]:
        issues = consent_rules.check(record, people, judged[record.patient])
        assert [issue.rule for issue in issues if issue.severity == "error"] == []


def test_every_mdo_is_complete(year: Year) -> None:
    plans = {plan.trajectory: plan for plan in year.kinds["care-plan"]}
    for mdo in year.kinds["mdo"]:
        assert mdo_warnings.mdo_warnings(mdo, plans[mdo.trajectory]) == []
        assert mdo.gp_invited
        assert not mdo.unheard()


def test_anonymous_cases_name_nobody_and_are_sent_in_time(year: Year) -> None:
    for case in year.kinds["anonymous-case"]:
        assert [*identifying(case), *timeliness(case)] == []


# --- nobody is real ---------------------------------------------------------------------------


def test_a_citizen_number_is_of_the_test_range_and_belongs_to_one_person(year: Year) -> None:
    people = defaultdict(set)
    for referral in year.kinds["referral"]:
        patient = referral.patient
        people[patient.bsn].add((patient.family, patient.given, patient.birth_date))
    assert all(map(is_test_bsn, people))
    assert {len(found) for found in people.values()} == {1}


def test_test_numbers_do_not_repeat() -> None:
    found = list(numbers_in_order(Random(3)))
    assert len(found) == len(set(found)) > 9_000
    assert all(map(is_test_bsn, found))


def test_everybody_has_a_name_of_the_invented_lists(year: Year) -> None:
    families = {family for _, family in (*names.FAMILIES, *names.STAFF_FAMILIES)}
    given = {
        *names.WOMEN, *names.MEN, *names.STAFF_GIVEN, *names.NAASTE_WOMEN, *names.NAASTE_MEN,
    }  # fmt: skip
    for kind in ("patient", "related-person", "practitioner"):
        for person in year.kinds[kind]:
            assert person.family in families
            assert getattr(person, "partner_family", None) in {None, *families}
            assert set(person.given) <= given


def test_national_numbers_are_issued_to_nobody(year: Year) -> None:
    assert all(entry.ura.startswith("9000") for entry in year.kinds["organisation"])
    assert all(entry.uzi.startswith("9000") for entry in year.kinds["practitioner"])


def test_regions_share_no_number() -> None:
    found = [{e.ura for e in year_of(region).kinds["organisation"]} for region in REGION_NAMES]
    assert all(not one & other for one, other in pairwise(found))


# --- what they say ----------------------------------------------------------------------------


def test_texts_are_about_this_person(year: Year) -> None:
    for kind in ("referral", "care-plan", "mdo", "assessment", "closing-summary"):
        for record in year.kinds[kind]:
            assert "{" not in encode(record_json(record)).decode().replace('{"', "")


def test_every_theme_has_all_it_needs() -> None:
    known = {theme.key for theme in themes()}
    assert len(known) == len(themes()) >= 20
    for theme in themes():
        assert theme.goals
        assert len(theme.actions) >= 2
        assert set(theme.related) <= known - {theme.key}


def test_every_end_reason_that_occurs_has_words() -> None:
    assert set(book().end_reasons) <= set(phrases().ends)


def test_plans_differ(year: Year) -> None:
    plans = {tuple(problem.text for problem in plan.problems) for plan in year.kinds["care-plan"]}
    assert len(plans) > 0.9 * len(year.kinds["care-plan"])
