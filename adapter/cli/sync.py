"""`meso sync …`: bring the FHIR servers that are ours to keep in step up to date.

Safe to run at any time, twice at once, and to kill: what was under way is found out and finished
by a later run.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Final, Literal

import anyio
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adapter.cli.opening import NotMigratedError, opened
from adapter.cli.output import NOT_IN_ORDER, OK, fail, print_json, say
from adapter.clients.http import open_client
from adapter.settings import Settings
from adapter.store import jobs, links, parties
from adapter.store.jobs import QueueLine
from adapter.store.leases import Settlement
from adapter.store.links import Peer
from adapter.sync.options import options_for
from adapter.sync.push import PushReport, push
from adapter.workflows.installation import Installation

_NO_INSTALLATION: Final = "Hier is nog geen installatie. Draai eerst `meso migrate`."
_FOR_PEOPLE: Final = ("withheld", "conflict", "dead")  # finished, and somebody has to look
_SECOND: Final = 1_000_000
_HOUR_S: Final = 3600


def add(name: str, base: str, peer_class: Literal["own", "test"]) -> None:
    """Register a FHIR server; what is not our own gets invented data only (RI-8)."""
    try:
        with opened(Settings()) as installation:
            installation.store.write(
                lambda connection: parties.register_peer(
                    connection, name=name, base=base.rstrip("/"), peer_class=peer_class
                )
            )
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    say(f"{name} is aangemeld ({peer_class}).")


def run_push(
    names: Sequence[str],
    *,
    run_tag: str | None,
    lease_s: float | None,
    unknown_wait_s: float | None,
    as_json: bool,
) -> int:
    """Exit code: 0 when nothing is left to send or to look at, else 1."""
    try:
        with opened(Settings()) as installation:
            peers = _peers(installation, names)
            reports = [
                _push_one(installation, peer, run_tag, lease_s, unknown_wait_s) for peer in peers
            ]
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    if as_json:
        print_json([asdict(report) for report in reports])
    else:
        for report in reports:
            say(_sentence(report))
    return OK if all(map(_is_in_order, reports)) else NOT_IN_ORDER


def show_status(*, as_json: bool) -> int:
    """Exit code: 0 when nothing waits and nothing asks for a person, else 1."""
    try:
        with opened(Settings()) as installation:
            lines = installation.store.read(jobs.queue_status)
            now = installation.clock()
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    if as_json:
        print_json([{**asdict(line), "age_s": _age_s(line, now)} for line in lines])
    elif not lines:
        say("Er staat niets in de rij.")
    else:
        for line in lines:
            oldest = f"oudste {_day(line.oldest)}, {_age_s(line, now) // _HOUR_S} uur geleden"
            say(f"  {line.peer:16} {line.state:10} {line.count:6}  {oldest}")
    return OK if all(line.state == "done" for line in lines) else NOT_IN_ORDER


def _peers(installation: Installation, names: Sequence[str]) -> list[Peer]:
    known = installation.store.read(links.peer_names)
    unknown = sorted(set(names) - set(known))
    if unknown:
        fail(f"Onbekende server: {', '.join(unknown)}.")
    found = [
        installation.store.read(lambda connection, name=name: links.find_peer(connection, name))  # type: ignore[misc] # bound per turn
        for name in names or known
    ]
    if not found:
        fail("Er is nog geen server aangemeld: `meso sync add`.")
    return [peer for peer in found if peer is not None]


def _push_one(
    installation: Installation,
    peer: Peer,
    run_tag: str | None,
    lease_s: float | None,
    unknown_wait_s: float | None,
) -> PushReport:
    own = (peer.base,) if peer.peer_class == "own" else ()
    if peer.peer_class == "test" and run_tag is None:
        fail(f"{peer.name} is een testserver: geef --run-tag mee.")
    options = options_for(peer, run_tag)
    timing = options.timing
    if lease_s is not None:
        timing = replace(timing, lease_s=lease_s)
    if unknown_wait_s is not None:
        timing = replace(timing, unknown_wait_s=unknown_wait_s)
    options = replace(options, timing=timing)

    async def run(count: "_Counter") -> PushReport:
        async with open_client(own_origins=own, run_tag=run_tag) as client:
            return await push(installation, peer, client, options=options, notice=count)

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        return anyio.run(run, _Counter(bar, peer.name, _due(installation, peer)))


def _due(installation: Installation, peer: Peer) -> int:
    """What a run that starts now has to do."""
    now = installation.clock()
    return installation.store.read(
        lambda connection: (
            jobs.count_due(connection, peer.name, now) + jobs.count_missing(connection, peer.name)
        )
    )


class _Counter:
    """Counts what is settled, on the screen."""

    def __init__(self, bar: Progress, name: str, due: int) -> None:
        self._bar = bar
        self._task = bar.add_task(f"Naar {name}", total=due)

    def __call__(self, _settled: Settlement) -> None:
        self._bar.advance(self._task)


def _is_in_order(report: PushReport) -> bool:
    asks = sum(report.counts.get(state, 0) for state in _FOR_PEOPLE)
    return report.left == 0 and report.stopped is None and asks == 0


def _sentence(report: PushReport) -> str:
    counts = ", ".join(f"{state} {number}" for state, number in sorted(report.counts.items()))
    stopped = f" Gestopt: {report.stopped}." if report.stopped else ""
    return f"{report.peer}: {counts or 'niets te doen'}; nog {report.left} in de rij.{stopped}"


def _age_s(line: QueueLine, now: int) -> int:
    return (now - line.oldest) // _SECOND


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / _SECOND, UTC).strftime("%Y-%m-%d %H:%M")
