"""One moment of the database for deciding and fetching, on either dialect.

SQLite: a bare driver connection, used on the event loop (7 to 10 µs a row instead of 52 through
SQLAlchemy). PostgreSQL: an SQLAlchemy connection in a thread. Both run the same statements.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult

from adapter.store.dialect import open_sqlite
from adapter.store.statements import Compiled


class Snapshot(Protocol):
    """`now` is read once, at its start, in UTC microseconds."""

    @property
    def now(self) -> int: ...

    @property
    def dialect(self) -> str: ...

    def rows(self, statement: Compiled, values: dict[str, object]) -> list[Any]:
        """All rows; columns by name."""
        ...

    def tuples(self, statement: Compiled, values: dict[str, object]) -> list[tuple[Any, ...]]:
        """All rows, plain: a third of the time of names, for what every read does."""
        ...


@dataclass(slots=True)
class SqliteSnapshot:
    now: int
    connection: sqlite3.Connection
    dialect: str = "sqlite"

    def rows(self, statement: Compiled, values: dict[str, object]) -> list[Any]:
        cursor = self.connection.cursor()
        cursor.row_factory = sqlite3.Row
        values["now"] = self.now
        return cursor.execute(statement.text, statement.arguments(values)).fetchall()

    def tuples(self, statement: Compiled, values: dict[str, object]) -> list[tuple[Any, ...]]:
        values["now"] = self.now
        return self.connection.execute(statement.text, statement.arguments(values)).fetchall()


@dataclass(slots=True)
class ConnectionSnapshot:
    """Inside a unit of work, on either dialect."""

    now: int
    connection: Connection

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    def rows(self, statement: Compiled, values: dict[str, object]) -> list[Any]:
        return [row._mapping for row in self._run(statement, values)]  # noqa: SLF001 - SQLAlchemy's public name for it

    def tuples(self, statement: Compiled, values: dict[str, object]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._run(statement, values)]

    def _run(self, statement: Compiled, values: dict[str, object]) -> CursorResult[Any]:
        known = {**values, "now": self.now}
        arguments = statement.arguments(known) if statement.places else known
        return self.connection.exec_driver_sql(statement.text, arguments)


class SqliteReader:
    """The reading connection of a process."""

    def __init__(self, path: str) -> None:
        self._connection = open_sqlite(path, read_only=True)
        # pages of the file itself, shared between processes and never copied: no memory of ours
        self._connection.execute(f"PRAGMA mmap_size={2**30}")

    @contextmanager
    def snapshot(self, now: int) -> Iterator[SqliteSnapshot]:
        """Everything read inside sees one state; no request joins it later."""
        self._connection.execute("BEGIN")
        try:
            yield SqliteSnapshot(now, self._connection)
        finally:
            self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
