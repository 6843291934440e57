"""What a sender's JSON holds beside what we write of the same record, and how it is put back.

A `Delta` is taken between what we write (ours) and what was sent (theirs). Put back on the same
ours it gives theirs again, whatever either of them is. Put back on a changed ours, the change
stands: a value of theirs comes back only where ours is still what it was replaced by.

Items of a list are matched by what they share, not by their position, so an item that we do not
know may stand anywhere. A Reference is one value: half of one and half of another points nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json

Step = str | int


class _Absent:
    """The value of what is not there; JSON has no such value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Theirs instead of ours, either of which may be absent."""

    theirs: object
    ours: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Of an object: the members that differ."""

    members: "Mapping[str, Delta]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Of a list: theirs in order, each new or one of ours (by index, with what differs in it).

    `dropped` are those of ours that theirs has not, by index.
    """

    items: "Sequence[Put | tuple[int, Delta | None]]"
    dropped: Mapping[int, object]


Delta = Put | Members | Items


def delta(ours: object, theirs: object) -> Delta | None:
    """What makes theirs of ours; None when they are the same."""
    if same(ours, theirs):
        return None
    if isinstance(ours, dict) and isinstance(theirs, dict) and not _is_reference(ours, theirs):
        names = [*ours, *(name for name in theirs if name not in ours)]
        found = {name: delta(ours.get(name, ABSENT), theirs.get(name, ABSENT)) for name in names}
        return Members(members={name: item for name, item in found.items() if item is not None})
    if isinstance(ours, list) and isinstance(theirs, list):
        return _items(ours, theirs)
    return Put(theirs=theirs, ours=ours)


def put_back(ours: object, beside: Delta | None, at: str) -> object:
    """Ours with what was beside it. FhirError 422 with the path of what has lost its place."""
    match beside:
        case None:
            return ours
        case Put(theirs=theirs, ours=before):
            return theirs if same(ours, before) else ours
        case Members(members=members):
            return _put_members(ours, members, at)
        case Items():
            return _put_items(ours, beside, at)


def unknown(
    beside: Delta | None, at: tuple[Step, ...] = ()
) -> Iterator[tuple[tuple[Step, ...], object]]:
    """What theirs has and ours has not, each with its path in theirs."""
    match beside:
        case Put(theirs=theirs, ours=ours) if ours is ABSENT:
            yield at, theirs
        case Members(members=members):
            for name, item in members.items():
                yield from unknown(item, (*at, name))
        case Items(items=items):
            for n, one in enumerate(items):
                yield from unknown(one[1] if isinstance(one, tuple) else one, (*at, n))


def same(one: object, other: object) -> bool:
    """Equal as JSON: `1` is no `true`, and a number keeps its digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one is other or str(one) == str(other))


def _is_reference(*values: Json) -> bool:
    return any(isinstance(value.get("reference"), str) for value in values)


# --- lists ------------------------------------------------------------------------------------


def _items(ours: Sequence[object], theirs: Sequence[object]) -> Items:
    pairs = _pairs(ours, theirs)
    items = [
        (pairs[n], delta(ours[pairs[n]], item)) if n in pairs else Put(theirs=item, ours=ABSENT)
        for n, item in enumerate(theirs)
    ]
    known = set(pairs.values())
    return Items(items=items, dropped={n: x for n, x in enumerate(ours) if n not in known})


def _pairs(ours: Sequence[object], theirs: Sequence[object]) -> dict[int, int]:
    """Index of theirs -> index of ours, the most alike first."""
    likeness = sorted(
        (
            (-score, abs(n - m), n, m)
            for n, item in enumerate(theirs)
            for m, own in enumerate(ours)
            if (score := _alike(own, item, is_same_place=n == m))
        ),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in likeness:
        if n not in found and m not in taken:
            found[n] = m
            taken.add(m)
    return found


def _alike(own: object, item: object, *, is_same_place: bool) -> int:
    """How many values they share; something for two values in one place."""
    if isinstance(own, dict) and isinstance(item, dict):
        names = [name for name in own if name in item]
        shared = sum(_alike(own[name], item[name], is_same_place=False) for name in names)
        return shared or int(is_same_place and _is_reference(own, item))
    if isinstance(own, list) and isinstance(item, list):
        return sum(_alike(a, b, is_same_place=False) for a, b in zip(own, item, strict=False))
    if same(own, item):
        return 2
    return int(is_same_place and not isinstance(own, dict | list) and type(own) is type(item))


# --- putting back -----------------------------------------------------------------------------


def _put_members(ours: object, members: Mapping[str, Delta], at: str) -> object:
    if not isinstance(ours, dict):
        _lost(Members(members=members), at)
        return ours
    found = dict(ours)
    for name, item in members.items():
        value = put_back(ours.get(name, ABSENT), item, f"{at}.{name}")
        if value is ABSENT:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def _put_items(ours: object, beside: Items, at: str) -> object:
    """Theirs in their order, then what ours got since."""
    if not isinstance(ours, list):
        _lost(beside, at)
        return ours
    found: list[object] = []
    used = {n for n, item in beside.dropped.items() if n < len(ours) and same(ours[n], item)}
    for n, item in enumerate(beside.items):
        here = f"{at}[{n}]"
        if isinstance(item, Put):
            found.append(item.theirs)
        elif item[0] < len(ours):
            used.add(item[0])
            found.append(put_back(ours[item[0]], item[1], here))
        else:
            _lost(item[1], here)
    return [*found, *(item for n, item in enumerate(ours) if n not in used)]


def _lost(beside: Delta | None, at: str) -> None:
    """Nothing that a sender said beside the record disappears with the record's own part."""
    if next(unknown(beside), None) is not None:
        text = "Wat hierbij bewaard is, heeft zijn plaats verloren doordat het bericht wijzigde."
        raise FhirError(422, Issue(code="conflict", expression=at, text=text))
