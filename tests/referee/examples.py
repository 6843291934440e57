"""Valid resources of every profile: what the mappings write of each kind's example and of the region."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from tests.mappings.kinds import KINDS
from tests.referee.extra import extra_sets

Json = dict[str, Any]

# Golden files that another kind's reader reads.
_KIND_OF: Final = {"closing": "trajectory"}
GOLDEN: Final = Path(__file__).resolve().parents[1] / "mappings" / "golden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One resource of a set that one record became. `kind` reads the set back, when one does."""

    name: str
    kind: str | None
    written: Sequence[Json]
    index: int
    is_made: bool = False  # an element was added that no mapping wrote

    @property
    def resource(self) -> Json:
        return self.written[self.index]

    def with_resource(self, resource: Json) -> Self:
        """The same set with another resource in this place."""
        written = [*self.written[: self.index], resource, *self.written[self.index + 1 :]]
        return replace(self, written=written, is_made=True)

    @property
    def profiles(self) -> list[str]:
        found: list[str] = self.resource.get("meta", {}).get("profile", [])
        return found


def sets() -> Iterator[tuple[str, str | None, list[Json]]]:
    """(name, kind that reads it, resources): the kinds' examples, the golden files, the rare ones."""
    seen = set()
    for kind in KINDS:
        written = kind.written()
        seen.add(json.dumps(written, sort_keys=True, default=str))
        yield kind.name, kind.name, written
    for file in sorted(GOLDEN.glob("*.json")):
        written = json.loads(file.read_text("utf-8"))
        text = json.dumps(written, sort_keys=True)
        if text not in seen:
            seen.add(text)
            yield f"golden/{file.stem}", _KIND_OF.get(file.stem, file.stem), written
    yield from extra_sets()


@cache
def examples() -> tuple[Example, ...]:
    return tuple(
        Example(name=name, kind=kind, written=written, index=index)
        for name, kind, written in sets()
        for index in range(len(written))
    )
