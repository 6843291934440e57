"""What surrounds a referral: who is involved already, what came along, and who pays.

Nothing of it is needed to refer. Which data a practice asks for is agreed per practice, so there
is no list of them.
"""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from mappings.records.base import AuthorIdentifier, Line, Record
from mappings.records.parties import Party
from mappings.referral.referral_codes import Involvement

Uzovi = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class Involved(Record):
    """Somebody around the patient: a party by its national number, or anybody by name.

    `role` in words: what she does, or how she is related.
    """

    kind: Involvement
    party: Party | None = None
    name: Line | None = None
    role: Line | None = None

    @model_validator(mode="after")
    def _is_one_party(self) -> Self:
        if (self.party is None) == (self.name is None):
            raise ValueError("either a number or a name")
        if self.kind == "informal" and self.party is not None:
            raise ValueError("who helps informally has no number as a care provider")
        return self


class Supplied(Record):
    """Information that came with the referral; `document` is its number at the GP practice."""

    what: Line
    document: AuthorIdentifier | None = None


class Finance(Record):
    """Who pays (UZOVI number of the insurer), and by which route."""

    insurer: Uzovi | None = None
    insurer_name: Line | None = None
    route: Line | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.insurer is None and self.insurer_name is None and self.route is None:
            raise ValueError("finance")
        return self
