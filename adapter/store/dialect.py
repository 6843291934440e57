"""Everything in which SQLite and PostgreSQL differ."""

import sqlite3
from hashlib import sha256

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_MS = 5000
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose acknowledged commits at power loss
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
)
# Whole unit is done again: serialisation failure, deadlock, and a unique row that another
# instance wrote first (the second try then sees it and answers the replay).
_REPEATABLE = {"40001", "40P01", "23505"}


def open_engine(url: str, pool_size: int) -> Engine:
    """Engine with our transaction rules; no connection is made yet."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url, pool_size=pool_size, max_overflow=pool_size, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,  # an error text would hold what was to be stored
    )


def sqlite_path(url: str) -> str:
    """File of an SQLite URL."""
    path = make_url(url).database
    if not path:
        raise ValueError("the SQLite database must be a file")
    return path


def open_sqlite(path: str, *, read_only: bool = False) -> sqlite3.Connection:
    """Bare driver connection for the read path (technical decisions 2 and 4)."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    prepare_sqlite(connection)
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    return connection


def prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Settings that every connection to a data or log file has."""
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def is_repeatable(error: BaseException) -> bool:
    """Whether doing the whole unit of work again may succeed (PostgreSQL)."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in _REPEATABLE


def try_lock(connection: Connection, name: str) -> bool:
    """Lock `name` until the transaction ends; false when another transaction has it.

    SQLite has one writing transaction at a time, which is such a lock.
    """
    if connection.dialect.name == "sqlite":
        return True
    number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    taken = connection.scalar(text("SELECT pg_try_advisory_xact_lock(:n)"), {"n": number})
    return bool(taken)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy opens the transaction, not the driver
    prepare_sqlite(connection)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once with "database is locked",
    # whatever the busy timeout is; so a writing unit says so at its start.
    write = connection.get_execution_options().get("meso_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
