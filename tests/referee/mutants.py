"""For each constraint of our profiles a valid example, changed so that it breaks that constraint.

The change follows from what the constraint says: an element is removed, doubled, added, given
another code, type or target. Where it does not, a recipe (`recipes.py`) makes it, or a reason says
why there is none.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.referee.bundles import stand_in
from tests.referee.constraints import Constraint, parent_of
from tests.referee.definitions import elements, structure
from tests.referee.examples import Example
from tests.referee.recipes import BREAKS, REASONS
from tests.referee.samples import fill, instance, plain
from tests.referee.spots import members, owners_of, spots

Json = dict[str, Any]

_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_NOT_KNOWN: Final[Json] = {"url": _ABSENT, "valueCode": "unknown"}
_NO_CODE: Final = "no-such-code"
_ELSEWHERE: Final[Json] = {
    "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
    "code": "remission",
}
# Another code of the same required R4 list, where a profile fixes one.
_OTHER_CODE: Final = {
    "order": "proposal",
    "plan": "proposal",
    "proposal": "order",
    "collection": "batch",
    "document": "batch",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`resource` takes the place of `example.resource`; `beside` has to be in the Bundle too."""

    constraint: Constraint
    example: Example
    resource: Json
    beside: list[Json] = field(default_factory=list)


def mutants_of(constraint: Constraint, examples: Sequence[Example]) -> list[Mutant]:
    """From the first example in which the constraint bites; none when there is no such example."""
    for example in examples:
        found = list(_changed(constraint, example))
        if found:
            return found
    for example in sorted(examples, key=lambda one: not _roots(constraint, one.resource)):
        filled = _filled(constraint, example)
        if filled is not None:
            return list(_changed(constraint, filled))
    return []


def _filled(constraint: Constraint, example: Example) -> Example | None:
    """The example with the element that the constraint stands on, where it lacked it."""
    resource = copy.deepcopy(example.resource)
    place = constraint.element
    if constraint.sort == "forbidden":
        place = place.rpartition(".")[0]
    if constraint.is_extension and not _roots(constraint, resource):
        for url, element_id in _hosts(constraint, example):
            if fill(resource, url, element_id):
                break
    for root in _roots(constraint, resource):
        if fill(root, constraint.url, place):
            return example.with_resource(resource)
    return None


def _hosts(constraint: Constraint, example: Example) -> Iterator[tuple[str, str]]:
    """(profile, element) where a profile of the example takes in the extension."""
    for url in example.profiles:
        for element_id, element in elements(url).items():
            profiles = [p for one in element.get("type", ()) for p in one.get("profile", ())]
            if constraint.url in profiles:
                yield url, element_id


def reason_for(constraint: Constraint) -> str | None:
    """Why a constraint has no mutant."""
    if constraint.key in REASONS:
        return REASONS[constraint.key]
    if _names_an_optional_slice(constraint):
        return "Tells an optional slice of an open list apart: another value is valid, it is not that slice."
    return None


def _names_an_optional_slice(constraint: Constraint) -> bool:
    """Its value tells a slice apart that need not be there; another value is just not it."""
    if constraint.sort not in {"value", "binding"}:
        return False
    known = elements(constraint.url)
    parts = constraint.element.split(".")
    for n in range(len(parts), 0, -1):
        name, colon, _ = parts[n - 1].partition(":")
        if not colon:
            continue
        whole = known[".".join([*parts[: n - 1], name])]
        inner = ".".join(parts[n:]) or "$this"
        apart = {one["path"] for one in whole.get("slicing", {}).get("discriminator", ())}
        slice_ = known[".".join(parts[:n])]
        # An extension without definition is refused, so its address is no mere choice.
        return inner in apart and not slice_.get("min") and inner != "url"
    return False


def _changed(constraint: Constraint, example: Example) -> Iterator[Mutant]:
    maker = BREAKS.get(constraint.given.get("key", "")) or BREAKS.get(constraint.key)
    resource = copy.deepcopy(example.resource)
    roots = _roots(constraint, resource)
    if not roots:
        return
    if maker is not None:
        beside = maker(roots[0], resource)
        if beside is not None:
            yield Mutant(
                constraint=constraint, example=example, resource=resource, beside=list(beside)
            )
        return
    change = _CHANGES.get(constraint.sort)
    if change is None:
        return
    for root_number in range(len(roots)):
        changes = change(constraint, roots[root_number])
        made = False
        for beside in changes:
            made = True
            host = beside.pop(0) if constraint.sort == "context" else resource
            yield Mutant(
                constraint=constraint,
                example=example,
                resource=copy.deepcopy(host),
                beside=beside,
            )
        if made:
            return


def _roots(constraint: Constraint, resource: Json) -> list[Json]:
    """What the element ids of the constraint start from: the resource, or an extension in it."""
    if constraint.is_extension:
        return list(_extensions(resource, constraint.url))
    claimed = resource.get("meta", {}).get("profile", ())
    return [resource] if constraint.url in claimed else []


def _extensions(node: object, url: str) -> Iterator[Json]:
    if isinstance(node, dict):
        if node.get("url") == url:
            yield node
        for value in node.values():
            yield from _extensions(value, url)
    elif isinstance(node, list):
        for value in node:
            yield from _extensions(value, url)


# Each change alters the root in place and yields, once per mutant, what has to stand beside it.
# A generator that goes on undoes its change first, because the root is copied in between.


