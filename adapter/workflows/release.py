"""Log first, then release: runs disclosures in a snapshot and lets their answers go.

SQLite: requests that wait at the same moment are decided in one snapshot with one `now`; their
lines share one durable commit in the process's own log file, made by a thread, one at a time;
while it is under way the next group is decided. PostgreSQL: one transaction per request on a
small pool; the server groups the commits. A request that fails answers for itself; a failed
commit is 503 for all of its group, and nothing was released (architecture decision 12).
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

import anyio
import anyio.to_thread

from adapter.audit.entry import AuditEntry
from adapter.clock import Clock
from adapter.fhir.issues import FhirError, Issue
from adapter.store import audit_log
from adapter.store.engine import Connection, Store
from adapter.store.log_file import LogFile
from adapter.store.snapshot import ConnectionSnapshot, Snapshot, SqliteReader
from adapter.telemetry.events import log_event
from adapter.workflows.disclose import Disclosure

T = TypeVar("T")
Produce = Callable[[Snapshot], Disclosure[T]]
_Waiting = tuple[Callable[[Snapshot], Disclosure[Any]], str, "asyncio.Future[Any]"]
_Decided = tuple["asyncio.Future[Any]", Any]
_Commit = tuple[asyncio.AbstractEventLoop, list[_Decided]]
UNAVAILABLE = Issue(code="transient", text="Tijdelijk niet beschikbaar; probeer het opnieuw.")


class _Failed:
    """Stands where the answer of a request that failed would be."""


class Releaser(Protocol):
    """Runs `produce` in a snapshot; returns its answer when its lines are durable.

    FhirError 503 when anything fails: then nothing was shown.
    """

    def release(self, produce: Produce[T], request_id: str) -> Awaitable[T]: ...

    async def close(self) -> None: ...


class GroupedRelease:
    """For SQLite. Lives on one event loop."""

    def __init__(
        self, reader: SqliteReader, log: LogFile, clock: Clock, *, group_limit: int
    ) -> None:
        self._reader = reader
        self._log = log
        self._clock = clock
        self._group_limit = group_limit
        self._commits: SimpleQueue[_Commit | None] = SimpleQueue()
        self._thread = Thread(target=self._make_durable, name="access-log", daemon=True)
        self._thread.start()
        self._waiting: list[_Waiting] = []
        self._decided: list[_Decided] = []
        self._lines: list[AuditEntry] = []
        self._scheduled = False
        self._committing = False

    def release(self, produce: Produce[T], request_id: str) -> Awaitable[T]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((produce, request_id, future))
        if not self._scheduled:
            self._scheduled = True
            loop.call_soon(self._gather, 0)
        return future

    async def close(self) -> None:
        self._commits.put(None)
        await asyncio.to_thread(self._thread.join)
        self._reader.close()
        self._log.close()

    def _gather(self, seen: int) -> None:
        """Decides once a turn of the loop brought nobody new: a commit costs the same for all."""
        group, rest = self._waiting[: self._group_limit], self._waiting[self._group_limit :]
        self._scheduled = len(group) > seen or bool(rest)
        if len(group) > seen:
            asyncio.get_running_loop().call_soon(self._gather, len(group))
            return
        self._waiting = rest
        if rest:
            asyncio.get_running_loop().call_soon(self._gather, 0)
        self._decide(group)

    def _decide(self, group: list[_Waiting]) -> None:
        """A group in one snapshot, that nobody joins later."""
        now = self._clock()
        decided: list[_Decided] = []
        lines: list[AuditEntry] = []
        try:
            with self._reader.snapshot(now) as snapshot:
                for produce, request_id, future in group:
                    disclosure = _guarded(produce, snapshot, request_id)
                    lines += disclosure.entries
                    decided.append((future, disclosure.answer))
        except Exception:  # noqa: BLE001 - no snapshot, no data: the whole group hears 503
            decided = [(future, _Failed()) for _, _, future in group]
            lines = [_failure(now, request_id) for _, request_id, _ in group]
        self._decided += decided
        self._lines += lines
        self._commit()

    def _commit(self) -> None:
        """What was decided so far, unless a commit is under way: its end starts the next."""
        if self._committing or not self._decided:
            return
        decided, self._decided = self._decided, []
        lines, self._lines = self._lines, []
        try:
            self._log.add(lines)
        except Exception as error:  # noqa: BLE001 - not in the log: nobody hears anything
            self._release(decided, error)
            return
        self._committing = True
        self._commits.put((asyncio.get_running_loop(), decided))

    def _make_durable(self) -> None:
        """The thread. An executor would cost a group three locks and four callbacks more."""
        while (started := self._commits.get()) is not None:
            loop, decided = started
            error = None
            try:
                self._log.commit()
            except Exception as found:  # noqa: BLE001 - told to all who wait for this commit
                error = found
            loop.call_soon_threadsafe(self._committed, decided, error)

    def _committed(self, decided: list[_Decided], error: Exception | None) -> None:
        self._committing = False
        self._release(decided, error)
        self._commit()

    def _release(self, decided: list[_Decided], error: Exception | None) -> None:
        for future, answer in decided:
            if error is not None or isinstance(answer, _Failed):
                _fail(future)
            elif not future.done():
                future.set_result(answer)


class PooledRelease:
    """For PostgreSQL: one transaction per request, each slot with a log stream of its own."""

    def __init__(self, store: Store, clock: Clock, *, size: int) -> None:
        self._store = store
        self._clock = clock
        process = secrets.token_hex(4)
        self._streams = [f"read-{process}-{slot}" for slot in range(size)]
        self._slots = anyio.CapacityLimiter(size)

    async def release(self, produce: Produce[T], request_id: str) -> T:
        try:
            return await anyio.to_thread.run_sync(
                self._run, produce, request_id, limiter=self._slots
            )
        except Exception:  # noqa: BLE001 - not committed: nothing may leave
            raise FhirError(503, UNAVAILABLE) from None

    async def close(self) -> None:
        return

    def _run(self, produce: Produce[T], request_id: str) -> T:
        stream = self._streams.pop()  # never empty: as many streams as threads
        try:
            answer = self._store.disclose(lambda c: self._unit(c, produce, request_id, stream))
        except Exception:
            # the transaction of the request is lost, its line is not (a deny is always logged)
            line = _failure(self._clock(), request_id)
            self._store.write(lambda c: audit_log.append(c, stream, [line]))
            raise
        finally:
            self._streams.append(stream)
        if isinstance(answer, _Failed):
            raise FhirError(503, UNAVAILABLE)
        return answer

    def _unit(
        self, connection: Connection, produce: Produce[T], request_id: str, stream: str
    ) -> T | _Failed:
        snapshot = ConnectionSnapshot(self._clock(), connection)
        disclosure = _guarded(produce, snapshot, request_id)
        audit_log.append(connection, stream, disclosure.entries)
        return disclosure.answer


def _guarded(produce: Produce[T], snapshot: Snapshot, request_id: str) -> Disclosure[T | _Failed]:
    """Each request answers for itself: one that fails is a 503 with a line of its own."""
    try:
        return produce(snapshot)
    except Exception as error:  # noqa: BLE001 - whatever it was, no data leaves
        log_event(
            "request.failed", level=logging.ERROR, request_id=request_id, error=type(error).__name__
        )
        return Disclosure(_Failed(), (_failure(snapshot.now, request_id),))


def _failure(at: int, request_id: str) -> AuditEntry:
    return AuditEntry(at=at, request_id=request_id, interaction="read", outcome=12, status=503)


def _fail(future: asyncio.Future[Any]) -> None:
    if not future.done():  # else the caller went away
        future.set_exception(FhirError(503, UNAVAILABLE))
