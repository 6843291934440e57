"""Structure of a resource, judged by the R4B models of fhir.resources.

R4B is R4 for every type offered here (a test compares them element by element with the table).
https://hl7.org/fhir/R4/resourcelist.html

A model is built to find faults and thrown away: it is never dumped, since it would change
decimals and times, and never shared, since dumping sets a flag on it. Nested resources are
judged one by one: a third cheaper, with better paths, and an unknown type is a plain issue.
The library's texts are never passed on: they list Python names and can hold what was sent.
What it accepts and R4 does not (Extension.valueCodeableReference, wrong kinds, Python's own
names such as `for_fhir`) is found by `checks.py`, which also judges what R4 has and it lacks.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from typing import Final

from pydantic import BaseModel, ValidationError

from adapter.fhir.bindings import Element, Type, table
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from adapter.fhir.path import joined
from adapter.fhir.primitives import primitive_fault

_PACKAGE: Final = "fhir.resources.R4B"

_UNKNOWN: Final = "FHIR R4 kent dit element hier niet."
_REQUIRED: Final = "Dit element is verplicht."
_KIND: Final = "De JSON-soort past niet bij dit element."
_VALUE: Final = "De waarde past niet bij dit element."
_CHOICE: Final = "Van deze elementen mag er één zijn."
_SHAPE: Final = "Deze opbouw past niet bij het resourcetype."

_CODES: Final = {
    "extra_forbidden": ("structure", _UNKNOWN),
    "missing": ("required", _REQUIRED),
    "model_field_validation.missing": ("required", _REQUIRED),
    "value_error": ("value", _VALUE),
    "string_pattern_mismatch": ("value", _VALUE),
    "greater_than_equal": ("value", _VALUE),
    "datetime_from_date_parsing": ("value", _VALUE),
    "date_from_datetime_parsing": ("value", _VALUE),
}


@cache
def model_class(name: str) -> type[BaseModel]:
    """Class of an offered type; its import takes 0.2 to 0.3 s once."""
    if name not in table().offered:
        raise KeyError(name)
    module = importlib.import_module(f"{_PACKAGE}.{name.lower()}")
    found: type[BaseModel] = getattr(module, name)
    return found


def structure_issues(resource: Json, at: str) -> list[Issue]:
    """Faults of one resource and of each resource nested in it; `at` is its path."""
    return [issue for path, part in _parts(resource, at) for issue in _judge(part, path)]


def _judge(resource: Json, at: str) -> Iterator[Issue]:
    name = resource.get("resourceType")
    if name is None:
        yield Issue(code="required", expression=f"{at}.resourceType", text=_REQUIRED)
    elif not isinstance(name, str) or name not in table().resource_types:
        text = "FHIR R4 kent dit resourcetype niet."
        yield Issue(code="structure", expression=f"{at}.resourceType", text=text)
    elif name not in table().offered:
        text = "Dit resourcetype wordt niet ondersteund."
        yield Issue(code="not-supported", expression=f"{at}.resourceType", text=text)
    else:
        yield from _faults(name, resource, at)


def _faults(name: str, resource: Json, at: str) -> Iterator[Issue]:
    try:
        model_class(name).model_validate(resource)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            yield from _translate(found["type"], found["loc"], name, resource, at)
    except (AttributeError, KeyError, TypeError, ValueError):  # the library itself tripped
        yield Issue(code="structure", expression=at, text=_SHAPE)


def _translate(
    kind: str, loc: tuple[int | str, ...], name: str, resource: Json, at: str
) -> Iterator[Issue]:
    steps = loc[:-1] if loc and loc[-1] == "root" else loc
    path = joined(at, steps)
    node = _node(resource, steps)
    element, known = _definition(name, steps)
    code, text = _CODES.get(kind, ("structure", _KIND))
    if kind == "extra_forbidden" and _is_of_r4(name, steps):
        return
    if kind == "value_error" and known is not None and isinstance(node, dict):
        labels = list(_choice_faults(node, known))
        for code, label, text in labels or [("structure", "", _SHAPE)]:
            yield Issue(code=code, expression=f"{path}.{label}" if label else path, text=text)
        return
    if element is not None and element.is_primitive and node is not None:
        code, text = primitive_fault(element.type, node) or (code, text)
    yield Issue(code=code, expression=path, text=text)


def _is_of_r4(name: str, steps: tuple[int | str, ...]) -> bool:
    """R4 has the element and the model lacks it: Extension.valueMeta, Extension._valueString."""
    last = str(steps[-1])
    element, _ = _definition(name, (*steps[:-1], last.removeprefix("_")))
    return element is not None and (element.is_primitive or not last.startswith("_"))


def _choice_faults(node: Json, known: Type) -> Iterator[tuple[str, str, str]]:
    """The model names the parent only: which choice is doubled, or missing?"""
    for choice in known.choices:
        count = sum(name in node for name in choice.names)
        if count > 1:
            yield "structure", choice.label, _CHOICE
        elif count == 0 and choice in known.required:
            yield "required", choice.label, _REQUIRED


def _definition(name: str, steps: tuple[int | str, ...]) -> tuple[Element | None, Type | None]:
    """The element that the steps lead to, and its type when that has elements of its own."""
    element: Element | None = None
    known = table().types.get(name)
    for step in steps:
        if isinstance(step, str):
            element = None if known is None else known.elements.get(step)
            known = None if element is None else table().types.get(element.type)
    return element, known


def _node(tree: object, steps: tuple[int | str, ...]) -> object:
    """What stands there, or None."""
    for step in steps:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


# --- nested resources -------------------------------------------------------------------------


def _parts(resource: Json, at: str) -> Iterator[tuple[str, Json]]:
    """The resource without those in it, then each of those, outermost first."""
    nested: list[tuple[str, Json]] = []
    bare = _without(resource, at, "contained", nested)
    if resource.get("resourceType") == "Bundle":
        bare = _each(bare, at, "entry", nested)
    elif resource.get("resourceType") == "Parameters":
        bare = _each(bare, at, "parameter", nested)
    yield at, bare
    for path, part in nested:
        yield from _parts(part, path)


def _each(node: Json, at: str, name: str, nested: list[tuple[str, Json]]) -> Json:
    """A copy of `node` whose objects under `name` no longer hold a resource."""
    listed = node.get(name)
    if not isinstance(listed, list):
        return node
    items: list[object] = []
    for index, item in enumerate(listed):
        path = f"{at}.{name}[{index}]"
        if not isinstance(item, dict):
            items.append(item)
            continue
        bare = _without(item, path, "resource", nested)
        if isinstance(bare.get("response"), dict):
            inner = _without(bare["response"], f"{path}.response", "outcome", nested)
            bare = {**bare, "response": inner}
        items.append(_each(bare, path, "part", nested))
    return {**node, name: items}


def _without(node: Json, at: str, name: str, nested: list[tuple[str, Json]]) -> Json:
    """`node` without the resources under `name`, which are appended to `nested`."""
    value = node.get(name)
    if isinstance(value, dict) and name != "contained":
        nested.append((f"{at}.{name}", value))
    elif isinstance(value, list) and name == "contained":
        nested.extend(
            (f"{at}.{name}[{index}]", item)
            for index, item in enumerate(value)
            if isinstance(item, dict)
        )
    else:
        return node
    return {key: item for key, item in node.items() if key != name}
