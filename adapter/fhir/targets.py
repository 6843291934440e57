"""What a Reference element may point at.

https://hl7.org/fhir/R4/references.html

The type of a target is known from the literal reference, from Reference.type, or from the
contained resource that it names. A `urn:uuid:` says nothing until its Bundle resolves it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from adapter.fhir.bindings import table
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json

_URN: Final = re.compile(r"urn:(?:uuid|oid):\S+")
_TARGET: Final = re.compile(
    r"(?P<base>https?://[^\s?#]+/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})"
    r"(?:/_history/[A-Za-z0-9\-.]{1,64})?"
)


def target_faults(
    reference: Json, allowed: frozenset[str], contained: Mapping[str, str], at: str
) -> Iterator[Issue]:
    """Faults of one Reference; `allowed` is empty where every type may stand."""
    literal, declared = reference.get("reference"), reference.get("type")
    named = declared if isinstance(declared, str) and declared in table().resource_types else None
    found: str | None = None
    if isinstance(literal, str) and literal:
        if literal.startswith("#"):
            found = _contained_type(literal, contained)
            if found is None:
                text = "De verwijzing wijst naar geen contained resource."
                yield Issue(code="invariant", expression=f"{at}.reference", text=text)
        elif not _URN.fullmatch(literal):
            found = _literal_type(literal)
            if found is None:
                text = "Verwacht is Type/id, een absolute URL daarvan, urn:uuid: of #id."
                yield Issue(code="value", expression=f"{at}.reference", text=text)
    if found and named and found != named:
        text = "type is een ander type dan dat van de verwijzing."
        yield Issue(code="value", expression=f"{at}.type", text=text)
    target = found or named
    if allowed and target and target not in allowed:
        text = "Dit element mag niet naar een resource van dit type verwijzen."
        yield Issue(code="value", expression=at, text=text)


def _contained_type(literal: str, contained: Mapping[str, str]) -> str | None:
    """Type of the contained resource; "" for the container itself (a bare #)."""
    return "" if literal == "#" else contained.get(literal[1:])


def _literal_type(literal: str) -> str | None:
    found = _TARGET.fullmatch(literal)
    if found is None or found["type"] not in table().resource_types:
        return None
    parts = set(literal.split("/"))
    return None if {".", ".."} & parts else found["type"]
