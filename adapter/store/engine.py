"""The database: units of work over SQLAlchemy Core, on SQLite or PostgreSQL.

A unit is a plain function that takes a `Connection`; it runs in one transaction, in one thread
hop. SQLite has one writer: a process-wide lock keeps waiting short, `BEGIN IMMEDIATE` keeps
other processes right.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import anyio.to_thread
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from adapter.settings import Settings
from adapter.store.dialect import is_repeatable, open_engine, sqlite_path

__all__ = ["Connection", "Store", "open_store"]  # units are written against `Connection` from here

T = TypeVar("T")
_TRIES = 3


class Store:
    """Owns the connections; opened and closed with the application."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url
        self._engine = open_engine(url, pool_size)
        self.dialect = self._engine.dialect.name
        self._write_lock = threading.Lock()

    def read(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in one snapshot."""
        options = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            return unit(connection)

    def disclose(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in one snapshot in which it also writes its log lines (PostgreSQL)."""
        options = {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            return unit(connection)

    def write(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in one transaction; it is committed when this returns, else nothing is."""
        if self.dialect == "sqlite":
            with self._write_lock:
                return self._write_once(unit)
        for _ in range(_TRIES - 1):
            try:
                return self._write_once(unit)
            except DBAPIError as error:
                if not is_repeatable(error):
                    raise
        return self._write_once(unit)

    async def run_read(self, unit: Callable[[Connection], T]) -> T:
        """`read` off the event loop."""
        return await anyio.to_thread.run_sync(self.read, unit)

    async def run_write(self, unit: Callable[[Connection], T]) -> T:
        """`write` off the event loop."""
        return await anyio.to_thread.run_sync(self.write, unit)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _write_once(self, unit: Callable[[Connection], T]) -> T:
        connect = self._engine.connect().execution_options(meso_write=True)
        with connect as connection, connection.begin():
            return unit(connection)


def open_store(settings: Settings) -> Store:
    """Store of these settings; the folder of an SQLite file is made when missing."""
    if settings.database_url.startswith("sqlite"):
        Path(sqlite_path(settings.database_url)).parent.mkdir(parents=True, exist_ok=True)
    return Store(settings.database_url, pool_size=settings.postgres_pool)
