"""`meso migrate`."""

from pathlib import Path

from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.cli.opening import opened
from adapter.settings import Settings


def test_it_makes_an_installation_that_can_be_opened(runner: CliRunner, elsewhere: Path) -> None:
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    with opened(Settings()) as installation:
        assert installation.store.dialect == "sqlite"


def test_running_it_again_keeps_the_keys(runner: CliRunner, elsewhere: Path) -> None:
    runner.invoke(app, ["migrate"])
    before = (elsewhere / "meso.key").read_bytes()
    runner.invoke(app, ["migrate"])
    assert (elsewhere / "meso.key").read_bytes() == before
