"""Is this surely R4? The table of R4 as native decoders: yes at once, or look further.

https://hl7.org/fhir/R4/json.html

Most of what is written and read is right. These decoders are made of the same table as `checks.py`
and accept only what it would accept, in a fraction of the time. What they refuse or do not know
(contained resources, narrative, modifiers, rare choices of an extension, deep nesting, a leap day)
goes to `checks.py`, which names the fault or finds none. So they decide nothing but how long a
right answer takes.
"""

from collections.abc import Callable, Iterable
from functools import cache
from keyword import iskeyword
from operator import attrgetter
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from adapter.fhir.bindings import Element, Type, table
from adapter.fhir.checks import check
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json

_Rule = Callable[[Any], None]
_Within = tuple[str, ...]
_Names = tuple[str, ...]
_Getter = Callable[[Any], tuple[Any, ...]]

_DAY: Final = (
    "[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_CLOCK: Final = (
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
)
_PARTIAL: Final = "(?:1[0-9]|2[0-9])[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?"
_PATTERNS: Final = {
    "canonical": r"^\S+\Z",
    "code": r"^\S+(?: \S+)*\Z",
    "date": rf"^(?:{_PARTIAL}|(?=[12]){_DAY})\Z",
    "dateTime": rf"^(?:{_PARTIAL}|(?=[12]){_DAY}(?:{_CLOCK})?)\Z",
    "id": r"^[A-Za-z0-9\-.]{1,64}\Z",
    "instant": rf"^(?=[12]){_DAY}{_CLOCK}\Z",
    "uri": r"^\S+\Z",
    "url": r"^\S+\Z",
}
_INT32: Final = (1 << 31) - 1
_NUMBERS: Final[dict[str, Any]] = {
    "boolean": bool,
    "decimal": int | float,
    "integer": Annotated[int, Meta(ge=-_INT32, le=_INT32)],
    "positiveInt": Annotated[int, Meta(ge=1, le=_INT32)],
    "unsignedInt": Annotated[int, Meta(ge=0, le=_INT32)],
}
_VALUES: Final = (
    "valueBoolean", "valueCode", "valueCodeableConcept", "valueCoding", "valueDate",
    "valueDateTime", "valueDuration", "valueIdentifier", "valueInstant", "valueInteger",
    "valuePeriod", "valuePositiveInt", "valueReference", "valueString", "valueUri",
)  # fmt: skip
_EXTENSION: Final = frozenset({"id", "url", "extension", *_VALUES})
_LEFT_TO_CHECKS: Final = frozenset(
    {"contained", "implicitRules", "modifierExtension", "Narrative", "Resource"}
)
_TEXT: Final = Annotated[str, Meta(min_length=1)]
_DEEPEST: Final = 2  # an extension in an extension; an identifier's assigner's identifier


class _NotKnownError(Exception):
    """These decoders do not cover this type."""


def faults(resource: Json, data: bytes) -> list[Issue]:
    """What `check` finds in a resource, given also as the bytes that `encode` made of it."""
    kind = str(resource.get("resourceType"))
    if is_surely_right(kind, data):
        return []
    found = check(resource, kind)
    return [*found.kinds, *found.references, *found.periods]


def is_surely_right(kind: str, data: bytes) -> bool:
    """Whether these bytes, as `encode` makes them, are a resource of this type without any fault
    that `check` would find."""
    if b"{}" in data:  # no decoder tells an object without members from one with none it needs
        return False
    try:
        _decoder(kind).decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError, _NotKnownError):
        return False
    return True


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any]:
    known = table().types.get(kind)
    if known is None or not known.is_resource:
        raise _NotKnownError(kind)
    return msgspec.json.Decoder(_struct(kind))


@cache
def _struct(name: str, within: _Within = ()) -> Any:
    """Struct of a type. `within` names what it stands in that can hold itself."""
    known = table().types[name]
    needed = {choice.names[0] for choice in known.required if len(choice.names) == 1}
    must: list[tuple[str, Any]] = [("resourceType", Literal[name])] if known.is_resource else []
    may: list[tuple[str, Any, Any]] = []
    for element in known.elements.values():
        kind = _kind(element, known, within)
        if kind is None:
            continue
        if element.many:
            kind = _listed(kind)
        if element.name in needed:
            must.append((_attribute(element.name), kind))
        else:
            may.append((_attribute(element.name), kind | UnsetType, UNSET))
        if _has_partner(element) and within.count("Extension") < _DEEPEST:
            beside = _struct("Element", within)
            beside = _listed(beside | None) if element.many else beside
            may.append((f"_{element.name}", beside | UnsetType, UNSET))
    members = [*must, *may]
    return _made(name, members, _rule(known, {member[0] for member in members}))


def _kind(element: Element, holder: Type, within: _Within) -> Any:
    """Type of one value; None where these decoders do not look."""
    if element.name in _LEFT_TO_CHECKS or element.type in _LEFT_TO_CHECKS:
        return None
    if holder.name == "Extension" and element.name not in _EXTENSION:
        return None
    if element.is_primitive:
        return _primitive(element)
    if _may_return(element.type, holder.name):
        within = tuple(sorted((*within, element.type)))
        if within.count(element.type) > _DEEPEST:
            return None
    if element.type == "Reference":
        return _reference(element.targets, within)
    return _struct(element.type, within) if element.values is None else _coded(element)


