"""Reading FHIR without losing anything: what was not taken is reported with its path.

An `Element` remembers which members of a JSON object were read. When a mapping is done, every
member that nobody took becomes an issue. So a field that arrives and has no place in a record is
an error, and a mapping cannot forget one silently.

Taken without a place are only things that repeat what stands elsewhere: `display` beside a code or
reference, narrative with status `generated`, and the server's own part of `meta`.

https://hl7.org/fhir/R4/fhirpath.html is only the language of the paths.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Annotated, Final, NoReturn, Protocol, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from adapter.fhir import path
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.records import base
from mappings.records.base import Record, record_issues
from mappings.toolkit.codes import CodeSystem

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
C = TypeVar("C", bound=str)
R = TypeVar("R", bound=Record)

TEXT: Final = TypeAdapter[str](base.Text)
LINE: Final = TypeAdapter[str](base.Line)
URI: Final = TypeAdapter[str](base.Uri)
CODE: Final = TypeAdapter[str](base.Code)
DAY: Final = TypeAdapter[date](base.Day)
INSTANT: Final = TypeAdapter[datetime](base.Instant)
MOMENT: Final = TypeAdapter[date | datetime](base.Moment)
FLAG: Final = TypeAdapter[bool](base.Flag)
URA: Final = TypeAdapter[str](base.Ura)
UZI: Final = TypeAdapter[str](base.Uzi)
BSN: Final = TypeAdapter[str](base.Bsn)
URI_OR_PATH: Final = TypeAdapter[str](
    Annotated[str, StringConstraints(max_length=600, pattern=r"^[!-{}~]+$")]
)
_EXTENSIONS: Final = ("extension", "modifierExtension")
LOGICAL_ID: Final = TypeAdapter[str](base.LogicalId)
PART_KEY: Final = TypeAdapter[str](base.PartKey)


class Scalar(Protocol[T_co]):
    """Reads one primitive value: one of the adapters above."""

    def validate_python(self, value: object, /) -> T_co: ...


def refuse(at: str, code: str, text: str, rule: str | None = None) -> NoReturn:
    """FhirError 422 with one issue at this path."""
    raise FhirError(422, Issue(code=code, expression=at, text=text, rule=rule))


class Element:
    """One JSON object, with its path and the members that have been taken from it."""

    __slots__ = ("_children", "_extensions", "_taken", "_value", "path")

    def __init__(self, value: object, at: str) -> None:
        if not isinstance(value, dict):
            refuse(at, "structure", "Hier hoort een element met onderdelen te staan.")
        self._value: Json = value
        self._taken: set[str] = set()
        self._children: list[Element] = []
        self._extensions: dict[str, list[Element]] = {}
        self.path = at

    # --- members ------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        return name in self._value

    def at(self, name: str) -> str:
        """Path of a member; what stands beside a primitive is part of that primitive."""
        return path.child(self.path, name.removeprefix("_"))

    def ignore(self, *names: str) -> None:
        """Take members that repeat what stands elsewhere."""
        self._taken.update(names)

    def ignore_all(self) -> None:
        """Nothing below this element is read: it belongs to somebody else's record."""
        self._taken.update(self._value)

    def peek(self, name: str) -> object:
        """A member's value, without taking it."""
        return self._value.get(name)

    def take(self, name: str) -> object:
        self._taken.add(name)
        return self._value.get(name)

    def optional(self, name: str, kind: Scalar[T]) -> T | None:
        return self.value(name, kind) if self.has(name) else None

    def value(self, name: str, kind: Scalar[T]) -> T:
        if not self.has(name):
            refuse(self.at(name), "required", "Dit element is verplicht.")
        return parsed(self.take(name), kind, self.at(name))

    def values(self, name: str, kind: Scalar[T]) -> tuple[T, ...]:
        return tuple(
            parsed(item, kind, f"{self.at(name)}[{n}]") for n, item in enumerate(self._list(name))
        )

    def fixed(self, name: str, *allowed: str) -> str:
        """A member with only these values; the first is what we write ourselves."""
        found = self.value(name, TEXT)
        if found not in allowed:
            refuse(
                self.at(name), "code-invalid", f"Hier is alleen toegestaan: {', '.join(allowed)}."
            )
        return found

    def child(self, name: str) -> "Element":
        if not self.has(name):
            refuse(self.at(name), "required", "Dit element is verplicht.")
        return self._child(self.take(name), self.at(name))

    def child_or_none(self, name: str) -> "Element | None":
        return self.child(name) if self.has(name) else None

    def children(self, name: str) -> "list[Element]":
        return [
            self._child(item, f"{self.at(name)}[{n}]") for n, item in enumerate(self._list(name))
        ]

    def only(self, name: str) -> "Element":
        """The one item of a list."""
        found = self.children(name)
        if not found:
            refuse(self.at(name), "required", "Dit element is verplicht.")
        if len(found) > 1:
            refuse(found[1].path, "structure", "Hier is plaats voor één waarde.")
        return found[0]

    def only_or_none(self, name: str) -> "Element | None":
        return self.only(name) if self.has(name) else None

    def companions(self, name: str, length: int) -> "list[Element | None]":
        """The `_name` of a primitive list, item by item."""
        found: list[Element | None] = [None] * length
        for n, item in enumerate(self._list(f"_{name}")):
            if n >= length:
                refuse(
                    f"{self.at(name)}[{n}]", "structure", "Bij deze toevoeging hoort geen waarde."
                )
            found[n] = None if item is None else self._child(item, f"{self.at(name)}[{n}]")
        return found

    # --- extensions ---------------------------------------------------------------------------

    def extensions(self, url: str, member: str = "extension") -> "list[Element]":
        """Extensions with this address. Those with an address nobody asks for are reported."""
        if member not in self._extensions:
            self._taken.add(member)
            self._extensions[member] = [
                Element(item, f"{self.at(member)}[{n}]")
                for n, item in enumerate(self._list(member))
            ]
        found = [item for item in self._extensions[member] if item.peek("url") == url]
        for item in found:
            item.ignore("url")
        return found

    def extension(self, url: str, member: str = "extension") -> "Element | None":
        found = self.extensions(url, member)
        if len(found) > 1:
            refuse(found[1].path, "structure", "Deze toevoeging mag één keer voorkomen.")
        return found[0] if found else None

    # --- done ---------------------------------------------------------------------------------

    def leftovers(self) -> Iterator[Issue]:
        """Everything below this element that has no place in the record."""
        return (no_place(at) for at, _ in self.unread())

    def unread(self) -> Iterator[tuple[str, str]]:
        """Path and name of every member below this element that nobody took."""
        for name, value in self._value.items():
            if name in self._taken:
                continue
            if name in _EXTENSIONS and isinstance(value, list):
                yield from ((f"{self.at(name)}[{n}]", name) for n in range(len(value)))
            else:
                beside = ".extension" if name.startswith("_") else ""
                yield f"{self.at(name)}{beside}", name
        for child in self._children:
            yield from child.unread()
        for member, items in self._extensions.items():
            for item in items:
                if "url" in item._taken:  # noqa: SLF001 # same class
                    yield from item.unread()
                else:
                    yield item.path, member

    def _list(self, name: str) -> Sequence[object]:
        found = self.take(name)
        if found is None:
            return ()
        if not isinstance(found, list):
            refuse(self.at(name), "structure", "Hier hoort een lijst te staan.")
        return found

    def _child(self, value: object, at: str) -> "Element":
        found = Element(value, at)
        self._children.append(found)
        return found


