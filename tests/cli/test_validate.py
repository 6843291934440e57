"""`meso validate`: the checks of the doors, on files."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.cli.map import ids_of
from mappings.kinds import KINDS as TABLE
from tests.mappings.kinds import KINDS, NAMES, Kind

Json = dict[str, Any]


def bundle(resources: list[Json]) -> Json:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
    }


def written(kind: Kind) -> list[Json]:
    """The example, with the ids that a command without a key file makes."""
    (known,) = [k for k in TABLE.values() if k.record is type(kind.example)]
    return known.to_fhir(kind.example, ids_of(None))


def run(runner: CliRunner, *words: object) -> tuple[int, str]:
    ran = runner.invoke(app, ["validate", *map(str, words)])
    return ran.exit_code, ran.stdout


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_we_write_is_in_order(runner: CliRunner, tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "b.json").write_text(json.dumps(bundle(written(kind))), "utf-8")
    assert run(runner, tmp_path)[0] == 0


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_has_no_place_is_an_error(runner: CliRunner, tmp_path: Path, kind: Kind) -> None:
    resources = written(kind)
    resources[0]["implicitRules"] = "https://praktijk.example/anders"
    (tmp_path / "b.json").write_text(json.dumps(bundle(resources)), "utf-8")
    code, told = run(runner, tmp_path, "--json")
    assert code == 1
    assert json.loads(told.splitlines()[0])["path"] == "Bundle.entry[0].resource.implicitRules"


def test_a_resource_of_no_kind_is_held_to_r4(runner: CliRunner, tmp_path: Path) -> None:
    good: Json = {"resourceType": "Flag", "status": "active", "code": {"text": "hond"}}
    good["subject"] = {"reference": "Patient/p"}
    (tmp_path / "good.json").write_text(json.dumps(good), "utf-8")
    assert run(runner, tmp_path)[0] == 0
    (tmp_path / "bad.json").write_text(json.dumps({**good, "status": "anders"}), "utf-8")
    assert run(runner, tmp_path)[0] == 1


def test_what_is_no_json_is_an_error_with_its_file(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{", "utf-8")
    code, told = run(runner, tmp_path / "x.json")
    assert code == 1
    assert "x.json" in told


def test_a_record_without_a_kind_asks_for_one(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"question":"?"}', "utf-8")
    code, told = run(runner, tmp_path, "--json")
    assert code == 1
    assert json.loads(told)["code"] == "not-supported"
