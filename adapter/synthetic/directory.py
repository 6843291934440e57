"""Entries of the invented region for the adapter's own directory of organisations and people."""

from collections.abc import Iterator
from typing import Final

from adapter.synthetic.network import Member
from adapter.synthetic.region import Region
from mappings.directory.directory import Entry
from mappings.records.directory import OrganisationEntry, PractitionerEntry, StaffEntry
from mappings.toolkit.codes import Function

# UZI role codes; for the other functions the national list has none.
_SPECIALTY: Final[dict[Function, str]] = {
    "gp": "01.015",
    "meso-so": "01.047",
    "meso-nurse": "30.000",
    "community-nurse": "30.000",
}
_TYPE: Final = {"gp-practice": "Z3", "community-nursing": "T2"}


def directory_entries(region: Region) -> Iterator[tuple[str, Entry]]:
    """(URA that answers for the entry, entry): organisations, persons once, then their roles."""
    for party in region.organisations:
        yield (
            party.ura,
            OrganisationEntry(
                ura=party.ura,
                name=party.name,
                kind=party.kind,
                type=_TYPE.get(party.kind),
                phone=party.phone,
                synthetic=True,
            ),
        )
    persons = {member.uzi: member for member in reversed(region.members)}
    for person in persons.values():
        yield person.ura, _person(person)
    for member in region.members:
        yield (
            member.ura,
            StaffEntry(
                ura=member.ura,
                uzi=member.uzi,
                function=member.role,
                specialty=_SPECIALTY.get(member.role),
                synthetic=True,
            ),
        )


def _person(member: Member) -> PractitionerEntry:
    return PractitionerEntry(
        uzi=member.uzi,
        family=member.family,
        prefix=member.prefix,
        given=(member.given,),
        synthetic=True,
    )
