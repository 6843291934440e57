"""JSON Schemas of the record kinds: all of `mappings.kinds`, and the closing of a trajectory.

A closing is a record without resources of its own: it changes those of the trajectory.
"""

from functools import cache

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import encode
from mappings.kinds import KINDS
from mappings.records.closing import Closing
from mappings.schema import json_schema, record_schema, schema_address

_NOT_FOUND = Issue(code="not-found", text="Niet gevonden.")
_CLOSING, _TITLE = "closing", "Afsluiting van een traject"


@cache
def schema_of(kind: str) -> bytes:
    """Schema of a kind by its name. FhirError 404 when there is no such kind."""
    if kind == _CLOSING:
        return encode(record_schema(_CLOSING, _TITLE, Closing))
    found = KINDS.get(kind)
    if found is None:
        raise FhirError(404, _NOT_FOUND)
    return encode(json_schema(found))


@cache
def schema_list() -> bytes:
    """Every kind with its title, the address of its schema here and the schema's own name."""
    titles = {**{name: kind.title for name, kind in KINDS.items()}, _CLOSING: _TITLE}
    return encode(
        {
            "schemas": [
                {
                    "kind": name,
                    "title": title,
                    "path": f"/records/schema/{name}",
                    "id": schema_address(name),
                }
                for name, title in sorted(titles.items())
            ]
        }
    )
