"""Send one batch and find out what came of it. Nothing is stored here.

A write whose answer is lost is read back, never just repeated: our content there means done; the
expected version still there means that it may yet be carried out, so the same bytes go again with
the same precondition after the peer's own limit; anything else is for a person. The precondition
is what makes every repetition harmless.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto
from http import HTTPStatus
from typing import Final, Literal, assert_never

from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.http import RefusedByGuardError
from adapter.clients.replies import (
    Absent,
    Conflict,
    Done,
    Page,
    Refused,
    RetryLater,
    Unknown,
)
from adapter.clock import Clock
from adapter.fhir.json import Json, decode_own
from adapter.store.jobs import State
from adapter.store.leases import Settlement
from adapter.store.links import Link
from adapter.sync.gates import REFUSED_BY_GUARD
from adapter.sync.normal_form import content_hash
from adapter.sync.options import Chance, Timing
from adapter.sync.transaction import Outgoing, proven, transaction

Trouble = Literal["throttled", "login", "unreachable", "no-answer"]
_LOGIN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_NEVER: Final = float("inf")
Reply = Done | Page | Conflict | Refused | RetryLater | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What each job of a batch came to; `trouble` concerns the peer, not the batch."""

    settlements: list[Settlement]
    trouble: Trouble | None = None


