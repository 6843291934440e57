"""Log first, then release: nothing leaves before its line is durable, and a failure is nobody else's."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapter.audit.anchor import Head
from adapter.audit.entry import AuditEntry, parse_row
from adapter.audit.verify import verify_stream
from adapter.fhir.issues import FhirError
from adapter.store.log_file import LogFile
from adapter.store.snapshot import Snapshot, SqliteReader, SqliteSnapshot
from adapter.workflows.disclose import Disclosure
from adapter.workflows.release import GroupedRelease
from tests.builders.dossier import sqlite_doors
from tests.builders.log import entry
from tests.oracle.rows import NOW
from tests.oracle.scenarios import scenarios

pytestmark = pytest.mark.anyio
LIMIT = 4


class GuardedLog(LogFile):
    """A log file whose commit can be held up, or made to fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.gate = threading.Event()
        self.gate.set()
        self.reached = threading.Event()
        self.error: Exception | None = None
        self.groups: list[list[str]] = []

    def add(self, entries: Sequence[AuditEntry]) -> None:
        self.groups.append([found.request_id for found in entries])
        super().add(entries)

    def commit(self) -> None:
        self.reached.set()
        assert self.gate.wait(10)
        if self.error is not None:
            self._connection.execute("ROLLBACK")
            self._seq, self._hash = self._read_head()
            raise self.error
        super().commit()

    def rows(self) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.path) as connection:
            found = connection.execute("SELECT * FROM audit ORDER BY seq").fetchall()
        connection.close()
        return found


class Bench:
    """A releaser with its log and what its snapshots were."""

    def __init__(self, folder: Path) -> None:
        self.time = NOW
        doors = sqlite_doors(folder)
        scenario = scenarios()[0]
        doors.fill(scenario.world)
        doors.close()
        self.reader = SqliteReader(str(folder / "world.db"))
        self.log = GuardedLog(folder / "log")
        self.releaser = GroupedRelease(self.reader, self.log, self._clock, group_limit=LIMIT)

    def _clock(self) -> int:
        self.time += 1
        return self.time

    def ask(self, name: str, answer: Callable[[Snapshot], object] | None = None) -> asyncio.Future:
        """A request of this name; its answer is its name unless `answer` makes another."""

        def produce(snapshot: Snapshot) -> Disclosure[object]:
            found = name if answer is None else answer(snapshot)
            return Disclosure(found, (entry(at=snapshot.now, request_id=name),))

        return asyncio.ensure_future(self.releaser.release(produce, name))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    opened = Bench(tmp_path)
    yield opened
    opened.log.gate.set()
    asyncio.run(opened.releaser.close())


async def settled(task: asyncio.Future) -> object:
    """The answer, or the status of the fault."""
    try:
        return await asyncio.wait_for(task, 10)
    except FhirError as error:
        return error.status


async def turns(n: int = 20) -> None:
    for _ in range(n):
        await asyncio.sleep(0)


async def test_answer_leaves_only_after_its_line_is_durable(bench):
    bench.log.gate.clear()
    task = bench.ask("a")
    await asyncio.to_thread(bench.log.reached.wait, 10)
    await turns()
    assert not task.done()
    assert bench.log.rows() == []
    bench.log.gate.set()
    assert await settled(task) == "a"
    assert [row[3] for row in bench.log.rows()] == ["a"]


async def test_what_is_asked_during_a_commit_waits_for_the_next_one(bench):
    bench.log.gate.clear()
    first = bench.ask("first")
    await asyncio.to_thread(bench.log.reached.wait, 10)
    later = [bench.ask("later-1"), bench.ask("later-2")]
    await turns()
    assert not any(task.done() for task in (first, *later))
    bench.log.gate.set()
    assert [await settled(task) for task in (first, *later)] == ["first", "later-1", "later-2"]
    assert bench.log.groups == [["first"], ["later-1", "later-2"]]


async def test_failing_log_means_no_data_for_anybody_in_the_group(bench):
    bench.log.error = OSError("disk")
    tasks = [bench.ask(name) for name in "abc"]
    assert [await settled(task) for task in tasks] == [503, 503, 503]
    assert bench.log.rows() == []
    bench.log.error = None
    assert await settled(bench.ask("d")) == "d"


