"""Transfer bundle: what a hospital or nursing home needs at once when it takes the patient in.

The content of the emergency sheet (noodblad): wishes, medication, plan in short, contacts; of each
is said how old it is.
"""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from mappings.letters.letter_codes import DocumentType, TransferDestination, TransferTopic
from mappings.records.base import LogicalId, Moment
from mappings.records.consent_scope import PartReference
from mappings.records.letter import Letter, Section, require
from mappings.records.parties import Party


class TransferSection(Section):
    """One part of the sheet as it stood at `as_of`; `entries` are the resources behind it."""

    topic: TransferTopic
    as_of: Moment
    entries: tuple[PartReference, ...] = ()


class TransferBundle(Letter):
    """`destination` is the kind of house that the recipients are."""

    document_type: ClassVar[DocumentType] = "transfer-bundle"
    trajectory: LogicalId
    destination: TransferDestination
    recipients: tuple[Party, ...] = Field(min_length=1)
    sections: tuple[TransferSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_whole_sheet(self) -> Self:
        require(self.sections, "acp-wishes", "medication", "plan-summary", "contacts")
        return self
