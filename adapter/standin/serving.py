"""Serves an ASGI application over real HTTP on a free loopback port, in a thread of its own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn

from adapter.standin.asgi import App, Receive, Scope, Send

_START_LIMIT_S = 20.0


@contextmanager
def serve(app: App, port: int = 0) -> Iterator[str]:
    """Address such as `http://127.0.0.1:41234`, without a slash at the end.

    The application runs on an event loop of that thread; its lifespan is started and stopped.
    """
    with socket.create_server(("127.0.0.1", port), backlog=256) as listener:
        config = uvicorn.Config(
            _with_abort(app),
            log_config=None,
            access_log=False,
            ws="none",
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        server = _Server(config)
        thread = threading.Thread(target=server.run_until_told, args=(listener,), daemon=True)
        thread.start()
        try:
            if not server.ready.wait(_START_LIMIT_S):
                raise RuntimeError("the application did not start")
            if not server.started:
                raise RuntimeError("the application failed to start")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """Tells another thread when it is up, or has given up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    def run_until_told(self, listener: socket.socket) -> None:
        with suppress(SystemExit):  # uvicorn's way to say that the start failed
            self.run([listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()


def _with_abort(app: App) -> App:
    """ASGI has no message that closes a connection, so the transport's own way is passed on."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is None:  # the lifespan
            await app(scope, receive, send)
            return
        scope.setdefault("extensions", {})["standin.abort"] = transport.abort
        await app(scope, receive, send)
        if transport.is_closing():
            await receive()  # returns once uvicorn has seen the end, else it would answer 500

    return call
