"""Data-use letter (informatiebrief): that the patient was told how her data are used (R-10).

Handed over at the start of a trajectory together with the practice folder. The letter itself comes
along in the version that was handed over.
"""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from mappings.letters.letter_codes import DataUseTopic, DocumentType
from mappings.records.base import AuthorIdentifier, Flag, Line, LogicalId, Moment, Record, Uri
from mappings.records.letter import LetterContact, PatientSide, Section, refuse_twice
from mappings.records.parties import StaffKey


class DataUseSection(Section):
    """One topic of the letter."""

    topic: DataUseTopic


class Folder(Record):
    """The practice folder: its title, its version, and where it can be read again."""

    title: Line
    version: Line
    address: Uri | None = None


class DataUseLetter(Record):
    """`signatory` signed the letter; `handed_out_by` gave it, at `location`.

    The recipient is the patient, a naaste or a representative.
    """

    document_type: ClassVar[DocumentType] = "data-use-letter"
    identifier: AuthorIdentifier
    patient: LogicalId
    trajectory: LogicalId
    version: Line
    signatory: StaffKey
    handed_out_by: StaffKey
    handed_out_on: Moment
    location: Line
    recipient: PatientSide
    explained_orally: Flag = False
    contact: LetterContact
    sections: tuple[DataUseSection, ...] = Field(min_length=1)
    folder: Folder
    synthetic: Flag = False

    @model_validator(mode="after")
    def _has_each_topic_once(self) -> Self:
        refuse_twice(self.sections)
        return self
