"""The Bundle around a record: its entries, their paths, and the names they use.

https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/http.html#transaction

A referral is sent as a transaction; any record may stand in a collection.

What the Bundle says about itself (its id, number, time and meta) names this sending, not the care:
it is kept with the message as it was received and is not read here.
"""

from collections.abc import Callable, Sequence
from typing import Final

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json
from mappings.toolkit import reader
from mappings.toolkit.entries import Entries
from mappings.toolkit.message import DIRECTORY
from mappings.toolkit.reader import Element, refuse

_BASE: Final = f"{CANONICAL}/"


def open_transaction(bundle: Json) -> Entries:
    """The resources in a transaction. FhirError 422 with the path when an entry is none."""
    root = Element(bundle, "Bundle")
    root.fixed("type", "transaction")
    return _read_entries(root, _read_request)


def open_collection(sent: Json) -> Entries:
    """The resources in what was sent: a collection, or one resource by itself."""
    kind = str(sent.get("resourceType"))
    if kind != "Bundle":
        return Entries(resources=(sent,), paths=(kind,))
    root = Element(sent, "Bundle")
    root.fixed("type", "collection")
    return _read_entries(root, None)


def collection(resources: Sequence[Json]) -> Json:
    """Bundle of resources that refer to each other as `Type/id`."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": f"{_BASE}{resource['resourceType']}/{resource['id']}", "resource": resource}
            for resource in resources
        ],
    }


def _read_entries(root: Element, read_request: Callable[[Element, str], None] | None) -> Entries:
    root.ignore("resourceType", "id", "meta", "identifier", "timestamp", "language")
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
        if read_request is not None:
            read_request(entry, str(resource.get("resourceType")))
        resources.append(resource)
        paths.append(entry.at("resource"))
    reader.finish(root)
    return Entries(resources=tuple(resources), paths=tuple(paths), names=names)


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
