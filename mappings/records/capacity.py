"""Record of decision capacity (wilsbekwaamheid): one judgement, about one matter, on one date.

Somebody is presumed capable; a judgement of an earlier date or another matter says nothing about
today's. It belongs to a named doctor.
"""

from typing import Self

from pydantic import model_validator

from mappings.people.person_codes import CapacityMatter
from mappings.records.base import AuthorIdentifier, Flag, LogicalId, Moment, Record, Text
from mappings.records.parties import StaffKey


class Capacity(Record):
    """Whether the patient can decide in this matter. `about` describes it in words."""

    identifier: AuthorIdentifier
    patient: LogicalId
    matter: CapacityMatter
    about: Text | None = None
    capable: Flag
    assessed_on: Moment
    assessed_by: StaffKey
    reasoning: Text | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _other_is_described(self) -> Self:
        if self.matter == "other" and self.about is None:
            raise ValueError("another matter needs words")
        return self
