"""The access log in its tables: appended with the data, read over all files, verified as a whole."""

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update

from adapter.audit.anchor import read_document, write_document
from adapter.audit.entry import COLUMNS, GENESIS, link, parse_row
from adapter.audit.verify import Kind
from adapter.store.audit_log import (
    LINES,
    LogFilter,
    append,
    count_rows,
    find_row,
    open_log_file,
    read_rows,
)
from adapter.store.audit_proof import verify_all, write_anchor
from adapter.store.engine import Store
from adapter.store.log_file import LogFile
from adapter.store.schema import audit, audit_anchor, audit_head, metadata
from tests.builders.identity import NOW, URA
from tests.builders.log import GP, entry

KEY = b"a" * 32
DAY = "2026-11-24"


class Log:
    """A data file and a folder of log files."""

    def __init__(self, folder: Path):
        self.folder = folder / "log"
        self.store = Store(f"sqlite:///{folder / 'meso.db'}")
        self.store.write(metadata.create_all)

    def add(self, count, stream="data", start=0, **changes):
        entries = [
            entry(at=NOW + start + n, request_id=f"r{start + n}", **changes) for n in range(count)
        ]
        self.store.write(lambda c: append(c, stream, entries))

    def add_to_file(self, count, start=0, **changes):
        log = LogFile(self.folder)
        log.append([entry(at=NOW + start + n, **changes) for n in range(count)])
        log.close()
        return log.path

    def do(self, statement):
        self.store.write(lambda c: c.execute(statement))

    def read(self, limit=None, older_than=None, **wanted):
        return read_rows(
            self.store, self.folder, LogFilter(**wanted), limit=limit, older_than=older_than
        )

    def findings(self, held=()):
        return verify_all(self.store, self.folder, KEY, held).findings

    def anchor(self, day=DAY):
        return write_anchor(self.store, self.folder, KEY, day)


@pytest.fixture
def log(tmp_path):
    log = Log(tmp_path)
    yield log
    log.store.close()


def kinds(findings):
    return {finding.kind for finding in findings}


# --- append -----------------------------------------------------------------------------------


def test_appending_chains_from_the_first_line_on(log):
    log.add(2)
    log.add(1, start=2)
    rows = sorted(log.read(), key=lambda row: row.seq)
    assert [row.seq for row in rows] == [1, 2, 3]
    assert rows == [parse_row(r) for r in link(GENESIS, 0, "data", [row.entry for row in rows])[0]]


def test_a_transaction_that_fails_leaves_no_line_and_no_head(log):
    log.add(1)

    def unit(connection):
        append(connection, "data", [entry()])
        raise RuntimeError("something else in this transaction")

    with pytest.raises(RuntimeError):
        log.store.write(unit)
    assert len(log.read()) == 1
    log.add(1)
    assert log.findings() == []


def test_streams_do_not_mix(log):
    log.add(2, "data")
    log.add(2, "other")
    assert sorted((row.stream, row.seq) for row in log.read()) == [
        ("data", 1),
        ("data", 2),
        ("other", 1),
        ("other", 2),
    ]
    assert log.findings() == []


def test_nothing_to_append_makes_no_stream(log):
    log.store.write(lambda c: append(c, "data", []))
    assert log.store.read(lambda c: c.execute(select(audit_head)).all()) == []


def test_a_stream_that_could_not_be_part_of_an_id_is_refused(log):
    with pytest.raises(ValueError, match="stream"):
        log.store.write(lambda c: append(c, "a_b", [entry()]))


