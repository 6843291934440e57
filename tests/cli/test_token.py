"""`meso token`: refusals that need no server, and a token from a real one."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.app import build
from adapter.cli.app import app
from adapter.settings import Settings
from adapter.standin.serving import serve


@pytest.fixture
def base(installed: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    settings = installed.model_copy(update={"public_base": address})
    with serve(build(settings), port):
        yield address


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def words(who: str, base: str) -> list[str]:
    return ["token", "--as", who, "--dir", ".", "--base", base]


def test_the_token_is_the_only_output(runner: CliRunner, base: str) -> None:
    ran = runner.invoke(app, words("haverkort", base))
    assert ran.exit_code == 0
    assert len(ran.stdout.split()) == 1


def test_a_purpose_that_the_role_has_not_is_refused(runner: CliRunner, base: str) -> None:
    ran = runner.invoke(app, [*words("haverkort", base), "--purpose", "HOPERAT"])
    assert ran.exit_code == 2
    assert "unauthorized_client" in ran.stderr


def test_somebody_elses_software_is_refused(runner: CliRunner, base: str) -> None:
    ran = runner.invoke(app, [*words("dussel", base), "--client", "wilgenhof-his"])
    assert ran.exit_code == 2


def test_an_unknown_name_is_told_who_there_are(runner: CliRunner, elsewhere: Path) -> None:
    ran = runner.invoke(app, words("niemand", "http://127.0.0.1:9"))
    assert ran.exit_code == 2
    assert "haverkort" in ran.stderr


def test_without_a_key_it_says_where_one_comes_from(runner: CliRunner, elsewhere: Path) -> None:
    ran = runner.invoke(app, words("haverkort", "http://127.0.0.1:9"))
    assert ran.exit_code == 2
    assert "meso demo" in ran.stderr


def test_without_a_server_it_says_so(runner: CliRunner, installed: Settings) -> None:
    ran = runner.invoke(app, words("haverkort", "http://127.0.0.1:9"))
    assert ran.exit_code == 2
    assert "make serve" in ran.stderr
