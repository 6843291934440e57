"""Push: what was accepted here stands at every peer, once, whatever is killed when (I3, I4, I13).

A run takes up what is due, dossier by dossier, and ends when nothing is due any more. The network
is touched between transactions, never inside one; `points.py` names where a process may die.

Not here yet: a circuit breaker over runs (a run ends by itself when the peer does not answer or
asks for a pause), the canary, consent for named recipients (`gates.py`), tokens for peers.
"""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import anyio

from adapter.clients.http import HttpClient
from adapter.store.jobs import DIRECTORY
from adapter.store.leases import Settlement
from adapter.store.links import Peer
from adapter.sync.contact import Unfit, meet
from adapter.sync.deliver import Delivered, Deliverer, Trouble
from adapter.sync.ledger import Ledger, Taken
from adapter.sync.options import Chance, PushOptions, options_for
from adapter.sync.order import Batch
from adapter.sync.points import Hook, no_hook
from adapter.sync.transaction import Outgoing
from adapter.workflows.installation import Installation

_STOPS_AT_ONCE: Final = frozenset({"throttled", "login"})
_TROUBLES_IN_A_ROW: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """What a run came to: jobs by the state they ended in, with `superseded` and `lost` beside.

    `left` are jobs still open; `stopped` says why not everything that was due had its turn.
    """

    peer: str
    counts: Mapping[str, int]
    left: int
    stopped: str | None = None


def ignore(_settled: Settlement) -> None:
    """Nobody watches."""


async def push(
    installation: Installation,
    peer: Peer,
    client: HttpClient,
    *,
    options: PushOptions | None = None,
    hook: Hook = no_hook,
    chance: Chance = random.random,
    notice: Callable[[Settlement], None] = ignore,
) -> PushReport:
    """Send what is due. May run at any time, twice at once, or be killed.

    `notice` is called for every job that was settled, after its commit.
    """
    options = options or options_for(peer)
    ledger = Ledger(
        installation=installation,
        peer=peer,
        options=options,
        run_id=secrets.token_hex(8),
        hook=hook,
    )
    server = await meet(installation.store, peer, client, options.run_tag)
    counts: Counter[str] = Counter()
    stopped: str | None
    if isinstance(server, Unfit):
        stopped = server.reason
    else:
        deliverer = Deliverer(
            server=server,
            timing=options.timing,
            clock=installation.clock,
            chance=chance,
            sent=partial(hook, "push.after_send"),
        )
        run = _Run(ledger=ledger, deliverer=deliverer, notice=notice, counts=counts)
        await run.everything()
        stopped = run.stopped
    left = await installation.store.run_read(ledger.count_open)
    return PushReport(peer=peer.name, counts=dict(counts), left=left, stopped=stopped)


@dataclass(slots=True, kw_only=True)
class _Run:
    ledger: Ledger
    deliverer: Deliverer
    notice: Callable[[Settlement], None]
    counts: Counter[str]
    stopped: str | None = None
    _writes: int = field(default=0, init=False)
    _troubles: int = field(default=0, init=False)

    async def everything(self) -> None:
        """Pass after pass, until one changes nothing."""
        store = self.ledger.installation.store
        await store.run_write(self.ledger.expire)
        if await store.run_read(self.ledger.count_missing):
            await store.run_write(self.ledger.enqueue_missing)
        while self.stopped is None:
            before = self.counts.total()
            due = await store.run_read(self.ledger.due_dossiers)
            if DIRECTORY in due:  # every dossier refers to it
                due.remove(DIRECTORY)
                await self._dossier(DIRECTORY)
            rest = iter(due)
            async with anyio.create_task_group() as workers:
                for _ in range(self.ledger.options.parallel):
                    workers.start_soon(self._work, rest)
            if self.counts.total() == before:
                return

    async def _work(self, dossiers: Iterator[str]) -> None:
        for dossier in dossiers:
            if self.stopped is not None:
                return
            await self._dossier(dossier)

    async def _dossier(self, dossier: str) -> None:
        """Batch by batch, as long as what a batch needs is done."""
        store = self.ledger.installation.store
        plan = await store.run_write(partial(self.ledger.plan, dossier=dossier))
        if plan.superseded:
            self.counts["superseded"] += plan.superseded
        waiting = {need for batch in plan.batches for need in batch.needs}
        back: list[Settlement] = []
        for batch in plan.batches:
            if self.stopped is not None or batch.needs & waiting:
                continue
            taken = await self._commit(dossier, back, batch)
            back = []
            if not taken.is_free:
                break
            delivered = await self._deliver(taken.outgoing, recovering=batch.recovering)
            back = delivered.settlements
            waiting -= {one.job.id for one in (*taken.settled, *back) if one.state == "done"}
            if back:
                self._mind(delivered.trouble)
            if any(one.state == "unknown" for one in back):
                break  # nothing of this dossier goes while that one may still be under way
            if back and self.ledger.options.pace_s:
                await self._commit(dossier, back, None)
                back = []
                await anyio.sleep(self.ledger.options.pace_s)
        if back:
            await self._commit(dossier, back, None)

    async def _commit(self, dossier: str, back: Sequence[Settlement], batch: Batch | None) -> Taken:
        """Settle what came back and lease what goes next."""
        unit = partial(self.ledger.settle_and_lease, settled=back, dossier=dossier, batch=batch)
        taken = await self.ledger.installation.store.run_write(unit)
        for one in taken.settled:
            self.counts[one.state] += 1
            self.notice(one)
        if taken.lost:
            self.counts["lost"] += taken.lost
        self.ledger.hook("push.after_commit")
        return taken

    async def _deliver(self, batch: Sequence[Outgoing], *, recovering: bool) -> Delivered:
        if not batch:
            return Delivered(settlements=[])
        self.ledger.hook("push.after_lease")
        found: list[Settlement] = []
        if recovering:
            found, absent = await self.deliverer.look(batch)
            store = self.ledger.installation.store
            batch = await store.run_write(partial(self.ledger.announce, absent=absent))
            if any(one.state == "unknown" for one in found):
                return Delivered(settlements=found, trouble="no-answer")
        now = self.ledger.installation.clock()
        batch = [item for item in batch if now < item.job.lease_until]  # a late riser sends nothing
        if not batch:
            return Delivered(settlements=found)
        self._writes += 1
        sent = await self.deliverer.send(batch)
        return Delivered(settlements=[*found, *sent.settlements], trouble=sent.trouble)

    def _mind(self, trouble: Trouble | None) -> None:
        """Whether the peer wants, or needs, to be left alone."""
        self._troubles = 0 if trouble is None else self._troubles + 1
        most = self.ledger.options.most_writes
        if trouble in _STOPS_AT_ONCE or self._troubles >= _TROUBLES_IN_A_ROW:
            self.stopped = self.stopped or trouble
        elif most is not None and self._writes >= most:
            self.stopped = self.stopped or "enough"
