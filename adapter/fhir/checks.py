"""What the R4B models let through: kinds, codes, cardinality, references, periods, extensions.

https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/references.html,
https://hl7.org/fhir/R4/extensibility.html#Extension, https://hl7.org/fhir/R4/datatypes.html#Period

One walk along the table of R4 (`bindings.py`), over any JSON tree, sent or built by ourselves.
Not here: profiles, invariants other than those named, and whether a target exists elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from adapter.fhir.bindings import Element, Type, table
from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from adapter.fhir.path import child
from adapter.fhir.primitives import primitive_fault
from adapter.fhir.targets import target_faults

# A modifier extension changes the meaning of what it stands on: where one is not known here the
# resource cannot be understood. MESO defines none; a treatment directive of nl-core has one.
KNOWN_MODIFIERS: Final = frozenset(
    {
        (
            "Consent",
            "http://nictiz.nl/fhir/StructureDefinition/ext-TreatmentDirective2.SpecificationOther",
        ),
    }
)

_NO_VALUE: Final = "De code komt niet voor in de verplichte waardelijst van FHIR R4."


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Issues in the order in which they are told."""

    kinds: list[Issue] = field(default_factory=list)
    references: list[Issue] = field(default_factory=list)
    periods: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Findings so far, and the contained resources (id → type) that `#id` may mean."""

    found: Findings
    contained: Mapping[str, str]

    def fault(self, code: str, at: str, text: str) -> None:
        self.found.kinds.append(Issue(code=code, expression=at, text=text))


def check(resource: Json, at: str) -> Findings:
    """All findings in one resource of a type that is offered, and in those nested in it."""
    found = Findings()
    _resource(resource, at, found, None)
    return found


def _resource(node: Json, at: str, found: Findings, container: Mapping[str, str] | None) -> None:
    kind = node.get("resourceType")
    known = table().types.get(kind) if isinstance(kind, str) else None
    if known is None or not known.is_resource:
        return  # `models.py` names an unknown type
    contained = dict(_contained(node)) if container is None else container
    walk = _Walk(found, contained)
    if container is not None:
        if "contained" in node:
            walk.fault("invariant", f"{at}.contained", "Een contained resource bevat er zelf geen.")
        if "id" not in node:
            walk.fault("required", f"{at}.id", "Een contained resource heeft een id.")
    if "implicitRules" in node:
        text = "implicitRules kan de betekenis veranderen en wordt geweigerd."
        walk.fault("not-supported", f"{at}.implicitRules", text)
    _object(node, known, at, walk)


def _contained(node: Json) -> Iterator[tuple[str, str]]:
    listed = node.get("contained")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], str(item.get("resourceType", ""))


def _object(node: Json, known: Type, at: str, walk: _Walk) -> None:
    elements = known.elements
    for name, value in node.items():
        element = elements.get(name)
        if element is not None:
            if element.many:
                _list(node, value, element, f"{at}.{name}", walk)
            elif isinstance(value, list):
                walk.fault(
                    "structure", f"{at}.{name}", "Dit element komt één keer voor, geen lijst."
                )
            else:
                _value(value, element, f"{at}.{name}", walk)
        elif name.startswith("_") and name[1:] in elements and elements[name[1:]].is_primitive:
            _partner(node, value, elements[name[1:]], at, walk)
        elif name != "resourceType" or not known.is_resource:
            walk.fault("structure", child(at, name), "FHIR R4 kent dit element hier niet.")
    _cardinality(node, known, at, walk)
    special = _SPECIAL.get(known.name)
    if special is not None:
        special(node, at, walk)
    if "modifierExtension" in node:
        _modifiers(node["modifierExtension"], known.name, f"{at}.modifierExtension", walk)


def _cardinality(node: Json, known: Type, at: str, walk: _Walk) -> None:
    for choice in known.required:
        if choice.spellings.isdisjoint(node):
            walk.fault("required", f"{at}.{choice.label}", "Dit element is verplicht.")
    for choice in known.choices:
        if len({name.lstrip("_") for name in node.keys() & choice.spellings}) > 1:
            text = "Van deze elementen mag er één zijn."
            walk.fault("structure", f"{at}.{choice.label}", text)


def _list(node: Json, value: object, element: Element, at: str, walk: _Walk) -> None:
    if not isinstance(value, list):
        walk.fault("structure", at, "Verwacht is een lijst.")
        return
    if not value:
        walk.fault("structure", at, "Een lege lijst is niet toegestaan.")
    partner = node.get(f"_{element.name}") if element.is_primitive else None
    for index, item in enumerate(value):
        if item is None and _is_filled(partner, index):
            continue
        _value(item, element, f"{at}[{index}]", walk)


def _is_filled(partner: object, index: int) -> bool:
    return isinstance(partner, list) and index < len(partner) and partner[index] is not None


def _value(value: object, element: Element, at: str, walk: _Walk) -> None:
    if element.is_primitive:
        fault = primitive_fault(element.type, value)
        if fault is not None:
            walk.fault(fault[0], at, fault[1])
        elif element.values is not None and value not in element.values.codes:
            walk.fault("code-invalid", at, _NO_VALUE)
    elif not isinstance(value, dict):
        walk.fault("structure", at, "Verwacht is een object.")
    elif not value:
        walk.fault("structure", at, "Een leeg object is niet toegestaan.")
    elif element.type == "Resource":
        inside = walk.contained if element.name == "contained" else None
        _resource(value, at, walk.found, inside)
    else:
        _object(value, table().types[element.type], at, walk)
        if element.type == "Reference":
            walk.found.references.extend(target_faults(value, element.targets, walk.contained, at))
        elif element.values is not None and not _is_coded(value, element):
            walk.fault("code-invalid", at, _NO_VALUE)


def _is_coded(concept: Json, element: Element) -> bool:
    """One coding of the value set is enough; text alone is not (nor is a wrong system)."""
    codings = concept.get("coding") if element.type == "CodeableConcept" else [concept]
    return element.values is None or any(
        (str(coding.get("system")), str(coding.get("code"))) in element.values.codings
        for coding in (codings if isinstance(codings, list) else ())
        if isinstance(coding, dict)
    )


# --- `_name`: id and extensions of a primitive ------------------------------------------------


def _partner(node: Json, value: object, element: Element, at: str, walk: _Walk) -> None:
    path = f"{at}._{element.name}"
    if not element.many:
        _partner_item(value, path, walk)
        return
    main = node.get(element.name)
    if not isinstance(value, list) or (isinstance(main, list) and len(main) != len(value)):
        text = "Verwacht is een lijst, even lang als die van de waarden."
        walk.fault("structure", path, text)
        return
    for index, item in enumerate(value):
        if item is not None or not _is_filled(main, index):
            _partner_item(item, f"{path}[{index}]", walk)


def _partner_item(value: object, at: str, walk: _Walk) -> None:
    if not isinstance(value, dict) or not value:
        walk.fault("structure", at, "Verwacht is een object met id of extension.")
    else:
        _object(value, table().types["Element"], at, walk)


# --- shapes of single data types --------------------------------------------------------------


def _extension(node: Json, at: str, walk: _Walk) -> None:
    """ext-1: a value or extensions, never both, never neither."""
    values = any(name.lstrip("_").startswith("value") for name in node)
    if values == ("extension" in node):
        text = "Een extension heeft een waarde of extensions, niet beide en niet geen van beide."
        walk.fault("invariant", at, text)


def _period(node: Json, at: str, walk: _Walk) -> None:
    """per-1, on intervals: 2026-05-10 to 2026-05 is in order."""
    start, end = node.get("start"), node.get("end")
    if not isinstance(start, str) or not isinstance(end, str):
        return
    first, last = parse_moment(start), parse_moment(end)
    if first is not None and last is not None and first.low >= last.high:
        text = "Het einde ligt voor het begin."
        walk.found.periods.append(Issue(code="invariant", expression=at, text=text))


def _activity(node: Json, at: str, walk: _Walk) -> None:
    """cpl-3: an activity is told here or stands elsewhere, not both."""
    if "detail" in node and "reference" in node:
        text = "Een activiteit heeft detail of reference, niet beide."
        walk.fault("invariant", at, text)


def _modifiers(value: object, name: str, at: str, walk: _Walk) -> None:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(item, dict) or (name, str(item.get("url"))) not in KNOWN_MODIFIERS:
            text = "Een onbekende modifierExtension kan de betekenis omkeren en wordt geweigerd."
            walk.fault("extension", f"{at}[{index}]", text)


_SPECIAL: Final[Mapping[str, Callable[[Json, str, _Walk], None]]] = {
    "CarePlan.activity": _activity,
    "Extension": _extension,
    "Period": _period,
}
