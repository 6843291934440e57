"""What may go to a server that is not our own: invented, labelled data, and nothing that names
a person (RI-8).

https://hl7.org/fhir/R4/security-labels.html
https://terminology.hl7.org/CodeSystem-v3-ActReason.html (HTEST: test health data)

A public test server is world-readable, world-writable and cannot forget. So the rule is default
deny, on the final request: what is not known to be harmless is refused before the wire. Pure: the
transport in `http.py` calls `check` for every request, and no caller can go around it.

Not here: pacing, and replacing free text by fixed sentences; both belong to the sync run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from adapter.clients.guard_content import (
    RULE,
    check_content,
    check_resource,
    check_text,
    check_type,
)
from adapter.fhir.constants import CANONICAL, FHIR_JSON, FORM, JSON
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_untrusted

PeerClass = Literal["own", "test"]

# Everything else is taken off, so that a header nobody thought of carries nothing out.
HARMLESS_HEADERS: Final = frozenset(
    {
        "accept", "accept-encoding", "cache-control", "connection", "content-length",
        "content-type", "host", "if-match", "if-none-exist", "if-none-match", "prefer",
        "user-agent", "x-meta-snapshot-mode", "x-request-id",
    }
)  # fmt: skip
_OPAQUE_HEADERS: Final = frozenset({"if-match", "if-none-match", "content-length"})
_PARAMETERS: Final = frozenset(
    {
        "_bundletype", "_count", "_elements", "_format", "_getpages", "_getpagesoffset", "_id",
        "_lastUpdated", "_offset", "_pretty", "_security", "_since", "_sort", "_summary", "_tag",
        "_total",
    }
)  # fmt: skip
_TYPE: Final = re.compile(r"[A-Z][a-z]+[A-Za-z]*")
_PORTS: Final = {"http": 80, "https": 443}


def origin(url: str) -> str:
    """`scheme://host:port`, in lower case and with the port always there."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


def class_of(url: str, own_origins: Iterable[str]) -> PeerClass:
    """`own` when the origin is one of ours; whatever is not known is a test server."""
    return "own" if origin(url) in {origin(own) for own in own_origins} else "test"


def check(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    peer_class: PeerClass,
    *,
    run_tag: str | None = None,
) -> list[Issue]:
    """Why this request may not leave; empty when it may. `run_tag` is the code of our own tag."""
    if peer_class == "own":
        return []
    issues = [*_check_headers(url, headers), *_check_url(method, url)]
    if condition := _header(headers, "if-none-exist"):
        issues += _check_query(parse_qsl(condition.rpartition("?")[2], keep_blank_values=True))
    if body:
        issues += _check_body(method, url, _header(headers, "content-type"), body, run_tag)
    return issues


def _check_headers(url: str, headers: Mapping[str, str]) -> list[Issue]:
    issues = [
        _fault("security", "Een kopregel die gegevens of een sleutel kan dragen blijft hier.")
        for name in headers
        if name.lower() not in HARMLESS_HEADERS
    ]
    if "@" in urlsplit(url).netloc:
        issues.append(_fault("security", "Een adres bevat geen naam en wachtwoord."))
    for name, value in headers.items():
        if name.lower() not in _OPAQUE_HEADERS:
            issues += check_text(value, "")
    return issues


