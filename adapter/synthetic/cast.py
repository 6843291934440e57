"""The parties of one region: its organisations, who works in them, what they agreed.

No number here is issued to anybody: URA and UZI begin with 9000 and the number of the region, mail
and web addresses end in `.example`. The same region and seed give the same people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from adapter.synthetic.names import STAFF_FAMILIES, STAFF_GIVEN
from adapter.synthetic.network import Member, Organisation
from adapter.synthetic.regional import House, PartnerRole, RegionData, RegionName, book
from mappings.records.base import Identifier
from mappings.records.parties import Party, StaffKey
from mappings.toolkit.codes import Function

_FIRST_PERSON: Final = 101
_STAFF_OF: Final[Mapping[PartnerRole, tuple[Function, int]]] = {
    "cn": ("community-nurse", 3),
    "cm": ("community-nurse", 1),
    "night": ("community-nurse", 1),
    "welfare": ("social-worker", 1),
    "social": ("social-worker", 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A GP practice with the people that others meet."""

    house: Organisation
    gp: Member
    poh: Member
    assistant: Member
    reviewer: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in a region. `team` is the MESO practice by function, `partners` go by role.

    `dual` is one person in two roles (RI-12), the second of which is in `extra`.
    """

    region: RegionName
    data: RegionData
    meso: Organisation
    practices: tuple[Practice, ...]
    partners: Mapping[PartnerRole, Organisation]
    types: Mapping[str, str]  # national code of the organisation's type, by URA
    team: Mapping[Function, tuple[Member, ...]]
    staff: Mapping[PartnerRole, tuple[Member, ...]]
    extra: Member

    def members(self) -> Iterator[Member]:
        """Everybody in every role."""
        for practice in self.practices:
            yield from (practice.gp, practice.poh, practice.assistant, practice.reviewer)
        for people in (*self.team.values(), *self.staff.values()):
            yield from people
        yield self.extra

    def organisations(self) -> Iterator[Organisation]:
        yield from (practice.house for practice in self.practices)
        yield self.meso
        yield from self.partners.values()

    def employer(self, member: Member) -> str | None:
        """URA of who pays somebody of the team, when that is another organisation."""
        kind = next((name for name, role in _EMPLOYED.items() if role == member.role), None)
        key = self.data.employers.get(kind or "")
        return None if key is None or member.ura != self.meso.ura else self._by_key(key)

    def contracting(self) -> str | None:
        key = self.data.contracting
        return None if key is None else self._by_key(key)

    def _by_key(self, key: str) -> str:
        return next(party.ura for party in self.partners.values() if party.key == key)

    @property
    def hospital(self) -> str:
        """URA of the hospital, which the register has no kind for."""
        return f"9000{self.data.number}999"


_EMPLOYED: Final[Mapping[str, Function]] = {
    "so": "meso-so",
    "nurse": "meso-nurse",
    "secretary": "meso-secretary",
}


class _People:
    """Hands out numbers and names, in order."""

    def __init__(self, rng: Random, region: int) -> None:
        self._rng, self._region, self._next = rng, region, 0
        self._given = rng.sample(STAFF_GIVEN, len(STAFF_GIVEN))
        self._families = rng.sample(STAFF_FAMILIES, len(STAFF_FAMILIES))

    def hire(self, house: Organisation, role: Function) -> Member:
        n, self._next = self._next, self._next + 1
        prefix, family = self._families[n % len(self._families)]
        return Member(
            key=f"{house.key}-{n}",
            ura=house.ura,
            uzi=f"9000{self._region}{_FIRST_PERSON + n:04d}",
            role=role,
            given=self._given[(n + n // len(self._families)) % len(self._given)],
            family=family,
            prefix=prefix,
        )


def build_cast(region: RegionName, rng: Random) -> Cast:
    data = book().regions[region]
    people = _People(rng, data.number)
    houses = [data.meso, *data.practices, *data.partners]
    built = [_organisation(data.number, n, house) for n, house in enumerate(houses, start=11)]
    meso, rest = built[0], built[1:]
    practices = tuple(_practice(house, people) for house in rest[: len(data.practices)])
    partners = {role: built[houses.index(house)] for house in data.partners for role in house.roles}
    staff = {
        role: tuple(people.hire(partners[role], function) for _ in range(count))
        for role, (function, count) in _STAFF_OF.items()
    }
    team = _team(data, meso, people)
    return Cast(
        region=region,
        data=data,
        meso=meso,
        practices=practices,
        partners=partners,
        types={
            party.ura: house.type or _OF_PRACTICE
            for house, party in zip(houses, built, strict=True)
            if house.type or house in data.practices
        },
        team=team,
        staff=staff,
        extra=_second_role(data, practices, team, staff, partners["night"]),
    )


_OF_PRACTICE: Final = "Z3"


def _organisation(region: int, n: int, house: House) -> Organisation:
    software = {"meso": "epd", "gp-practice": "his"}.get(house.kind, "ecd")
    return Organisation(
        key=house.key,
        ura=f"9000{region}{n:03d}",
        name=house.name,
        kind=house.kind,
        client=f"{house.key}-{software}",
        phone=f"085 999 {region}{n:03d}",
    )


def _practice(house: Organisation, people: _People) -> Practice:
    return Practice(
        house=house,
        gp=people.hire(house, "gp"),
        poh=people.hire(house, "poh"),
        assistant=people.hire(house, "gp-assistant"),
        reviewer=people.hire(house, "log-reviewer"),
    )


def _team(
    data: RegionData, meso: Organisation, people: _People
) -> Mapping[Function, tuple[Member, ...]]:
    sizes: tuple[tuple[Function, int], ...] = (
        ("meso-so", data.team.so),
        ("meso-so-trainee", data.team.trainee),
        ("meso-nurse", data.team.nurse),
        ("meso-secretary", data.team.secretary),
    )
    return {role: tuple(people.hire(meso, role) for _ in range(size)) for role, size in sizes}


def _second_role(
    data: RegionData,
    practices: tuple[Practice, ...],
    team: Mapping[Function, tuple[Member, ...]],
    staff: Mapping[PartnerRole, tuple[Member, ...]],
    night: Organisation,
) -> Member:
    """The other job of a nurse: at a GP practice, or at another home-care organisation."""
    if data.dual_role == "meso-nurse":
        return _also(team["meso-nurse"][-1], practices[0].house, "gp-nurse-practitioner")
    return _also(staff["cn"][0], night, "community-nurse")


def _also(person: Member, house: Organisation, role: Function) -> Member:
    return Member(
        key=f"{person.key}-{house.key}",
        ura=house.ura,
        uzi=person.uzi,
        role=role,
        given=person.given,
        family=person.family,
        prefix=person.prefix,
    )


def staff_key(member: Member) -> StaffKey:
    return StaffKey(ura=member.ura, uzi=member.uzi)


def party(member: Member) -> Party:
    return Party(ura=member.ura, uzi=member.uzi)


def numbered(house: Organisation, value: str) -> Identifier:
    """Number that this organisation gives to one of its things."""
    return Identifier(system=house.numbers, value=value)
