"""Patient version of the plan (patiëntbrief): made to measure for one reader (R-101).

Not the professional plan: its own words, in her language, at her level and as long as suits her.
"""

from typing import ClassVar

from pydantic import Field

from mappings.letters.letter_codes import DocumentType, LetterVolume, PlanTopic, ReadingLevel
from mappings.records.base import Line, LogicalId
from mappings.records.letter import Letter, PatientSide, Section
from mappings.records.patient import Language


class PlanSection(Section):
    """One part of the letter under a heading of its own, in the language of the letter."""

    topic: PlanTopic
    heading: Line


class PatientPlanLetter(Letter):
    """`plan` is the logical id of the plan that it retells."""

    document_type: ClassVar[DocumentType] = "patient-plan-letter"
    trajectory: LogicalId
    plan: LogicalId
    title: Line
    language: Language
    reading_level: ReadingLevel
    volume: LetterVolume
    recipients: tuple[PatientSide, ...] = Field(min_length=1)
    sections: tuple[PlanSection, ...] = Field(min_length=1)
