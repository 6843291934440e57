"""Random small worlds: what is answered is what the specification in `tests/oracle/` says.

A failing case names its seed; `make_world(seed)` gives the world again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.builders.dossier import Doors, sqlite_doors
from tests.oracle import properties
from tests.oracle.rows import World
from tests.oracle.worlds import make_world


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    opened = sqlite_doors(Path(tmp_path_factory.mktemp("world")))
    yield opened
    opened.close()


def for_each_world(seeds: range, check: Callable[[World, Random], None]) -> None:
    for seed in seeds:
        try:
            check(make_world(seed), Random(seed))
        except AssertionError as error:
            raise AssertionError(f"world {seed}: {error}") from None


def test_reads_and_searches_are_answered_as_specified(doors):
    share = properties.Share()
    for_each_world(
        range(80),
        lambda world, chance: properties.check_answers(doors, world, chance, share),
    )
    # a sparse generator misses leaks, a generous one misses denials
    assert 0.3 < share.seen / share.asked < 0.7


def test_gp_record_opens_as_specified(doors):
    opened = 0

    def check(world: World, _chance: Random) -> None:
        nonlocal opened
        doors.fill(world)
        opened += properties.check_gp_record(doors, world)

    for_each_world(range(200, 215), check)
    assert opened > 10


def test_nothing_hidden_changes_a_byte_of_any_answer(doors):
    for_each_world(
        range(300, 325),
        lambda world, chance: properties.check_hidden_change(doors, world, chance),
    )


def test_no_restriction_ever_opens_anything(doors):
    closed = 0

    def check(world: World, chance: Random) -> None:
        nonlocal closed
        closed += properties.check_narrowing(doors, world, chance)

    for_each_world(range(400, 460), check)
    assert closed > 5