def test_writers_at_the_same_moment_make_one_unbroken_chain(log):
    threads = [threading.Thread(target=lambda: [log.add(3) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(log.read()), log.findings()) == (60, [])


def test_the_database_and_the_log_file_write_the_same_chain(log):
    entries = [entry(at=NOW + n) for n in range(3)]
    log.store.write(lambda c: append(c, "read-0", entries))
    file = LogFile(log.folder)
    file.append(entries)
    file.close()
    with open_log_file(file.path) as connection:
        in_file = connection.execute(LINES).all()
    in_data = log.store.read(lambda c: c.execute(LINES).all())
    assert [tuple(r) for r in in_file] == [tuple(r) for r in in_data]


# --- read -------------------------------------------------------------------------------------


def test_lines_of_all_files_come_newest_first(log):
    log.add(2, start=0)
    log.add_to_file(2, start=1)
    assert [row.entry.at - NOW for row in log.read()] == [2, 1, 1, 0]


def test_a_log_file_that_is_being_written_is_read_too(log):
    file = LogFile(log.folder)
    file.append([entry()])
    assert len(log.read()) == 1
    file.append([entry()])
    assert len(log.read()) == 2
    file.close()


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 4),
        ({"custodian": GP}, 3),
        ({"ura": URA}, 4),
        ({"patient": "pk2"}, 1),
        ({"staff": "other"}, 1),
        ({"stream": "data"}, 3),
        ({"since": NOW + 1}, 3),
        ({"until": NOW + 1}, 1),
        ({"since": NOW, "until": NOW + 2, "custodian": GP}, 2),
        ({"custodian": ""}, 0),
    ],
    ids=str,
)
def test_only_the_wanted_lines_are_read(log, wanted, count):
    log.add(1, start=0)
    log.add(1, start=1, patient="pk2")
    log.add(1, start=2, custodian="90000102")
    log.add_to_file(1, start=3, staff="other")
    assert len(log.read(**wanted)) == count
    assert count_rows(log.store, log.folder, LogFilter(**wanted)) == count


def test_pages_give_every_line_once(log):
    log.add(5)
    log.add_to_file(5, start=2)
    for _ in range(2):
        log.add(2, stream="other", start=3)
    found, last = [], None
    while page := log.read(limit=3, older_than=last):
        found += page
        last = (page[-1].entry.at, page[-1].stream, page[-1].seq)
    assert found == log.read()
    assert len(found) == 14


def test_one_line_is_found_in_whatever_file_it_is(log):
    log.add(2)
    path = log.add_to_file(2)
    assert find_row(log.store, log.folder, "data", 2).seq == 2
    assert find_row(log.store, log.folder, path.stem, 1).stream == path.stem
    assert find_row(log.store, log.folder, "data", 3) is None


def test_a_log_file_cannot_be_written_through_the_reader(log):
    path = log.add_to_file(1)
    with open_log_file(path) as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(delete(audit))


def test_a_reader_of_a_log_file_sees_one_moment(log):
    file = LogFile(log.folder)
    file.append([entry()])
    with open_log_file(file.path) as connection:
        before = connection.execute(LINES).all()
        file.append([entry()])
        assert connection.execute(LINES).all() == before
    file.close()


# --- verify -----------------------------------------------------------------------------------


def test_an_untouched_log_has_no_findings(log):
    log.add(5)
    log.add_to_file(5)
    log.anchor()
    result = verify_all(log.store, log.folder, KEY)
    assert (result.findings, result.streams, result.lines) == ([], 2, 10)


def test_an_empty_log_has_no_findings(log):
    assert log.anchor() == []
    assert log.findings() == []


TAMPERINGS = {
    "update": lambda seq: update(audit).where(audit.c.seq == seq).values(patient="pk-x"),
    "delete": lambda seq: delete(audit).where(audit.c.seq == seq),
    "move": lambda seq: update(audit).where(audit.c.seq == seq).values(seq=seq + 100),
    "hash": lambda seq: update(audit).where(audit.c.seq == seq).values(hash=b"x" * 32),
    "no hash": lambda seq: text(f"UPDATE audit SET hash = 'text' WHERE seq = {seq}"),
    "kind": lambda seq: text(f"UPDATE audit SET request_id = X'7230' WHERE seq = {seq}"),
    "null": lambda seq: update(audit).where(audit.c.seq == seq).values(at=None),
    "text": lambda seq: text(f"UPDATE audit SET at = 'later' WHERE seq = {seq}"),
    "stream": lambda seq: update(audit).where(audit.c.seq == seq).values(stream="elsewhere"),
    "head": lambda seq: update(audit_head).values(seq=seq),
    "no head": lambda seq: delete(audit_head),
    "spoilt head": lambda seq: text("UPDATE audit_head SET seq = 'x'"),
}


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(name=st.sampled_from(sorted(TAMPERINGS)), seq=st.integers(1, 6))
def test_every_tampering_with_a_table_is_found(tmp_path_factory, name, seq):
    log = Log(tmp_path_factory.mktemp("log"))
    log.add(7)
    log.do(TAMPERINGS[name](seq))
    assert log.findings() != []
    log.read()  # and the log can still be looked at
    log.store.close()


