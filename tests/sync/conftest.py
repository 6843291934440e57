"""The peer of these tests: the stand-in over real HTTP; the store: both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve
from tests.fixtures.hapi import hapi  # noqa: F401 - a fixture is found by its name here
from tests.sync.outbox import Outbox, make_outbox


@pytest.fixture
def peer() -> StandinFhirServer:
    return StandinFhirServer()


@pytest.fixture
def base(peer: StandinFhirServer) -> Iterator[str]:
    with serve(peer) as url:
        yield f"{url}/fhir"


@pytest.fixture
def outbox(tmp_path: Path, base: str) -> Iterator[Outbox]:
    """On SQLite."""
    outbox = make_outbox(tmp_path, base)
    yield outbox
    outbox.store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'meso.db'}"
    url: str = request.getfixturevalue("postgres")
    return url


@pytest.fixture
def outbox_on_either(tmp_path: Path, base: str, database_url: str) -> Iterator[Outbox]:
    outbox = make_outbox(tmp_path, base, database_url)
    yield outbox
    outbox.store.close()