def _has_partner(element: Element) -> bool:
    """Whether extensions may stand beside it, in `_name`."""
    return element.is_primitive and element.name not in {"id", "url"}


def _primitive(element: Element) -> Any:
    if element.type in _NUMBERS:
        return _NUMBERS[element.type]
    if element.values is not None:
        return _any_of(element.values.codes)
    if element.type in {"string", "markdown"}:
        return _TEXT
    pattern = _PATTERNS.get(element.type)
    return None if pattern is None else Annotated[str, Meta(pattern=pattern)]


def _may_return(name: str, holder: str) -> bool:
    """Whether a type can stand within itself: by its nature, or by a content reference."""
    return name in {"Extension", "Identifier"} or f"{holder}.".startswith(f"{name}.")


@cache
def _reference(targets: frozenset[str], within: _Within) -> Any:
    """A literal reference to one of these types, with a type that says the same."""
    names = sorted(targets or table().resource_types)
    literal = rf"^(?:https?://[^\s?#]+/)?(?:{'|'.join(names)})/[A-Za-z0-9\-]{{1,64}}\Z"
    members: list[Any] = [
        ("reference", Annotated[str, Meta(pattern=literal)] | UnsetType, UNSET),
        ("type", _any_of(names) | UnsetType, UNSET),
        ("display", _TEXT | UnsetType, UNSET),
    ]
    if within.count("Extension") < _DEEPEST:
        inner = _struct("Extension", tuple(sorted((*within, "Extension"))))
        members.append(("extension", _listed(inner) | UnsetType, UNSET))
    if within.count("Identifier") < _DEEPEST:
        inner = _struct("Identifier", tuple(sorted((*within, "Identifier"))))
        members.append(("identifier", inner | UnsetType, UNSET))
    return _made("Reference", members, _names_its_type)


@cache
def _coded(element: Element) -> Any:
    """A concept or coding of a required value set with one system, with nothing beside it."""
    values = element.values
    if values is None or len({system for system, _ in values.codings}) != 1:
        return None
    text = _TEXT | UnsetType
    coding = _made(
        "Coding",
        [
            ("system", _any_of(system for system, _ in values.codings)),
            ("code", _any_of(values.codes)),
            ("display", text, UNSET),
        ],
    )
    if element.type == "Coding":
        return coding
    return _made("CodeableConcept", [("coding", _listed(coding)), ("text", text, UNSET)])


def _any_of(texts: Iterable[str]) -> Any:
    return Literal[tuple(sorted(set(texts)))]


def _listed(kind: Any) -> Any:
    """A list of these, never an empty one."""
    return Annotated[list[kind], Meta(min_length=1)]  # a type made at run time


def _made(name: str, members: list[Any], rule: _Rule | None = None) -> Any:
    """A Struct that knows these members and no others; what it decodes is thrown away at once."""
    return msgspec.defstruct(
        name.replace(".", "_"),
        members,
        forbid_unknown_fields=True,
        rename=lambda attribute: attribute.removesuffix("_"),
        namespace=None if rule is None else {"__post_init__": rule},
        gc=False,
    )


# --- rules over more than one element ---------------------------------------------------------


def _rule(known: Type, members: set[str]) -> _Rule | None:
    """The rule on this type as far as its members are covered."""
    if known.name == "Period":
        return _in_order
    if known.name == "Extension":
        exactly: list[_Names] = [("extension", *_VALUES)]
        at_most: list[_Names] = []
    else:
        exactly = [choice.names for choice in known.required if len(choice.names) > 1]
        at_most = [choice.names for choice in known.choices if choice.names not in exactly]
    counts = [_count(names, members, exact=True) for names in exactly]
    counts += [_count(names, members, exact=False) for names in at_most]
    beside = [
        (_attribute(element.name), f"_{element.name}")
        for element in known.elements.values()
        if element.many and f"_{element.name}" in members
    ]
    if not counts and not beside:
        return None

    def rule(made: Any) -> None:
        for values, exact, others in counts:
            absent = values(made).count(UNSET)
            if absent < others or (exact and absent > others):
                raise ValueError
        for name, partner in beside:
            there = getattr(made, partner)
            if there is not UNSET and len(there) != len(getattr(made, name) or ()):
                raise ValueError

    return rule


def _count(names: _Names, members: set[str], *, exact: bool) -> tuple[_Getter, bool, int]:
    """How to get these members, of which one is there: always, or at most."""
    there = [name for name in map(_attribute, names) if name in members] or ["__class__"]
    if len(there) == 1:  # attrgetter gives a tuple from two names on
        there *= 2
        return attrgetter(*there), exact, 0 if exact else -1
    return attrgetter(*there), exact, len(there) - 1


def _in_order(period: Any) -> None:
    """Only what is in order letter by letter: both ends with the same precision and zone."""
    start, end = period.start, period.end
    if start is UNSET or end is UNSET:
        return
    if len(start) != len(end) or start[19:] != end[19:] or start >= end:
        raise ValueError


def _names_its_type(reference: Any) -> None:
    literal, named = reference.reference, reference.type
    if literal is UNSET or named is UNSET:
        return
    if literal.split("/")[-2] != named:
        raise ValueError


def _attribute(name: str) -> str:
    """Name in Python: R4 has elements called `for`, `class` and `import`."""
    return f"{name}_" if iskeyword(name) else name
