"""Closing summary: what the GP has to know when MESO ends its trajectory.

Written so that the GP can give care tomorrow without MESO.
"""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from mappings.letters.letter_codes import ClosingTopic, DocumentType
from mappings.records.base import LogicalId, Period
from mappings.records.closing import NoSuccessor, Successor
from mappings.records.letter import Letter, Section, require
from mappings.records.parties import Party
from mappings.toolkit.codes import EndReason


class ClosingSection(Section):
    """One part of the summary."""

    topic: ClosingTopic


class ClosingSummary(Letter):
    """`period` is that of the trajectory; `successor` takes over the lead, or nobody has to."""

    document_type: ClassVar[DocumentType] = "closing-summary"
    trajectory: LogicalId
    period: Period
    end_reason: EndReason
    successor: Successor | NoSuccessor
    recipients: tuple[Party, ...] = Field(min_length=1)
    sections: tuple[ClosingSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _lets_the_gp_go_on(self) -> Self:
        require(self.sections, "course", "what-is-left", "tomorrow")
        if self.period.end is None:
            raise ValueError("a trajectory that has ended")
        return self
