"""The transactions of a push run: what was settled, what is leased next, and the log of both.

A batch that came back and the lease of the next commit together, which halves the commits. The
log line of a push commits with the lease, so before the bytes leave (R-70, I6): a line that cannot
be written stops the sending. A read-back discloses nothing and has no line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from adapter.audit.entry import AuditEntry
from adapter.clients.guard_content import RULE
from adapter.fhir.json import decode_own, encode
from adapter.store import audit_log, jobs, leases
from adapter.store.engine import Connection
from adapter.store.leases import Leased, Settlement
from adapter.store.links import Link, Peer
from adapter.sync.gates import why_withheld
from adapter.sync.normal_form import content_hash, outgoing
from adapter.sync.options import PushOptions
from adapter.sync.order import Batch, plan
from adapter.sync.points import Hook
from adapter.sync.transaction import Outgoing
from adapter.workflows.installation import Installation

_SUCCESS: Final = 0  # AuditEvent.outcome
_REFUSED: Final = 8
_CLIENT: Final = "meso-sync"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a dossier has to send, and how many versions were overtaken by newer ones."""

    batches: list[Batch]
    superseded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Result of one transaction. `lost`: leases that were not ours any more; `is_free`: false when
    another worker is at this dossier."""

    settled: list[Settlement] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    lost: int = 0
    is_free: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Units of work of one run towards one peer; each is a function of a connection."""

    installation: Installation
    peer: Peer
    options: PushOptions
    run_id: str
    hook: Hook

    def expire(self, connection: Connection) -> None:
        """See to workers that died."""
        wait = self.options.timing.unknown()
        leases.expire_leases(connection, self.peer.name, self._now, wait)

    def count_missing(self, connection: Connection) -> int:
        """Counted in a snapshot, so that the long look keeps nobody from writing."""
        return jobs.count_missing(connection, self.peer.name)

    def enqueue_missing(self, connection: Connection) -> None:
        """Queue what the peer was never meant to get."""
        jobs.enqueue_missing(connection, self.peer.name, self._now)

    def due_dossiers(self, connection: Connection) -> list[str]:
        return jobs.due_dossiers(connection, self.peer.name, self._now)

    def count_open(self, connection: Connection) -> int:
        return jobs.count_open(connection, self.peer.name)

    def plan(self, connection: Connection, dossier: str) -> Plan:
        superseded = jobs.skip_superseded(connection, self.peer.name, dossier)
        queued = jobs.open_jobs(connection, self.peer.name, dossier, self._now)
        return Plan(batches=plan(queued), superseded=superseded)

    def settle_and_lease(
        self,
        connection: Connection,
        *,
        settled: Sequence[Settlement],
        dossier: str,
        batch: Batch | None,
    ) -> Taken:
        """`batch` None: nothing goes next."""
        kept = [one for one in settled if leases.settle(connection, self.peer.name, one)]
        lost = len(settled) - len(kept)
        outgoing_: list[Outgoing] = []
        leased = [] if batch is None else self._lease(connection, dossier, batch)
        for job in leased:
            item = self._outgoing(job)
            done = self._without_sending(item)
            if done is None:
                outgoing_.append(item)
            elif leases.settle(connection, self.peer.name, done):
                kept.append(done)
        lines = [self._line(one.job, _REFUSED) for one in kept if one.state == "withheld"]
        if batch is not None and not batch.recovering:
            lines += [self._line(item.job, _SUCCESS) for item in outgoing_]
        audit_log.append(connection, self.installation.log_stream, lines)
        if settled:
            self.hook("push.before_commit")
        is_free = batch is None or bool(leased)
        return Taken(settled=kept, outgoing=outgoing_, lost=lost, is_free=is_free)

    def announce(self, connection: Connection, absent: Sequence[Outgoing]) -> list[Outgoing]:
        """Log that a batch goes again and lengthen its lease; what is not ours any more stays."""
        until = self._now + self.options.timing.lease
        ours = [
            replace(item, job=replace(item.job, lease_until=until))
            for item in absent
            if leases.renew(connection, item.job, until)
        ]
        lines = [self._line(item.job, _SUCCESS) for item in ours]
        audit_log.append(connection, self.installation.log_stream, lines)
        return ours

    @property
    def _now(self) -> int:
        return self.installation.clock()

    def _lease(self, connection: Connection, dossier: str, batch: Batch) -> list[Leased]:
        now = self._now
        return leases.lease(
            connection,
            batch.ids,
            peer_name=self.peer.name,
            dossier=dossier,
            recovering=batch.recovering,
            now=now,
            until=now + self.options.timing.lease,
        )

    def _outgoing(self, job: Leased) -> Outgoing:
        document = outgoing(decode_own(job.body), self.options.run_tag)
        return Outgoing(job=job, body=encode(document), hash=content_hash(document))

    def _without_sending(self, item: Outgoing) -> Settlement | None:
        """What a job comes to when nothing has to, or may, leave for it."""
        job, known = item.job, item.job.link
        if not job.recovering and job.newest > job.version:
            return Settlement(job=job, state="done", reason="superseded")
        withheld = why_withheld(job, item.body, self.peer, self.options.run_tag)
        if withheld is not None:
            return Settlement(job=job, state="withheld", reason=withheld)
        if not job.recovering and known is not None and known.remote_hash == item.hash:
            link = Link(
                remote_version=known.remote_version,
                remote_hash=known.remote_hash,
                local_version=job.version,
            )
            return Settlement(job=job, state="done", reason="unchanged", link=link)
        return None

    def _line(self, job: Leased, outcome: int) -> AuditEntry:
        return AuditEntry(
            at=self._now,
            request_id=self.run_id,
            client=_CLIENT,
            interaction="push",
            type=job.type,
            resource_id=job.resource_id,
            version=job.version,
            patient=job.dossier,
            custodian=job.custodian,
            outcome=outcome,
            rule=RULE if outcome == _REFUSED else None,
            policy=self.installation.policy.version,
            detail=f"peer {self.peer.name}",
        )
