"""Where each field of a record goes, found by running the mapping: change it, see what changes.

Every field of every example is given another value, one at a time, and written again; a field that
the example leaves out is filled first. The elements that then differ are where the field went. So
the table cannot say something else than the code.
"""

import re
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from mappings.expected import _annotation, _same
from mappings.records import base
from tests.mappings.kinds import Kind

Json = dict[str, Any]
Path = tuple[str | int, ...]

# What is not of the record: made from an identifier, or the server's.
_FOLLOWS = {"id", "versionId", "lastUpdated", "profile"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A field, by its path in JSON, and the elements it goes to, by profile."""

    field: str
    elements: dict[str, set[str]] = field(default_factory=dict)


def rows(kind: Kind) -> list[Row]:
    """A row for each field of the record, in the order of the model; one that reaches no element
    has none."""
    found = {path: Row(field=path) for path in fields_of(type(kind.example))}
    for record in kind.examples:
        for path, before, after in _steps(kind, record):
            for profile, element in _told(path, _differences(before, after)):
                found[_once(path)].elements.setdefault(profile, set()).add(element)
    return list(found.values())


def _once(path: str) -> str:
    """A part within itself is one row, however deep it stands."""
    return re.sub(r"((?:^|(?<=\.))\w+\[\]\.)\1+", r"\1", path)


def _told(path: str, places: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what only follows from another element: a display from a code, a reference from the
    number of what it points at. A display that changes alone follows from nothing."""
    told = list(places)
    found = [p for p in told if path.endswith("display") or not p[1].endswith(".display")] or told
    first = [p for p in found if not p[1].endswith(".reference")]
    return first or found


def _steps(kind: Kind, record: BaseModel) -> Iterator[tuple[str, list[Json], list[Json]]]:
    """(field, what was written, what is written after only that field changed)."""
    as_it_is = kind.write(record)
    for path, changed in _changes(record):
        after = _written(kind, changed) or _written(kind, _everywhere(record, changed))
        if after is not None:
            yield path, as_it_is, after
    fields = set(fields_of(type(record)))
    for path, filled in _fillings(record):
        before = _written(kind, filled)
        if before is None:
            continue
        if path in fields:
            yield path, as_it_is, before
        for below, changed in _changes(filled):
            if below.startswith(path) and below != path:
                after = _written(kind, changed)
                if after is not None:
                    yield below, before, after


def fields_of(model: type[BaseModel], at: str = "", seen: tuple[type, ...] = ()) -> Iterator[str]:
    """Every field that holds a value of its own; a part within itself is followed once."""
    for name, info in model.model_fields.items():
        many = typing.get_origin(info.annotation) is tuple
        path = f"{at}{info.alias or name}{'[]' if many else ''}"
        parts = [part for part in _models(info.annotation) if part not in (*seen, model)]
        if not parts or _has_values(info.annotation):
            yield path
        for part in parts:
            yield from fields_of(part, f"{path}.", (*seen, model))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]


def _has_values(annotation: Any) -> bool:
    """Whether something else than a part can stand there."""
    if annotation in (type(None), Ellipsis):
        return False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return False
    args = typing.get_args(annotation)
    if typing.get_origin(annotation) in (None, typing.Literal):
        return not isinstance(annotation, typing.TypeVar)
    if typing.get_origin(annotation) is typing.Annotated:
        return _has_values(args[0])
    return any(_has_values(arg) for arg in args)


def _changes(record: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """(path of a field, the record with another value there)."""
    for name, info in type(record).model_fields.items():
        value, alias = getattr(record, name), info.alias or name
        for path, other in _changed_value(value, info.annotation):
            yield f"{alias}{path}", record.model_copy(update={name: other})


def _changed_value(value: Any, annotation: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        for path, other in _changes(value):
            yield f".{path}", other
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            for path, other in _changed_value(item, annotation):
                yield f"[]{path}", (*value[:n], other, *value[n + 1 :])
    elif value is not None:
        for other in _others(value, annotation):
            yield "", other


def _others(value: Any, annotation: Any) -> Iterator[Any]:
    """Values of the same sort that may stand there instead."""
    codes = [code for code in _codes(annotation) if code != value and type(code) is type(value)]
    if codes and value in _codes(annotation):
        yield from codes
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, datetime):
        yield value + timedelta(minutes=1)
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, str):
        yield f"{value[:-1]}{'1' if value[-1] != '1' else '2'}"


def _everywhere(record: Any, changed: Any) -> Any:
    """The record with that one change made wherever the same text stands: a key and who names it."""
    pairs = list(zip(_texts(record), _texts(changed), strict=False))
    old, new = next(((a, b) for a, b in pairs if a != b), (None, None))
    return _replaced(record, old, new)


def _texts(value: Any) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    else:
        yield value


