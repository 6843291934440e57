"""Content of a resource at the stand-in FHIR server: what it adds, merges and compares.

https://hl7.org/fhir/R4/resource.html#Meta
HAPI merges tags and labels into those of the version before, unless X-Meta-Snapshot-Mode says
that what is sent is everything.
"""

import re
from typing import Final

from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json, decode_own, encode
from adapter.fhir.reference import references

RELATIVE: Final = re.compile(
    r"(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})(?P<version>/_history/[^/]+)?"
)
_HEAD: Final = ("resourceType", "id", "meta")
_PARTS: Final = {"tag": "TAG", "security": "SECURITY_LABEL"}


def stamped(type_: str, id_: str, resource: Json, number: int, at: int) -> Json:
    """As stored: the server's own meta comes first, the client's is ignored."""
    meta = {"versionId": str(number), "lastUpdated": instant_text(at), **_labels(resource)}
    rest = {name: value for name, value in resource.items() if name not in _HEAD}
    return {"resourceType": type_, "id": id_, "meta": meta, **rest}


def _labels(resource: Json) -> Json:
    """meta without what the server sets; `source` is dropped, as the setting NONE does."""
    meta: Json = resource.get("meta", {})
    own = ("versionId", "lastUpdated", "source")
    return {name: value for name, value in meta.items() if name not in own}


def merge_labels(before: Json, after: Json, replaced: frozenset[str]) -> Json:
    """`after` with the tags and labels of `before`, except the parts named in `replaced`."""
    old, meta = _labels(before), _labels(after)
    for name in ("tag", "security"):  # a profile is always replaced
        if _PARTS[name] in replaced or name not in old:
            continue
        new = meta.get(name, [])
        known = {(c.get("system"), c.get("code")) for c in new}
        kept = [c for c in old[name] if (c.get("system"), c.get("code")) not in known]
        meta[name] = [*kept, *new]
    return {**after, "meta": meta} if meta else {n: v for n, v in after.items() if n != "meta"}


def canonical(resource: Json) -> bytes:
    """What makes a version: all but id and server metadata, whatever the order of names."""
    rest = {name: value for name, value in resource.items() if name not in _HEAD}
    return encode(_sorted({**rest, "meta": _labels(resource)}))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def without_reference_versions(resource: Json) -> Json:
    """A copy whose references name no version, as HAPI stores them."""
    copy = decode_own(encode(resource))
    for _, element in references(copy):
        found = RELATIVE.fullmatch(element["reference"])
        if found is not None and found["version"]:
            element["reference"] = f"{found['type']}/{found['id']}"
    return copy
