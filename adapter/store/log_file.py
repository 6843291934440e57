"""The access-log file of one reading process (SQLite): appended in groups, durable when it returns.

Reads never write to the data file, so they wait for no consent write and hold none up (technical
decision 2). One process owns one file and with it one stream of the chain; a lock beside the
file says so. Whoever reads the log reads the data file and every file of the folder.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.dialects import sqlite

from adapter.audit.entry import COLUMNS, GENESIS, AuditEntry, link
from adapter.store.dialect import open_sqlite
from adapter.store.schema import audit

_INSERT = f"INSERT INTO audit ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - column names of our own
_HEAD = "INSERT OR REPLACE INTO audit_head (stream, seq, hash) VALUES (?, ?, ?)"
_MAX_PROCESSES = 256


class LogFile:
    """Owned by one process for its life; `append` is called by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock, self.path = _claim(folder)
        self.stream = self.path.stem
        self._connection = open_sqlite(str(self.path))
        _create_tables(self._connection)
        self._seq, self._hash = self._read_head()

    def append(self, entries: Sequence[AuditEntry]) -> None:
        """Add `entries` in their order and make them durable. Any error, here or in the two
        halves: none of them is in, and the caller releases nothing (R-70, RI-11).
        """
        self.add(entries)
        self.commit()

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Half of `append`: in memory only, so short enough for the event loop."""
        rows, self._seq, self._hash = link(self._hash, self._seq, self.stream, entries)
        with self._undone_on_error():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(_INSERT, rows)
            self._connection.execute(_HEAD, (self.stream, self._seq, self._hash))

    def commit(self) -> None:
        """Other half: waits for the disk, without the interpreter's lock."""
        with self._undone_on_error():
            self._connection.execute("COMMIT")

    @contextmanager
    def _undone_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has rolled back by itself
                self._connection.execute("ROLLBACK")
            # an error of COMMIT does not tell whether it happened: go on from what is there
            self._seq, self._hash = self._read_head()
            raise

    def close(self) -> None:
        """Give the file back; the next process goes on with the same stream."""
        self._connection.close()
        os.close(self._lock)

    def _read_head(self) -> tuple[int, bytes]:
        row = self._connection.execute(
            "SELECT seq, hash FROM audit_head WHERE stream = ?", (self.stream,)
        ).fetchone()
        return (row[0], row[1]) if row else (0, GENESIS)


def _claim(folder: Path) -> tuple[int, Path]:
    for number in range(_MAX_PROCESSES):
        handle = os.open(folder / f"read-{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            continue
        return handle, folder / f"read-{number}.db"
    raise RuntimeError("every log file of the folder is in use")


def _create_tables(connection: sqlite3.Connection) -> None:
    """The tables of the schema, as a file of one stream wants them: a line is where its number
    says, and no index is kept up, since lines are appended far more often than looked for.
    """
    types = {c.name: c.type.compile(dialect=sqlite.dialect()) for c in audit.columns}
    columns = ", ".join(
        f"{name} {'INTEGER PRIMARY KEY' if name == 'seq' else types[name]}" for name in COLUMNS
    )
    connection.execute(f"CREATE TABLE IF NOT EXISTS audit ({columns})")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS audit_head (stream VARCHAR PRIMARY KEY, seq BIGINT NOT NULL,"
        " hash BLOB NOT NULL) WITHOUT ROWID"
    )
