"""`meso synth`: files that `meso map` takes, and a summary of what is in them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from mappings.kinds import KINDS


@pytest.fixture(scope="module")
def velp(runner: CliRunner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("velp")
    ran = runner.invoke(app, ["synth", "--region", "velp", "--seed", "3", "--out", str(folder)])
    assert ran.exit_code == 0, ran.output
    return folder


def test_there_is_a_file_for_every_kind(velp: Path) -> None:
    assert {path.stem for path in velp.glob("*.ndjson")} == set(KINDS)


def test_the_summary_counts_the_lines(velp: Path) -> None:
    report = json.loads((velp / "region.json").read_bytes())
    lines = {path.stem: len(path.read_bytes().splitlines()) for path in velp.glob("*.ndjson")}
    assert report["kinds"] == lines
    assert min(report["rareCases"].values()) >= 1
    assert report["assumptions"]


@pytest.mark.parametrize("kind", ["referral", "care-plan", "mdo"])
def test_its_files_become_fhir(runner: CliRunner, velp: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "fhir.ndjson"
    arguments = ["map", str(velp / f"{kind}.ndjson"), "--kind", kind, "--out", str(out)]
    ran = runner.invoke(app, arguments)
    assert ran.exit_code == 0, ran.output
    assert len(out.read_bytes().splitlines()) == len(
        (velp / f"{kind}.ndjson").read_bytes().splitlines()
    )


def test_the_same_seed_writes_the_same_bytes(runner: CliRunner, velp: Path, tmp_path: Path) -> None:
    ran = runner.invoke(
        app, ["synth", "--region", "velp", "--seed", "3", "--out", str(tmp_path), "--json"]
    )
    assert json.loads(ran.stdout)["seed"] == 3
    for path in velp.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_an_unknown_region_is_wrong_use(runner: CliRunner, tmp_path: Path) -> None:
    ran = runner.invoke(app, ["synth", "--region", "utrecht", "--out", str(tmp_path)])
    assert ran.exit_code == 2
    assert "ommoord" in ran.stderr


@pytest.mark.parametrize("years", ["0", "999"])
def test_a_region_of_no_or_too_many_years_is_wrong_use(
    runner: CliRunner, tmp_path: Path, years: str
) -> None:
    arguments = ["synth", "--region", "velp", "--years", years, "--out", str(tmp_path)]
    assert runner.invoke(app, arguments).exit_code == 2
