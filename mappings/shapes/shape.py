"""A named shape in which others send what one of our records says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from adapter.fhir.json import Json
from mappings.records.base import Record
from mappings.shapes.foreign import ForeignMessage
from mappings.shapes.kept import Foreign, keep
from mappings.toolkit.identity import Ids

Write = Callable[[Any, Ids], list[Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`kind` is the name of the record's kind; `recognises` is a guess, which `read` then checks.

    `read(resources, ids)` gives the record with what was kept beside it, or FhirError 422 with the
    path of every fault. `write(foreign, ids)` gives the resources, in this shape again.
    `is_r4` is false where the shape in use is no valid R4, so that only `read` can judge it.
    """

    name: str
    title: str
    kind: str
    record: type[Record]
    recognises: Callable[[Sequence[Json]], bool]
    read: Callable[[Sequence[Json], Ids], Foreign[Any]]
    write: Callable[[Foreign[Any], Ids], list[Json]]
    is_r4: bool = True


def finished(message: ForeignMessage, record: Record, write: Write) -> Foreign[Any]:
    """The record of a message that was read to its end, with what it says besides."""
    done = record.model_copy(update={"synthetic": message.finish()})
    return Foreign(record=done, kept=keep(message.sent(), write(done, message.ids)))


def of_type(resources: Sequence[Json], kind: str) -> list[Json]:
    return [resource for resource in resources if resource.get("resourceType") == kind]


def has_code(concept: object, system: str, code: str) -> bool:
    """Whether this CodeableConcept of anybody's holds this code."""
    return any(
        x.get("system") == system and x.get("code") == code for x in dicts(concept, "coding")
    )


def dicts(holder: object, member: str) -> list[Json]:
    """The objects in a list that anybody sent; none when it is no list."""
    found = holder.get(member) if isinstance(holder, dict) else None
    return [x for x in found if isinstance(x, dict)] if isinstance(found, list) else []


def unclaimed(resources: Sequence[Json]) -> list[Json]:
    """Resources without the profiles of ours that they do not meet in another shape."""
    found = []
    for resource in resources:
        meta = {name: x for name, x in resource.get("meta", {}).items() if name != "profile"}
        rest = {name: value for name, value in resource.items() if name != "meta"}
        found.append({**rest, "meta": meta} if meta else rest)
    return found
