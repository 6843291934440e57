"""The properties find the mistakes that they are for: every seeded leak is killed."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.builders.dossier import Doors, sqlite_doors
from tests.oracle import properties
from tests.oracle.seeds import SEEDS, planted
from tests.oracle.worlds import make_world

WORLDS = range(60)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    opened = sqlite_doors(Path(tmp_path_factory.mktemp("seeds")))
    yield opened
    opened.close()


def look(doors: Doors, number: int, sought_in: str) -> None:
    """One world through one property."""
    world, chance = make_world(number), Random(number)
    if sought_in == "answers":
        properties.check_answers(doors, world, chance)
    elif sought_in == "gp record":
        doors.fill(world)
        properties.check_gp_record(doors, world)
    else:
        properties.check_hidden_change(doors, world, chance)


def look_everywhere(doors: Doors, sought_in: str) -> None:
    for number in WORLDS:
        look(doors, number, sought_in)


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_seeded_leak_is_found(doors, seed):
    with planted(seed), pytest.raises(AssertionError):
        look_everywhere(doors, seed.sought_in)


@pytest.mark.parametrize("sought_in", ["answers", "gp record", "hidden change"])
def test_without_a_seed_the_same_look_finds_nothing(doors, sought_in):
    for number in WORLDS[:3]:
        look(doors, number, sought_in)
