"""The same random worlds on PostgreSQL: both dialects answer alike (`test_disclose_world.py`)."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.builders.dossier import Doors
from tests.fixtures.postgres import postgres, postgres_cluster  # noqa: F401 - fixtures
from tests.oracle import properties
from tests.oracle.worlds import make_world

pytestmark = pytest.mark.postgres
WORLDS = range(500, 512)


@pytest.fixture
def doors(postgres: str) -> Iterator[Doors]:  # noqa: F811 - a fixture by its name
    opened = Doors(postgres)
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", WORLDS)
def test_postgres_answers_as_specified(doors, seed):
    properties.check_answers(doors, make_world(seed), Random(seed))
    properties.check_gp_record(doors, make_world(seed))


@pytest.mark.parametrize("seed", WORLDS[:3])
def test_nothing_hidden_changes_a_byte_on_postgres(doors, seed):
    properties.check_hidden_change(doors, make_world(seed), Random(seed))
