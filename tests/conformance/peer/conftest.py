"""The peer under test: the stand-in FHIR server and a real HAPI, by one fixture."""

from collections.abc import Iterator

import pytest

from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve
from tests.conformance.peer.client import Peer
from tests.fixtures.hapi import hapi  # noqa: F401 - a fixture is found by its name here


@pytest.fixture(scope="session")
def standin() -> Iterator[str]:
    with serve(StandinFhirServer()) as url:
        yield f"{url}/fhir"


@pytest.fixture(params=["standin", pytest.param("hapi", marks=pytest.mark.hapi)])
def base(request: pytest.FixtureRequest) -> str:
    """Service base URL of the peer."""
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture
def peer(base: str) -> Iterator[Peer]:
    client = Peer(base)
    yield client
    client.close()
