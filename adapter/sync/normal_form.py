"""Content of a resource, apart from what a server may change without changing what it says.

https://hl7.org/fhir/R4/resource.html#Meta

Two texts with the same hash are the same content: that is how an echo, a lost answer and a foreign
change are told apart. Left out: the server's own meta, the tag of a test run, generated narrative,
versions in references, the order of names, labels and contained resources. Decimals count as they
are written (1.10 is not 1.1) and nothing is done to Unicode.
"""

from hashlib import sha256
from typing import Final

from adapter.clients.guard_content import TEST_RUN
from adapter.fhir.json import Json, encode

_OURS_ALONE: Final = frozenset({"versionId", "lastUpdated"})
_SERVERS: Final = _OURS_ALONE | {"source"}


def outgoing(document: Json, run_tag: str | None = None) -> Json:
    """What is sent of a stored resource: everything but our own version and instant.

    `run_tag` marks what a test server gets, so that it can be found there again.
    """
    meta = {name: value for name, value in _meta(document).items() if name not in _OURS_ALONE}
    if run_tag is not None:
        others = [tag for tag in meta.get("tag", ()) if tag.get("system") != TEST_RUN]
        meta["tag"] = [*others, {"system": TEST_RUN, "code": run_tag}]
    return _with_meta(document, meta)


def content_hash(document: Json) -> str:
    """SHA-256 of the normal form."""
    meta = {name: value for name, value in _meta(document).items() if name not in _SERVERS}
    for name in ("tag", "security"):
        meta[name] = sorted(
            [str(coding.get("system", "")), str(coding.get("code", ""))]
            for coding in meta.get(name, ())
            if coding.get("system") != TEST_RUN
        )
    meta["profile"] = sorted(meta.get("profile", ()))
    found = _with_meta(document, {name: value for name, value in meta.items() if value})
    if found.get("text", {}).get("status") == "generated":
        del found["text"]
    if "contained" in found:
        found["contained"] = sorted(found["contained"], key=lambda inner: str(inner.get("id")))
    return sha256(encode(_normal(found))).hexdigest()


def _meta(document: Json) -> Json:
    meta: Json = document.get("meta", {})
    return meta


def _with_meta(document: Json, meta: Json) -> Json:
    """In the place where meta stood; without it when nothing is left."""
    rest = {name: meta if name == "meta" else value for name, value in document.items()}
    if meta:
        return rest if "meta" in rest else {**rest, "meta": meta}
    return {name: value for name, value in rest.items() if name != "meta"}


def _normal(node: object) -> object:
    if isinstance(node, list):
        return [_normal(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {name: _normal(node[name]) for name in sorted(node)}
    if isinstance(literal := found.get("reference"), str):
        found["reference"] = literal.partition("/_history/")[0]
    return found
