"""Search: the query string, read once, as a tree.

https://hl7.org/fhir/R4/search.html

What is judged is what is executed: the door parses once and hands on this tree. A name, modifier
or value that is not understood is an issue (400), never skipped: a criterion that is silently
left out widens the answer. Chains, `_has` and iterated includes are known and refused. Which
parameters a type has, with which modifiers, is the caller's registry; nothing is executed here.

Issues name a parameter of the registry (`http.birthdate`), never a value: values are patients.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from adapter.fhir.issues import Issue
from adapter.fhir.search_query import Criterion, Include, Kind, Parameter, SearchQuery, Sort
from adapter.fhir.search_values import (
    Flag,
    Value,
    date_value,
    number_value,
    reference_value,
    split_unescaped,
    string_value,
    token_value,
    uri_value,
)

__all__ = ["Criterion", "Include", "Kind", "Parameter", "SearchQuery", "Sort", "parse_search"]

T = TypeVar("T")

MAX_PAIRS: Final = 50
MAX_VALUES: Final = 100  # per request, over all criteria: each becomes a bound value in SQL


_IGNORED: Final = frozenset({"_format", "_pretty"})  # negotiated by the door
_REPEATABLE: Final = frozenset({"_include", "_revinclude"})
_CONTROLS: Final = frozenset(
    {"_count", "_elements", "_page", "_sort", "_summary", "_total", *_REPEATABLE}
)
_INCLUDE: Final = re.compile(r"([A-Z][A-Za-z]+):([a-z][a-z0-9-]*)(?::([A-Z][A-Za-z]+))?")
_ELEMENT: Final = re.compile(r"[a-z][A-Za-z]*")
_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_PAGE: Final = re.compile(r"[A-Za-z0-9._~-]{1,2000}")

_UNKNOWN: Final = "Een zoekparameter is hier onbekend."
_MODIFIER: Final = "Deze modifier wordt bij deze zoekparameter niet ondersteund."
_CHAIN: Final = "Zoeken via een andere resource (keten of _has) wordt niet ondersteund."
_REPEATED: Final = "Deze parameter mag één keer voorkomen."
_BOOLEAN: Final = "Verwacht is true of false."
_CONTROL_VALUE: Final = "De waarde van deze parameter wordt niet begrepen."
_TOO_MANY: Final = "De zoekvraag heeft te veel parameters of waarden."


def parse_search(
    type: str,  # noqa: A002 - FHIR's word
    pairs: Sequence[tuple[str, str]],
    parameters: Mapping[str, Parameter],
    *,
    base: str = "",
) -> SearchQuery | list[Issue]:
    """The tree of decoded (name, value) pairs, or every fault in them (400).

    References below `base` are read as relative; another server's are refused.
    """
    if len(pairs) > MAX_PAIRS:
        return [Issue(code="too-costly", text=_TOO_MANY)]
    draft = _Draft(type, parameters, base.rstrip("/"))
    for name, value in pairs:
        draft.add(name, value)
    if sum(len(found.values) for found in draft.criteria) > MAX_VALUES:
        draft.fault("too-costly", None, _TOO_MANY)
    return draft.query()


@dataclass(slots=True)
class _Draft:
    """The query while it is read."""

    type: str
    parameters: Mapping[str, Parameter]
    base: str
    criteria: list[Criterion] = field(default_factory=list)
    control: dict[str, list[str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def fault(self, code: str, name: str | None, text: str) -> None:
        at = "" if name is None else f"http.{name}"
        self.issues.append(Issue(code=code, expression=at, text=text))

    def add(self, raw: str, value: str) -> None:
        name, _, modifier = raw.partition(":")
        if name in _IGNORED:
            return
        if name in _CONTROLS:
            self._control(name, modifier, value)
        elif name == "_has" or "." in raw:
            self.fault("invalid", None, _CHAIN)
        elif name not in self.parameters:
            self.fault("invalid", None, _UNKNOWN)
        else:
            self._criterion(name, modifier, value)

    def _control(self, name: str, modifier: str, value: str) -> None:
        if modifier:
            self.fault("invalid", name, _MODIFIER)
        elif name in self.control and name not in _REPEATABLE:
            self.fault("invalid", name, _REPEATED)
        else:
            self.control.setdefault(name, []).append(value)

    def _criterion(self, name: str, modifier: str, value: str) -> None:
        parameter = self.parameters[name]
        if modifier and modifier not in parameter.modifiers | parameter.targets:
            self.fault("invalid", name, _MODIFIER)
            return
        values: list[Value] = []
        for item in split_unescaped(value, ","):
            found = self._value(parameter, modifier, item)
            if isinstance(found, str):
                self.fault("value", name, found)
                return
            values.append(found)
        self.criteria.append(
            Criterion(
                name=name,
                kind=parameter.kind,
                modifier=modifier or None,
                values=tuple(values),
            )
        )

    def _value(self, parameter: Parameter, modifier: str, text: str) -> Value | str:
        """The value, or what is wrong with it."""
        if modifier == "missing":
            return Flag(text == "true") if text in {"true", "false"} else _BOOLEAN
        if modifier == "identifier":
            return token_value(text)
        if parameter.kind is Kind.REFERENCE:
            targets = frozenset({modifier}) if modifier else parameter.targets
            return reference_value(text, targets, self.base)
        return _READERS[parameter.kind](text)

    def query(self) -> SearchQuery | list[Issue]:
        query = SearchQuery(
            type=self.type,
            criteria=tuple(self.criteria),
            count=self._one("_count", _count),
            sort=self._one("_sort", self._sort) or (),
            total=self._one("_total", _one_of("none", "estimate", "accurate")),
            summary=self._one("_summary", _one_of("true", "text", "data", "count", "false")),
            elements=self._one("_elements", _elements) or (),
            include=self._includes("_include", self._include),
            revinclude=self._includes("_revinclude", self._revinclude),
            page=self._one("_page", _page),
        )
        return self.issues or query

    def _one(self, name: str, read: Callable[[str], T | None]) -> T | None:
        given = self.control.get(name)
        if given is None:
            return None
        found = read(given[0])
        if found is None:
            self.fault("value", name, _CONTROL_VALUE)
        return found

    def _includes(self, name: str, read: Callable[[str], Include | None]) -> tuple[Include, ...]:
        found = [read(value) for value in self.control.get(name, ())]
        if None in found:
            self.fault("value", name, _CONTROL_VALUE)
        return tuple(include for include in found if include is not None)

    def _include(self, value: str) -> Include | None:
        found = _INCLUDE.fullmatch(value)
        if found is None or found[1] != self.type:
            return None
        parameter = self.parameters.get(found[2])
        if parameter is None or parameter.kind is not Kind.REFERENCE:
            return None
        if found[3] and parameter.targets and found[3] not in parameter.targets:
            return None
        return Include(type=found[1], parameter=found[2], target=found[3])

    def _revinclude(self, value: str) -> Include | None:
        found = _INCLUDE.fullmatch(value)
        if found is None or (found[3] or self.type) != self.type:
            return None
        return Include(type=found[1], parameter=found[2], target=found[3])

    def _sort(self, value: str) -> tuple[Sort, ...] | None:
        names = value.split(",")
        bare = [name.removeprefix("-") for name in names]
        if len(set(bare)) < len(bare) or not self.parameters.keys() >= set(bare):
            return None
        return tuple(Sort(name=b, descending=n != b) for n, b in zip(names, bare, strict=True))


def _count(value: str) -> int | None:
    """Any number that is not negative; the caller clamps it (0 means: only the total)."""
    return int(value) if _DIGITS.fullmatch(value) else None


def _elements(value: str) -> tuple[str, ...] | None:
    names = value.split(",")
    return tuple(names) if all(_ELEMENT.fullmatch(name) for name in names) else None


def _page(value: str) -> str | None:
    return value if _PAGE.fullmatch(value) else None


def _one_of(*allowed: str) -> Callable[[str], str | None]:
    return lambda value: value if value in allowed else None


_READERS: Final[Mapping[Kind, Callable[[str], Value | str]]] = {
    Kind.DATE: date_value,
    Kind.NUMBER: number_value,
    Kind.STRING: string_value,
    Kind.TOKEN: token_value,
    Kind.URI: uri_value,
}
