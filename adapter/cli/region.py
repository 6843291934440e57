"""Put an invented region into the registers: parties, agreements, staff, clients, alignments.

Registers only: dossiers come through the doors. Loading the same region again changes nothing.
"""

from collections.abc import Mapping
from typing import Final

from adapter.fhir.json import Json
from adapter.store import consents, identity, parties, resources
from adapter.store.engine import Connection
from adapter.store.gates import NO_PARTY
from adapter.store.resources import Placement
from adapter.synthetic.directory import directory_entries
from adapter.synthetic.network import ActsFor, Member, Organisation
from adapter.synthetic.region import Region
from adapter.workflows.installation import Installation
from mappings.directory import directory

_BEFORE: Final = 30 * 86_400 * 1_000_000  # agreements are a month old when the region starts


def load_region(
    installation: Installation,
    region: Region,
    *,
    jwks: Mapping[str, Json],
    record_sources: Mapping[str, str] | None = None,
) -> None:
    """Register everything that stands before the first referral, in one transaction.

    `jwks`: public key set per client id; a client without one is left out. `record_sources`: FHIR
    base of a practice's own record, by URA.
    """
    sources = record_sources or {}
    now = installation.clock()

    def unit(connection: Connection) -> None:
        _Load(installation, connection, now).everything(region, jwks, sources)

    installation.store.write(unit)


class _Load:
    def __init__(self, installation: Installation, connection: Connection, now: int) -> None:
        self._ids = installation.ids
        self._connection = connection
        self._since = now - _BEFORE

    def everything(
        self, region: Region, jwks: Mapping[str, Json], sources: Mapping[str, str]
    ) -> None:
        for party in region.organisations:
            self._organisation(party, sources.get(party.ura))
            if party.client in jwks:
                self._client(party, jwks[party.client])
        for member in region.members:
            self._member(member)
        for acts in region.acts_for:
            if acts.client in jwks:
                self._acts_for(acts)
        self._promises(region)
        self._directory(region)

    def _organisation(self, party: Organisation, source: str | None) -> None:
        known = parties.find_organisation(self._connection, party.ura)
        parties.register_organisation(
            self._connection,
            parties.Organisation(
                ura=party.ura,
                name=party.name,
                kind=party.kind,
                resource_id=self._ids.organisation(party.ura),
                record_source=source or (None if known is None else known.record_source),
            ),
        )

    def _member(self, member: Member) -> None:
        parties.register_staff(
            self._connection,
            parties.StaffMember(
                id=self._ids.staff(member.ura, member.uzi),
                ura=member.ura,
                person=member.uzi,
                role=member.role,
                initials=member.initials,
                secrecy_signed_at=self._since,
                conduct_signed_at=self._since,
                valid_from=self._since,
            ),
        )

    def _client(self, party: Organisation, keys: Json) -> None:
        if not parties.is_registered(self._connection, party.client):
            identity.register_client(
                self._connection,
                client_id=party.client,
                name=f"Software van {party.name}",
                jwks=keys,
                jwks_uri=None,
            )

    def _acts_for(self, acts: ActsFor) -> None:
        if not identity.is_allowed_for(self._connection, acts.client, {acts.ura}):
            identity.allow_client(
                self._connection, client_id=acts.client, ura=acts.ura, basis=acts.basis
            )

    def _promises(self, region: Region) -> None:
        for agreed in region.agreements:
            parties.agree(
                self._connection,
                a=agreed.a,
                b=agreed.b,
                kind=agreed.kind,
                reference=agreed.reference,
                valid_from=self._since,
            )
        by_key = {member.key: member for member in region.members}
        for practice, key in region.authorised:
            member = by_key[key]
            parties.authorise(
                self._connection,
                practice=practice,
                staff_id=self._ids.staff(member.ura, member.uzi),
                valid_from=self._since,
            )
        for practice, partner in region.aligned:
            consents.align(
                self._connection,
                practice=practice,
                party=partner,
                patient="*",
                reference="afspraak-bij-aansluiting",
                now=self._since,
            )

    def _directory(self, region: Region) -> None:
        """So that every reference to a party resolves; it is nobody's dossier."""
        for author, entry in directory_entries(region):
            for document in directory.to_fhir(entry, self._ids):
                place = Placement(
                    category="directory",
                    patient=NO_PARTY,
                    custodian=NO_PARTY,
                    author=author,
                    synthetic=True,
                )
                resources.save(self._connection, document, place, self._since)
