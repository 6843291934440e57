"""Transaction and batch Bundles at the stand-in FHIR server.

https://hl7.org/fhir/R4/http.html#transaction
A transaction is all or nothing; the entries of a batch stand alone. Entries are carried out in
their own order (HAPI sorts them by method), which only matters to Bundles that nobody should send.
"""

from http import HTTPStatus
from typing import Final

from adapter.fhir.json import Json, decode_own, encode
from adapter.fhir.reference import references
from adapter.standin.asgi import Answer
from adapter.standin.fhir_search import Reader
from adapter.standin.resource_store import Key, RefusedError, ResourceStore
from adapter.standin.single_requests import Single, answer_single

_HEADERS: Final = {
    "if-match": "ifMatch",
    "if-none-match": "ifNoneMatch",
    "if-none-exist": "ifNoneExist",
}


def process(
    store: ResourceStore, reader: Reader, bundle: Json, *, replaced: str, with_resource: bool
) -> Json:
    """The response Bundle; RefusedError when a transaction fails, with nothing stored."""
    kind = bundle.get("type")
    if bundle.get("resourceType") != "Bundle" or kind not in ("transaction", "batch"):
        raise RefusedError(400, "HAPI-0527: Unable to process Bundle of this type")
    entries: list[Json] = bundle.get("entry", [])
    if kind == "batch":
        answers = [_alone(store, reader, single) for single in _singles(entries, replaced)]
    else:
        answers = _together(store, reader, _singles(_resolved(store, entries), replaced))
    return {
        "resourceType": "Bundle",
        "type": f"{kind}-response",
        "entry": [_entry(answer, with_resource=with_resource) for answer in answers],
    }


def _alone(store: ResourceStore, reader: Reader, single: Single) -> Answer:
    try:
        return answer_single(store, reader, "", single)
    except RefusedError as refused:
        return Answer(status=refused.status)


def _together(store: ResourceStore, reader: Reader, singles: list[Single]) -> list[Answer]:
    before = store.checkpoint()
    try:
        return [answer_single(store, reader, "", single) for single in singles]
    except RefusedError:
        store.restore(before)
        raise


def _singles(entries: list[Json], replaced: str) -> list[Single]:
    keys = [_key(entry) for entry in entries]
    named = [key for key in keys if key is not None]
    if len(set(named)) != len(named):
        raise RefusedError(400, "HAPI-0535: Transaction bundle contains multiple resources with ID")
    return [
        Single(
            method=entry["request"]["method"],
            url=entry["request"]["url"],
            resource=entry.get("resource"),
            headers=_headers(entry["request"], replaced),
            pending=frozenset(named),
            new_id=entry.get("_new_id"),
        )
        for entry in entries
    ]


def _headers(request: Json, replaced: str) -> dict[str, str]:
    found = {header: request[name] for header, name in _HEADERS.items() if name in request}
    return {**found, "x-meta-snapshot-mode": replaced}


def _key(entry: Json) -> Key | None:
    """What the entry will be stored as, when that is known."""
    url: str = entry["request"]["url"]
    if url.startswith(("http:", "https:")):
        raise RefusedError(400, "HAPI-2006: the request URL of an entry must be relative")
    type_, _, id_ = url.partition("/")
    if entry["request"]["method"] == "PUT":
        return Key(type_, id_)
    return Key(type_, entry["_new_id"]) if "_new_id" in entry else None


def _resolved(store: ResourceStore, entries: list[Json]) -> list[Json]:
    """Entries whose `urn:uuid:` references are replaced by what those entries are stored as."""
    places: dict[str, str] = {}
    found = []
    for entry in decode_own(encode({"entry": entries}))["entry"] if entries else []:
        if entry["request"]["method"] == "POST":
            entry["_new_id"] = store.new_id()
        key = _key(entry)
        if key is not None and entry.get("fullUrl", "").startswith("urn:"):
            places[entry["fullUrl"]] = f"{key.type}/{key.id}"
        found.append(entry)
    for entry in found:
        for _, element in references(entry.get("resource", {})):
            text = element["reference"]
            if text.startswith("urn:") and text not in places:
                raise RefusedError(400, "HAPI-0541: Unable to satisfy placeholder ID")
            element["reference"] = places.get(text, text)
    return found


def _entry(answer: Answer, *, with_resource: bool) -> Json:
    """HAPI's etag has neither W/ nor quotes here."""
    response: Json = {"status": f"{answer.status} {HTTPStatus(answer.status).phrase}"}
    if "etag" in answer.headers:
        response["location"] = answer.headers["content-location"].lstrip("/")
        response["etag"] = answer.headers["etag"].strip('W/"')
    if with_resource and answer.body:
        return {"resource": decode_own(answer.body), "response": response}
    return {"response": response}
