"""A message in somebody else's shape: read as ours is, but what nobody took is no fault.

https://hl7.org/fhir/R4/references.html#contained

Contained resources can be read like any other; `#id` is their name. A reference to a
HealthcareService stands for the organisation that provides it, a patient may be named by number
alone, and a party by its AGB number if the register entry that came along has the same one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from adapter.fhir.constants import AGB, IDENTIFIER_ALIASES
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.fhir.validation import validate
from mappings.records.parties import Party
from mappings.shapes.kept import Sent
from mappings.shapes.meaning import SPEAK_FOR_THEMSELVES, may_be_kept, modifiers, refusal
from mappings.toolkit import reader
from mappings.toolkit.entries import Entries
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import DIRECTORY, Message
from mappings.toolkit.reader import Element, refuse

_CONTAINED: Final = "contained"

Resolve = Callable[[object], Json | None]
# Puts elements where we read them: the resources, and what a Reference of theirs points at.
AsOurs = Callable[[Sequence[Json], Resolve], Sequence[Json]]


def _unchanged(resources: Sequence[Json], _: Resolve) -> Sequence[Json]:
    return resources


class ForeignMessage(Message):
    """Resources of a foreign shape, each at its path in what was sent."""

    def __init__(
        self,
        resources: Sequence[Json],
        ids: Ids,
        *,
        lifted_from: str | None = None,
        as_ours: AsOurs = _unchanged,
    ) -> None:
        """What resources of the type `lifted_from` contain is read as resources of the message."""
        self._sent, names = _sent(resources, lifted_from)
        refuse_modifiers(resources)
        found = tuple(item.resource for item in self._sent)
        paths = tuple(item.at for item in self._sent)
        self._read = tuple(as_ours(found, _resolver(found, names)))
        super().__init__(Entries(resources=self._read, paths=paths, names=names), ids)

    # --- reading what others write ------------------------------------------------------------

    def target(self, reference: Element, *kinds: str) -> Element:
        if kinds == ("Patient",) and not reference.has("reference"):
            return self.one("Patient")
        return super().target(reference, *kinds)

    def organisation(self, reference: Element) -> str:
        """URA of an organisation, or of whoever provides a service."""
        service = self._service(reference)
        if service is None:
            return super().organisation(reference)
        reference.ignore("reference", "display", "type", "identifier")
        if service.has("active") and service.value("active", reader.FLAG) is not True:
            refuse(service.at("active"), "value", "Deze dienst wordt niet meer aangeboden.")
        return super().organisation(service.child("providedBy"))

    def party(self, reference: Element) -> Party:
        number = reference.peek("identifier")
        if not isinstance(number, dict) or _system(number) != AGB:
            return super().party(reference)
        self._check_agb(reference, number.get("value"))
        reference.ignore_all()
        without = {"reference": reference.peek("reference")}
        return super().party(Element(without, reference.path))

    def refuse_no_r4(self) -> None:
        """FhirError 422 with what is no R4 even where `as_ours` has put it."""
        roots = zip(self._read, self._roots, strict=True)
        faults = [issue for resource, root in roots for issue in validate(resource, at=root.path)]
        if faults:
            raise FhirError(422, *faults)

    # --- done ---------------------------------------------------------------------------------

    def finish(self) -> bool:
        """As a message of ours, but only what may not be kept is a fault."""
        issues = list(self._unkept())
        if issues:
            raise FhirError(422, *issues)
        marks = set(self._opened.values())
        if len(marks) > 1:
            odd = next(n for n, mark in self._opened.items() if not mark)
            refuse(
                f"{self._roots[odd].path}.meta.security",
                "business-rule",
                "Verzonnen en echte gegevens gaan niet samen in één bericht.",
                "RI-8",
            )
        return marks == {True}

    def sent(self) -> list[Sent]:
        """The resources as they came, with the name that we know them by."""
        return [replace(item, known_as=self._known_as(n)) for n, item in enumerate(self._sent)]

    def _known_as(self, n: int) -> str | None:
        id_ = self._ids.get(id(self._roots[n]))
        return None if id_ is None else f"{self._types[n]}/{id_}"

    def _unkept(self) -> Iterator[Issue]:
        for n, root in enumerate(self._roots):
            if n in self._opened:
                yield from (refusal(at) for at, name in root.unread() if not may_be_kept(name, at))
            elif self._types[n] in SPEAK_FOR_THEMSELVES:
                yield reader.no_place(root.path)
            elif self._types[n] in DIRECTORY and root.peek("active") is False:
                yield refusal(root.at("active"))

    def _service(self, reference: Element) -> Element | None:
        literal = reference.peek("reference")
        found = self._find(literal) if isinstance(literal, str) else None
        is_service = found is not None and self._types[found] == "HealthcareService"
        return self._open(found) if found is not None and is_service else None

    def _check_agb(self, reference: Element, value: object) -> None:
        literal = reference.peek("reference")
        found = self._find(literal) if isinstance(literal, str) else None
        numbers = [] if found is None else self._roots[found].children("identifier")
        if not any(_system_of(x) == AGB and x.peek("value") == value for x in numbers):
            refuse(
                reference.at("identifier"),
                "not-found",
                "Bij dit AGB-nummer hoort de organisatie zelf, met haar URA-nummer.",
            )


def refuse_modifiers(resources: Sequence[Json]) -> None:
    """FhirError 422 with every element, however deep, that changes the meaning of the others."""
    faults = [
        x for n, resource in enumerate(resources) for x in modifiers(resource, _path(resources, n))
    ]
    if faults:
        raise FhirError(422, *faults)


def _path(resources: Sequence[Json], n: int) -> str:
    if isinstance(resources, Entries):
        return resources.paths[n]
    return str(resources[n].get("resourceType"))


def _resolver(resources: Sequence[Json], names: Mapping[str, int]) -> Resolve:
    known = {**{_name(x): n for n, x in enumerate(resources)}, **names}

    def resolve(reference: object) -> Json | None:
        literal = reference.get("reference") if isinstance(reference, dict) else None
        found = known.get(literal) if isinstance(literal, str) else None
        return None if found is None else resources[found]

    return resolve


def _name(resource: Json) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def _system(number: Json) -> object:
    system = number.get("system")
    return IDENTIFIER_ALIASES.get(system, system) if isinstance(system, str) else None


def _system_of(number: Element) -> object:
    return _system({"system": number.peek("system")})


def _sent(resources: Sequence[Json], lifted_from: str | None) -> tuple[list[Sent], dict[str, int]]:
    """The resources, contained ones behind the others, and what they call each other."""
    names = dict(resources.names) if isinstance(resources, Entries) else {}
    found = [Sent(resource=x, at=_path(resources, n)) for n, x in enumerate(resources)]
    for n, item in enumerate(list(found)):
        inside = item.resource.get(_CONTAINED)
        if not inside or item.resource.get("resourceType") != lifted_from:
            continue
        if not isinstance(inside, list):
            refuse(f"{item.at}.{_CONTAINED}", "structure", "Hier hoort een lijst te staan.")
        outside = {name: value for name, value in item.resource.items() if name != _CONTAINED}
        found[n] = replace(item, resource=outside)
        for m, resource in enumerate(inside):
            at = f"{item.at}.{_CONTAINED}[{m}]"
            name = f"#{resource.get('id')}" if isinstance(resource, dict) else ""
            if not name or name in names:
                refuse(at, "structure", "Hier hoort een resource te staan, met een eigen naam.")
            names[name] = len(found)
            found.append(Sent(resource=resource, at=at, within=n))
    return found, names
