"""The access-log file of one reading process (SQLite): appended in groups, durable when it returns.

Reads never write to the data file, so they wait for no consent write and hold none up (technical
decision 2). One process owns one file and with it one stream of the chain; a lock beside the
file says so. Whoever reads the log reads the data file and every file of the folder.
"""

import fcntl
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.schema import CreateTable

from adapter.audit.entry import COLUMNS, GENESIS, AuditEntry, link
from adapter.store.dialect import open_sqlite
from adapter.store.schema import AUDIT_TABLES

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
        """Add `entries` in their order. Any error: none of them is in, and the caller releases
        nothing (R-70, RI-11).
        """
        rows, seq, head = link(self._hash, self._seq, self.stream, entries)
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany(_INSERT, rows)
            connection.execute(_HEAD, (self.stream, seq, head))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has rolled back by itself
                connection.execute("ROLLBACK")
            # an error of COMMIT does not tell whether it happened: go on from what is there
            self._seq, self._hash = self._read_head()
            raise
        self._seq, self._hash = seq, head

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
    # No secondary index: lines are appended far more often than looked for.
    statements: list[str] = []
    engine = create_mock_engine("sqlite://", lambda *_args, **_options: None)
    for table in AUDIT_TABLES:
        text = CreateTable(table, if_not_exists=True).compile(dialect=engine.dialect)
        statements.append(str(text))
    for statement in statements:
        connection.execute(statement)
