"""`meso audit verify` on what a real service left: a changed, deleted or moved line is found.

In the data file, where the lines of writes stand, and in the log file of the reading process.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from adapter.cli.app import app
from tests.builders.care import SO
from tests.builders.region import Template, register
from tests.fixtures.service import running

Tamper = Callable[[sqlite3.Connection], object]
STREAMS = {"data file": ("meso.db", "data"), "log file": ("log/read-0.db", "read-0")}


@pytest.fixture(scope="module")
def left(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a service that took in referrals, was read, and has stopped."""
    folder = template.copy(tmp_path_factory.mktemp("tampering") / "region")
    settings = folder.settings(base="http://127.0.0.1:8000")
    register(settings, template.region, template.keys)
    with running(settings, template, {}) as service:
        for _ in range(2):
            dossier = service.care.taken_up()
            for _ in range(5):
                service.doors.read(SO, f"Patient/{dossier.patient}")
    return folder.path


@pytest.fixture
def folder(left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "region"
    shutil.copytree(left, copy)
    monkeypatch.setenv("MESO_DATABASE_URL", f"sqlite:///{copy / 'meso.db'}")
    monkeypatch.setenv("MESO_LOG_DIR", str(copy / "log"))
    monkeypatch.setenv("MESO_KEY_FILE", str(copy / "meso.key"))
    return copy


def verify(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, findings, and everything that was said."""
    result = CliRunner().invoke(app, ["audit", "verify", "--json", *arguments])
    return result.exit_code, json.loads(result.stdout)["findings"], result.output


def tamper(folder: Path, where: str, how: Callable[[sqlite3.Connection, str], object]) -> str:
    name, stream = STREAMS[where]
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        how(connection, stream)
    return stream


def change(connection: sqlite3.Connection, stream: str) -> None:
    connection.execute(
        "UPDATE audit SET person = '900000000' WHERE stream = ? AND seq = 4", (stream,)
    )


def erase_a_word(connection: sqlite3.Connection, stream: str) -> None:
    connection.execute("UPDATE audit SET patient = NULL WHERE stream = ? AND seq = 4", (stream,))


def delete(connection: sqlite3.Connection, stream: str) -> None:
    connection.execute("DELETE FROM audit WHERE stream = ? AND seq = 4", (stream,))


def delete_and_close_up(connection: sqlite3.Connection, stream: str) -> None:
    delete(connection, stream)
    connection.execute("UPDATE audit SET seq = -seq WHERE stream = ? AND seq > 4", (stream,))
    connection.execute("UPDATE audit SET seq = -seq - 1 WHERE stream = ? AND seq < 0", (stream,))


def swap(connection: sqlite3.Connection, stream: str) -> None:
    for old, new in ((4, -4), (5, 4), (-4, 5)):
        connection.execute(
            "UPDATE audit SET seq = ? WHERE stream = ? AND seq = ?", (new, stream, old)
        )


def cut_the_tail(connection: sqlite3.Connection, stream: str) -> None:
    connection.execute("DELETE FROM audit WHERE stream = ? AND seq > 3", (stream,))


def insert(connection: sqlite3.Connection, stream: str) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(audit)") if row[1] != "seq"]
    names = ", ".join(columns)
    last = "(SELECT max(seq) + 1 FROM audit WHERE stream = :s)"
    connection.execute(
        f"INSERT INTO audit ({names}, seq) SELECT {names}, {last} FROM audit"
        " WHERE stream = :s AND seq = 4",
        {"s": stream},
    )


@pytest.mark.parametrize("where", STREAMS)
@pytest.mark.parametrize(
    "how", [change, erase_a_word, delete, delete_and_close_up, swap, cut_the_tail, insert]
)
def test_what_was_done_to_a_line_is_found_and_where(
    folder: Path, where: str, how: Callable[[sqlite3.Connection, str], object]
) -> None:
    stream = tamper(folder, where, how)
    code, findings, _ = verify()
    assert code == 1
    assert {finding["stream"] for finding in findings} == {stream}
    assert any(finding["first"] <= 5 or finding["last"] >= 4 for finding in findings)


def test_a_log_that_nobody_touched_is_in_order(folder: Path) -> None:
    code, findings, said = verify()
    assert (code, findings) == (0, [])
    assert "999" not in said.replace('"lines"', "")


def test_a_rewritten_tail_is_found_by_an_anchor_that_is_held_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    """Technical decision 3: that much is claimed, and no more."""
    anchor = tmp_path / "anchor.json"
    assert CliRunner().invoke(app, ["audit", "anchor", "--out", str(anchor)]).exit_code == 0
    name, stream = STREAMS["log file"]
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        cut_the_tail(connection, stream)
        (digest,) = connection.execute("SELECT hash FROM audit WHERE seq = 3").fetchone()
        connection.execute("UPDATE audit_head SET seq = 3, hash = ?", (digest,))
    with closing(sqlite3.connect(folder / "meso.db")) as connection, connection:
        connection.execute("DELETE FROM audit_anchor")
    assert verify()[0] == 0
    code, findings, _ = verify("--anchor", str(anchor))
    assert code == 1
    assert {finding["stream"] for finding in findings} == {stream}


def test_a_log_file_that_is_gone_is_missed(folder: Path) -> None:
    CliRunner().invoke(app, ["audit", "anchor", "--out", str(folder / "anchor.json")])
    (folder / "log" / "read-0.db").unlink()
    code, findings, _ = verify()
    assert code == 1
    assert {finding["stream"] for finding in findings} == {"read-0"}
