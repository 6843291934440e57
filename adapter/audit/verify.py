"""Does the access log still say what was written? Findings as values, one pass, constant memory.

What this finds, and what it cannot: a line that was changed, left out or moved no longer fits its
neighbours. Somebody who can write the tables may compute the rest of a stream anew, and its head
with it; that is found up to the last anchor that is held elsewhere, and not after it (technical
decision 3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from adapter.audit.anchor import Anchor, Head
from adapter.audit.entry import GENESIS, LogRow, chain

_MOST_COMPARED: Final = 200  # unfit lines that are compared with one another
_PLAIN: Final = (int, str, type(None))  # as written; anything else could encode to the same bytes


class Kind(StrEnum):
    """What is wrong with a stream."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    HEAD = "head"
    ANCHOR = "anchor"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Lines `first` to `last` of `stream`; both 0 where it is not about lines."""

    kind: Kind
    stream: str
    first: int
    last: int
    text: str


@dataclass(slots=True)
class _Walk:
    """Where the pass is: the place that comes next, and the stored hash before it."""

    stream: str
    expected: int = 1
    before: bytes | None = GENESIS
    findings: list[Finding] = field(default_factory=list)
    unfit: list[LogRow] = field(default_factory=list)
    slots: dict[int, bytes] = field(default_factory=dict)  # place → stored hash before it

    def add(self, kind: Kind, first: int, last: int, text: str) -> None:
        self.findings.append(
            Finding(kind=kind, stream=self.stream, first=first, last=last, text=text)
        )


def verify_stream(
    stream: str, rows: Iterable[LogRow], head: Head | None, anchors: Sequence[Anchor] = ()
) -> list[Finding]:
    """Findings of one stream; `rows` by rising `seq`, as the store gives them.

    After a gap the first line cannot be checked (the hash before it is gone); the next ones can.
    """
    walk = _Walk(stream)
    due = {anchor.seq: anchor for anchor in anchors}
    if len(due) < len(anchors):
        due = _distinct(walk, anchors)
    for row in rows:
        _step(walk, row)
        anchor = due.pop(row.seq, None)
        if anchor is not None and anchor.hash != row.hash:
            _anchor_differs(walk, anchor)
    _check_head(walk, head)
    for anchor in due.values():
        if anchor.seq or anchor.hash != GENESIS:
            _anchor_differs(walk, anchor)
    _judge_unfit(walk)
    return sorted(walk.findings, key=lambda finding: (finding.first, finding.kind))


def _step(walk: _Walk, row: LogRow) -> None:
    seq = row.seq
    if type(seq) is not int or seq < walk.expected:
        place = seq if type(seq) is int else walk.expected
        walk.add(
            Kind.MOVED, place, place, f"Regel {place} staat er dubbel of op een vreemde plaats."
        )
        return
    if seq > walk.expected:
        gap = walk.expected, seq - 1
        text = f"Regels {gap[0]} tot en met {gap[1]} ontbreken; regel {seq} is niet te controleren."
        walk.add(Kind.MISSING, *gap, text)
        if walk.before is not None:
            walk.slots[walk.expected] = walk.before
    elif walk.before is not None and not _fits(walk.before, walk.stream, row):
        walk.unfit.append(row)
        walk.slots[seq] = walk.before
    walk.before = row.hash
    walk.expected = seq + 1


def _fits(before: bytes, stream: str, row: LogRow, place: int | None = None) -> bool:
    if not all(type(value) in _PLAIN for value in row.entry):
        return False
    try:
        return chain(before, stream, row.seq if place is None else place, row.entry) == row.hash
    except (ValueError, TypeError, OverflowError):  # no text or number that we ever wrote
        return False


def _check_head(walk: _Walk, head: Head | None) -> None:
    last = walk.expected - 1
    if head is None or type(head.seq) is not int:
        if last or head is not None:
            walk.add(Kind.HEAD, last, last, "De kop van deze reeks ontbreekt.")
    elif head.seq > last:
        text = f"Regels {last + 1} tot en met {head.seq} ontbreken aan het eind."
        walk.add(Kind.MISSING, last + 1, head.seq, text)
    elif head.seq < last or head.hash != (walk.before if last else GENESIS):
        walk.add(Kind.HEAD, last, last, "De kop van deze reeks hoort niet bij de laatste regel.")


def _judge_unfit(walk: _Walk) -> None:
    """Lines that do not fit where they stand: moved when they fit elsewhere, else changed."""
    candidates = walk.unfit if len(walk.slots) <= _MOST_COMPARED else []
    home: dict[int, int] = {}
    for row in candidates:
        for place, before in walk.slots.items():
            if place != row.seq and _fits(before, walk.stream, row, place):
                home[row.seq] = place
    for row in walk.unfit:
        if row.seq in home:
            text = f"Regel {row.seq} hoort op plaats {home[row.seq]}."
            walk.add(Kind.MOVED, row.seq, row.seq, text)
        else:
            text = f"Regel {row.seq} past niet op de vorige: een van beide is veranderd."
            walk.add(Kind.CHANGED, row.seq, row.seq, text)


def _distinct(walk: _Walk, anchors: Sequence[Anchor]) -> dict[int, Anchor]:
    """Anchors by place; two that disagree about one place are a finding by themselves."""
    found: dict[int, Anchor] = {}
    for anchor in anchors:
        if found.setdefault(anchor.seq, anchor).hash != anchor.hash:
            _anchor_differs(walk, anchor)
    return found


def _anchor_differs(walk: _Walk, anchor: Anchor) -> None:
    text = f"Regel {anchor.seq} is niet wat op {anchor.day} is vastgelegd."
    walk.add(Kind.ANCHOR, anchor.seq, anchor.seq, text)
