"""Values made from a definition, for elements that no example carries.

As little as is valid: what the profile fixes, the first code of a required list, the members that
have to be there. Whether it is valid the referee says, before it judges the mutant made of it.
"""

import copy
from typing import Any, Final

from tests.referee.definitions import elements, first_code, structure
from tests.referee.spots import extension_address, members, spots

Json = dict[str, Any]

_VALUES: Final[dict[str, Any]] = {
    "boolean": True,
    "string": "iets",
    "markdown": "iets",
    "code": "iets",
    "id": "iets",
    "integer": 1,
    "positiveInt": 1,
    "unsignedInt": 1,
    "decimal": 1,
    "dateTime": "2026-05-01",
    "date": "2026-05-01",
    "time": "10:00:00",
    "instant": "2026-05-01T10:00:00+02:00",
    "uri": "https://mesozorg.example/iets",
    "url": "https://mesozorg.example/iets",
    "canonical": "https://mesozorg.example/iets",
    "base64Binary": "aWV0cw==",
    "http://hl7.org/fhirpath/System.String": "iets",
    "CodeableConcept": {"text": "iets"},
    "Coding": {"system": "https://mesozorg.example/lijst", "code": "iets"},
    "Reference": {"display": "iets"},
    "Annotation": {"text": "iets"},
    "Attachment": {"contentType": "text/plain", "data": "aWV0cw=="},
    "HumanName": {"text": "Iemand"},
    "Address": {"city": "Velp"},
    "ContactPoint": {"system": "phone", "value": "085 999 0001"},
    "Identifier": {"system": "https://mesozorg.example/nummer", "value": "1"},
    "Period": {"start": "2026-05-01"},
    "Quantity": {"value": 1},
    "Range": {"low": {"value": 1}},
    "Ratio": {"numerator": {"value": 1}, "denominator": {"value": 2}},
    "Age": {"value": 80, "system": "http://unitsofmeasure.org", "code": "a"},
    "Duration": {"value": 1, "system": "http://unitsofmeasure.org", "code": "d"},
    "Timing": {"event": ["2026-05-01"]},
    "Narrative": {
        "status": "generated",
        "div": '<div xmlns="http://www.w3.org/1999/xhtml">iets</div>',
    },
    "Extension": {
        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        "valueCode": "unknown",
    },
    "Resource": {"resourceType": "Basic", "id": "b", "code": {"text": "iets"}},
}
# Types that are easiest to make, where there is a choice.
_EASY: Final = ("string", "boolean", "CodeableConcept", "Reference", "dateTime")
# Whom a reference may point at, nearest first: types that our mappings write.
_TARGETS: Final = ("Patient", "PractitionerRole", "Organization", "Practitioner", "Encounter")


def plain(name: str, codes: list[str]) -> tuple[str, Any]:
    """(JSON member, value) of an element of one of these types."""
    code = next((c for c in (*_EASY, *codes) if c in codes and c in _VALUES), None)
    if code is None:
        raise KeyError(f"no plain value of {name}: {codes}")
    return _member(name, code), copy.deepcopy(_VALUES[code])


def _member(name: str, code: str) -> str:
    stem = name.removesuffix("[x]")
    return stem if stem == name else stem + code[0].upper() + code[1:]


def instance(url: str, element_id: str) -> tuple[str, Any]:
    """(JSON member, value) of an element, as its definition in this profile asks."""
    element = elements(url)[element_id]
    last = element_id.rpartition(".")[2]
    name, _, slice_ = last.partition(":")
    if name in {"extension", "modifierExtension"} and slice_:
        return name, _extension(url, element_id)
    codes = [one["code"] for one in element.get("type", ())]
    code = next((c for c in (*_EASY, *codes) if c in codes), "string")
    member = slice_ if name.endswith("[x]") and slice_ else _member(name, code)
    for said, value in element.items():
        if said.startswith(("fixed", "pattern")):
            return member, _with_members(url, element_id, copy.deepcopy(value))
    binding = element.get("binding", {})
    if binding.get("strength") == "required":
        return member, _coded(code, first_code(binding["valueSet"]))
    if code == "Reference":
        return member, _with_members(url, element_id, _reference(element, code))
    if code in {"BackboneElement", "Element"}:
        return member, _with_members(url, element_id, {}) or _with_first(url, element_id)
    return member, _with_members(url, element_id, copy.deepcopy(_VALUES[code]))


