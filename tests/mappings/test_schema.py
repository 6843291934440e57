"""The published JSON Schemas: an address, Dutch titles, and the closedness of the models."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapter.fhir.constants import CANONICAL
from mappings.kinds import KINDS, Kind
from mappings.schema import json_schema

TITLES = json.loads((Path(__file__).parents[2] / "mappings/schema_titles.json").read_text("utf-8"))

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def objects(kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    """The record and every part of it, by name."""
    schema = json_schema(kind)
    yield kind.name, schema
    yield from schema.get("$defs", {}).items()


@each_kind
def test_a_schema_has_its_own_address_and_the_title_of_its_kind(kind: Kind) -> None:
    schema = json_schema(kind)
    assert schema["$id"] == f"{CANONICAL}/schema/{kind.name}"
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["title"] == kind.title


@each_kind
def test_every_field_has_a_dutch_title(kind: Kind) -> None:
    without = {
        name
        for _, part in objects(kind)
        for name, field in part.get("properties", {}).items()
        if "title" not in field
    }
    assert without == set(), "Add them to mappings/schema_titles.json."


@each_kind
def test_every_part_has_a_dutch_title(kind: Kind) -> None:
    titles = set(TITLES["parts"].values())
    without = {
        name
        for name, part in json_schema(kind).get("$defs", {}).items()
        if part["title"] not in titles
    }
    assert without == set(), "Add them to mappings/schema_titles.json."


@each_kind
def test_no_part_takes_a_member_that_it_does_not_know(kind: Kind) -> None:
    open_ = [
        name
        for name, part in objects(kind)
        if part.get("type") == "object" and part.get("additionalProperties") is not False
    ]
    assert open_ == []


@each_kind
def test_a_schema_points_only_into_itself(kind: Kind) -> None:
    schema = json_schema(kind)

    def pointers(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (v for k, v in node.items() if k == "$ref" and isinstance(v, str))
            for value in node.values():
                yield from pointers(value)
        elif isinstance(node, list):
            for item in node:
                yield from pointers(item)

    parts = {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    assert set(pointers(schema)) <= parts


def test_two_calls_share_nothing_that_could_be_changed() -> None:
    kind = KINDS["referral"]
    json_schema(kind)["properties"].clear()
    assert json_schema(kind)["properties"]
