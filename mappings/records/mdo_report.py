"""MDO report: what one audience gets to read of a meeting.

Of the five outputs only those that concern this audience; each audience has a report of its own.
"""

from typing import ClassVar

from pydantic import Field

from mappings.letters.letter_codes import DocumentType, MdoTopic
from mappings.records.base import LogicalId
from mappings.records.letter import Letter, Section
from mappings.toolkit.codes import Function


class MdoSection(Section):
    """One of the outputs, as far as it concerns the audience."""

    topic: MdoTopic


class MdoReport(Letter):
    """`meeting` is the Encounter; `audience` the function for which the words were chosen, absent
    when they are for the people named."""

    document_type: ClassVar[DocumentType] = "mdo-report"
    trajectory: LogicalId
    meeting: LogicalId
    audience: Function | None = None
    sections: tuple[MdoSection, ...] = Field(min_length=1)
