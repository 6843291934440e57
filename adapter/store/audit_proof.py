"""Anchors over the heads of the access log, and verification of everything that is stored.

What is claimed is in `adapter/audit/verify.py`: change, omission and reordering are found up to
the last anchor that is held outside this installation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import DBAPIError

from adapter.audit.anchor import Anchor, Head, sign_heads, unsigned_days
from adapter.audit.entry import as_hash, parse_row
from adapter.audit.verify import Finding, Kind, verify_stream
from adapter.store.audit_log import LINES, each_source, log_files, open_log_file
from adapter.store.engine import Store
from adapter.store.schema import audit, audit_anchor, audit_head

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Result over all sources; no findings is good news up to the newest anchor held elsewhere."""

    streams: int
    lines: int
    findings: list[Finding]


def write_anchor(store: Store, log_dir: Path, key: bytes, day: str) -> list[Anchor]:
    """Anchors of `day` (YYYY-MM-DD) over every head; those of a day that has them are kept."""
    kept = _read_anchors(store, day)
    if kept:
        return kept
    heads = [head for part in each_source(store, log_dir, _heads) for head in part]
    anchors = sign_heads(key, day, heads)
    if anchors:
        rows = [
            {"day": a.day, "stream": a.stream, "seq": a.seq, "hash": a.hash, "mac": a.mac}
            for a in anchors
        ]
        store.write(lambda connection: connection.execute(insert(audit_anchor), rows))
    return anchors


def verify_all(
    store: Store, log_dir: Path, key: bytes, held: Sequence[Anchor] = ()
) -> Verification:
    """Every line of every stream, against its neighbours, its head, our anchors and `held`: the
    anchors that were kept elsewhere.
    """
    own = _read_anchors(store)
    anchors = [*own, *held]
    findings = [_unsigned(day) for group in (own, held) for day in unsigned_days(key, group)]
    seen: dict[str, int] = {}

    def check(connection: Connection) -> None:
        for stream, head in _streams(connection).items():
            if stream in seen:
                findings.append(_about(Kind.MOVED, stream, "Deze reeks staat in twee bestanden."))
            mine = [anchor for anchor in anchors if anchor.stream == stream]
            lines = connection.execution_options(yield_per=_BATCH).execute(
                LINES.where(audit.c.stream == stream).order_by(audit.c.seq)
            )
            findings.extend(verify_stream(stream, map(parse_row, lines), head, mine))
            seen[stream] = seen.get(stream, 0) + _count(connection, stream)

    store.read(check)
    for path in log_files(store, log_dir):
        try:
            with open_log_file(path) as connection:
                check(connection)
        except DBAPIError:
            findings.append(_about(Kind.UNREADABLE, path.stem, "Dit logbestand is onleesbaar."))
    lost = sorted({anchor.stream for anchor in anchors if anchor.seq} - seen.keys())
    findings += [_about(Kind.MISSING, name, "De hele reeks ontbreekt.") for name in lost]
    return Verification(streams=len(seen), lines=sum(seen.values()), findings=findings)


def _streams(connection: Connection) -> dict[str, Head | None]:
    """Every stream that has lines or a head."""
    named = connection.scalars(select(audit.c.stream).distinct()).all()
    found: dict[str, Head | None] = dict.fromkeys(sorted(map(str, named)))
    return found | {head.stream: head for head in _heads(connection)}


def _heads(connection: Connection) -> list[Head]:
    return [
        Head(stream=row.stream, seq=row.seq, hash=as_hash(row.hash))
        for row in connection.execute(select(audit_head))
    ]


def _count(connection: Connection, stream: str) -> int:
    statement = select(func.count()).select_from(audit).where(audit.c.stream == stream)
    return connection.scalars(statement).one()


def _read_anchors(store: Store, day: str | None = None) -> list[Anchor]:
    statement = select(audit_anchor).order_by(audit_anchor.c.day, audit_anchor.c.stream)
    if day is not None:
        statement = statement.where(audit_anchor.c.day == day)
    rows = store.read(lambda connection: connection.execute(statement).all())
    return [_anchor(row) for row in rows]


def _anchor(row: Row[Any]) -> Anchor:
    return Anchor(
        day=row.day, stream=row.stream, seq=row.seq, hash=as_hash(row.hash), mac=as_hash(row.mac)
    )


def _unsigned(day: str) -> Finding:
    return _about(Kind.SIGNATURE, "*", f"Het anker van {day} draagt niet onze handtekening.")


def _about(kind: Kind, stream: str, text: str) -> Finding:
    return Finding(kind=kind, stream=stream, first=0, last=0, text=text)
