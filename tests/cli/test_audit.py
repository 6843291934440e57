"""`meso audit`: does the log add up, and who opened what."""

import json
from pathlib import Path

from sqlalchemy import text
from typer.testing import CliRunner

from adapter.audit.entry import AuditEntry
from adapter.cli.app import app
from adapter.cli.opening import opened
from adapter.settings import Settings
from adapter.store import audit_log
from adapter.store.audit_log import LogFilter
from adapter.synthetic import network

WILGENHOF = network.WILGENHOF.ura


def write_lines(settings: Settings, count: int = 3) -> None:
    """Accesses of today to records that De Wilgenhof holds."""
    nurse = network.member("dussel")
    with opened(settings) as installation:
        staff = installation.ids.staff(nurse.ura, nurse.uzi)
        entries = [
            AuditEntry(
                at=installation.clock(),
                request_id=f"r{n}",
                ura=nurse.ura,
                staff=staff,
                interaction="read",
                patient=f"key{n}",
                custodian=WILGENHOF,
                outcome=0,
                status=200,
            )
            for n in range(count)
        ]
        installation.store.write(lambda c: audit_log.append(c, "data", entries))


def change_a_line(settings: Settings) -> None:
    with opened(settings) as installation:
        statement = text("UPDATE audit SET patient = 'other' WHERE seq = 2")
        installation.store.write(lambda c: c.execute(statement))


def test_an_untouched_log_is_in_order(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    assert runner.invoke(app, ["audit", "verify"]).exit_code == 0


def test_a_changed_line_is_not_in_order(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    change_a_line(installed)
    assert runner.invoke(app, ["audit", "verify"]).exit_code == 1


def test_the_finding_names_its_place_for_a_program(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    change_a_line(installed)
    found = json.loads(runner.invoke(app, ["audit", "verify", "--json"]).stdout)["findings"]
    assert [(f["kind"], f["stream"], f["first"]) for f in found] == [("changed", "data", 2)]


def test_an_anchor_kept_elsewhere_is_accepted_again(
    runner: CliRunner, installed: Settings, tmp_path: Path
) -> None:
    write_lines(installed)
    out = tmp_path / "anker.json"
    assert runner.invoke(app, ["audit", "anchor", "--out", str(out)]).exit_code == 0
    assert runner.invoke(app, ["audit", "verify", "--anchor", str(out)]).exit_code == 0


def test_an_empty_log_cannot_be_anchored(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, ["audit", "anchor"]).exit_code == 2


def test_a_file_that_is_no_anchor_is_refused(
    runner: CliRunner, installed: Settings, tmp_path: Path
) -> None:
    (tmp_path / "x").write_text("{}")
    assert runner.invoke(app, ["audit", "verify", "--anchor", str(tmp_path / "x")]).exit_code == 2


def test_the_report_counts_records_per_employee(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed, 3)
    ran = runner.invoke(app, ["audit", "report", "--practice", WILGENHOF, "--json"])
    lines = json.loads(ran.stdout)["lines"]
    assert [(line["employee"], line["outside"]) for line in lines] == [("P. (meso-nurse)", 3)]


def test_looking_at_the_log_is_a_line_in_the_log(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    runner.invoke(app, ["audit", "report", "--practice", WILGENHOF])
    with opened(installed) as installation:
        rows = audit_log.read_rows(installation.store, installed.log_dir, LogFilter())
    assert [row.entry.interaction for row in rows].count("log-view") == 1


def test_a_period_before_the_accesses_is_empty(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    words = ["audit", "report", "--practice", WILGENHOF, "--until", "2020-01-01", "--json"]
    assert json.loads(runner.invoke(app, words).stdout)["lines"] == []


def test_a_report_can_be_a_spreadsheet(runner: CliRunner, installed: Settings) -> None:
    write_lines(installed)
    ran = runner.invoke(app, ["audit", "report", "--practice", WILGENHOF, "--csv"])
    assert ran.stdout.splitlines()[0].startswith("naam medewerker;")


def test_a_day_that_is_none_is_wrong_use(runner: CliRunner, installed: Settings) -> None:
    words = ["audit", "report", "--practice", WILGENHOF, "--since", "gisteren"]
    assert runner.invoke(app, words).exit_code == 2


def test_an_unknown_practice_is_wrong_use(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, ["audit", "report", "--practice", "90009999"]).exit_code == 2


def test_without_an_installation_nothing_is_verified(runner: CliRunner, elsewhere: Path) -> None:
    assert runner.invoke(app, ["audit", "verify"]).exit_code == 2
