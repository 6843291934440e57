"""What is registered in an invented region before the first referral: parties, networks, agreements.

Stored as evidence or as entries of the register; nothing of it is about a patient.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from adapter.synthetic.cast import Cast, numbered, staff_key
from adapter.synthetic.network import Member
from mappings.agreements.agreement_codes import HisOperation
from mappings.records.base import Period, Record
from mappings.records.directory import (
    ContactPerson,
    Employment,
    NetworkEntry,
    NetworkMember,
    OrganisationEntry,
    PractitionerEntry,
    StaffEntry,
    WorkAddress,
)
from mappings.records.staff_authorisation import Authorisation, CodeOfConduct, StaffAuthorisation
from mappings.records.user_agreement import UserAgreement
from mappings.toolkit.codes import Function

_BEFORE: Final = timedelta(days=120)
# UZI role codes; for the other functions the national list has none.
_SPECIALTY: Final[dict[Function, str]] = {
    "gp": "01.015",
    "meso-so": "01.047",
    "meso-nurse": "30.000",
    "community-nurse": "30.000",
}
_OPERATIONS: Final[dict[Function, tuple[HisOperation, ...]]] = {
    "meso-so": ("consult", "copy", "create-episode", "prescribe"),
    "meso-so-trainee": ("consult",),
    "meso-nurse": ("copy",),
}


def register(cast: Cast) -> Iterator[tuple[str, Record]]:
    """(kind, record) of everything, organisations first."""
    since = cast.data.start - _BEFORE
    yield from (("organisation", entry) for entry in _organisations(cast))
    persons = {member.uzi: member for member in cast.members()}
    yield from (("practitioner", _person(member)) for member in persons.values())
    yield from (("staff", _staff(cast, member, since)) for member in cast.members())
    yield from (("network", entry) for entry in _networks(cast, since))
    yield from (("user-agreement", found) for found in _agreements(cast, since))
    for role in _OPERATIONS:
        for member in cast.team[role]:
            yield "staff-authorisation", _authorisation(cast, member, since)


def _organisations(cast: Cast) -> Iterator[OrganisationEntry]:
    seen: set[str] = set()
    for n, party in enumerate(cast.organisations()):
        if party.ura in seen:
            continue
        seen.add(party.ura)
        is_meso = party.ura == cast.meso.ura
        yield OrganisationEntry(
            ura=party.ura,
            name=party.name,
            kind=party.kind,
            type=cast.types.get(party.ura),
            phone=party.phone,
            email=f"post@{party.key}.example",
            address=WorkAddress(
                street="Proefweg",
                house_number=str(n + 1),
                postal_code=cast.data.postal_code.format(n % 9),
                city=cast.data.city,
            ),
            contracting_party=cast.contracting() if is_meso else None,
            synthetic=True,
        )


def _person(member: Member) -> PractitionerEntry:
    return PractitionerEntry(
        uzi=member.uzi,
        family=member.family,
        prefix=member.prefix,
        given=(member.given,),
        synthetic=True,
    )


def _staff(cast: Cast, member: Member, since: date) -> StaffEntry:
    employer = cast.employer(member)
    return StaffEntry(
        ura=member.ura,
        uzi=member.uzi,
        function=member.role,
        specialty=_SPECIALTY.get(member.role),
        period=Period(start=since),
        employment=None
        if employer is None
        else Employment(employer=employer, period=Period(start=since)),
        synthetic=True,
    )


def _networks(cast: Cast, since: date) -> Iterator[NetworkEntry]:
    keeper = cast.partners["contracting"]
    secretary = cast.team["meso-secretary"][0]
    contact = ContactPerson(
        family=secretary.family,
        prefix=secretary.prefix,
        given=(secretary.given,),
        phone=cast.meso.phone,
        email=f"secretariaat@{cast.meso.key}.example",
    )
    everybody = dict.fromkeys(party.ura for party in cast.organisations())
    local = [p.house.ura for p in cast.practices] + [cast.partners["cn"].ura]
    names = cast.data.networks
    for number, kind, name, members in (
        ("resv-1", "resv", names.resv, list(everybody)),
        ("netwerk-1", "local-network", names.local, [cast.meso.ura, *local]),
    ):
        yield NetworkEntry.model_validate(
            {
                "identifier": numbered(keeper, number),
                "keeper": keeper.ura,
                "name": name,
                "kind": kind,
                "scope": f"Ouderenzorg in {cast.data.name}",
                "contact": contact,
                "members": tuple(
                    NetworkMember(ura=ura, period=Period(start=since)) for ura in members
                ),
                "synthetic": True,
            }
        )


def _agreements(cast: Cast, since: date) -> Iterator[UserAgreement]:
    for practice in cast.practices:
        house = practice.house
        yield UserAgreement(
            identifier=numbered(house, f"overeenkomst-{house.key}"),
            gp_partnership=house.ura,
            meso_practice=cast.meso.ura,
            document=f"Gebruikersovereenkomst {house.name} en {cast.meso.name}",
            signed_on=since - timedelta(days=14),
            start=since,
            synthetic=True,
        )


def _authorisation(cast: Cast, member: Member, since: date) -> StaffAuthorisation:
    return StaffAuthorisation(
        identifier=numbered(cast.meso, f"machtiging-{member.uzi}"),
        staff=staff_key(member),
        secrecy_statement=since,
        code_of_conduct=CodeOfConduct(
            name=f"{member.initials} {member.name.partition(' ')[2]}",
            practice=cast.meso.name,
            employer=cast.employer(member) or cast.meso.ura,
            signed_by_employee=since,
            signed_by_employer=since + timedelta(days=3),
        ),
        evaluations=(cast.data.start - timedelta(days=20),),
        authorisations=tuple(
            Authorisation(
                by=staff_key(practice.gp),
                period=Period(start=since),
                operations=_OPERATIONS[member.role],
            )
            for practice in cast.practices
        ),
        synthetic=True,
    )
