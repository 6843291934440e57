"""A referral that is routed by the national address book -> Referral.

The Dutch generic functions (https://nuts-foundation.github.io/nl-generic-functions-ig/) let the
ServiceRequest say what is asked, and the Task who shall do it and where: `owner` is a
HealthcareService, whose `providedBy` is the organisation, and `location` one of its places.

The record names the organisation. Service and place are kept: they route within the receiver's
house, and come back in whatever is answered. A service without `providedBy` is refused, because
who numbered it need not be who provides it.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.json import Json
from mappings.records.referral import Referral
from mappings.referral.referral import read_referral
from mappings.shapes import order
from mappings.shapes.foreign import ForeignMessage
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, finished, of_type
from mappings.toolkit.identity import Ids


def read(resources: Sequence[Json], ids: Ids) -> Foreign[Referral]:
    message = ForeignMessage(resources, ids, as_ours=order.as_ours)
    return finished(message, read_referral(message, ids), order.write)


def write(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(order.write(foreign.record, ids), foreign.kept)


def recognises(resources: Sequence[Json]) -> bool:
    """Whether somebody orders from a service rather than from an organisation."""
    return bool(
        of_type(resources, "ServiceRequest")
        and of_type(resources, "Task")
        and of_type(resources, "HealthcareService")
    )


SHAPE: Final = Shape(
    name="routed-referral",
    title="Verwijzing naar een dienst uit het adresboek (generieke functies)",
    kind="referral",
    record=Referral,
    recognises=recognises,
    read=read,
    write=write,
)