def test_an_inserted_line_is_found(log):
    log.add(2)
    values = dict(zip(COLUMNS, ("data", 3, *entry(), b"x" * 32), strict=True))
    log.do(insert(audit).values(**values))
    assert Kind.HEAD in kinds(log.findings())


def test_a_log_file_that_was_tampered_with_is_found(log):
    path = log.add_to_file(5)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE audit SET patient = 'x' WHERE seq = 3")
    connection.close()
    assert [(f.kind, f.stream, f.first) for f in log.findings()] == [(Kind.CHANGED, "read-0", 3)]


def test_a_log_file_that_is_no_database_is_a_finding(log):
    log.folder.mkdir()
    (log.folder / "read-7.db").write_bytes(b"not a database" * 100)
    (finding,) = log.findings()
    assert (finding.kind, finding.stream) == (Kind.UNREADABLE, "read-7")


def test_a_text_that_is_no_utf8_is_a_finding(log):
    path = log.add_to_file(3)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE audit SET detail = CAST(X'FF' AS TEXT) WHERE seq = 2")
    connection.close()
    assert Kind.UNREADABLE in kinds(log.findings())


def test_a_stream_in_two_files_is_found(log):
    path = log.add_to_file(2)
    (log.folder / "copy.db").write_bytes(path.read_bytes())
    assert Kind.MOVED in kinds(log.findings())


# --- anchors ----------------------------------------------------------------------------------


def test_an_anchor_is_over_every_stream_of_every_file(log):
    log.add(3)
    log.add_to_file(2)
    assert [(a.stream, a.seq) for a in log.anchor()] == [("data", 3), ("read-0", 2)]


def test_the_anchors_of_a_day_are_written_once(log):
    log.add(1)
    first = log.anchor()
    log.add(1)
    assert log.anchor() == first
    assert log.anchor("2026-11-25") != first


def test_lines_after_an_anchor_do_no_harm(log):
    log.add(3)
    log.anchor()
    log.add(3)
    assert log.findings() == []


def forge(log, first):
    """Change line `first` and chain everything from there on anew, with its head."""
    rows = sorted(log.read(stream="data"), key=lambda row: row.seq)
    before = rows[first - 2].hash if first > 1 else GENESIS
    entries = [row.entry for row in rows[first - 1 :]]
    entries[0] = entries[0]._replace(patient="pk-x")
    forged, seq, head = link(before, first - 1, "data", entries)
    log.do(delete(audit).where(audit.c.seq >= first))
    log.do(insert(audit).values([dict(zip(COLUMNS, row, strict=True)) for row in forged]))
    log.do(update(audit_head).values(seq=seq, hash=head))


def test_a_log_computed_anew_is_found_by_our_own_anchor(log):
    log.add(5)
    log.anchor()
    forge(log, 2)
    assert Kind.ANCHOR in kinds(log.findings())


def test_a_log_computed_anew_with_our_anchors_removed_is_found_by_one_held_elsewhere(log):
    log.add(5)
    held = read_document(write_document(log.anchor()))
    forge(log, 2)
    log.do(delete(audit_anchor))
    assert log.findings() == []  # nobody can tell from the inside
    assert Kind.ANCHOR in kinds(log.findings(held))


def test_an_anchor_that_was_computed_anew_without_the_key_is_found(log):
    log.add(5)
    log.anchor()
    forge(log, 2)
    log.do(update(audit_anchor).values(hash=log.read()[0].hash))
    assert Kind.SIGNATURE in kinds(log.findings())


def test_a_log_file_that_is_gone_is_found_by_the_anchor(log):
    path = log.add_to_file(2)
    log.add(1)
    log.anchor()
    path.unlink()
    (finding,) = log.findings()
    assert (finding.kind, finding.stream) == (Kind.MISSING, "read-0")
