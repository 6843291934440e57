"""Literal references: their text, and where they stand in a resource.

https://hl7.org/fhir/R4/references.html

Only what is below our own base is ours. A `urn:uuid:` is resolved inside its Bundle
(`bundle.py`), a logical reference (identifier only) by the workflow that knows the register.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from adapter.fhir.json import Json

ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_LITERAL: Final = re.compile(
    r"(?P<type>[A-Z][A-Za-z]{1,63})/(?P<id>[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Target of a literal reference. A version in the text is not kept: it names no other record."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}/{self.id}"


def parse_reference(text: str, base: str) -> Reference | None:
    """`Type/id`, relative or below `base`; None for anything else.

    None therefore means: contained (`#…`), `urn:…`, another server, a canonical with a version,
    a query, or a path that tries to climb (`.` and `..` match the pattern of an id).
    """
    root = base.rstrip("/") + "/"
    found = _LITERAL.fullmatch(text.removeprefix(root))
    if found is None or found["id"] in {".", ".."}:
        return None
    return Reference(found["type"], found["id"])


def references(resource: Json) -> Iterator[tuple[str, Json]]:
    """(path, Reference element) of every literal reference, contained resources included."""
    return _references(resource, str(resource.get("resourceType", "")))


def _references(node: object, path: str) -> Iterator[tuple[str, Json]]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield path, node
        for name, value in node.items():
            yield from _references(value, f"{path}.{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _references(value, f"{path}[{index}]")