def _too_few(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    low: int = constraint.given["min"]
    url = constraint.url
    for owner in owners_of(root, url, constraint.element):
        found = [s for s in spots(root, url, constraint.element) if s.owner is owner]
        if len(found) < low:
            continue
        for spot in reversed(found[low - 1 :]):
            if spot.index is None:
                del owner[spot.name]
                owner.pop(f"_{spot.name}", None)
            else:
                del owner[spot.name][spot.index]
                if isinstance(owner.get(f"_{spot.name}"), list):
                    del owner[f"_{spot.name}"][spot.index]
                if not owner[spot.name]:
                    del owner[spot.name]
                    owner.pop(f"_{spot.name}", None)
        if not owner:
            owner["extension"] = [_NOT_KNOWN]
        yield []
        return


def _too_many(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    high = int(constraint.given["max"])
    url = constraint.url
    for owner in owners_of(root, url, constraint.element):
        found = [s for s in spots(root, url, constraint.element) if s.owner is owner]
        if not found or found[0].index is None or len(found) > high:
            continue
        more = [copy.deepcopy(found[0].value) for _ in range(high + 1 - len(found))]
        owner[found[0].name] += more
        yield []
        return


def _forbidden(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    sd = structure(constraint.url)
    parent = parent_of(sd, constraint.element)
    last = constraint.element.rpartition(".")[2].partition(":")[0]
    for owner in owners_of(root, constraint.url, constraint.element):
        if members(owner, last):
            continue
        name, value = _any(last, parent, constraint)
        owner[name] = [value] if parent.get("max", "1") != "1" else value
        yield []
        return


def _other_value(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    for spot in spots(root, constraint.url, constraint.element):
        spot.put(_other(spot.value))
        yield []
        return


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return _OTHER_CODE.get(value, f"{value}-other")
    if isinstance(value, dict):
        found = copy.deepcopy(value)
        for coding in found.get("coding", [found]):
            if "code" in coding:
                coding["code"] = f"{coding['code']}0"
            elif "value" in coding:
                coding["value"] = f"{coding['value']}0"
            elif "system" in coding:
                coding["system"] = f"{coding['system']}0"
        return found
    return value


def _code_of_another_list(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    """A code that exists, so that only the list refuses it; a bare code has no system to say so."""
    for spot in spots(root, constraint.url, constraint.element):
        if isinstance(spot.value, str):
            spot.put(_NO_CODE)
        elif "code" in spot.value:
            spot.put(dict(_ELSEWHERE))
        else:
            spot.put({"coding": [dict(_ELSEWHERE)]})
        yield []
        return


def _wrong_type(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    """Another target where it is a reference; another data type where there was a choice."""
    sd, url = structure(constraint.url), constraint.url
    parent = parent_of(sd, constraint.element)
    for spot in spots(root, url, constraint.element):
        before = spot.value
        target = _other_target(constraint.given, parent)
        codes = {one["code"] for one in constraint.given["type"]}
        is_reference = codes == {"Reference"} or (
            isinstance(before, dict) and "reference" in before
        )
        if is_reference and target is not None:
            spot.put({"reference": f"{target}/wrong-target", "type": target})
            yield [stand_in(target, "wrong-target")]
            spot.put(before)
        others = {one["code"] for one in parent.get("type", ())} - codes
        stem = constraint.element.rpartition(".")[2].partition(":")[0]
        if others and stem.endswith("[x]"):
            del spot.owner[spot.name]
            name, value = plain(stem, sorted(others))
            spot.owner[name] = value
            yield []
        return


def _other_target(given: Json, parent: Json) -> str | None:
    mine = {_type_of(url) for one in given["type"] for url in one.get("targetProfile", ())}
    if not mine:
        return None
    all_ = {_type_of(url) for one in parent.get("type", ()) for url in one.get("targetProfile", ())}
    left = sorted(all_ - mine - {"Resource"})
    if left:
        return left[0]
    return "Location" if not all_ or "Resource" in all_ else None


def _type_of(url: str) -> str:
    return str(structure(url)["type"])


def _elsewhere(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    """The extension on a resource where it does not belong: a new host, given as first beside."""
    places = {place.partition(".")[0] for place in constraint.given["contexts"]}
    type_ = next(t for t in ("Organization", "Patient", "Practitioner") if t not in places)
    host = stand_in(type_, "elsewhere")
    host["extension"] = [copy.deepcopy(root)]
    yield [host]


def _any(name: str, parent: Json, constraint: Constraint) -> tuple[str, Any]:
    """A value that the parent allows for an element that the profile does not."""
    codes = [one["code"] for one in parent.get("type", ())]
    if codes and "BackboneElement" not in codes:
        return plain(name, codes)
    same = parent.get("contentReference", f"#{constraint.element}").removeprefix("#")
    return name, instance(structure(constraint.url)["baseDefinition"], same)[1]


def _fits_no_slice(constraint: Constraint, root: Json) -> Iterator[list[Json]]:
    """One more item, other than any slice in what tells them apart."""
    path = constraint.given["slicing"]["discriminator"][0]["path"]
    for spot in spots(root, constraint.url, constraint.element):
        item = copy.deepcopy(spot.value)
        item = _other(item) if path == "$this" else {**item, path: _other(item[path])}
        spot.owner[spot.name].append(item)
        yield []
        return


_CHANGES: Final = {
    "min": _too_few,
    "max": _too_many,
    "forbidden": _forbidden,
    "value": _other_value,
    "binding": _code_of_another_list,
    "type": _wrong_type,
    "slicing": _fits_no_slice,
    "context": _elsewhere,
}
