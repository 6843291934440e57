"""Faults on demand: what goes wrong between a FHIR client and its peer.

A fault says whether the request still takes effect, and what the client then sees. That pair is
what a client has to get right: a lost answer to a write that was applied looks exactly like a
write that never arrived.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`applies`: the peer acts on the request. The rest: what is sent instead of its answer.

    `status`, `headers`, `body` replace those of the answer; `closes` sends nothing and closes the
    connection; `keeps` cuts the body after so many bytes; `delay_s` waits before answering.
    """

    applies: bool = True
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    closes: bool = False
    keeps: int | None = None
    delay_s: float = 0.0


def drop(*, applied: bool) -> Fault:
    """The connection closes without an answer, before or after the peer acted."""
    return Fault(applies=applied, closes=True)


def delay(seconds: float, *, applied: bool = True) -> Fault:
    """The answer comes late."""
    return Fault(applies=applied, delay_s=seconds)


def status(code: int, *, applied: bool = False, retry_after: str | None = None) -> Fault:
    """Another status with an empty body."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return Fault(applies=applied, status=code, headers=headers, body=b"")


def html(code: int = 502, *, applied: bool) -> Fault:
    """A page of something in between."""
    return Fault(applies=applied, status=code, headers={"content-type": "text/html"}, body=HTML)


def truncate(keep: int = 20) -> Fault:
    """The request is applied, its answer breaks off after `keep` bytes."""
    return Fault(keeps=keep)


def replace(body: bytes) -> Fault:
    """The request is applied, the answer has another body under the same status and headers."""
    return Fault(body=body)


@dataclass(slots=True)
class FaultPlan:
    """Faults still to come. Each is used once, by the first request that it fits."""

    _pending: list[tuple[Fault, str | None, str]] = field(default_factory=list)

    def add(self, fault: Fault, *, method: str | None = None, path: str = "") -> None:
        """For the next request with this method (None: any) whose path contains `path`."""
        self._pending.append((fault, method, path))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, which is then spent."""
        for index, (fault, wanted, part) in enumerate(self._pending):
            if wanted in (None, method) and part in path:
                del self._pending[index]
                return fault
        return None

    def __len__(self) -> int:
        return len(self._pending)
