"""A search as a tree: what `search.py` makes of a query string and the store turns into SQL.

https://hl7.org/fhir/R4/search.html
"""

from dataclasses import dataclass
from enum import StrEnum

from adapter.fhir.search_values import Value


class Kind(StrEnum):
    """Kinds of search parameter that are offered (no quantity, composite, special)."""

    DATE = "date"
    NUMBER = "number"
    REFERENCE = "reference"
    STRING = "string"
    TOKEN = "token"  # noqa: S105 - a kind of search parameter, no secret
    URI = "uri"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A search parameter that is offered, with the modifiers that its index can answer.

    For a reference `targets` are the types it may point at: each is a modifier (`subject:Patient`),
    and a bare id means the only one.
    """

    kind: Kind
    modifiers: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One parameter. Its values are alternatives (OR); criteria of a query all hold (AND)."""

    name: str
    kind: Kind
    modifier: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    name: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """`_include` from the type searched, or `_revinclude` from `type` to it."""

    type: str
    parameter: str
    target: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search as asked. `page` is our own opaque place in the result; limits are the caller's."""

    type: str
    criteria: tuple[Criterion, ...] = ()
    count: int | None = None
    sort: tuple[Sort, ...] = ()
    total: str | None = None
    summary: str | None = None
    elements: tuple[str, ...] = ()
    include: tuple[Include, ...] = ()
    revinclude: tuple[Include, ...] = ()
    page: str | None = None

    def criterion(self, name: str) -> Criterion | None:
        """The first criterion of that name."""
        return next((found for found in self.criteria if found.name == name), None)
