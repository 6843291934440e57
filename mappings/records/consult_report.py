"""Consult report: what the SO answers to the question of a one-off consult.

The SO decides whether a consult suffices; when it does not, the report says why (R-104).
"""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from mappings.letters.letter_codes import ConsultTopic, DocumentType
from mappings.records.base import Flag, LogicalId
from mappings.records.letter import Letter, Section, require
from mappings.records.parties import Party


class ConsultSection(Section):
    """One part of the report."""

    topic: ConsultTopic


class ConsultReport(Letter):
    """`referral` is the request that it answers; the author is an SO."""

    document_type: ClassVar[DocumentType] = "consult-report"
    referral: LogicalId
    suffices: Flag
    recipients: tuple[Party, ...] = Field(min_length=1)
    sections: tuple[ConsultSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_the_answer_of_an_so(self) -> Self:
        if self.author_function != "meso-so":
            raise ValueError("an SO answers")
        require(self.sections, "question", "findings", "advice")
        says_why = any(section.topic == "why-not-enough" for section in self.sections)
        if says_why is self.suffices:
            raise ValueError("why a consult is not enough")
        return self