class Seen(Enum):
    """What a read shows, compared with what was sent and what it was sent over."""

    BEFORE = auto()  # as if nothing had been sent
    OTHER = auto()
    NOTHING = auto()  # no answer that says anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """One peer. `sent` is called when a write has come back, before its answer is looked at."""

    server: FhirServer
    timing: Timing
    clock: Clock
    chance: Chance
    sent: Callable[[], None]

    async def send(self, batch: Sequence[Outgoing]) -> Delivered:
        """Write a batch whose jobs were never sent, or were seen not to have been applied."""
        try:
            reply = await self._write(batch)
        except RefusedByGuardError:  # the gates should have kept it: nothing went out
            return Delivered(settlements=_all(batch, "withheld", REFUSED_BY_GUARD))
        self.sent()
        return await self._judge(batch, reply)

    async def look(self, batch: Sequence[Outgoing]) -> tuple[list[Settlement], list[Outgoing]]:
        """Before a batch of unknown outcome is repeated: what is settled by reading, and what the
        peer was seen not to have. Nothing is to be repeated while one of them cannot be read."""
        settled, absent = [], []
        for item in batch:
            match await self._read(item):
                case Settlement() as done:
                    settled.append(done)
                case Seen.OTHER:
                    settled.append(_settle(item, "conflict", "changed-at-peer"))
                case Seen.NOTHING:
                    settled.append(self._await_outcome(item, None))
                case Seen.BEFORE if item.job.attempt > self.timing.attempts:
                    settled.append(_settle(item, "dead", "spent"))
                case Seen.BEFORE:
                    absent.append(item)
        if any(result.state == "unknown" for result in settled):
            settled += [self._await_outcome(item, None) for item in absent]
            absent = []
        return settled, absent

    async def _write(self, batch: Sequence[Outgoing]) -> Reply:
        if len(batch) == 1:
            job = batch[0].job
            return await self.server.create_or_update(
                job.type, job.resource_id, batch[0].body, batch[0].base_version
            )
        form = self.server.create_only
        if form is CreateOnly.NEITHER:
            for item in batch:
                seen = await self._read(item) if item.base_version is None else Seen.BEFORE
                if seen is Seen.NOTHING:
                    return RetryLater()
                if seen is not Seen.BEFORE:
                    return Conflict(status=HTTPStatus.PRECONDITION_FAILED)
        return await self.server.transaction(transaction(batch, form))

    # --- what the answer means ----------------------------------------------------------------

    async def _judge(self, batch: Sequence[Outgoing], reply: Reply) -> Delivered:
        match reply:
            case Done(version=version, body=body, created=created):
                settled = [self._shown(batch[0], version, decode_own(body), made=created)]
                return Delivered(settlements=settled)
            case Page():
                return await self._after_transaction(batch, reply)
            case Conflict():
                return await self._after_conflict(batch)
            case Refused():
                return self._after_refusal(batch, reply)
            case RetryLater():
                return self._after_pause(batch, reply)
            case Unknown(after=after):
                return await self._after_silence(batch, after)
        assert_never(reply)

    async def _after_transaction(self, batch: Sequence[Outgoing], page: Page) -> Delivered:
        settled: list[Settlement] = []
        unproven = []
        for item, proof in zip(batch, proven(page, batch), strict=True):
            if proof is None:
                unproven.append(item)
            else:
                settled.append(self._shown(item, *proof))
        if unproven:
            rest = await self._after_silence(unproven, None)
            return replace(rest, settlements=[*settled, *rest.settlements])
        return Delivered(settlements=settled)

    async def _after_conflict(self, batch: Sequence[Outgoing]) -> Delivered:
        """Who is in the way? The others of the batch did nothing wrong and go again."""
        settled, innocent = [], []
        for item in batch:
            match await self._read(item):
                case Settlement() as done:
                    settled.append(done)
                case Seen.OTHER:
                    settled.append(_settle(item, "conflict", "changed-at-peer"))
                case _:
                    innocent.append(item)
        reason = "batch-conflict" if settled else "conflict-unexplained"
        limit = self.timing.conflict_attempts
        return Delivered(settlements=[*settled, *self._later(innocent, reason, limit=limit)])

    async def _after_silence(self, batch: Sequence[Outgoing], after: timedelta | None) -> Delivered:
        settled = []
        for item in batch:
            match await self._read(item):
                case Settlement() as done:
                    settled.append(done)
                case Seen.OTHER:
                    settled.append(_settle(item, "conflict", "changed-at-peer"))
                case _:
                    settled.append(self._await_outcome(item, after))
        return Delivered(settlements=settled, trouble="no-answer")

    def _after_pause(self, batch: Sequence[Outgoing], later: RetryLater) -> Delivered:
        """Nothing happened. A peer that cannot be reached uses up no attempts: it may be away for
        a day."""
        trouble: Trouble = "unreachable" if later.status is None else "throttled"
        limit = None if trouble == "throttled" else _NEVER
        settled = self._later(batch, trouble, later.after, limit=limit)
        return Delivered(settlements=settled, trouble=trouble)

    def _after_refusal(self, batch: Sequence[Outgoing], refused: Refused) -> Delivered:
        if refused.waits_for_dependency:
            limit = self.timing.dependency_attempts
            return Delivered(settlements=self._later(batch, "missing-target", limit=limit))
        reason = " ".join(part for part in (f"refused-{refused.status}", refused.code) if part)
        if refused.status in _LOGIN:
            return Delivered(settlements=self._later(batch, reason), trouble="login")
        return Delivered(settlements=_all(batch, "dead", reason))

    # --- reading ------------------------------------------------------------------------------

    async def _read(self, item: Outgoing) -> Settlement | Seen:
        """Done when our content is there, else what there is."""
        try:
            found = await self.server.read(item.job.type, item.job.resource_id)
        except RefusedByGuardError:
            return Seen.NOTHING
        match found:
            case Done(version=version, body=body):
                if content_hash(decode_own(body)) == item.hash:
                    return self._shown(item, version, decode_own(body))
                return Seen.BEFORE if version == item.base_version else Seen.OTHER
            case Absent(was_deleted=was_deleted):
                return Seen.OTHER if was_deleted else Seen.BEFORE
            case Refused() | RetryLater() | Unknown():
                return Seen.NOTHING
            case _:
                assert_never(found)

    def _shown(
        self, item: Outgoing, version: str, resource: Json, *, made: bool = False
    ) -> Settlement:
        """The peer shows the resource. What it altered on the way is for a person; the link is
        kept, so that the next version goes over the right one."""
        there = content_hash(resource)
        link = Link(remote_version=version, remote_hash=there, local_version=item.job.version)
        if there != item.hash:
            return _settle(item, "conflict", "altered-by-peer", link=link)
        lost = made and item.base_version is not None
        return _settle(item, "done", "made-anew" if lost else None, link=link)

    # --- settlements --------------------------------------------------------------------------

    def _later(
        self,
        batch: Sequence[Outgoing],
        reason: str,
        after: timedelta | None = None,
        *,
        limit: float | None = None,
    ) -> list[Settlement]:
        """Nothing was applied. The whole batch gets one instant, so that it stays together."""
        if not batch:
            return []
        tries = max(_tries(item, reason) for item in batch)
        if tries >= (self.timing.attempts if limit is None else limit):
            return _all(batch, "dead", reason)
        next_at = self.clock() + self.timing.back_off(tries, self.chance, after)
        return _all(batch, "wait", reason, next_at)

    def _await_outcome(self, item: Outgoing, after: timedelta | None) -> Settlement:
        next_at = self.clock() + self.timing.unknown(after)
        return _settle(item, "unknown", "no-answer", next_at)


def _tries(item: Outgoing, reason: str) -> int:
    """How often in a row it ended for this reason, this time included."""
    return item.job.attempt if item.job.reason == reason else 1


def _all(
    batch: Sequence[Outgoing], state: State, reason: str, next_at: int | None = None
) -> list[Settlement]:
    return [_settle(item, state, reason, next_at) for item in batch]


def _settle(
    item: Outgoing,
    state: State,
    reason: str | None,
    next_at: int | None = None,
    link: Link | None = None,
) -> Settlement:
    return Settlement(
        job=item.job,
        state=state,
        reason=reason,
        next_at=next_at,
        attempt=None if reason is None else _tries(item, reason),
        link=link,
    )
