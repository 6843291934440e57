"""Our own register: organisations of a region, and who acts for them in which function.

Not a record that partners send: the operator fills it, and a referral is matched against it.
"""

from mappings.codes import Function, OrganisationKind
from mappings.records.base import Code, Flag, Line, Period, Record, Ura, Uzi


class OrganisationEntry(Record):
    """An organisation. `type` is its code in the national list of organisation types."""

    ura: Ura
    name: Line
    kind: OrganisationKind
    type: Code | None = None
    phone: Line | None = None
    synthetic: Flag = False


class PractitionerEntry(Record):
    """A person, known by UZI number."""

    uzi: Uzi
    family: Line
    prefix: Line | None = None
    given: tuple[Line, ...] = ()
    synthetic: Flag = False


class StaffEntry(Record):
    """A person acting for an organisation. `specialty` is a code of the UZI role list."""

    ura: Ura
    uzi: Uzi
    function: Function
    specialty: Code | None = None
    phone: Line | None = None
    period: Period | None = None
    active: Flag = True
    synthetic: Flag = False