def finish(root: Element) -> None:
    """FhirError 422 with every element below this one that nobody took."""
    issues = list(root.leftovers())
    if issues:
        raise FhirError(422, *issues)


def no_place(at: str) -> Issue:
    return Issue(
        code="structure", expression=at, text="Voor dit element heeft het bericht geen plaats."
    )


def parsed(value: object, kind: Scalar[T], at: str) -> T:
    """The value as this scalar type, or a refusal at this path."""
    try:
        return kind.validate_python(value)
    except ValidationError:
        refuse(at, "value", "De waarde past niet bij dit element.")


def build(model: Callable[..., R], at: str, /, **fields: object) -> R:
    """The record of these fields; what contradicts itself is reported at this path."""
    try:
        return model(**fields)
    except ValidationError as error:
        issues = record_issues(error, at)
        raise FhirError(422, *issues) from None


def read_code(concept: Element, system: CodeSystem[C]) -> C:
    """The one code of a CodeableConcept that must come from this list."""
    return read_coding(concept.only("coding"), system)


def read_coding(coding: Element, system: CodeSystem[C]) -> C:
    """The code of a Coding that must come from this list."""
    coding.ignore("display")
    known = system.known(coding.value("code", CODE))
    if known is None:
        refuse(coding.at("code"), "code-invalid", f"Onbekende code uit de lijst {system.title}.")
    coding.fixed("system", system.system(known))
    return known


def is_coded(concept: Element, system: str, *codes: str) -> bool:
    """Whether one of these codes stands in a CodeableConcept. Takes nothing."""
    codings = concept.peek("coding")
    return isinstance(codings, list) and any(
        isinstance(coding, dict)
        and coding.get("system") == system
        and (not codes or coding.get("code") in codes)
        for coding in codings
    )


def take_fixed_code(concept: Element, system: str, *codes: str) -> None:
    """A concept that always means the same: one coding, one of these codes."""
    take_fixed_coding(concept.only("coding"), system, *codes)


def take_fixed_coding(coding: Element, system: str, *codes: str) -> None:
    coding.ignore("display")
    coding.fixed("system", system)
    coding.fixed("code", *codes)
