"""First contact with a peer: what it really does decides whether anything is sent to it.

What a peer must have is small and cannot be done without: it takes our ids, and it refuses an
update over a version that is not the newest. How it can be asked to create and never overwrite is
kept with the peer. The canary that notices a purge or a restored backup comes with pulling.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from adapter.clients.fhir_probe import Capabilities, probe
from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.http import HttpClient, RefusedByGuardError
from adapter.store import links
from adapter.store.engine import Store
from adapter.store.links import Peer
from adapter.store.parties import CreateOnly as StoredForm

_STORED: Final[dict[CreateOnly, StoredForm]] = {
    CreateOnly.IF_MATCH_ZERO: "if-match-zero",
    CreateOnly.IF_NONE_MATCH: "if-none-match",
    CreateOnly.NEITHER: "read-first",
}
_FORMS: Final = {stored: form for form, stored in _STORED.items()}


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why nothing is sent to this peer now."""

    reason: str


async def meet(
    store: Store, peer: Peer, client: HttpClient, run_tag: str | None
) -> FhirServer | Unfit:
    """The peer, ready for pushing; it is tried out the first time only."""
    server = FhirServer(client, peer.base)
    known = peer.create_only
    if known is None:
        try:
            found = await probe(server, f"p{secrets.token_hex(8)}", run_tag=run_tag)
        except RefusedByGuardError:
            return Unfit("guard")
        if not isinstance(found, Capabilities):
            return Unfit("unreachable")
        if not found.takes_client_ids:
            return Unfit("no-client-ids")
        if not found.guards_updates:
            return Unfit("ignores-if-match")
        known = _STORED[found.create_only]
        form = known
        await store.run_write(lambda c: links.set_create_only(c, peer.name, form))
    return server.creating(_FORMS[known])
