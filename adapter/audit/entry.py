"""One line of the access log, and the chain that binds the lines of one stream.

A stream belongs to one log writer. Line `seq` holds the SHA-256 over the hash of line `seq - 1`
and its own canonical bytes, so that a changed, missing or moved line no longer fits. This is the
hot path of every read: plain values, one encoder call, one hash.

AuditEntry is turned into FHIR only when somebody looks at the log (`adapter/audit/event.py`).
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from adapter.fhir.json import encode

GENESIS: Final = bytes(32)  # hash of "line 0" of every stream
TEXT_LIMIT: Final = 500
_STREAM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?")
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ") | dict.fromkeys(
    (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
)


class AuditEntry(NamedTuple):
    """What one access was, in the words of the decision.

    `at` is UTC microseconds; `outcome` an AuditEvent outcome (0, 4, 8, 12) and a serious failure
    unless said otherwise; `status` the HTTP status; `gates` the four NEN 7513 positions, such as
    `TTFT`; `interaction` a FHIR restful-interaction code or a word of our own (`token`, …);
    `patient` the internal key; `relation`, `consent` and `policy` what the decision relied on.
    `query` and `detail` are the only free texts: pass them through `clean_text`.
    """

    # A tuple and not a dataclass: made for every read, it costs a quarter of a frozen dataclass,
    # and its order is the canonical form.
    at: int
    request_id: str
    client: str | None = None
    ura: str | None = None
    staff: str | None = None
    person: str | None = None
    role: str | None = None
    purpose: str | None = None
    interaction: str = "unknown"
    type: str | None = None
    resource_id: str | None = None
    version: int | None = None
    patient: str | None = None
    custodian: str | None = None
    outcome: int = 12
    status: int | None = None
    gates: str | None = None
    rule: str | None = None
    relation: str | None = None
    consent: str | None = None
    policy: str | None = None
    query: str | None = None
    detail: str | None = None


COLUMNS: Final = ("stream", "seq", *AuditEntry._fields, "hash")


class LogRow(NamedTuple):
    """One stored line: its place in the chain, what it says, and the hash that was stored."""

    stream: str
    seq: int
    entry: AuditEntry
    hash: bytes


def canonical(stream: str, seq: int, entry: AuditEntry) -> bytes:
    """UTF-8 JSON array: stream, seq, then every field in its order; absent is null."""
    return encode((stream, seq, *entry))


def chain(prev_hash: bytes, stream: str, seq: int, entry: AuditEntry) -> bytes:
    """Hash of line `seq`, 32 bytes; `prev_hash` of line 1 is `GENESIS`."""
    return sha256(prev_hash + encode((stream, seq, *entry))).digest()


def link(
    prev_hash: bytes, prev_seq: int, stream: str, entries: Sequence[AuditEntry]
) -> tuple[list[tuple[Any, ...]], int, bytes]:
    """Rows (in the order of `COLUMNS`) that follow the given head, and the new (seq, hash)."""
    rows: list[tuple[Any, ...]] = []
    seq, head = prev_seq, prev_hash
    for entry in entries:
        seq += 1
        head = sha256(head + encode((stream, seq, *entry))).digest()
        rows.append((stream, seq, *entry, head))
    return rows, seq, head


def parse_row(values: Sequence[Any]) -> LogRow:
    """A table row, in the order of `COLUMNS`, as a value; nothing about it is believed yet."""
    return LogRow(values[0], values[1], AuditEntry(*values[2:-1]), as_hash(values[-1]))


def as_hash(value: object) -> bytes:
    """A stored hash; what is no hash fits nothing."""
    return value if isinstance(value, bytes) else b""


def check_stream(stream: str) -> str:
    """`stream` itself; `ValueError` when it could not be part of an AuditEvent id."""
    if not _STREAM.fullmatch(stream):
        raise ValueError("a stream name has 1 to 40 letters, digits, dots and hyphens")
    return stream


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Free text fit for one line of the log: no control or direction characters, capped."""
    return text.translate(_CONTROL)[:limit]
