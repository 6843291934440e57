"""The people of the story: each speaks to the adapter through her own organisation's software."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapter.cli.folder import RegionFolder
from adapter.clients.caller import Acting, BackendClient, Reply, load_private_jwk
from adapter.clients.http import HttpClient
from adapter.clock import system_clock
from adapter.fhir.json import Json
from adapter.synthetic import network
from adapter.synthetic.network import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A member of the region at work, with one purpose."""

    member: Member
    software: BackendClient
    purpose: str = "TREAT"

    @property
    def key(self) -> Json:
        """How a record names her."""
        return {"ura": self.member.ura, "uzi": self.member.uzi}

    async def get(self, path: str) -> Reply:
        return await self.software.get(self._acting, path)

    async def read(self, reference: str) -> Reply:
        """`reference` is Type/id."""
        return await self.software.get(self._acting, f"/fhir/{reference}")

    async def find(self, type_: str, *pairs: tuple[str, str]) -> Reply:
        """Search with the parameters in the body."""
        return await self.software.search(self._acting, type_, pairs)

    async def about(self, type_: str, patient: str) -> Reply:
        """Everything of this type about one patient (logical id)."""
        return await self.find(type_, ("patient", f"Patient/{patient}"))

    async def send(self, path: str, body: Json) -> Reply:
        return await self.software.post(self._acting, path, body)

    async def update(self, document: Json, if_match: str | None) -> Reply:
        path = f"/fhir/{document['resourceType']}/{document['id']}"
        return await self.software.put(self._acting, path, document, if_match=if_match)

    async def token(self) -> str:
        return await self.software.token(self._acting)

    @property
    def _acting(self) -> Acting:
        member = self.member
        return Acting(person=member.uzi, role=member.role, ura=member.ura, purpose=self.purpose)


class Cast:
    """Everybody by short key; `through` lets somebody speak by another organisation's software."""

    def __init__(self, software: Mapping[str, BackendClient]) -> None:
        self._software = software

    def __getitem__(self, key: str) -> Persona:
        member = network.member(key)
        client = network.organisation(member.ura).client
        purpose = "HOPERAT" if member.role == "log-reviewer" else "TREAT"
        return Persona(member=member, software=self._software[client], purpose=purpose)

    def through(self, client: str, key: str) -> Persona:
        return Persona(member=network.member(key), software=self._software[client])

    def team(self, *keys: str) -> Sequence[Persona]:
        return [self[key] for key in keys]


def assemble(http: HttpClient, base: str, folder: RegionFolder) -> Cast:
    """The cast, with the private keys of the region folder."""
    return Cast(
        {
            party.client: BackendClient(
                http,
                base=base,
                client_id=party.client,
                private_jwk=load_private_jwk(folder.client_key(party.client).read_bytes()),
                clock=system_clock,
            )
            for party in network.ORGANISATIONS
        }
    )
