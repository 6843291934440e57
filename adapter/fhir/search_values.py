"""Values of search parameters, typed; one text in, one value or a fault's text out.

https://hl7.org/fhir/R4/search.html#ptypes, https://hl7.org/fhir/R4/search.html#escaping

A fault's text says what was expected and never repeats what was sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from adapter.fhir.instant import parse_moment
from adapter.fhir.reference import ID, parse_reference

_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_ESCAPED: Final = re.compile(r"\\([\\,|$])")
_PREFIXED: Final = re.compile(r"([a-z]{2})(.+)")


class Prefix(StrEnum):
    """Comparisons. `ap` (approximately) is not offered: it has no one meaning."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    GT = "gt"
    LE = "le"
    GE = "ge"
    SA = "sa"
    EB = "eb"


@dataclass(frozen=True, slots=True)
class Token:
    """`code` alone: any system (None). `|code`: no system (""). `system|`: any code (None)."""

    system: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A literal reference of our own; `type` is None for a bare id that fits several types."""

    type: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Interval:
    """[low, high) in UTC microseconds, as the text covers it."""

    prefix: Prefix
    low: int
    high: int

    def holds(self, low: int, high: int) -> bool:  # noqa: PLR0911 - one answer per prefix
        """Whether a value that covers [low, high) matches.

        https://hl7.org/fhir/R4/search.html#prefix
        """
        inside = self.low <= low and high <= self.high
        match self.prefix:
            case Prefix.EQ:
                return inside
            case Prefix.NE:
                return not inside
            case Prefix.LT:
                return low < self.low
            case Prefix.GT:
                return high > self.high
            case Prefix.LE:
                return low < self.low or inside
            case Prefix.GE:
                return high > self.high or inside
            case Prefix.SA:
                return low >= self.high
            case Prefix.EB:
                return high <= self.low
        assert_never(self.prefix)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number; how much its precision allows is the index's."""

    prefix: Prefix
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A string or uri, unescaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Value of the modifier `missing`."""

    is_missing: bool


Value = Token | Target | Interval | Number | Text | Flag


def split_unescaped(text: str, separator: str) -> list[str]:
    r"""Parts between separators that have no \ before them; escapes stay in the parts."""
    parts = [""]
    for piece in _pieces(text):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def token_value(text: str) -> Token | str:
    parts = [_plain(part) for part in split_unescaped(text, "|")]
    match parts:
        case [str(code)] if code:
            return Token(None, code)
        case [str(system), str(code)] if system or code:
            return Token(system, code or None)
    return "Verwacht is code, systeem|code, |code of systeem|."


def reference_value(text: str, targets: frozenset[str], base: str) -> Target | str:
    """`Type/id` below `base` or relative, or a bare id; `targets` empty: any type."""
    plain = _plain(text)
    if plain is not None and ID.fullmatch(plain) and plain not in {".", ".."}:
        return Target(next(iter(targets)) if len(targets) == 1 else None, plain)
    found = None if plain is None else parse_reference(plain, base)
    if found is None or (targets and found.type not in targets):
        return "Verwacht is een verwijzing naar deze server: Type/id of id."
    return Target(found.type, found.id)


def date_value(text: str) -> Interval | str:
    prefix, rest = _prefixed(text)
    moment = None if prefix is None else parse_moment(rest)
    if prefix is None or moment is None:
        return "Verwacht is een datum of tijdstip, met eq, ne, lt, gt, le, ge, sa of eb ervoor; een + is %2B."
    return Interval(prefix, moment.low, moment.high)


def number_value(text: str) -> Number | str:
    prefix, rest = _prefixed(text)
    if prefix is None or not _NUMBER.fullmatch(rest):
        return "Verwacht is een getal, met eq, ne, lt, gt, le, ge, sa of eb ervoor."
    return Number(prefix, Decimal(rest))


def string_value(text: str) -> Text | str:
    plain = _plain(text)
    return Text(plain) if plain else "Verwacht is een tekst die niet leeg is."


def uri_value(text: str) -> Text | str:
    plain = _plain(text)
    if not plain or any(character.isspace() for character in plain):
        return "Verwacht is een URI zonder witruimte."
    return Text(plain)


def _pieces(text: str) -> Iterator[str]:
    """Single characters, an escape as one piece."""
    at = 0
    while at < len(text):
        width = 2 if text[at] == "\\" else 1
        yield text[at : at + width]
        at += width


def _plain(text: str) -> str | None:
    """The text without its escapes; None when a backslash escapes nothing."""
    if "\\" in _ESCAPED.sub("", text):
        return None
    return _ESCAPED.sub(r"\1", text)


def _prefixed(text: str) -> tuple[Prefix | None, str]:
    """Prefix (eq when there is none) and the rest; None for two letters that are no prefix."""
    found = _PREFIXED.fullmatch(text)
    if found is None:
        return Prefix.EQ, text
    prefix = found[1]
    return (Prefix(prefix) if prefix in list(Prefix) else None), found[2]
