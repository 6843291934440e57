"""May this leave to this peer? Asked again for every version, when it is sent (RI-8).

To a server of our own goes everything that is queued. To a test server goes only what the store
knows to be invented, that carries the label HTEST, and in which the guard finds no citizen number
and no forbidden type. The guard stands in the transport as well; asking it here gives every
refusal its place in the queue and its line in the log, and no connection is opened for it.

Not here yet: consent for a named recipient behind the peer. A server of our own is our own copy.
"""

from typing import Final

from adapter.clients import guard
from adapter.clients.guard_content import RULE
from adapter.fhir.constants import FHIR_JSON
from adapter.store.jobs import NEVER_PUSHED
from adapter.store.leases import Leased
from adapter.store.links import Peer

REFUSED_BY_GUARD: Final = f"{RULE} guard"


def why_withheld(job: Leased, body: bytes, peer: Peer, run_tag: str | None) -> str | None:
    """Rule id and a coded reason, without a word of the content; None when it may leave."""
    if job.type in NEVER_PUSHED:
        return f"{RULE} never-pushed"
    if peer.peer_class == "own":
        return None
    if not job.synthetic:
        return f"{RULE} not-synthetic"
    url = f"{peer.base}/{job.type}/{job.resource_id}"
    headers = {"content-type": FHIR_JSON}
    issues = guard.check("PUT", url, headers, body, peer.peer_class, run_tag=run_tag)
    if not issues:
        return None
    return f"{RULE} {next((issue.expression for issue in issues if issue.expression), 'address')}"
