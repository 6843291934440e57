"""`meso map`: what was translated is on standard output, what was not is named on standard error."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from tests.mappings import builders

Json = dict[str, Any]


def written(path: Path, *documents: Json) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return written(tmp_path / "verwijzing.json", builders.referral())


def test_a_record_becomes_a_collection_and_comes_back(
    runner: CliRunner, record: Path, tmp_path: Path
) -> None:
    there = tmp_path / "fhir.json"
    ran = runner.invoke(app, ["map", str(record), "--kind", "referral", "--out", str(there)])
    assert ran.exit_code == 0
    assert json.loads(there.read_bytes())["type"] == "collection"
    back = runner.invoke(app, ["map", str(there)])
    assert back.exit_code == 0
    again = written(tmp_path / "again.json", json.loads(back.stdout))
    third = runner.invoke(app, ["map", str(again), "--kind", "referral"])
    assert third.stdout_bytes == there.read_bytes()


def test_a_line_with_a_fault_is_named_and_the_others_go_on(
    runner: CliRunner, tmp_path: Path
) -> None:
    bad = builders.referral(complexity="anders")
    lines = written(tmp_path / "v.ndjson", builders.referral(), bad, builders.referral())
    ran = runner.invoke(app, ["map", str(lines), "--kind", "referral", "--json"])
    assert ran.exit_code == 1
    assert len(ran.stdout.splitlines()) == 2
    fault = json.loads(ran.stderr)
    assert (fault["line"], fault["path"]) == (2, "Referral.complexity")
    assert fault["expected"] == "een van: multi-domain, interfering"
    assert fault["mend"]


def test_people_read_where_what_and_how_to_mend(runner: CliRunner, tmp_path: Path) -> None:
    bad = written(tmp_path / "v.json", builders.referral(complexity="anders"))
    ran = runner.invoke(app, ["map", str(bad), "--kind", "referral"])
    assert "Referral.complexity" in ran.stderr
    assert "Verwacht: een van: multi-domain, interfering." in ran.stderr
    assert "Kies een waarde uit de lijst." in ran.stderr


def test_a_value_that_was_sent_is_not_shown(runner: CliRunner, tmp_path: Path) -> None:
    bad = written(tmp_path / "v.json", builders.referral(complexity="Wolderink"))
    ran = runner.invoke(app, ["map", str(bad), "--kind", "referral"])
    assert "Wolderink" not in ran.output


def test_fhir_names_the_path_in_the_bundle(runner: CliRunner, record: Path, tmp_path: Path) -> None:
    bundle = json.loads(runner.invoke(app, ["map", str(record), "--kind", "referral"]).stdout)
    bundle["entry"][0]["resource"]["comment"] = "past nergens"
    ran = runner.invoke(app, ["map", str(written(tmp_path / "b.json", bundle)), "--json"])
    assert ran.exit_code == 1
    assert json.loads(ran.stderr.splitlines()[0])["path"] == "Bundle.entry[0].resource.comment"


def test_standard_input_is_read_line_by_line(runner: CliRunner) -> None:
    sent = json.dumps(builders.referral()) + "\n\n" + json.dumps(builders.referral()) + "\n"
    ran = runner.invoke(app, ["map", "-", "--kind", "referral"], input=sent)
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "words", [["--kind", "nothing"], [], ["--kind", "referral", "absent.json"]]
)
def test_wrong_use_is_two(runner: CliRunner, record: Path, words: list[str]) -> None:
    assert runner.invoke(app, ["map", str(record), *words]).exit_code == 2


def test_a_document_beyond_the_limit_is_not_read(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapter.cli.documents.MAX_BYTES", 100)
    small = written(tmp_path / "small.ndjson", {"a": "x" * 10})
    large = written(tmp_path / "large.ndjson", {"a": "x" * 101})
    assert runner.invoke(app, ["map", str(small), "--kind", "referral"]).exit_code == 1
    assert runner.invoke(app, ["map", str(large), "--kind", "referral"]).exit_code == 2
