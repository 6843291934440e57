"""The transaction Bundle around a referral: its entries, their paths, and the names they use.

https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/http.html#transaction

What the Bundle says about itself (its id, number, time and meta) names this sending, not the care:
it is kept with the message as it was received and is not read here.
"""

from dataclasses import dataclass
from typing import Self

from adapter.fhir.json import Json
from mappings import reader
from mappings.message import DIRECTORY
from mappings.reader import Element, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Resources in the order sent; `names` maps each fullUrl to the index of its resource."""

    resources: tuple[Json, ...]
    paths: tuple[str, ...]
    names: dict[str, int]

    @classmethod
    def of(cls, bundle: Json) -> Self:
        """FhirError 422 with the path when an entry is no entry of a referral."""
        root = Element(bundle, "Bundle")
        root.ignore("resourceType", "id", "meta", "identifier", "timestamp", "language")
        root.fixed("type", "transaction")
        resources, paths, names = [], [], {}
        for n, entry in enumerate(root.children("entry")):
            resource = entry.take("resource")
            if not isinstance(resource, dict):
                refuse(entry.at("resource"), "required", "In elke entry hoort een resource.")
            if entry.has("fullUrl"):
                name = entry.value("fullUrl", reader.URI_OR_PATH)
                if name in names:
                    refuse(entry.at("fullUrl"), "duplicate", "Deze naam komt twee keer voor.")
                names[name] = n
            _read_request(entry, str(resource.get("resourceType")))
            resources.append(resource)
            paths.append(entry.at("resource"))
        reader.finish(root)
        return cls(resources=tuple(resources), paths=tuple(paths), names=names)


def _read_request(entry: Element, kind: str) -> None:
    """How the entry asks to be stored. The adapter knows each by its author's number, so any way
    that creates it once is the same; a version to be overwritten is not."""
    request = entry.child("request")
    request.fixed("method", "POST", "PUT")
    url = request.value("url", reader.URI_OR_PATH)
    if url.partition("/")[0].partition("?")[0] != kind:
        refuse(request.at("url"), "value", "Het adres hoort bij de soort van de resource.")
    request.ignore("ifNoneExist")
    if kind in DIRECTORY:
        request.ignore("ifMatch", "ifNoneMatch")
