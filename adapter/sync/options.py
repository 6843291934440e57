"""How a peer is treated: how long to wait, how often to try, how much at once.

Every wait is an instant in the queue; only the pace towards a test server is a pause.
https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 (Retry-After)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from adapter.store.links import Peer

SECOND: Final = 1_000_000
Chance = Callable[[], float]  # a number from 0 up to 1, such as random.random


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds and counts for one peer.

    `unknown_wait_s` is the peer's own limit for a request: before it has passed, a request whose
    answer was lost may still be carried out. `lease_s` is longer than one batch can take.
    """

    lease_s: float = 600.0
    unknown_wait_s: float = 60.0
    longest_delay_s: float = 300.0
    shortest_delay_s: float = 0.05
    attempts: int = 30
    dependency_attempts: int = 10
    conflict_attempts: int = 5

    def back_off(self, attempt: int, chance: Chance, after: timedelta | None = None) -> int:
        """Microseconds until the next try: full jitter, and never earlier than the peer asked."""
        ceiling = min(self.longest_delay_s, 2.0 ** min(attempt - 1, 30))
        asked = after.total_seconds() if after is not None else 0.0
        return _us(max(chance() * ceiling, self.shortest_delay_s, asked))

    def unknown(self, after: timedelta | None = None) -> int:
        """Microseconds until a write without an answer may be repeated."""
        return _us(max(self.unknown_wait_s, after.total_seconds() if after is not None else 0.0))

    @property
    def lease(self) -> int:
        return _us(self.lease_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushOptions:
    """`parallel` dossiers at a time; `pace_s` after every write; a run ends after `most_writes`.

    `run_tag` marks what a test server gets, and is required there.
    """

    timing: Timing = field(default_factory=Timing)
    parallel: int = 4
    pace_s: float = 0.0
    most_writes: int | None = None
    run_tag: str | None = None


def options_for(peer: Peer, run_tag: str | None = None) -> PushOptions:
    """What suits the class of a peer: a test server belongs to everybody and is asked gently."""
    if peer.peer_class == "own":
        return PushOptions()
    return PushOptions(parallel=1, pace_s=1.0, most_writes=200, run_tag=run_tag)


def _us(seconds: float) -> int:
    return round(seconds * SECOND)
