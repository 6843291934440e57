"""A record read from somebody else's shape, with everything that the record has no place for.

Only the readers in this room keep what they do not know. What is kept is never looked at; it comes
back, unchanged and in its place, when the record is written in the same shape again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from adapter.fhir import path
from adapter.fhir.json import Json
from mappings.records.base import Record
from mappings.shapes.delta import Delta, delta, put_back, unknown

R_co = TypeVar("R_co", bound=Record, covariant=True)

_CONTAINED: Final = "contained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A resource as it was sent: its path, and `known_as` (`Type/id` of ours) when it was read.

    `within` is the index of the resource that contained it.
    """

    resource: Json
    at: str
    known_as: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a resource of ours stood, and what differed; or a whole one that we do not know."""

    at: str
    known_as: str | None
    within: int | None
    beside: Delta | None = None
    whole: Json | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything beside the record. `left_out` are resources of ours that were not sent."""

    places: tuple[Place, ...] = ()
    left_out: frozenset[str] = frozenset()

    def items(self) -> tuple[tuple[str, object], ...]:
        """What the record has no place for: FHIRPath and value."""
        found: list[tuple[str, object]] = []
        for place in self.places:
            if place.whole is not None:
                found.append((place.at, place.whole))
            found += [(path.joined(place.at, at), x) for at, x in unknown(place.beside)]
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign(Generic[R_co]):
    """A record, and what its sender said beside it. Without the second it is our own."""

    record: R_co
    kept: Kept = field(default_factory=Kept)


def keep(sent: Sequence[Sent], written: Sequence[Json]) -> Kept:
    """What was sent, as what differs from that which we write of the record in the same shape."""
    ours = {_name(resource): resource for resource in written}
    known = {item.known_as for item in sent}
    return Kept(
        places=tuple(_place(item, ours) for item in sent),
        left_out=frozenset(name for name in ours if name not in known),
    )


def write_back(written: Sequence[Json], kept: Kept) -> list[Json]:
    """The resources with what was kept, in the order and the places in which they were sent.

    FhirError 422 with the path of what has lost its place because the record changed.
    """
    ours = {_name(resource): resource for resource in written}
    back = [_back(place, ours) for place in kept.places]
    inside: dict[int, list[Json]] = {}
    for place, resource in zip(kept.places, back, strict=True):
        if place.within is not None and resource is not None:
            inside.setdefault(place.within, []).append(resource)
    named = {place.known_as for place in kept.places}
    return [
        *(
            {**resource, _CONTAINED: inside[n]} if n in inside else resource
            for n, (place, resource) in enumerate(zip(kept.places, back, strict=True))
            if place.within is None and resource is not None
        ),
        *(x for name, x in ours.items() if name not in named and name not in kept.left_out),
    ]


def _place(item: Sent, ours: Mapping[str, Json]) -> Place:
    own = None if item.known_as is None else ours.get(item.known_as)
    if own is None:
        return Place(at=item.at, known_as=None, within=item.within, whole=item.resource)
    beside = delta(own, item.resource)
    return Place(at=item.at, known_as=item.known_as, within=item.within, beside=beside)


def _back(place: Place, ours: Mapping[str, Json]) -> Json | None:
    """The resource in this place; None when the record has it no longer."""
    if place.whole is not None:
        return place.whole
    own = ours.get(str(place.known_as))
    if own is None:
        put_back(None, place.beside, place.at)
        return None
    found = put_back(own, place.beside, place.at)
    return found if isinstance(found, dict) else own


def _name(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"
