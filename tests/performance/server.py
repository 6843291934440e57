"""The served application of a benchmark: a process of its own, pinned to one core.

`static` answers 5.5 KB from bare ASGI in the same process type; `buffered` is the product with a
log that is not waited for. Both exist to compare with, and only here.
"""

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn

from adapter.app import build
from adapter.audit.entry import AuditEntry
from adapter.fhir.json import encode
from adapter.settings import Settings
from adapter.store.log_file import LogFile
from tests.performance.load import SERVER_CORE
from tests.performance.world import care_plan

Send = Callable[[dict[str, Any]], Awaitable[None]]


def main(mode: str, folder: str, port: str) -> None:
    """Serve until killed."""
    os.sched_setaffinity(0, {int(SERVER_CORE)})
    path = Path(folder)
    settings = Settings(
        database_url=f"sqlite:///{path}/bench.db",
        key_file=path / "bench.key",
        log_dir=path / f"log-{mode}",
        public_base=f"http://127.0.0.1:{port}",
    )
    if mode == "buffered":
        _buffer_the_log()
    product = build(settings)
    body = encode(care_plan("c" * 40, 0))

    async def app(scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/static":
            await product(scope, receive, send)
            return
        headers = [
            (b"content-type", b"application/fhir+json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    uvicorn.run(
        app,
        port=int(port),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
    )


def _buffer_the_log() -> None:
    """What B2 compares with: lines are kept, 400 at a time, and nobody waits for them."""
    kept: list[AuditEntry] = []

    def add(self: LogFile, entries: list[AuditEntry]) -> None:
        kept.extend(entries)

    def commit(self: LogFile) -> None:
        if len(kept) >= 400:
            batch = kept[:]
            kept.clear()
            add_now(self, batch)
            commit_now(self)

    add_now, commit_now = LogFile.add, LogFile.commit
    LogFile.add = add  # type: ignore[assignment, method-assign] # only here
    LogFile.commit = commit  # type: ignore[method-assign] # only here


if __name__ == "__main__":
    main(*sys.argv[1:4])
