"""The access log as the lists that a GP practice checks: organisation, employee, patient.

Requirements 5.2 (R-74, R-75), with the relation, the basis and the refusals beside the columns
that a GP system has. Pure: names and labels are passed in, nothing is looked up.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo

from adapter.audit.entry import AuditEntry, LogRow

DAYS: Final = 7  # today back to one week
_SUCCESS, _REFUSED = 0, 8
_EMERGENCY: Final = 3
_NOBODY: Final = (None, "", "-")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DELIMITER: Final = ";"  # what a Dutch spreadsheet expects


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Readable names by staff id, by organisation (URA) and by patient key; else the key shows."""

    staff: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    patients: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLine:
    """Which employee opened how many records. One record on one day counts once."""

    employee: str = field(metadata={"header": "naam medewerker"})
    organisation: str = field(metadata={"header": "abonneenummer (URA)"})
    responsible: str = field(metadata={"header": "verantwoordelijke"})
    own: int = field(metadata={"header": "dossiers eigen praktijk"})
    outside: int = field(metadata={"header": "dossiers buiten eigen praktijk"})
    emergency: int = field(metadata={"header": "noodknop"})
    refused: int = field(metadata={"header": "geweigerd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One access, for the employee list and the patient list."""

    at: str = field(metadata={"header": "datum en tijd"})
    employee: str = field(metadata={"header": "naam medewerker"})
    patient: str = field(metadata={"header": "patient"})
    responsible: str = field(metadata={"header": "verantwoordelijke"})
    action: str = field(metadata={"header": "handeling"})
    emergency: str = field(metadata={"header": "noodknop"})
    outcome: str = field(metadata={"header": "uitkomst"})
    rule: str = field(metadata={"header": "regel"})
    relation: str = field(metadata={"header": "behandelrelatie"})
    basis: str = field(metadata={"header": "toestemming"})


def default_period(today: date) -> tuple[int, int]:
    """[today - 7 days, today] as whole days in the Netherlands: UTC microseconds, half-open."""
    return day_start(today - timedelta(days=DAYS)), day_start(today + timedelta(days=1))


def day_start(day: date) -> int:
    """First instant of a day in the Netherlands, in UTC microseconds."""
    start = datetime(day.year, day.month, day.day, tzinfo=_zone())
    return int(start.timestamp()) * 1_000_000


def organisation_lines(rows: Iterable[LogRow], labels: Labels) -> list[OrganisationLine]:
    """Counts per employee and record holder, by name."""
    counts: dict[tuple[str, str, str], _Count] = {}
    for row in rows:
        entry = row.entry
        if entry.staff is None or entry.patient in _NOBODY:
            continue
        custodian = "" if entry.custodian in _NOBODY else str(entry.custodian)
        key = (entry.staff, entry.ura or "", custodian)
        counts.setdefault(key, _Count()).add(entry)
    lines = [
        OrganisationLine(
            employee=labels.staff.get(staff, staff),
            organisation=ura,
            responsible=labels.organisations.get(custodian, custodian),
            own=len(count.opened) if ura == custodian else 0,
            outside=0 if ura == custodian else len(count.opened),
            emergency=len(count.emergency),
            refused=count.refused,
        )
        for (staff, ura, custodian), count in counts.items()
    ]
    return sorted(lines, key=lambda line: (line.employee, line.organisation, line.responsible))


def employee_lines(rows: Iterable[LogRow], staff: str, labels: Labels) -> list[AccessLine]:
    """Every access by one employee, newest first."""
    return _access_lines((row for row in rows if row.entry.staff == staff), labels)


def patient_lines(rows: Iterable[LogRow], patient: str, labels: Labels) -> list[AccessLine]:
    """Every access to one patient's record, newest first."""
    return _access_lines((row for row in rows if row.entry.patient == patient), labels)


def to_csv(lines: Sequence[OrganisationLine] | Sequence[AccessLine]) -> str:
    """CSV with a Dutch header; no cell can be read as a formula. Empty without lines."""
    if not lines:
        return ""
    columns = fields(lines[0])
    out = StringIO()
    writer = csv.writer(out, delimiter=_DELIMITER, lineterminator="\r\n")
    writer.writerow([column.metadata["header"] for column in columns])
    for line in lines:
        writer.writerow([_cell(getattr(line, column.name)) for column in columns])
    return out.getvalue()


@dataclass(slots=True)
class _Count:
    opened: set[tuple[str, date]] = field(default_factory=set)
    emergency: set[tuple[str, date]] = field(default_factory=set)
    refused: int = 0

    def add(self, entry: AuditEntry) -> None:
        opening = (str(entry.patient), _local(entry.at).date())
        if entry.outcome == _REFUSED:
            self.refused += 1
        elif entry.outcome == _SUCCESS:
            self.opened.add(opening)
            if _is_emergency(entry):
                self.emergency.add(opening)


def _access_lines(rows: Iterable[LogRow], labels: Labels) -> list[AccessLine]:
    newest = sorted(rows, key=lambda row: (row.entry.at, row.stream, row.seq), reverse=True)
    return [_access_line(row.entry, labels) for row in newest]


def _access_line(entry: AuditEntry, labels: Labels) -> AccessLine:
    patient = "" if entry.patient in _NOBODY else str(entry.patient)
    custodian = "" if entry.custodian in _NOBODY else str(entry.custodian)
    what = f" {entry.type}" if entry.type else ""
    return AccessLine(
        at=_local(entry.at).isoformat(sep=" ", timespec="seconds"),
        employee=labels.staff.get(entry.staff or "", entry.staff or ""),
        patient=labels.patients.get(patient, patient),
        responsible=labels.organisations.get(custodian, custodian),
        action=f"{_ACTIONS.get(entry.interaction, entry.interaction)}{what}",
        emergency="ja" if _is_emergency(entry) else "nee",
        outcome=_OUTCOMES.get(entry.outcome, "mislukt"),
        rule=entry.rule or "",
        relation=entry.relation or "",
        basis=entry.consent or "",
    )


_OUTCOMES: Final = {_SUCCESS: "toegestaan", _REFUSED: "geweigerd"}
_ACTIONS: Final = {
    "read": "ingezien",
    "vread": "ingezien",
    "history-instance": "ingezien",
    "search-type": "gezocht",
    "search-system": "werklijst bekeken",
    "consult": "huisartsdossier ingezien",
    "create": "vastgelegd",
    "update": "gewijzigd",
    "transaction": "aangeleverd",
}


def _is_emergency(entry: AuditEntry) -> bool:
    return entry.gates is not None and entry.gates[_EMERGENCY:] == "T"


def _local(at: int) -> datetime:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
    return moment.astimezone(_zone())


def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Amsterdam")  # kept by the library


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
