"""Our own register: organisations of a region, who acts for them, and the networks they form.

Not a record that partners send: the operator fills it, and a referral is matched against it.
"""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from mappings.directory.directory_codes import NetworkKind
from mappings.records.base import (
    Code,
    Flag,
    Line,
    Period,
    Record,
    RootIdentifier,
    Text,
    Ura,
    Uzi,
)
from mappings.toolkit.codes import Function, OrganisationKind

Email = Annotated[str, StringConstraints(max_length=250, pattern=r"^[!-?A-~]+@[!-?A-~]+$")]
Agb = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]


class WorkAddress(Record):
    """Where people come to visit an organisation."""

    street: Line
    house_number: Line
    house_number_suffix: Line | None = None
    postal_code: Line
    city: Line


class ContactPerson(Record):
    """Whom to ask for at an organisation."""

    family: Line
    prefix: Line | None = None
    given: tuple[Line, ...] = ()
    phone: Line | None = None
    email: Email | None = None


class OrganisationEntry(Record):
    """An organisation. `type` is its code in the national list of organisation types.

    Of a MESO practice also: `controller`, who answers for its record in law, and
    `contracting_party`, who has the contract for the care. Both may be other organisations.
    """

    ura: Ura
    agb: Agb | None = None
    name: Line
    kind: OrganisationKind
    type: Code | None = None
    phone: Line | None = None
    email: Email | None = None
    address: WorkAddress | None = None
    contact: ContactPerson | None = None
    controller: Ura | None = None
    contracting_party: Ura | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _only_a_meso_practice_stands_for_others(self) -> Self:
        if self.kind != "meso" and (self.controller or self.contracting_party):
            raise ValueError("not a MESO practice")
        return self


class PractitionerEntry(Record):
    """A person, known by UZI number."""

    uzi: Uzi
    family: Line
    prefix: Line | None = None
    given: tuple[Line, ...] = ()
    synthetic: Flag = False


class Employment(Record):
    """Who pays the salary of somebody who acts for another organisation."""

    employer: Ura
    period: Period | None = None


class StaffEntry(Record):
    """A person acting for an organisation. `specialty` is a code of the UZI role list.

    Without `employment` the organisation itself is the employer.
    """

    ura: Ura
    uzi: Uzi
    function: Function
    specialty: Code | None = None
    phone: Line | None = None
    period: Period | None = None
    active: Flag = True
    employment: Employment | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _another_one_employs(self) -> Self:
        if self.employment is not None and self.employment.employer == self.ura:
            raise ValueError("employer")
        return self


class NetworkMember(Record):
    """An organisation that takes part, and since when."""

    ura: Ura
    period: Period | None = None


class NetworkEntry(Record):
    """A network or regional cooperation body (RESV): who is in it, for what, whom to ask.

    It is no party: it has no URA number and receives nothing about a patient (RI-7). `keeper` is
    the organisation that keeps this entry and gave its number.
    """

    identifier: RootIdentifier
    keeper: Ura
    name: Line
    kind: NetworkKind
    scope: Text | None = None
    contact: ContactPerson | None = None
    members: tuple[NetworkMember, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _every_member_once(self) -> Self:
        if len({member.ura for member in self.members}) != len(self.members):
            raise ValueError("member")
        return self
