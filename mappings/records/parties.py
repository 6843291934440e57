"""Parties as a record names them: an organisation by URA, a person in it by UZI besides.

National numbers, as the sender knows them; ids of our own are never asked from a sender.
"""

from mappings.records.base import Record, Ura, Uzi


class Party(Record):
    """An organisation, or somebody acting for it."""

    ura: Ura
    uzi: Uzi | None = None


class StaffKey(Record):
    """A person acting for an organisation: one PractitionerRole."""

    ura: Ura
    uzi: Uzi

    def party(self) -> Party:
        return Party(ura=self.ura, uzi=self.uzi)