async def test_request_that_fails_answers_503_for_itself_alone(bench):
    def fails(_snapshot: Snapshot) -> object:
        raise ValueError("something about somebody")

    tasks = [bench.ask("a"), bench.ask("broken", fails), bench.ask("c")]
    assert [await settled(task) for task in tasks] == ["a", 503, "c"]
    lines = {row[3]: parse_row(row).entry for row in bench.log.rows()}
    assert lines.keys() == {"a", "broken", "c"}
    assert (lines["broken"].outcome, lines["broken"].status) == (12, 503)
    assert "somebody" not in repr(bench.log.rows())


async def test_statement_that_fails_is_the_request_s_own_fault_too(bench):
    def fails(snapshot: Snapshot) -> object:
        assert isinstance(snapshot, SqliteSnapshot)
        return snapshot.connection.execute("SELECT * FROM nothing").fetchall()

    tasks = [bench.ask("broken", fails), bench.ask("b")]
    assert [await settled(task) for task in tasks] == [503, "b"]


async def test_nothing_is_written_through_a_snapshot(bench):
    def writes(snapshot: Snapshot) -> object:
        assert isinstance(snapshot, SqliteSnapshot)
        return snapshot.connection.execute("DELETE FROM token")

    assert await settled(bench.ask("a", writes)) == 503


async def test_store_that_cannot_be_read_means_503_for_all_and_recovers(bench, monkeypatch):
    @contextmanager
    def broken(_now: int) -> Iterator[SqliteSnapshot]:
        raise sqlite3.OperationalError("disk I/O error")
        yield

    monkeypatch.setattr(bench.reader, "snapshot", broken)
    tasks = [bench.ask("a"), bench.ask("b")]
    assert [await settled(task) for task in tasks] == [503, 503]
    monkeypatch.undo()
    assert await settled(bench.ask("c")) == "c"


async def test_more_requests_than_a_group_holds_are_all_answered(bench):
    snapshots: dict[int, int] = {}

    def count(snapshot: Snapshot) -> object:
        snapshots[snapshot.now] = snapshots.get(snapshot.now, 0) + 1
        return snapshot.now

    tasks = [bench.ask(f"r{n}", count) for n in range(5 * LIMIT + 1)]
    found = [await settled(task) for task in tasks]
    assert 503 not in found
    assert sorted(snapshots.values()) == [1, *[LIMIT] * 5]
    assert len(bench.log.rows()) == 5 * LIMIT + 1


async def test_those_who_wait_together_see_one_moment_and_nobody_joins_it_later(bench):
    first = [bench.ask(name, lambda snapshot: snapshot.now) for name in "ab"]
    moments = [await settled(task) for task in first]
    later = await settled(bench.ask("c", lambda snapshot: snapshot.now))
    assert moments[0] == moments[1]
    assert later > moments[0]


async def test_caller_who_went_away_holds_nobody_up_and_is_in_the_log(bench):
    bench.log.gate.clear()
    gone, stays = bench.ask("gone"), bench.ask("stays")
    await asyncio.to_thread(bench.log.reached.wait, 10)
    gone.cancel()
    bench.log.gate.set()
    assert await settled(stays) == "stays"
    assert {row[3] for row in bench.log.rows()} == {"gone", "stays"}


async def test_full_disk_refuses_and_recovers_and_the_chain_holds(bench):
    """A real "database or disk is full" of SQLite, not a made-up error."""
    assert await settled(bench.ask("before")) == "before"
    connection = bench.log._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    answers = [await settled(bench.ask(f"full-{n}")) for n in range(60)]
    assert answers[-1] == 503
    assert all(found in {503, f"full-{n}"} for n, found in enumerate(answers))
    connection.execute("PRAGMA max_page_count=1000000")
    assert await settled(bench.ask("after")) == "after"
    rows = [parse_row(row) for row in bench.log.rows()]
    logged = {row.entry.request_id for row in rows}
    assert logged == {"before", "after", *(a for a in answers if isinstance(a, str))}
    last = rows[-1]
    head = Head(stream=last.stream, seq=last.seq, hash=last.hash)
    assert verify_stream(last.stream, rows, head) == []


async def test_lines_stand_in_the_order_of_the_decisions(bench):
    tasks = [bench.ask(f"r{n:02}") for n in range(3 * LIMIT)]
    for task in tasks:
        await settled(task)
    assert [row[3] for row in bench.log.rows()] == [f"r{n:02}" for n in range(3 * LIMIT)]
