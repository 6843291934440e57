"""A batch as a transaction Bundle, and what its answer proves.

https://hl7.org/fhir/R4/http.html#transaction

Each entry names what it expects to find, as a single write does; one that does not fit undoes all.
References stay relative: HAPI refuses an absolute one, also to another entry's fullUrl.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapter.clients.fhir_server import CreateOnly
from adapter.clients.replies import Page, version_of
from adapter.fhir.json import Json, decode_own, encode
from adapter.store.leases import Leased

_CREATE: Final[dict[CreateOnly, Json]] = {
    CreateOnly.IF_MATCH_ZERO: {"ifMatch": 'W/"0"'},
    CreateOnly.IF_NONE_MATCH: {"ifNoneMatch": "*"},
    CreateOnly.NEITHER: {},  # the caller has looked before
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A leased job with what is sent for it: its bytes, and the hash of their normal form."""

    job: Leased
    body: bytes
    hash: str

    @property
    def base_version(self) -> str | None:
        """What the peer is expected to hold; None: nothing."""
        return None if self.job.link is None else self.job.link.remote_version

    @property
    def address(self) -> str:
        return f"{self.job.type}/{self.job.resource_id}"


def transaction(batch: Sequence[Outgoing], create_only: CreateOnly) -> bytes:
    """Bundle with one PUT per resource."""
    entries = [
        {
            "resource": decode_own(item.body),
            "request": {
                "method": "PUT",
                "url": item.address,
                **(
                    _CREATE[create_only]
                    if item.base_version is None
                    else {"ifMatch": f'W/"{item.base_version}"'}
                ),
            },
        }
        for item in batch
    ]
    return encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def proven(page: Page, batch: Sequence[Outgoing]) -> list[tuple[str, Json] | None]:
    """(version, resource) as the answer shows it, in the order of `batch`; None where it shows
    nothing that proves the write."""
    entries = page.bundle.get("entry")
    if not isinstance(entries, list) or len(entries) != len(batch):
        return [None] * len(batch)
    return [_proof(entry, item) for entry, item in zip(entries, batch, strict=True)]


def _proof(entry: object, item: Outgoing) -> tuple[str, Json] | None:
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict):
        return None
    version = version_of(resource)
    is_ours = (resource.get("resourceType"), resource.get("id")) == (
        item.job.type,
        item.job.resource_id,
    )
    return (version, resource) if is_ours and version is not None else None
