"""`meso validate --referee`: what HAPI says besides, by file and line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.cli.map import ids_of
from mappings.kinds import KINDS
from mappings.toolkit.envelope import collection
from tests.mappings.kinds import KINDS as EXAMPLES

Json = dict[str, Any]


@pytest.fixture
def bundles(tmp_path: Path) -> Path:
    """Two lines: a patient as we write it, and one with a code that R4 does not know."""
    example = next(kind.example for kind in EXAMPLES if kind.name == "patient")
    good = collection(KINDS["patient"].to_fhir(example, ids_of(None)))
    bad = json.loads(json.dumps(good))
    bad["entry"][0]["resource"]["gender"] = "mannelijk"
    (tmp_path / "p.ndjson").write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n", "utf-8")
    return tmp_path / "p.ndjson"


@pytest.mark.hapi
def test_hapi_names_the_line_that_it_refuses(runner: CliRunner, bundles: Path) -> None:
    ran = runner.invoke(app, ["validate", "--referee", "--json", str(bundles)])
    if ran.exit_code == 2:
        pytest.skip(f"referee unavailable: {ran.stderr}")
    remarks = [json.loads(line) for line in ran.stdout.splitlines()]
    wrong = {r["line"] for r in remarks if r.get("by") == "hapi" and r["severity"] == "error"}
    assert wrong == {2}
    assert ran.exit_code == 1


def test_without_a_checkout_there_is_no_referee(
    runner: CliRunner, bundles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapter.cli.referee._JUDGE", bundles.parent / "absent.py")
    ran = runner.invoke(app, ["validate", "--referee", str(bundles)])
    assert ran.exit_code == 2
    assert "HAPI" in ran.stderr


def test_a_record_is_nothing_for_the_referee(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapter.cli.referee._JUDGE", tmp_path / "absent.py")
    (tmp_path / "v.json").write_text('{"question": "?"}', "utf-8")
    ran = runner.invoke(app, ["validate", "--referee", "--kind", "referral", str(tmp_path)])
    assert ran.exit_code == 1