def _replaced(value: Any, old: Any, new: Any) -> Any:
    if isinstance(value, BaseModel):
        names = type(value).model_fields
        return value.model_copy(
            update={name: _replaced(getattr(value, name), old, new) for name in names}
        )
    if isinstance(value, tuple):
        return tuple(_replaced(item, old, new) for item in value)
    return new if isinstance(value, str) and value == old else value


def _fillings(record: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """(path, the record with something there), for each field that says nothing or something of
    another sort."""
    for name, info in type(record).model_fields.items():
        value, alias = getattr(record, name), info.alias or name
        for path, other in _filled(value, _annotation(info)):
            yield f"{alias}{path}", record.model_copy(update={name: other})


def _filled(value: Any, annotation: Any) -> Iterator[tuple[str, Any]]:
    if value is None or value == ():
        for made in _made(annotation):
            yield "" if value is None else "[]", made
    elif isinstance(value, tuple):
        yield from _filled_items(value, annotation)
    else:
        for made in _made(annotation) if _models(annotation) else ():
            if isinstance(made, BaseModel) and type(made) is not type(value):
                yield "", made
        for path, other in _fillings(value) if isinstance(value, BaseModel) else ():
            yield f".{path}", other


def _filled_items(value: tuple[Any, ...], annotation: Any) -> Iterator[tuple[str, Any]]:
    for n, item in enumerate(value):
        for (made,) in _made(annotation):
            if type(made) is not type(item):
                yield "[]", (*value[:n], made, *value[n + 1 :])
        for path, other in _fillings(item) if isinstance(item, BaseModel) else ():
            yield f"[].{path}", (*value[:n], other, *value[n + 1 :])


def _made(annotation: Any, within: tuple[type, ...] = ()) -> Iterator[Any]:
    """Values that may stand there: one of each sort. A part within itself is left out."""
    for known, sample in _SAMPLES:
        if _same(annotation, known):
            yield sample
            return
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in within:
            return
        yield annotation.model_construct(
            **{
                name: next(_made(_annotation(i), (*within, annotation)), i.default)
                for name, i in annotation.model_fields.items()
            }
        )
    elif origin is typing.Annotated:
        yield from _made(parts[0], within)
    elif origin is typing.Literal:
        yield parts[0]
    elif origin is tuple:
        for item in _made(parts[0], within):
            yield (item,)
    else:
        for part in parts:
            yield from _made(part, within)


_SAMPLES: list[tuple[Any, Any]] = [
    (base.Bsn, "999900006"),
    (base.Ura, "90000098"),
    (base.Uzi, "900000987"),
    (base.Uri, "https://voorbeeld.example/x"),
    (base.LogicalId, "m98"),
    (base.PartKey, "p98"),
    (base.Code, "c98"),
    (base.Line, "regel 98"),
    (base.Text, "tekst 98"),
    (base.Day, date(2026, 9, 8)),
    (base.Instant, datetime(2026, 9, 8, 9, 8, tzinfo=UTC)),
    (base.Moment, date(2026, 9, 8)),
    (base.Flag, True),
    (bool, True),
    (int, 98),
    (str, "Task/m98"),
]


def _codes(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    return [code for part in typing.get_args(annotation) for code in _codes(part)]


def _written(kind: Kind, record: BaseModel) -> list[Json] | None:
    """The resources, or nothing when the parts of the record no longer hold together."""
    try:
        return kind.write(record)
    except (KeyError, ValueError, StopIteration, AttributeError, TypeError, AssertionError):
        return None


def _differences(before: Sequence[Json], after: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """(profile, element) for each element that one of both has and the other has not."""
    old, new = _by_place(before), _by_place(after)
    for place in old.keys() ^ new.keys() | {p for p in old.keys() & new.keys() if old[p] != new[p]}:
        profile, element = place[0], place[1]
        if element.rsplit(".", 1)[-1] not in _FOLLOWS:
            yield profile, element


def _by_place(resources: Sequence[Json]) -> dict[tuple[str, str], list[str]]:
    """Values by profile and element; order within an element is kept."""
    found: dict[tuple[str, str], list[str]] = {}
    for resource in resources:
        claims = resource.get("meta", {}).get("profile", [""])
        profile = claims[0].rsplit("/", 1)[-1]
        for element, value in _leaves(resource, str(resource["resourceType"])):
            found.setdefault((profile, element), []).append(value)
    return found


def _leaves(node: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _leaves(item, at)
    elif isinstance(node, dict):
        for name, item in node.items():
            if name in ("extension", "modifierExtension"):
                for one in item:
                    yield from _leaves(
                        {k: v for k, v in one.items() if k != "url"},
                        f"{at}.{name}({str(one['url']).rsplit('/', 1)[-1]})",
                    )
            elif name != "resourceType":
                yield from _leaves(item, f"{at}.{name.removeprefix('_')}")
    else:
        yield at, f"{node}"