def _coded(code: str, coding: Json) -> Any:
    if code == "code":
        return coding["code"]
    return coding if code == "Coding" else {"coding": [coding]}


def _reference(element: Json, code: str) -> Json:
    allowed = [
        structure(target)["type"]
        for one in element["type"]
        if one["code"] == code
        for target in one.get("targetProfile", ())
    ]
    type_ = next(
        (t for t in _TARGETS if t in allowed or not allowed), allowed[0] if allowed else ""
    )
    return {"reference": f"{type_}/sample-{type_.lower()}", "type": type_}


def _with_members(url: str, element_id: str, value: Any) -> Any:
    """The value with the members that this profile makes mandatory."""
    if not isinstance(value, dict):
        return value
    deep = element_id.count(".") + 1
    for inner, element in elements(url).items():
        if not inner.startswith(f"{element_id}.") or inner.count(".") != deep:
            continue
        last = inner.rpartition(".")[2]
        if not element.get("min") or (not _is_slice(inner) and _has_slices(url, inner)):
            continue
        if not _is_slice(inner) and members(value, last):
            continue
        _add(value, url, inner)
    return value


def _with_first(url: str, element_id: str) -> Json:
    """Nothing is mandatory, and empty it may not be: the first code or text."""
    for inner, element in elements(url).items():
        codes = {one["code"] for one in element.get("type", ())}
        if inner.startswith(f"{element_id}.") and codes & {"code", "string"}:
            found: Json = {}
            if not inner.endswith(".id"):
                _add(found, url, inner)
                return found
    return {}


def _is_slice(element_id: str) -> bool:
    return ":" in element_id.rpartition(".")[2]


def _has_slices(url: str, element_id: str) -> bool:
    return any(one.startswith(f"{element_id}:") for one in elements(url))


def _add(owner: Json, url: str, element_id: str) -> None:
    member, value = instance(url, element_id)
    element = elements(url)[element_id]
    name = element_id.rpartition(".")[2].partition(":")[0]
    for other in members(owner, name) if name.endswith("[x]") else ():
        del owner[other]  # of a choice there is one
    if element.get("base", {}).get("max", element.get("max")) in {"1", "0"}:
        owner[member] = value
    else:
        owner.setdefault(member, []).append(value)


def _extension(url: str, element_id: str) -> Json:
    """By its own definition; parts of a composed one stand in the same definition."""
    address = extension_address(url, element_id)
    if address is None:
        raise KeyError(element_id)
    found: Json = {"url": address}
    if f"{element_id}.url" in elements(url):
        return _with_value(found, url, element_id)
    return _with_value(found, address, "Extension")


def _with_value(found: Json, url: str, root: str) -> Json:
    known = elements(url)
    parts = [
        one
        for one in known
        if one.startswith(f"{root}.extension:")
        and one.count(":") == root.count(":") + 1
        and one.count(".") == root.count(".") + 1
    ]
    for part in parts:
        if known[part].get("min"):
            found.setdefault("extension", []).append(_extension(url, part))
    if f"{root}.value[x]" in known and known[f"{root}.value[x]"]["max"] != "0":
        member, value = instance(url, f"{root}.value[x]")
        found[member] = value
    return found


def _wanted(url: str, element_id: str) -> list[str]:
    """The element, or the slices of it that have to be there."""
    known = elements(url)
    slices = [
        one
        for one in known
        if one.startswith(f"{element_id}:") and "." not in one[len(element_id) :]
    ]
    return [one for one in slices if known[one].get("min")] or [element_id]


def fill(root: Json, url: str, element_id: str) -> bool:
    """Make sure that the element is there, with what it stands in; False when it cannot be."""
    so_far, *parts = element_id.split(".")
    owners = [root]
    for part in parts:
        here = f"{so_far}.{part}"
        if here not in elements(url):
            return False
        if not spots(root, url, here):
            if elements(url)[here].get("max") == "0" or not owners:
                return False
            for one in _wanted(url, here):
                _add(owners[0], url, one)
        owners = [s.value for s in spots(root, url, here) if isinstance(s.value, dict)]
        so_far = here
    return not parts or bool(spots(root, url, element_id))
