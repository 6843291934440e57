"""Key sets of clients that registered an address, kept for a short while.

https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html#registering-a-client-communicating-public-keys

A client that changes its keys publishes the new one first; so a `kid` that the kept set does not
hold is a reason to look again, once. Anybody can send such a `kid`: hence at most one fetch per
address at a time, and a pause in between.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from adapter.fhir.json import Json

Fetch = Callable[[str], Awaitable[Json]]

_SECOND: Final = 1_000_000
KEPT: Final = 300 * _SECOND  # how long a withdrawn key may still be believed
PAUSE: Final = 10 * _SECOND
_MOST: Final = 256  # addresses; they come from the register, so this is a stop, not a size


@dataclass(slots=True)
class _Kept:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    keys: Json | None = None
    fetched_at: int = 0


class KeySets:
    """Lives on one event loop. `clock` gives UTC microseconds."""

    def __init__(self, fetch: Fetch, clock: Callable[[], int]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    async def find(self, uri: str, holds: Callable[[Json], bool]) -> Json:
        """Key set at `uri`, looked at again when the kept one does not hold the wanted key.

        What `fetch` raises goes through, unless a set that is still good is at hand.
        """
        if uri not in self._kept and len(self._kept) >= _MOST:
            self._kept.clear()
        kept = self._kept.setdefault(uri, _Kept())
        async with kept.lock:
            age = self._clock() - kept.fetched_at
            fresh = kept.keys if age < KEPT else None
            if fresh is not None and (age < PAUSE or holds(fresh)):
                return fresh
            try:
                kept.keys = await self._fetch(uri)
            except Exception:
                if fresh is None:
                    raise
                return fresh
            kept.fetched_at = self._clock()
            return kept.keys
