"""Where an element of a profile stands in a resource.

An element id (`Consent.category:type.coding`) names a place in a definition; a spot is that place
in one instance: the object, its member and, in a list, the index. Slices are told apart as the
definition says: by fixed values, patterns, required bindings or the address of an extension.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.referee.definitions import elements, holds

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """One occurrence."""

    owner: Json
    name: str
    index: int | None

    @property
    def value(self) -> Any:
        found = self.owner[self.name]
        return found if self.index is None else found[self.index]

    def put(self, value: object) -> None:
        if self.index is None:
            self.owner[self.name] = value
        else:
            self.owner[self.name][self.index] = value


def spots(root: Json, url: str, element_id: str) -> list[Spot]:
    """Every occurrence of the element, in the order of the resource."""
    owners, so_far, parts = _owners(root, url, element_id)
    return [spot for owner in owners for spot in _spots_in(owner, url, so_far, parts[-1])]


def owners_of(root: Json, url: str, element_id: str) -> list[Json]:
    """The objects in which the element stands or could stand."""
    return _owners(root, url, element_id)[0]


def _owners(root: Json, url: str, element_id: str) -> tuple[list[Json], str, list[str]]:
    so_far, *parts = element_id.split(".")
    owners = [root]
    for part in parts[:-1]:
        found = [spot.value for owner in owners for spot in _spots_in(owner, url, so_far, part)]
        owners = [value for value in found if isinstance(value, dict)]
        so_far = f"{so_far}.{part}"
    return owners, so_far, parts or [""]


def _spots_in(owner: Json, url: str, so_far: str, part: str) -> Iterator[Spot]:
    name, _, slice_ = part.partition(":")
    for member in members(owner, name):
        value = owner[member]
        for index, item in enumerate(value) if isinstance(value, list) else ((None, value),):
            is_named = name.endswith("[x]") and slice_ == member
            if not slice_ or is_named or _is_in(item, url, f"{so_far}.{part}"):
                yield Spot(owner, member, index)


def members(owner: Json, name: str) -> list[str]:
    """JSON members of an element; `value[x]` is spelled `valueString`, `valueCode`, …"""
    stem = name.removesuffix("[x]")
    if stem == name:
        return [name] if name in owner else []
    return [m for m in owner if m.startswith(stem) and m[len(stem) :][:1].isupper()]


def _is_in(item: object, url: str, slice_id: str) -> bool:
    known = elements(url)
    head, _, last = slice_id.rpartition(".")
    if last.partition(":")[0] in {"extension", "modifierExtension"}:
        return isinstance(item, dict) and item.get("url") == extension_address(url, slice_id)
    whole = known.get(f"{head}.{last.partition(':')[0]}", {})
    discriminators = whole.get("slicing", {}).get("discriminator", [])
    return bool(discriminators) and all(
        _agrees(item, url, slice_id, one["path"]) for one in discriminators
    )


def extension_address(url: str, slice_id: str) -> str | None:
    """The `url` that an extension in this slice carries."""
    known = elements(url)
    inside = known.get(f"{slice_id}.url", {})
    if "fixedUri" in inside:
        return str(inside["fixedUri"])
    for one in known.get(slice_id, {}).get("type", ()):
        for profile in one.get("profile", ()):
            return str(profile).partition("|")[0]
    return None


def _agrees(item: object, url: str, slice_id: str, path: str) -> bool:
    known = elements(url)
    place = slice_id if path == "$this" else f"{slice_id}.{path}"
    value = item if path == "$this" else _inside(item, path)
    rule = known.get(place, {})
    wanted = [rule[name] for name in rule if name.startswith(("fixed", "pattern"))]
    if wanted:
        return contains(value, wanted[0])
    binding = rule.get("binding", {}).get("valueSet")
    return binding is not None and any(holds(binding, coding) for coding in _codings(value))


def _inside(item: object, path: str) -> object:
    for name in path.split("."):
        if not isinstance(item, dict):
            return None
        item = item.get(name)
        if isinstance(item, list):
            item = item[0] if item else None
    return item


def contains(value: object, pattern: object) -> bool:
    """Whether a value meets a pattern[x]: what the pattern says is there, more may be."""
    if isinstance(pattern, Mapping):
        return isinstance(value, Mapping) and all(
            contains(value.get(name), part) for name, part in pattern.items()
        )
    if isinstance(pattern, list):
        return isinstance(value, list) and all(
            any(contains(item, part) for item in value) for part in pattern
        )
    return value == pattern


def _codings(value: object) -> list[Json]:
    return value.get("coding", [value]) if isinstance(value, dict) else []
