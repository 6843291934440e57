"""JSON Schema of a record kind, as it is published: with its address and with Dutch titles.

https://json-schema.org/draft/2020-12

Made from the model, so it says what the door checks about shape. What needs more than one field
(the eleven-test, the order of two moments, a name given twice) only the model knows. Titles are
what people call a field; a name that has none keeps no title, never the English one that a
library makes of it. They stand in `schema_titles.json` by name, since a name means one thing in
all records.
"""

from importlib.resources import files
from typing import Final

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json, decode_own
from mappings.kinds import Kind
from mappings.records.base import Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TITLES: Final = decode_own(files("mappings").joinpath("schema_titles.json").read_bytes())


def schema_address(kind: str) -> str:
    """Canonical address of the schema of this kind, the same at every installation."""
    return f"{CANONICAL}/schema/{kind}"


def json_schema(kind: Kind) -> Json:
    """The schema of what may be sent as a record of this kind."""
    return record_schema(kind.name, kind.title, kind.record)


def record_schema(name: str, title: str, record: type[Record]) -> Json:
    """The schema of a record that `name` stands for in addresses."""
    made: Json = record.model_json_schema(by_alias=True)
    parts: Json = made.pop("$defs", {})
    for part_name, part in parts.items():
        if "title" in part:
            short = part_name.rpartition("__")[2]  # two parts of one name come with their modules
            part["title"] = _TITLES["parts"].get(short, short)
        _name_fields(part)
    _name_fields(made)
    del made["title"]
    head = {"$schema": DIALECT, "$id": schema_address(name), "title": title}
    return {**head, **made, **({"$defs": parts} if parts else {})}


def _name_fields(part: Json) -> None:
    for name, field in part.get("properties", {}).items():
        field.pop("title", None)
        if name in _TITLES["fields"]:
            field["title"] = _TITLES["fields"][name]
