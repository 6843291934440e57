"""Everything in `profiles/derived`: made of the code, read by the build of the package."""

from pathlib import Path
from typing import Final

from mappings.kinds import KINDS
from mappings.schema import json_schema
from profiles.renew.capability import requirements
from profiles.renew.examples import examples
from profiles.renew.files import Made, as_json
from profiles.renew.searching import search_parameters

FOLDER: Final = Path("profiles/derived")


def derived() -> Made:
    resources = [requirements(), *search_parameters()]
    return {
        **{FOLDER / "resources" / _file(r["resourceType"], r["id"]): as_json(r) for r in resources},
        **{
            FOLDER / "example" / _file(*name.split("/")): as_json(resource)
            for name, resource in examples().items()
        },
        **{
            FOLDER / "schema" / f"{name}.schema.json": as_json(json_schema(kind))
            for name, kind in KINDS.items()
        },
    }


def _file(type_: str, id_: str) -> str:
    return f"{type_}-{id_}.json"
