"""`meso explain`: the verdict is its exit code."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.cli.opening import opened
from adapter.settings import Settings
from adapter.synthetic import network


def words(resource: str, who: str = "haverkort", *more: str) -> list[str]:
    member = network.member(who)
    person = ["--ura", member.ura, "--uzi", member.uzi, "--role", member.role]
    return ["explain", resource, *person, *more]


@pytest.fixture
def practice(installed: Settings) -> str:
    """An entry of the directory: everybody may see it."""
    with opened(installed) as installation:
        return f"Organization/{installation.ids.organisation(network.WILGENHOF.ura)}"


def test_what_would_be_shown_is_zero(runner: CliRunner, practice: str) -> None:
    assert runner.invoke(app, words(practice)).exit_code == 0


def test_what_does_not_exist_is_one(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, words("Task/mnever")).exit_code == 1


def test_a_role_that_may_not_ask_is_one(runner: CliRunner, practice: str) -> None:
    ran = runner.invoke(app, words(practice, "brouwhuis", "--json"))
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["firstFailing"] == "interaction"


def test_somebody_who_may_not_act_yet_is_told_by_rule(runner: CliRunner, practice: str) -> None:
    ran = runner.invoke(app, words(practice, "haverkort", "--at", "2020-01-01", "--json"))
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["rule"] == "R-14"


@pytest.mark.parametrize("resource", ["Task", "Task/..", "https://x.example/Task/1"])
def test_a_resource_that_is_none_is_wrong_use(
    runner: CliRunner, installed: Settings, resource: str
) -> None:
    assert runner.invoke(app, words(resource)).exit_code == 2


def test_a_moment_that_is_none_is_wrong_use(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, words("Task/m1", "haverkort", "--at", "straks")).exit_code == 2


def test_without_an_installation_nothing_is_explained(runner: CliRunner, elsewhere: Path) -> None:
    assert runner.invoke(app, words("Task/m1")).exit_code == 2
