"""Resources in a Bundle in which every reference finds its target.

https://hl7.org/fhir/R4/bundle.html#references

A record names what it belongs to (a patient, a trajectory, a colleague) by reference; what it names
is not part of it. `closed` adds a valid resource of ours under each name that is missing.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from tests.mappings.kinds import KINDS

Json = dict[str, Any]

BASE: Final = "https://referee.example/fhir"


def bundle_of(resources: Sequence[Json]) -> Json:
    """Collection; references such as `Patient/1` resolve against the fullUrls."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": f"{BASE}/{r['resourceType']}/{r['id']}", "resource": r} for r in resources
        ],
    }


def closed(resources: Sequence[Json]) -> list[Json]:
    """The resources, then a stand-in for whatever they name and is not among them."""
    found = list(resources)
    have = {_name(resource) for resource in found}
    position = 0
    while position < len(found):
        for name in _targets(found[position]):
            if name not in have:
                have.add(name)
                found.append(stand_in(*name.split("/")))
        position += 1
    return found


def unresolved(resources: Sequence[Json]) -> list[str]:
    """References of the resources that have no target among them."""
    have = {_name(resource) for resource in resources}
    return sorted({name for r in resources for name in _targets(r) if name not in have})


def stand_in(type_: str, id_: str) -> Json:
    """A valid resource of ours under this name."""
    found = copy.deepcopy(_prototypes().get(type_, {"resourceType": type_}))
    found["id"] = id_
    return found


def _name(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _targets(node: object) -> Iterator[str]:
    """`Type/id` of every literal reference, without its version."""
    if isinstance(node, Mapping):
        literal = node.get("reference")
        if isinstance(literal, str) and not literal.startswith("#"):
            yield "/".join(literal.split("/")[:2])
        for value in node.values():
            yield from _targets(value)
    elif isinstance(node, list):
        for value in node:
            yield from _targets(value)


@cache
def _prototypes() -> Mapping[str, Json]:
    """One resource per type, the first that our mappings write; some that others write."""
    found: dict[str, Json] = {}
    for kind in KINDS:
        for resource in kind.written():
            found.setdefault(resource["resourceType"], resource)
    for type_, members in _OTHERS.items():
        found.setdefault(type_, {"resourceType": type_, **members})
    return found


# What our resources name and do not write themselves, as small as R4 allows.
_OTHERS: Final[Mapping[str, Json]] = {
    "DocumentReference": {
        "status": "current",
        "content": [{"attachment": {"contentType": "text/plain", "data": "aWV0cw=="}}],
    },
    "HealthcareService": {"active": True},
    "List": {"status": "current", "mode": "working"},
    "Questionnaire": {"status": "active"},
    "QuestionnaireResponse": {"status": "completed"},
}
