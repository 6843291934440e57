"""No room to write: nothing is acknowledged, nothing is shown unlogged, and it heals by itself.

F8, S3, RI-11. Once on the served process, whose files may grow no further; once in this process,
where the data file alone is full, or the log alone.
"""

import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from adapter.app import build
from adapter.store.log_file import LogFile
from tests.builders.care import Care
from tests.builders.refusals import assert_outcome
from tests.builders.region import Template, register
from tests.fixtures.service import Served, Service, running

GP = "haverkort"


@pytest.fixture
def small(template: Template, tmp_path: Path) -> Iterator[Service]:
    """An installation of its own: it is going to be full."""
    folder = template.copy(tmp_path / "region")
    settings = folder.settings(base="http://127.0.0.1:8000")
    register(settings, template.region, template.keys)
    with running(settings, template, {}) as found:
        yield found


class Disk:
    """How many pages a data file may have; a file that has more grows no further."""

    _PLENTY = 1_073_741_823

    def __init__(self) -> None:
        self.pages = self._PLENTY

    def __call__(self, connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages}")

    @contextmanager
    def full(self) -> Iterator[None]:
        self.pages = 1
        try:
            yield
        finally:
            self.pages = self._PLENTY


@pytest.fixture
def disk() -> Iterator[Disk]:
    found = Disk()
    event.listen(Engine, "begin", found)
    yield found
    event.remove(Engine, "begin", found)


def test_a_full_data_file_takes_nothing_in_and_goes_on_being_read(
    small: Service, disk: Disk
) -> None:
    doors, care = small.doors, small.care
    patient = care.refer().patient
    doors.token("oosterbaan")
    refused: list[Any] = []
    with disk.full():
        for _ in range(30):  # free pages are used up first
            record = care.referral()
            answer = doors.post(GP, "/records/referrals", record)
            if answer.status_code != 201:
                refused.append((record, answer))
                break
        (record, answer) = refused[0]
        assert answer.status_code == 503
        assert_outcome(answer)
        assert answer.headers["retry-after"]
        assert record["patient"]["bsn"] not in answer.text + small.said()
        assert record["patient"]["family"] not in small.said()
        assert doors.read(GP, f"Patient/{patient}").status_code == 200
        assert doors.about("oosterbaan", "Task", patient).status_code == 200
    assert doors.post(GP, "/records/referrals", record).status_code == 201


def test_a_write_that_failed_left_nothing(small: Service, disk: Disk) -> None:
    small.doors.token(GP)
    record = small.care.referral()
    with disk.full():
        while small.doors.post(GP, "/records/referrals", record).status_code == 201:
            record = small.care.referral()
        before = small.state()
        assert small.doors.post(GP, "/records/referrals", record).status_code == 503
        assert small.state() == before


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk is full"), OSError(28, "x")])
def test_what_cannot_be_logged_is_not_shown(
    small: Service, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """R-70, RI-11: no line, no data; afterwards the chain goes on unbroken."""
    patient = small.care.refer().patient
    add = LogFile.add

    def fails(self: LogFile, entries: Any) -> None:
        raise error

    monkeypatch.setattr(LogFile, "add", fails)
    answers = [
        small.doors.read(GP, f"Patient/{patient}"),
        small.doors.about(GP, "Task", patient),
        small.doors.record("roelvink", patient, "Condition"),
        small.doors.get(None, f"/fhir/Patient/{patient}"),
        small.doors.call(GP, "DELETE", f"/fhir/Patient/{patient}"),
    ]
    for answer in answers:
        assert answer.status_code == 503
        assert_outcome(answer)
        assert "Patient" not in answer.text
    assert str(error) not in small.said()
    monkeypatch.setattr(LogFile, "add", add)
    assert small.doors.read(GP, f"Patient/{patient}").status_code == 200


def test_a_consultation_that_cannot_be_logged_does_not_reach_the_source(
    small: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = small.care.taken_up()
    asked: list[str] = []
    monkeypatch.setattr(
        "adapter.clients.gp_sources.GpSources.find_patient",
        lambda self, base, bsn: asked.append(base),
    )
    monkeypatch.setattr(LogFile, "add", lambda self, entries: 1 / 0)
    assert small.doors.record("roelvink", dossier.patient, "Condition").status_code == 503
    assert asked == []


# --- the served process -----------------------------------------------------------------------


@contextmanager
def no_file_grows(served: Served) -> Iterator[None]:
    """No byte is written to any file of the process, as on a disk that is full to the brim."""
    assert served.process is not None
    pid = served.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.e2e
@pytest.mark.xdist_group("e2e-room")
def test_on_a_full_disk_the_service_says_503_and_heals_without_a_restart(served: Served) -> None:
    doors, care = served.doors, served.care
    referred = care.refer()
    record, path = care.referral(), f"/fhir/Patient/{referred.patient}"
    assert doors.get(GP, path).status_code == 200
    with no_file_grows(served):
        answers = [
            doors.get(GP, path),
            doors.about(GP, "Task", referred.patient),
            doors.get(None, path),
            doors.post(GP, "/records/referrals", record),
            doors.record("roelvink", referred.patient, "Condition") if _has_token(care) else None,
            doors.call(GP, "PATCH", path),
        ]
    for answer in filter(None, answers):
        assert answer.status_code == 503, answer.request.url
        assert_outcome(answer)
        assert referred.person.family not in answer.text
    assert doors.get(GP, path).status_code == 200
    assert doors.post(GP, "/records/referrals", record).status_code == 201
    served.stop_process()
    assert json.loads(served.meso("audit", "verify", "--json").stdout)["findings"] == []
    said = served.said()
    assert referred.person.bsn not in said
    assert record["patient"]["bsn"] not in said
    assert "Traceback" not in said


def test_a_service_that_cannot_log_does_not_start(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "region")
    (folder.path / "log").write_text("no folder")
    settings = folder.settings(base="http://127.0.0.1:8000")
    with pytest.raises(OSError, match="log"):
        build(settings)


def _has_token(care: Care) -> bool:
    """Only with a token from before: nobody gets a new one without room."""
    return any(key[0] == "roelvink" for key in care.doors._tokens)