def _check_url(method: str, url: str) -> list[Issue]:
    parts = urlsplit(url)
    path = unquote(parts.path)
    tail = _resource_path(path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    issues = check_text(path.partition("/_history/")[0], "")  # a version is the server's own
    if not _is_known_interaction(method, tail) or "$" in path:
        issues.append(_fault("not-supported", "Deze handeling gaat niet naar een testserver."))
    if tail:
        issues += check_type(tail[0], "")
    if query and method not in {"GET", "HEAD"}:
        issues.append(_fault("not-supported", "Schrijven gebeurt op id, nooit op voorwaarde."))
    return issues + _check_query(query)


def _resource_path(path: str) -> list[str]:
    """The part from the resource type on; empty for the base, metadata and pages."""
    segments = [segment for segment in path.split("/") if segment]
    for index, segment in enumerate(segments):
        if _TYPE.fullmatch(segment):
            return segments[index:]
    return []


def _is_known_interaction(method: str, tail: Sequence[str]) -> bool:
    match method, tail:
        case "GET" | "HEAD", [] | [_] | [_, _]:  # base, metadata; search; read, type history
            return True
        case "GET" | "HEAD", [_, _, "_history"] | [_, _, "_history", _]:
            return True
        case "POST", [] | [_] | [_, "_search"]:  # transaction; create; search
            return True
        case "PUT" | "DELETE", [_, _]:
            return True
    return False


def _check_query(pairs: Sequence[tuple[str, str]]) -> list[Issue]:
    issues = []
    for name, value in pairs:
        ours = name == "identifier" and value.startswith(f"{CANONICAL}/")
        if name not in _PARAMETERS and not ours:
            issues.append(_fault("not-supported", "Zoeken kan alleen op id, tag en eigen nummer."))
        issues += check_text(value, "")
    return issues


def _check_body(
    method: str, url: str, content_type: str, body: bytes, run_tag: str | None
) -> list[Issue]:
    kind = content_type.partition(";")[0].strip().lower()
    tail = _resource_path(unquote(urlsplit(url).path))
    if kind == FORM and tail[1:] == ["_search"]:
        return _check_query(parse_qsl(body.decode("latin-1"), keep_blank_values=True))
    if kind not in {FHIR_JSON, JSON} or method not in {"PUT", "POST"}:
        return [_fault("not-supported", "Alleen FHIR-JSON in een PUT of POST kan worden gezien.")]
    try:
        resource = decode_untrusted(body)
    except FhirError as unreadable:
        return list(unreadable.issues)
    if not tail:
        return _check_transaction(resource, run_tag)
    at = str(resource.get("resourceType", ""))
    return [*check_resource(resource, at, run_tag), *_check_target(tail, resource, at)]


def _check_target(tail: Sequence[str], resource: Json, at: str) -> list[Issue]:
    if [resource.get("resourceType"), resource.get("id")][: len(tail)] == list(tail):
        return []
    return [_fault("invalid", "Het adres noemt een andere resource dan de inhoud.", at)]


def _check_transaction(bundle: Json, run_tag: str | None) -> list[Issue]:
    """The Bundle itself is an envelope that is not stored; each entry is judged as a request."""
    entries = bundle.get("entry", [])
    if bundle.get("resourceType") != "Bundle" or not isinstance(entries, list):
        return [_fault("structure", "Verwacht is een transactie.", "Bundle")]
    if bundle.get("type") not in {"transaction", "batch"}:
        return [_fault("value", "Verwacht is een transactie.", "Bundle.type")]
    envelope = {name: value for name, value in bundle.items() if name != "entry"}
    issues = check_content(envelope, "Bundle")
    for index, entry in enumerate(entries):
        issues += _check_entry(entry, f"Bundle.entry[{index}]", run_tag)
    return issues


def _check_entry(entry: object, at: str, run_tag: str | None) -> list[Issue]:
    if not isinstance(entry, dict) or not isinstance(entry.get("request"), dict):
        return [_fault("structure", "Verwacht is een opdracht.", at)]
    request, resource = entry["request"], entry.get("resource")
    method, url = str(request.get("method")), str(request.get("url", ""))
    around = {name: value for name, value in entry.items() if name != "resource"}
    issues = [*check_content(around, at), *_check_url(method, f"/{url}")]
    if ":" in url:
        issues.append(_fault("value", "Verwacht is een relatief adres.", f"{at}.request.url"))
    if condition := request.get("ifNoneExist"):
        issues += _check_query(parse_qsl(str(condition), keep_blank_values=True))
    if isinstance(resource, dict):
        issues += check_resource(resource, f"{at}.resource", run_tag)
        issues += _check_target(url.split("/"), resource, f"{at}.resource")
    elif resource is not None or method in {"PUT", "POST"}:
        issues.append(_fault("structure", "Verwacht is een resource.", at))
    return issues


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _fault(code: str, text: str, expression: str = "") -> Issue:
    return Issue(code=code, text=text, expression=expression, rule=RULE)
