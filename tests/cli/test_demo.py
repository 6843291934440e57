"""The whole story as a user runs it, and what it leaves behind."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from adapter.cli.demo import story
from adapter.cli.demo.narrator import DemoFailedError
from adapter.cli.demo.tale import Tale

_LIMIT_S = 300


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("demo") / "regio"
    command = [sys.executable, "-m", "adapter.cli", "demo", "--fast", "--dir", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LIMIT_S)
    return folder, ran


@pytest.fixture(scope="module")
def served(told: tuple[Path, object]) -> Iterator[str]:
    """The region that the demo left behind, served again as its last lines advise."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "adapter.cli", "serve", "--region", str(told[0])]
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"{base}/fhir/metadata", process)
        yield base
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            pass
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
            break
    pytest.fail("the adapter did not answer")


@pytest.mark.e2e
def test_every_fact_of_the_story_holds(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, ran = told
    assert ran.returncode == 0, ran.stdout[-2000:]


@pytest.mark.e2e
@pytest.mark.parametrize("step", story.STEPS, ids=lambda step: step.title)
def test_every_step_is_told(
    told: tuple[Path, subprocess.CompletedProcess[str]], step: story.Step
) -> None:
    assert step.title in told[1].stdout


@pytest.mark.e2e
def test_no_citizen_number_is_printed_or_logged(
    told: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, ran = told
    log = (folder / "server.log").read_text()
    assert not re.search(r"9999\d{5}", ran.stdout + ran.stderr + log)


@pytest.mark.e2e
def test_the_three_examples_work(told: tuple[Path, object], served: str) -> None:
    ran = subprocess.run(
        ["bash", str(told[0] / "curl.sh")],
        env={**os.environ, "MESO_BASE": served},
        capture_output=True,
        text=True,
        check=False,
        timeout=_LIMIT_S,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count('"resourceType":"Bundle"') == 3


async def _other_outcome(_: Tale) -> None:
    raise DemoFailedError("1 Verwijzing", "status 500")


@pytest.mark.e2e
def test_another_outcome_ends_the_demo_with_exit_code_1(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story, "STEPS", (story.Step("1", "Verwijzing", _other_outcome),))
    ran = runner.invoke(app, ["demo", "--fast", "--dir", str(tmp_path / "regio")])
    assert ran.exit_code == 1
    assert "status 500" in ran.stdout


def test_a_folder_of_somebody_else_is_left_alone(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "scriptie.txt").touch()
    assert runner.invoke(app, ["demo", "--dir", str(tmp_path)]).exit_code == 2
    assert (tmp_path / "scriptie.txt").exists()
