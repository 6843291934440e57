"""The access log as tables: append and read.

On PostgreSQL all streams are in one database. On SQLite a reading process has a log file of its
own, with the same tables, so that readers and writers never wait for one another; the lines of
writes stand in the data file. Nothing here updates or deletes a line. Anchors and verification
are in `audit_proof.py`.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    NullPool,
    Select,
    create_engine,
    func,
    select,
    text,
    tuple_,
)

from adapter.audit.entry import COLUMNS, GENESIS, AuditEntry, LogRow, check_stream, link, parse_row
from adapter.store.engine import Store
from adapter.store.schema import audit, audit_head

T = TypeVar("T")
Line = Select[tuple[object, ...]]

_HEAD = select(audit_head.c.seq, audit_head.c.hash).with_for_update()
_NEW_HEAD = text(
    "INSERT INTO audit_head (stream, seq, hash) VALUES (:stream, 0, :hash)"
    " ON CONFLICT (stream) DO NOTHING"
)
LINES: Line = select(*(audit.c[name] for name in COLUMNS))
_ORDER = (audit.c.at, audit.c.stream, audit.c.seq)


def append(connection: Connection, stream: str, entries: Sequence[AuditEntry]) -> None:
    """Add `entries` to `stream` inside the caller's transaction.

    The head row is locked until the commit, so lines of one stream never race. On PostgreSQL
    under REPEATABLE READ a race on the head is a serialisation failure (40001): give concurrent
    transactions streams of their own, or append under READ COMMITTED.
    """
    if not entries:
        return
    statement = _HEAD.where(audit_head.c.stream == stream)
    head = connection.execute(statement).one_or_none()
    if head is None:
        connection.execute(_NEW_HEAD, {"stream": check_stream(stream), "hash": GENESIS})
        head = connection.execute(statement).one()
    rows, seq, line_hash = link(head.hash, head.seq, stream, entries)
    connection.execute(audit.insert(), [dict(zip(COLUMNS, row, strict=True)) for row in rows])
    connection.execute(
        audit_head.update().where(audit_head.c.stream == stream).values(seq=seq, hash=line_hash)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which lines: everything that is given has to match. `since` and `until` are UTC
    microseconds, half-open; `patient` is the internal key.
    """

    custodian: str | None = None
    ura: str | None = None
    patient: str | None = None
    staff: str | None = None
    stream: str | None = None
    since: int | None = None
    until: int | None = None


def read_rows(
    store: Store,
    log_dir: Path,
    wanted: LogFilter,
    *,
    limit: int | None = None,
    older_than: tuple[int, str, int] | None = None,
) -> list[LogRow]:
    """Lines of the data file and of every log file, newest first.

    `older_than` is (at, stream, seq) of the last line of the page before.
    """
    statement = _where(LINES, wanted).order_by(*(column.desc() for column in _ORDER))
    if older_than is not None:
        statement = statement.where(tuple_(*_ORDER) < older_than)
    if limit is not None:
        statement = statement.limit(limit)
    parts = each_source(
        store,
        log_dir,
        lambda connection: [parse_row(line) for line in connection.execute(statement)],
    )
    return list(islice(heapq.merge(*parts, key=_place, reverse=True), limit))


def count_rows(store: Store, log_dir: Path, wanted: LogFilter) -> int:
    """How many lines match, over all sources."""
    statement = _where(select(func.count()).select_from(audit), wanted)
    return sum(each_source(store, log_dir, lambda connection: connection.scalars(statement).one()))


def find_row(store: Store, log_dir: Path, stream: str, seq: int) -> LogRow | None:
    """One line."""
    statement = LINES.where(audit.c.stream == stream, audit.c.seq == seq)
    found = each_source(
        store, log_dir, lambda connection: connection.execute(statement).one_or_none()
    )
    return next((parse_row(line) for line in found if line is not None), None)


def each_source(store: Store, log_dir: Path, unit: Callable[[Connection], T]) -> list[T]:
    """`unit` once on the data file and once on every log file, each in one snapshot."""
    found = [store.read(unit)]
    for path in log_files(store, log_dir):
        with open_log_file(path) as connection:
            found.append(unit(connection))
    return found


def log_files(store: Store, log_dir: Path) -> list[Path]:
    """Log files of reading processes; there are none on PostgreSQL."""
    return sorted(log_dir.glob("*.db")) if store.dialect == "sqlite" else []


@contextmanager
def open_log_file(path: Path) -> Iterator[Connection]:
    """One snapshot of a log file, that cannot be written through it."""
    address = f"file:{quote(str(path.resolve()))}"
    url = URL.create("sqlite", database=address, query={"mode": "ro", "uri": "true"})
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")  # the driver by itself begins for writes only
        yield connection


def _where(statement: Select[T], wanted: LogFilter) -> Select[T]:
    for name in ("custodian", "ura", "patient", "staff", "stream"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(audit.c[name] == value)
    if wanted.since is not None:
        statement = statement.where(audit.c.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(audit.c.at < wanted.until)
    return statement


def _place(row: LogRow) -> tuple[int, str, int]:
    at = row.entry.at
    return at if isinstance(at, int) else 0, row.stream, row.seq  # a spoilt line is shown too
