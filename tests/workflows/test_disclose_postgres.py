"""Reading on PostgreSQL: the random worlds are answered as on SQLite, and released log first.

`test_disclose_world.py` and `test_release.py` do the same on SQLite, more of it.
"""

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import text

from adapter.audit.entry import COLUMNS
from adapter.fhir.issues import FhirError
from adapter.store.engine import Store
from adapter.store.snapshot import ConnectionSnapshot, Snapshot
from adapter.workflows.disclose import Disclosure
from adapter.workflows.release import PooledRelease
from tests.builders.dossier import Doors
from tests.builders.log import entry
from tests.fixtures.postgres import postgres, postgres_cluster  # noqa: F401 - fixtures
from tests.oracle import properties
from tests.oracle.rows import NOW
from tests.oracle.worlds import make_world

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
WORLDS = range(500, 508)


@pytest.fixture
def doors(postgres: str) -> Iterator[Doors]:  # noqa: F811 - a fixture by its name
    opened = Doors(postgres)
    yield opened
    opened.close()


@pytest.fixture
def store(postgres: str) -> Iterator[Store]:  # noqa: F811 - a fixture by its name
    opened = Store(postgres)
    yield opened
    opened.close()


def test_random_worlds_are_answered_as_specified(doors):
    for seed in WORLDS:
        world = make_world(seed)
        properties.check_answers(doors, world, Random(seed))
        properties.check_gp_record(doors, world)


def test_nothing_hidden_changes_a_byte(doors):
    for seed in WORLDS[:3]:
        properties.check_hidden_change(doors, make_world(seed), Random(seed))


async def release(store: Store, *produced: object) -> list[object]:
    """Answers, or the status of the fault, of requests that each produce one of these."""
    releaser = PooledRelease(store, lambda: NOW, size=2)
    found: list[object] = []
    for number, answer in enumerate(produced):

        def produce(snapshot: Snapshot, n: int = number, made: object = answer):
            value = made(snapshot) if callable(made) else made
            return Disclosure(value, (entry(at=snapshot.now, request_id=f"r{n}"),))

        try:
            found.append(await releaser.release(produce, f"r{number}"))
        except FhirError as error:
            found.append(error.status)
    return found


def logged(store: Store) -> dict[str, int]:
    """Outcome by request id."""
    statement = text(f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY seq")
    rows = store.read(lambda connection: connection.execute(statement).all())
    return {row.request_id: row.outcome for row in rows}


async def test_answer_comes_with_its_line(store):
    assert await release(store, "a", "b") == ["a", "b"]
    assert logged(store) == {"r0": 0, "r1": 0}


async def test_request_that_fails_is_503_and_leaves_a_line(store):
    def fails(_snapshot: Snapshot) -> object:
        raise ValueError("something about somebody")

    def breaks(snapshot: Snapshot) -> object:
        assert isinstance(snapshot, ConnectionSnapshot)
        return snapshot.connection.execute(text("SELECT * FROM nothing")).all()

    assert await release(store, fails, breaks, "c") == [503, 503, "c"]
    assert logged(store) == {"r0": 12, "r1": 12, "r2": 0}


async def test_log_that_cannot_be_written_means_no_data(store):
    def shut(connection):
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))

    store.write(shut)
    assert await release(store, "a") == [503]
