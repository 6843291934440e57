"""`meso token --as dussel`: an access token for an invented person, for trying things by hand."""

import sys
from pathlib import Path

import anyio

from adapter.cli.folder import RegionFolder
from adapter.cli.output import fail
from adapter.clients.caller import Acting, BackendClient, TokenRefusedError, load_private_jwk
from adapter.clients.http import NotSentError, OutcomeUnknownError, open_client
from adapter.clock import system_clock
from adapter.settings import Settings
from adapter.synthetic import network


def run(who: str, folder: Path, base: str | None, through: str | None, purpose: str) -> None:
    """Print the token and nothing else; exit code 2 when it is not given."""
    try:
        member = network.member(who)
    except KeyError:
        known = ", ".join(found.key for found in network.MEMBERS)
        fail(f"Onbekende naam. Bekend zijn: {known}.")
    client_id = through or network.organisation(member.ura).client
    try:
        key = load_private_jwk(RegionFolder(folder).client_key(client_id).read_bytes())
    except (FileNotFoundError, ValueError):
        fail(f"Er is geen sleutel van {client_id} in deze map. Draai eerst `meso demo`.")
    acting = Acting(person=member.uzi, role=member.role, ura=member.ura, purpose=purpose)
    address = base or Settings().public_base

    async def ask() -> str:
        async with open_client(own_origins=(address,)) as http:
            caller = BackendClient(
                http, base=address, client_id=client_id, private_jwk=key, clock=system_clock
            )
            return await caller.token(acting)

    try:
        sys.stdout.write(anyio.run(ask) + "\n")
    except TokenRefusedError as refused:
        fail(f"Geen token: {refused.error}.")
    except (NotSentError, OutcomeUnknownError):
        fail(f"Geen antwoord van {address}. Draait de adapter (`make serve`)?")
