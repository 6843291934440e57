"""Every foreign shape that we read, by name.

Where resources could be of several, the first that recognises them is tried.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json
from adapter.fhir.validation import validate
from mappings.shapes import (
    elz_referral,
    nl_gf_consent,
    notified_pull,
    pcf_consent,
    routed_referral,
    scp_negotiation,
)
from mappings.shapes.kept import Foreign
from mappings.shapes.shape import Shape
from mappings.toolkit.entries import Entries
from mappings.toolkit.envelope import collection, open_collection, open_transaction
from mappings.toolkit.identity import Ids

_SHAPES: Final = (
    elz_referral.SHAPE,
    scp_negotiation.SHAPE,
    scp_negotiation.ANSWER,
    routed_referral.SHAPE,
    notified_pull.R4,
    notified_pull.STU3,
    nl_gf_consent.SHAPE,
    pcf_consent.SHAPE,
)

SHAPES: Final[Mapping[str, Shape]] = {shape.name: shape for shape in _SHAPES}


def recognised(resources: Sequence[Json]) -> Shape | None:
    """The shape that these resources seem to have, if it is a foreign one that we know."""
    return next((shape for shape in _SHAPES if shape.recognises(resources)), None)


def read(sent: Json, shape: Shape, ids: Ids) -> Foreign[Any]:
    """The record in a Bundle or resource of this shape. FhirError 422 with every fault's path."""
    entries = _entries(sent)
    if shape.is_r4:
        faults = [
            issue
            for resource, at in zip(entries.resources, entries.paths, strict=True)
            for issue in validate(resource, at=at)
        ]
        if faults:
            raise FhirError(422, *faults)
    return shape.read(entries, ids)


def to_fhir(record: Any, shape: Shape, ids: Ids) -> Json:
    """Bundle of a record of ours in this shape."""
    return collection(shape.write(Foreign(record=record), ids))


def _entries(sent: Json) -> Entries:
    return open_transaction(sent) if sent.get("type") == "transaction" else open_collection(sent)
