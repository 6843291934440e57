"""`meso map --shape`: what others send in their own shape, and what it says beside our record."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from adapter.cli.app import app
from mappings.records.base import parse_record
from mappings.records.referral import Referral
from tests.mappings import builders
from tests.mappings.shapes.examples import elz, pull_stu3

Json = dict[str, Any]


def written(path: Path, document: Json) -> str:
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


def test_a_referral_of_another_shape_becomes_our_record(runner: CliRunner, tmp_path: Path) -> None:
    sent = written(tmp_path / "elz.json", elz())
    ran = runner.invoke(app, ["map", sent, "--shape", "elz-referral"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["question"] == builders.referral()["question"]


def test_what_has_no_place_is_named_without_what_it_says(runner: CliRunner, tmp_path: Path) -> None:
    sent = written(tmp_path / "elz.json", elz())
    ran = runner.invoke(app, ["map", sent, "--shape", "elz-referral"])
    assert ".patientInstruction" in ran.stderr
    assert "medicijnlijst" not in ran.stderr


def test_a_record_becomes_the_shape_and_comes_back(runner: CliRunner, tmp_path: Path) -> None:
    record = written(tmp_path / "v.json", builders.referral())
    there = tmp_path / "elz.json"
    ran = runner.invoke(app, ["map", record, "--shape", "elz-referral", "--out", str(there)])
    assert ran.exit_code == 0
    back = runner.invoke(app, ["map", str(there), "--shape", "elz-referral"])
    again = parse_record(Referral, json.loads(back.stdout))
    assert again == parse_record(Referral, builders.referral())
    assert not back.stderr


def test_a_shape_that_is_no_r4_is_read(runner: CliRunner, tmp_path: Path) -> None:
    sent = written(tmp_path / "pull.json", pull_stu3())
    ran = runner.invoke(app, ["map", sent, "--shape", "notified-pull-stu3"])
    assert json.loads(ran.stdout)["workflowTask"] == "Task/wf-7"


def test_a_message_of_another_shape_is_refused_with_its_path(
    runner: CliRunner, tmp_path: Path
) -> None:
    sent = written(tmp_path / "pull.json", pull_stu3())
    ran = runner.invoke(app, ["map", sent, "--shape", "nl-gf-consent", "--json"])
    assert ran.exit_code == 1
    assert json.loads(ran.stderr.splitlines()[0])["path"] == "Consent"


def test_a_shape_that_does_not_exist_is_wrong_use(runner: CliRunner, tmp_path: Path) -> None:
    sent = written(tmp_path / "elz.json", elz())
    ran = runner.invoke(app, ["map", sent, "--shape", "hl7v2"])
    assert ran.exit_code == 2
    assert "elz-referral" in ran.stderr
