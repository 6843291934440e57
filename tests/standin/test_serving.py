"""An application served over real HTTP for as long as the block lasts."""

import httpx
import pytest

from adapter.standin import faults
from adapter.standin.asgi import Receive, Scope, Send
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve


def test_an_application_answers_on_loopback_and_then_no_more() -> None:
    with serve(StandinFhirServer()) as url:
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}/fhir/metadata").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/fhir/metadata")


def test_a_dropped_connection_is_closed_without_an_answer() -> None:
    app = StandinFhirServer()
    app.fail(faults.drop(applied=True))
    with serve(app) as url, httpx.Client() as client:
        with pytest.raises(httpx.TransportError):
            client.get(f"{url}/fhir/metadata")
        assert client.get(f"{url}/fhir/metadata").status_code == 200


def test_a_truncated_answer_breaks_off() -> None:
    app = StandinFhirServer()
    app.fail(faults.truncate(3))
    with serve(app) as url, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{url}/fhir/metadata")


def test_the_lifespan_is_started_and_stopped() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while scope["type"] == "lifespan":
            kind = (await receive())["type"]
            seen.append(kind)
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return

    with serve(app):
        assert seen == ["lifespan.startup"]
    assert seen == ["lifespan.startup", "lifespan.shutdown"]


def test_an_application_that_does_not_start_is_an_error() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed"})

    with pytest.raises(RuntimeError, match="failed to start"), serve(app):
        pass
