"""A probe finds out what a server does, whatever it declares, and leaves nothing behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from adapter.clients.fhir_probe import Capabilities, probe
from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.http import open_client
from adapter.clients.replies import Refused, RetryLater, Unknown
from adapter.standin import faults
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.resource_store import Habits

pytestmark = pytest.mark.anyio
RUN = "run1"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def opened(app: StandinFhirServer) -> AsyncIterator[FhirServer]:
    async with open_client(run_tag=RUN, inner=httpx.ASGITransport(app)) as client:
        yield FhirServer(client, "http://peer.test/fhir")


async def run(app: StandinFhirServer) -> object:
    async with opened(app) as server:
        return await probe(server, "mprobe", run_tag=RUN)


@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        ("if-match-0", CreateOnly.IF_MATCH_ZERO),
        ("if-none-match", CreateOnly.IF_NONE_MATCH),
        ("none", CreateOnly.NEITHER),
    ],
)
async def test_the_form_that_protects_is_found(habit: str, expected: CreateOnly) -> None:
    app = StandinFhirServer(habits=Habits(create_only=habit))
    assert await run(app) == Capabilities(
        software="stand-in 1",
        fhir_version="4.0.1",
        takes_client_ids=True,
        create_only=expected,
        guards_updates=True,
        replaces_labels=True,
    )


async def test_nothing_is_left_behind() -> None:
    app = StandinFhirServer()
    await run(app)
    assert list(app.store.live()) == []


async def test_a_412_for_a_stale_version_guards_as_well() -> None:
    found = await run(StandinFhirServer(habits=Habits(stale_status=412)))
    assert isinstance(found, Capabilities)
    assert found.guards_updates


async def test_a_server_that_always_keeps_labels_is_found_out() -> None:
    class Keeping(StandinFhirServer):
        def answer(self, request):
            request.headers.pop("x-meta-snapshot-mode", None)
            return super().answer(request)

    found = await run(Keeping())
    assert isinstance(found, Capabilities)
    assert not found.replaces_labels


async def test_a_server_that_takes_no_client_ids_is_found_out() -> None:
    app = StandinFhirServer()
    for _ in CreateOnly:
        app.fail(faults.status(405), method="PUT")
    found = await run(app)
    assert isinstance(found, Capabilities)
    assert not found.takes_client_ids


@pytest.mark.parametrize(
    ("fault", "method", "expected"),
    [
        (faults.status(403), "GET", Refused(status=403)),
        (faults.status(503), "GET", RetryLater(status=503)),
        (faults.html(200, applied=True), "GET", Unknown(status=200)),
        (faults.status(429), "PUT", RetryLater(status=429)),
        (faults.drop(applied=True), "PUT", Unknown()),
    ],
)
async def test_a_server_that_cannot_be_judged_now_is_not_judged(
    fault: faults.Fault, method: str, expected: object
) -> None:
    app = StandinFhirServer()
    app.fail(fault, method=method)
    assert await run(app) == expected
