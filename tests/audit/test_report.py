"""The lists that a GP practice checks."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.audit.report import (
    Labels,
    OrganisationLine,
    day_start,
    default_period,
    employee_lines,
    organisation_lines,
    patient_lines,
    to_csv,
)
from tests.builders.identity import NOW, SECOND, URA
from tests.builders.log import GP, denial, entry, row

STEADY = settings(deadline=None)  # the machine may be busy

LABELS = Labels(
    staff={"role-so-1": "S. Ouderenarts"},
    organisations={GP: "Praktijk De Linde"},
    patients={"pk1": "mpatient1"},
)
DAY = 86_400 * SECOND


def rows(*entries):
    return [row(found, seq) for seq, found in enumerate(entries, 1)]


def one(*entries):
    (line,) = organisation_lines(rows(*entries), LABELS)
    return line


def test_one_record_on_one_day_counts_once_whatever_was_opened_of_it():
    assert one(entry(), entry(type="Goal"), entry(at=NOW + SECOND)).outside == 1


def test_another_day_or_another_patient_counts_again():
    assert one(entry(), entry(at=NOW + DAY), entry(patient="pk2")).outside == 3


def test_own_and_outside_are_told_apart_by_who_holds_the_record():
    found = organisation_lines(rows(entry(), entry(custodian=URA)), LABELS)
    assert sorted((line.responsible, line.own, line.outside) for line in found) == [
        (URA, 1, 0),
        ("Praktijk De Linde", 0, 1),
    ]


def test_an_emergency_opening_is_counted_beside():
    line = one(entry(gates="TFFT"), entry(patient="pk2"))
    assert (line.emergency, line.outside) == (1, 2)


def test_a_refusal_opened_nothing_and_is_counted_beside():
    line = one(denial(), denial())
    assert (line.outside, line.refused) == (0, 2)


def test_a_failure_opened_nothing():
    line = one(entry(outcome=12))
    assert (line.outside, line.refused) == (0, 0)


@pytest.mark.parametrize("absent", [{"staff": None}, {"patient": None}, {"patient": "-"}])
def test_what_is_about_no_employee_or_no_patient_is_in_no_count(absent):
    assert organisation_lines(rows(entry(**absent)), LABELS) == []


def test_names_are_shown_and_numbers_where_there_is_no_name():
    assert one(entry()).employee == "S. Ouderenarts"
    assert organisation_lines(rows(entry(staff="x")), LABELS)[0].employee == "x"


def test_an_employee_list_holds_that_employees_lines_newest_first():
    found = employee_lines(
        rows(entry(), entry(at=NOW + SECOND), entry(staff="other")), "role-so-1", LABELS
    )
    assert [line.at for line in found] == ["2026-11-24 07:00:01+01:00", "2026-11-24 07:00:00+01:00"]


def test_a_patient_list_holds_that_patients_lines_with_the_employee():
    (line,) = patient_lines(rows(entry(), entry(patient="pk2")), "pk1", LABELS)
    assert (line.employee, line.patient, line.action) == (
        "S. Ouderenarts",
        "mpatient1",
        "ingezien CarePlan",
    )
    assert (line.relation, line.basis, line.outcome, line.emergency) == (
        "12",
        "mconsent1/_history/2",
        "toegestaan",
        "nee",
    )


def test_a_refusal_names_its_rule_in_the_lists():
    (line,) = patient_lines(rows(denial()), "pk1", LABELS)
    assert (line.outcome, line.rule) == ("geweigerd", "R-5")


# --- period -----------------------------------------------------------------------------------


def utc(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * SECOND


def test_the_period_is_today_back_to_one_week_in_whole_dutch_days():
    assert default_period(date(2026, 11, 24)) == (utc(2026, 11, 16, 23), utc(2026, 11, 24, 23))


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        (date(2026, 3, 29), utc(2026, 3, 28, 23), 23),
        (date(2026, 10, 25), utc(2026, 10, 24, 22), 25),
    ],
)
def test_a_day_on_which_the_clock_changes_is_whole(day, start, hours):
    assert day_start(day) == start
    assert day_start(date.fromordinal(day.toordinal() + 1)) - start == hours * 3600 * SECOND


# --- CSV --------------------------------------------------------------------------------------


def cells(text):
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_the_csv_has_a_dutch_header_and_one_line_each():
    header, line = cells(to_csv([one(entry())]))
    assert header[:3] == ["naam medewerker", "abonneenummer (URA)", "verantwoordelijke"]
    assert line == ["S. Ouderenarts", URA, "Praktijk De Linde", "0", "1", "0", "0"]


def test_without_lines_the_csv_is_empty():
    assert to_csv([]) == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_compute_is_prefixed(start):
    line = OrganisationLine(
        employee=f"{start}1+1",
        organisation=URA,
        responsible="",
        own=0,
        outside=0,
        emergency=0,
        refused=0,
    )
    assert cells(to_csv([line]))[1][0].startswith(f"'{start}")


@STEADY
@given(st.text())
def test_no_text_of_a_caller_starts_a_formula_or_another_cell(text):
    labels = Labels(staff={"role-so-1": text})
    found = cells(to_csv(organisation_lines(rows(entry()), labels)))
    assert {len(line) for line in found} == {7}
    assert not found[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))
