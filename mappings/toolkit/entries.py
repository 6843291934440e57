"""Resources as they came: each with its path in what was sent, and the names they use.

https://hl7.org/fhir/R4/bundle.html#references
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from adapter.fhir.json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries(Sequence[Json]):
    """Resources in the order sent; `names` maps each fullUrl to the index of its resource.

    Goes wherever a sequence of resources goes; a mapping that reads it names faults by these paths.
    """

    resources: tuple[Json, ...]
    paths: tuple[str, ...]
    names: Mapping[str, int] = field(default_factory=dict)

    @overload
    def __getitem__(self, index: int) -> Json: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Json]: ...

    def __getitem__(self, index: int | slice) -> Json | Sequence[Json]:
        return self.resources[index]

    def __len__(self) -> int:
        return len(self.resources)
