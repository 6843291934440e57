"""The FHIR sources of all GP practices: one client each, opened when first asked, kept open.

Implements what `workflows/consult_record.py` needs of a source.
"""

from contextlib import AsyncExitStack

from adapter.clients.gp_source import GpSource
from adapter.clients.http import Limits, open_client
from adapter.fhir.issues import FhirError, Issue

_UNAVAILABLE = Issue(code="transient", text="Het HIS antwoordt nu niet; probeer het opnieuw.")


class GpSources:
    """Closed with the application."""

    def __init__(self, *, timeout_s: float) -> None:
        self._limits = Limits(connect_s=min(5.0, timeout_s), read_s=timeout_s, total_s=timeout_s)
        self._stack = AsyncExitStack()
        self._sources: dict[str, GpSource] = {}

    async def find_patient(self, base: str, bsn: str) -> str | None:
        """Logical id at the source, None when it knows nobody by this number.

        FhirError 503 when it cannot answer."""
        found = await (await self._source(base)).find_patient(bsn)
        if found.status in {"refused", "unavailable"}:
            raise FhirError(503, _UNAVAILABLE)
        return found.id

    async def search(self, base: str, type_: str, patient: str) -> bytes:
        """Searchset of one type for one patient. FhirError 503 when it cannot answer."""
        source = await self._source(base)
        found = await source.fetch(type_, [("patient", f"Patient/{patient}")])
        if found.status != "ok":
            raise FhirError(503, _UNAVAILABLE)
        return found.body

    async def follow(self, base: str, url: str) -> bytes:
        """A next page of such a searchset. FhirError 503 when it cannot be had."""
        found = await (await self._source(base)).follow(url)
        if found.status != "ok":
            raise FhirError(503, _UNAVAILABLE)
        return found.body

    async def close(self) -> None:
        await self._stack.aclose()

    async def _source(self, base: str) -> GpSource:
        known = self._sources.get(base)
        if known is None:
            client = await self._stack.enter_async_context(
                open_client(own_origins=[base], limits=self._limits)
            )
            known = self._sources[base] = GpSource(client, base)
        return known
