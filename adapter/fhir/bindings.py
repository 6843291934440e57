"""What R4 4.0.1 says of each element: kind, cardinality, codes, targets.

https://hl7.org/fhir/R4/elementdefinition.html
https://hl7.org/fhir/R4/terminologies.html#required

The table is generated (`tests/conformance/generate_bindings.py`) from HL7's definitions. It holds
the resource types that MESO uses and what they are made of. It does not hold extensible or
preferred bindings, invariants, profiles, nor value sets that cannot be written out (`undecided`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from adapter.fhir.json import Json, decode_own

_FILE: Final = Path(__file__).with_name("bindings.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSet:
    """Codes of a required binding; `codings` pairs them with their system."""

    url: str
    codes: frozenset[str]
    codings: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One property of an object. `targets` is empty where every resource type is allowed."""

    name: str
    type: str
    many: bool
    targets: frozenset[str]
    values: ValueSet | None

    @property
    def is_primitive(self) -> bool:
        return self.type[0].islower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Properties of which one at most is present: `value[x]`.

    `spellings` are the names with and without the underscore of their extensions.
    """

    label: str
    names: tuple[str, ...]
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A resource type, data type or nested element (`Task.restriction`).

    `required` also lists single elements; of each of its choices one name has to be present.
    """

    name: str
    is_resource: bool
    elements: Mapping[str, Element]
    choices: tuple[Choice, ...]
    required: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`offered` are the resource types that may be validated, `resource_types` all of R4."""

    offered: frozenset[str]
    resource_types: frozenset[str]
    undecided: frozenset[str]
    value_sets: Mapping[str, ValueSet]
    types: Mapping[str, Type]


@cache
def table() -> Table:
    """The packaged table, read once."""
    raw = decode_own(_FILE.read_bytes())
    value_sets = {url: _value_set(url, systems) for url, systems in raw["codes"].items()}
    return Table(
        offered=frozenset(raw["offered"]),
        resource_types=frozenset(raw["resourceTypes"]),
        undecided=frozenset(raw["undecided"]),
        value_sets=value_sets,
        types={name: _type(name, raw, value_sets) for name in raw["types"]},
    )


def _value_set(url: str, systems: Mapping[str, list[str]]) -> ValueSet:
    codings = frozenset((system, code) for system, codes in systems.items() for code in codes)
    return ValueSet(url=url, codes=frozenset(code for _, code in codings), codings=codings)


def _type(name: str, raw: Json, value_sets: Mapping[str, ValueSet]) -> Type:
    elements: dict[str, Element] = {}
    choices: list[Choice] = []
    required: list[Choice] = []
    bases = _bases(name, raw["types"])
    for base in reversed(bases):
        for label, given in raw["types"][base]["elements"].items():
            found = _spelled(label, given, raw["openTypes"], value_sets)
            elements.update((element.name, element) for element in found)
            choice = _choice(label, [element.name for element in found])
            if len(found) > 1:
                choices.append(choice)
            if given.get("min"):
                required.append(choice)
    return Type(
        name=name,
        is_resource="Resource" in bases,
        elements=elements,
        choices=tuple(choices),
        required=tuple(required),
    )


def _choice(label: str, names: list[str]) -> Choice:
    spellings = frozenset(names) | {f"_{name}" for name in names}
    return Choice(label=label, names=tuple(names), spellings=spellings)


def _bases(name: str, types: Mapping[str, Json]) -> list[str]:
    """The type and what it derives from, nearest first. Age lists all of Quantity again."""
    found = [name]
    while (base := types[found[-1]]["base"]) is not None:
        found.append(base)
    return found


def _spelled(
    label: str, given: Json, open_types: list[str], value_sets: Mapping[str, ValueSet]
) -> list[Element]:
    """One element, or one per type of a choice: value[x] → valueString, valueQuantity, …"""
    if "choice" in given:
        stem = label.removesuffix("[x]")
        kinds = open_types if given["choice"] == "*" else given["choice"]
        names = [(stem + kind[0].upper() + kind[1:], kind) for kind in kinds]
    else:
        names = [(label, given["type"])]
    return [
        Element(
            name=name,
            type=kind,
            many=given.get("many", False),
            targets=frozenset(given.get("targets", ())) if kind == "Reference" else frozenset(),
            values=value_sets.get(given.get("codes", "")),
        )
        for name, kind in names
    ]
