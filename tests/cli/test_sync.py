"""`meso sync …` against a FHIR server in memory, over real HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.settings import Settings
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve


@pytest.fixture
def server() -> StandinFhirServer:
    return StandinFhirServer()


@pytest.fixture
def base(server: StandinFhirServer) -> Iterator[str]:
    with serve(server) as address:
        yield f"{address}/fhir"


@pytest.fixture
def own(runner: CliRunner, installed: Settings, base: str) -> str:
    """The directory of the region waits for a server of our own."""
    assert runner.invoke(app, ["sync", "add", "kopie", base, "--own"]).exit_code == 0
    return base


def push(runner: CliRunner, *more: str) -> tuple[int, list[dict[str, object]]]:
    ran = runner.invoke(app, ["sync", "push", "--json", *more])
    return ran.exit_code, json.loads(ran.stdout) if ran.stdout else []


def test_everything_that_waits_is_sent(
    runner: CliRunner, own: str, server: StandinFhirServer
) -> None:
    code, (report,) = push(runner)
    assert (code, report["left"]) == (0, 0)
    assert any(request.method == "PUT" for request in server.requests)


def test_a_second_run_sends_nothing(runner: CliRunner, own: str, server: StandinFhirServer) -> None:
    push(runner)
    server.requests.clear()
    assert push(runner)[0] == 0
    assert [r for r in server.requests if r.method in {"PUT", "POST"}] == []


def test_what_waits_is_shown_until_it_is_sent(runner: CliRunner, own: str) -> None:
    push(runner)
    ran = runner.invoke(app, ["sync", "status", "--json"])
    assert ran.exit_code == 0
    assert {line["state"] for line in json.loads(ran.stdout)} == {"done"}


def test_an_empty_queue_is_in_order(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, ["sync", "status"]).exit_code == 0


def test_a_server_that_does_not_answer_leaves_something_to_do(
    runner: CliRunner, installed: Settings
) -> None:
    runner.invoke(app, ["sync", "add", "weg", "http://127.0.0.1:9/fhir", "--own"])
    assert push(runner)[0] == 1


def test_a_test_server_needs_a_tag(runner: CliRunner, installed: Settings, base: str) -> None:
    runner.invoke(app, ["sync", "add", "openbaar", base])
    assert runner.invoke(app, ["sync", "push"]).exit_code == 2


def test_an_unknown_server_is_wrong_use(runner: CliRunner, own: str) -> None:
    assert runner.invoke(app, ["sync", "push", "--peer", "anders"]).exit_code == 2


def test_without_a_server_there_is_nothing_to_push_to(
    runner: CliRunner, installed: Settings
) -> None:
    assert runner.invoke(app, ["sync", "push"]).exit_code == 2


@pytest.mark.parametrize("words", [["push"], ["status"], ["add", "x", "http://x.example/fhir"]])
def test_without_an_installation_nothing_happens(
    runner: CliRunner, elsewhere: Path, words: list[str]
) -> None:
    assert runner.invoke(app, ["sync", *words]).exit_code == 2
