"""Read, create, update and delete at the stand-in FHIR server, alone or as entry of a Bundle.

https://hl7.org/fhir/R4/http.html
"""

from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import parse_qsl

from adapter.fhir.constants import CONTENT_TYPE
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json, encode
from adapter.standin.asgi import Answer
from adapter.standin.fhir_search import Reader
from adapter.standin.resource_store import Key, RefusedError, ResourceStore, Version

_CODES = {
    "created": "SUCCESSFUL_UPDATE_AS_CREATE",
    "updated": "SUCCESSFUL_UPDATE",
    "unchanged": "SUCCESSFUL_UPDATE_NO_CHANGE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One interaction. `url` is `Type` or `Type/id`, `headers` have lower-case names."""

    method: str
    url: str
    resource: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    pending: frozenset[Key] = frozenset()
    new_id: str | None = None


def answer_single(store: ResourceStore, reader: Reader, base: str, single: Single) -> Answer:
    """Carry out one interaction; RefusedError when the server would not."""
    match single.method, single.url.split("/"):
        case "GET", [type_, id_]:
            return _read(store, base, Key(type_, id_), single)
        case "PUT", [type_, id_]:
            return _put(store, base, Key(type_, id_), single)
        case "DELETE", [type_, id_]:
            return _delete(store, base, Key(type_, id_))
        case "POST", [type_]:
            return _create(store, reader, base, type_, single)
        case _:
            raise RefusedError(405, "HAPI-0307: this interaction is not offered")


def version_answer(base: str, version: Version, status: int = 200) -> Answer:
    """A version as read: its body, or 410 with the place of the deletion."""
    place = f"{base}/{version.key.type}/{version.key.id}/_history/{version.number}"
    if version.body is None:
        at = instant_text(version.at)
        raise RefusedError(410, f"Resource was deleted at {at}", {"location": place})
    headers = {
        "content-type": CONTENT_TYPE,
        "etag": f'W/"{version.number}"',
        "content-location": place,
        "last-modified": formatdate(version.at / 1_000_000, usegmt=True),
    }
    return Answer(status=status, headers=headers, body=version.body)


def _read(store: ResourceStore, base: str, key: Key, single: Single) -> Answer:
    version = store.current(key)
    if version is None:
        raise RefusedError(404, f"HAPI-2001: Resource {key.type}/{key.id} is not known")
    answer = version_answer(base, version)
    if single.headers.get("if-none-match") == answer.headers["etag"]:
        return Answer(status=304, headers=answer.headers)
    return answer


def _put(store: ResourceStore, base: str, key: Key, single: Single) -> Answer:
    resource = _body(single, key.type)
    modes = single.headers.get("x-meta-snapshot-mode", "").split(",")
    version, outcome = store.put(
        key,
        resource,
        if_match=single.headers.get("if-match"),
        if_none_match=single.headers.get("if-none-match"),
        replaced=frozenset(mode.strip() for mode in modes),
        pending=single.pending,
    )
    status = 201 if outcome == "created" else 200
    return _preferred(version_answer(base, version, status), single, _CODES[outcome])


def _create(store: ResourceStore, reader: Reader, base: str, type_: str, single: Single) -> Answer:
    resource = _body(single, type_)
    condition = single.headers.get("if-none-exist")
    if condition is not None:
        pairs = parse_qsl(condition.rpartition("?")[2], keep_blank_values=True)
        found = reader.find(type_, pairs)
        if len(found) > 1:
            raise RefusedError(412, "HAPI-0958: Failed to CREATE: matched 2 resources")
        if found:
            version = store.history(found[0])[-1]
            return _located(version_answer(base, version, 200))
    version = store.create(type_, resource, new_id=single.new_id, pending=single.pending)
    answer = _located(version_answer(base, version, 201))
    return _preferred(answer, single, "SUCCESSFUL_CREATE")


def _delete(store: ResourceStore, base: str, key: Key) -> Answer:
    before = store.current(key)
    version = store.delete(key)
    if version is None:
        return _outcome(Answer(status=200), "SUCCESSFUL_DELETE_NOT_FOUND")
    if version is before:
        return _outcome(Answer(status=200), "SUCCESSFUL_DELETE_ALREADY_DELETED")
    place = f"{base}/{key.type}/{key.id}/_history/{version.number}"
    return _outcome(Answer(status=200, headers={"content-location": place}), "SUCCESSFUL_DELETE")


def _body(single: Single, type_: str) -> Json:
    if single.resource is None or single.resource.get("resourceType") != type_:
        raise RefusedError(400, "HAPI-0450: the body must be a resource of the type in the URL")
    return single.resource


def _located(answer: Answer) -> Answer:
    headers = {**answer.headers, "location": answer.headers["content-location"]}
    return Answer(status=answer.status, headers=headers, body=answer.body)


def _preferred(answer: Answer, single: Single, code: str) -> Answer:
    prefer = single.headers.get("prefer", "")
    if "minimal" in prefer:
        return Answer(status=answer.status, headers=answer.headers)
    return _outcome(answer, code) if "OperationOutcome" in prefer else answer


def _outcome(answer: Answer, code: str) -> Answer:
    issue = {
        "severity": "information",
        "code": "informational",
        "details": {"coding": [{"system": _CODE_SYSTEM, "code": code}]},
    }
    body = encode({"resourceType": "OperationOutcome", "issue": [issue]})
    headers = {**answer.headers, "content-type": CONTENT_TYPE}
    return Answer(status=answer.status, headers=headers, body=body)


_CODE_SYSTEM = "https://hapifhir.io/fhir/CodeSystem/hapi-fhir-storage-response-code"
