"""Episode in the GP's own system (HIS): what the SO found, advises and has started, in short.

Written back once by the SO in the name of the MESO practice; the GP practice keeps it. It is not
the trajectory, which is the MESO practice's own.
"""

from typing import Final, Literal, Self

from pydantic import model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Instant,
    LogicalId,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import StaffKey

TITLE: Final = "Praktijk MESO"


class HisEpisode(Record):
    """`title` and `author_function` can be nothing else (R-25, R-24); both are said, so that they
    can be checked. `keeper` is the GP practice in whose system it stands."""

    identifier: AuthorIdentifier
    title: Literal["Praktijk MESO"]
    patient: LogicalId
    trajectory: LogicalId
    keeper: Ura
    author: StaffKey
    author_function: Literal["meso-so"]
    started: Instant
    ended: Instant | None = None
    written_on: Instant
    findings: Text | None = None
    advice: Text | None = None
    policy: Text | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.ended is not None and self.ended <= self.started:
            raise ValueError("period")
        return self
