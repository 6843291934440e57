"""Record of a naaste or representative: somebody close to the patient, and in which capacity.

Being close, caring and representing are three things: who cares gives no consent by that, and who
represents need not be a relative (A-39). What somebody needs for herself is kept apart from what
she does, and is meant for nobody by default.
"""

from typing import Self

from pydantic import Field, model_validator

from mappings.people.person_codes import CARER, ContactRole, FamilyRelation, RepresentationBasis
from mappings.records.base import (
    Day,
    Flag,
    Line,
    LogicalId,
    Moment,
    PartKey,
    Period,
    Record,
    RootIdentifier,
    Text,
    Ura,
)
from mappings.records.names import PersonName
from mappings.records.parties import StaffKey
from mappings.records.patient import Address


class Evidence(Record):
    """What shows that somebody represents: the ruling, deed or proxy, and who saw it."""

    text: Text
    seen_on: Day
    seen_by: StaffKey


class Representation(Record):
    """On which ground somebody speaks for the patient, and when.

    The forms that a court or notary gives, and those of art. 7:465 BW. `rank` 1 is asked first.
    """

    basis: RepresentationBasis
    rank: int | None = Field(default=None, ge=1, le=100, strict=True)
    period: Period
    evidence: Evidence | None = None


class SupportNeed(Record):
    """What the naaste herself needs, as somebody saw or heard it."""

    key: PartKey
    text: Text
    observed_on: Moment
    observed_by: StaffKey


class RelatedPerson(PersonName):
    """Somebody close. `author` is the organisation that keeps this; `period` is how long she is so."""

    identifier: RootIdentifier
    author: Ura
    patient: LogicalId
    relation: FamilyRelation | None = None
    roles: tuple[ContactRole, ...] = ()
    tasks: tuple[Text, ...] = ()
    phone: Line | None = None
    email: Line | None = None
    address: Address | None = None
    active: Flag = True
    period: Period | None = None
    representations: tuple[Representation, ...] = ()
    support_needs: tuple[SupportNeed, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> Self:
        keys = [need.key for need in self.support_needs]
        if len(set(keys)) != len(keys) or len(set(self.roles)) != len(self.roles):
            raise ValueError("named twice")
        return self

    @property
    def is_carer(self) -> bool:
        """Informal carer (mantelzorger)."""
        return CARER in self.roles
