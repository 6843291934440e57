"""What letters and reports share: an author, readers, whom to call, and sections of a topic each.

A letter is for one circle of readers: who gets other words gets another letter. Names of people
are not in it; the reader's system knows them by their numbers.
"""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from mappings.letters.letter_codes import DocumentType, LetterTopic
from mappings.records.base import AuthorIdentifier, Flag, Line, LogicalId, Moment, Record, Text
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import ClosePerson
from mappings.toolkit.codes import Function

PatientSide = ClosePerson | Literal["patient"]
Recipient = Party | PatientSide
LetterStatus = Literal["preliminary", "final"]


class Section(Record):
    """One part of a letter, in words."""

    topic: LetterTopic
    text: Text


class LetterContact(Record):
    """Whom to call or write, with questions about the letter."""

    phone: Line | None = None
    email: Line | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.phone is None and self.email is None:
            raise ValueError("a telephone number or an address")
        return self


class Letter(Record):
    """A letter of the MESO practice about one patient.

    `preliminary` is a draft that still needs its signature, such as one of a doctor in training.
    """

    document_type: ClassVar[DocumentType]
    identifier: AuthorIdentifier
    patient: LogicalId
    author: StaffKey
    author_function: Function
    written_on: Moment
    status: LetterStatus = "final"
    recipients: tuple[Recipient, ...] = Field(min_length=1)
    contact: LetterContact
    sections: tuple[Section, ...] = Field(min_length=1)
    synthetic: Flag = False

    @model_validator(mode="after")
    def _names_nothing_twice(self) -> Self:
        if len(set(self.recipients)) != len(self.recipients):
            raise ValueError("a reader twice")
        refuse_twice(self.sections)
        return self


def refuse_twice(sections: tuple[Section, ...]) -> None:
    """ValueError when a topic comes twice."""
    topics = [section.topic for section in sections]
    if len(set(topics)) != len(topics):
        raise ValueError("a topic twice")


def require(sections: tuple[Section, ...], *topics: LetterTopic) -> None:
    """ValueError when one of these topics is missing."""
    if not {section.topic for section in sections}.issuperset(topics):
        raise ValueError("a topic is missing")
