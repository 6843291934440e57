"""Item copied by hand from the GP's record into MESO's own (R-29): one at a time, with its source.

From then on MESO is responsible for the copy, and the GP for the original (R-36).
"""

from typing import Literal, Self

from pydantic import model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Coded,
    Flag,
    Instant,
    LogicalId,
    Moment,
    Record,
    Text,
    Ura,
)
from mappings.records.ouderenmodule_copy import CopyingFunction
from mappings.records.parties import StaffKey

CopiedKind = Literal["problem", "medication", "allergy", "measurement"]


class SourceItem(Record):
    """The original: whose record, its number there, and when it was written down."""

    practice: Ura
    identifier: AuthorIdentifier
    recorded_on: Moment | None = None


class CopiedItem(Record):
    """`text` is what was copied; `value` the outcome of a measurement."""

    identifier: AuthorIdentifier
    patient: LogicalId
    kind: CopiedKind
    text: Text
    code: Coded | None = None
    value: Text | None = None
    source: SourceItem
    copied_by: StaffKey
    function: CopyingFunction
    copied_at: Instant
    synthetic: Flag = False

    @model_validator(mode="after")
    def _only_a_measurement_has_a_value(self) -> Self:
        if (self.value is not None) != (self.kind == "measurement"):
            raise ValueError("value")
        return self
