"""What our profiles and extensions demand beyond their parents, computed from the package.

https://hl7.org/fhir/R4/profiling.html

A differential says more than it demands (texts, slice names, `min: 0`): here only what makes some
instance of the parent invalid.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from tests.referee.definitions import elements, own_structures

Json = dict[str, Any]

Sort = Literal[
    "min", "max", "forbidden", "value", "binding", "type", "invariant", "slicing", "context"
]

_FIXED: Final = ("fixed", "pattern")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One demand. `structure` and `url` are those of the StructureDefinition, `element` is the id of
    the element; `said` tells it to people; `given` is what the differential says of the element."""

    structure: str
    url: str
    element: str
    sort: Sort
    said: str
    given: Json

    @property
    def key(self) -> str:
        """Unique; an invariant is named by its own key."""
        tail = f" {self.given['key']}" if self.sort == "invariant" else ""
        return f"{self.structure} {self.element} {self.sort}{tail}"

    @property
    def is_extension(self) -> bool:
        return self.element.split(".", maxsplit=1)[0].split(":")[0] == "Extension"

    def __hash__(self) -> int:
        return hash(self.key)


def all_constraints() -> list[Constraint]:
    """In the order of the structures and of their elements."""
    return [found for sd in own_structures() for found in _of(sd)]


def _of(sd: Json) -> Iterator[Constraint]:
    for given in sd["differential"]["element"]:
        for sort, said, part in _demands(sd, given):
            yield Constraint(
                structure=sd["id"],
                url=sd["url"],
                element=given["id"],
                sort=sort,
                said=said,
                given=part,
            )
    if sd["type"] == "Extension":
        places = [c["expression"] for c in sd.get("context", ())]
        if "Element" not in places:
            said = f"only on {', '.join(places)}"
            given = {"contexts": places}
            yield Constraint(
                structure=sd["id"],
                url=sd["url"],
                element="Extension",
                sort="context",
                said=said,
                given=given,
            )


def _demands(sd: Json, given: Json) -> Iterator[tuple[Sort, str, Json]]:
    parent = parent_of(sd, given["id"])
    if given.get("max") == "0" and parent.get("max", "*") != "0":
        yield "forbidden", "never", given
        return
    yield from _how_many(given, parent)
    yield from _which_values(given, parent)
    known = {one["key"] for one in parent.get("constraint", ())}
    for one in given.get("constraint", ()):
        if one["key"] not in known and one["severity"] == "error":
            yield "invariant", f"{one['key']}: {one['human']}", one
    slicing = given.get("slicing", {})
    if slicing.get("rules", "open") != "open" or slicing.get("ordered"):
        yield "slicing", f"slices {slicing['rules']}", given


def _how_many(given: Json, parent: Json) -> Iterator[tuple[Sort, str, Json]]:
    low, high = parent.get("min", 0), parent.get("max", "*")
    if given.get("min", low) > low:
        yield "min", f"at least {given['min']}", given
    if given.get("max", "*") != "*" and (high == "*" or int(given["max"]) < int(high)):
        yield "max", f"at most {given['max']}", given


def _which_values(given: Json, parent: Json) -> Iterator[tuple[Sort, str, Json]]:
    for name, value in given.items():
        if name.startswith(_FIXED) and not (name == "fixedUri" and given["id"] == "Extension.url"):
            yield "value", f"fixed: {_short(value)}", given
    binding = given.get("binding", {})
    if binding.get("strength") == "required" and binding != parent.get("binding"):
        yield "binding", f"required list {binding['valueSet'].rpartition('/')[2]}", given
    if _is_narrower(given, parent):
        yield "type", f"only {_types(given['type'])}", given


def parent_of(sd: Json, element_id: str) -> Json:
    """What the parent says of an element: of a new slice, what it says of the list sliced; of an
    element inside a data type, what the type says."""
    base = elements(sd["baseDefinition"])
    if element_id in base:
        return base[element_id]
    head, dot, last = element_id.rpartition(".")
    name, colon, _ = last.partition(":")
    if colon:
        # a new slice: none of it was demanded; each is one of what the list allows
        whole = parent_of(sd, f"{head}{dot}{name}")
        return {**whole, "min": 0}
    bare = _without_slices(element_id)
    if bare in base:
        return base[bare]
    for code in _type_codes(sd, head):
        inside = elements(f"http://hl7.org/fhir/StructureDefinition/{code}")
        if f"{code}.{last}" in inside:
            return inside[f"{code}.{last}"]
    return {}


def _type_codes(sd: Json, element_id: str) -> list[str]:
    here = {element["id"]: element for element in sd["snapshot"]["element"]}
    found = here.get(element_id, {})
    return [one["code"] for one in found.get("type", ())]


def _without_slices(element_id: str) -> str:
    return ".".join(part.partition(":")[0] for part in element_id.split("."))


def _is_narrower(given: Json, parent: Json) -> bool:
    types, before = given.get("type", []), parent.get("type", [])
    codes = {one["code"] for one in types}
    if "[x]:" in given["id"].rpartition(".")[2]:
        # one of a choice: that it is this one is its name, not a demand
        before = [one for one in before if one["code"] in codes]
    if codes and codes < {one["code"] for one in before}:
        return True
    targets = {target for one in types for target in one.get("targetProfile", ())}
    allowed = {target for one in before for target in one.get("targetProfile", ())}
    return bool(before) and bool(targets) and targets != allowed


def _types(types: list[Json]) -> str:
    parts = []
    for one in types:
        targets = [target.rpartition("/")[2] for target in one.get("targetProfile", ())]
        parts.append(f"{one['code']}({' or '.join(targets)})" if targets else one["code"])
    return ", ".join(parts)


def _short(value: object) -> str:
    if isinstance(value, dict):
        codings = value.get("coding", [value])
        return ", ".join(
            f"{c.get('system', '').rpartition('/')[2]}#{c.get('code')}" for c in codings
        )
    return json.dumps(value, ensure_ascii=False)
