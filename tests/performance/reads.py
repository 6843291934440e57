"""B1: an authorised, reduced, durably logged read ÷ the same process sending constant bytes.
B2: that read ÷ the same read with a log that nobody waits for.

Both over HTTP, c = 16 and 64, server on one core, load on the other.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.performance.load import drive, write_script
from tests.performance.net import free_port, memory_mib, wait_until_served
from tests.performance.ratio import Result, paired
from tests.performance.world import World, make_world

ROUNDS = 10
SECONDS = 2


def run(folder: Path) -> Iterator[Result]:
    """B1@c16, B1@c64, B2@c16, B2@c64 and what a serving process holds in memory."""
    world = make_world(folder)
    script = write_script(folder / "requests.lua", world.requests)
    fdatasync = _fdatasync_p50_us(folder)
    with served("durable", folder) as durable, served("buffered", folder) as buffered:
        wrong = _check(durable, world)
        for connections in (16, 64):
            yield from _round(durable, buffered, script, connections, wrong, fdatasync)


@contextmanager
def served(mode: str, folder: Path) -> Iterator[str]:
    """Base address of a server process in this mode."""
    port = free_port()
    command = [sys.executable, "-m", "tests.performance.server", mode, str(folder), str(port)]
    process = subprocess.Popen(command)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(f"{base}/static", process)
        yield base
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def _round(
    durable: str, buffered: str, script: Path, connections: int, wrong: int, fdatasync: float
) -> Iterator[Result]:
    against_static: list[tuple[float, float]] = []
    against_buffered: list[tuple[float, float]] = []
    latencies: list[float] = []
    for _ in range(ROUNDS):
        read = drive(durable, script, connections=connections, seconds=SECONDS)
        static = drive(f"{durable}/static", None, connections=connections, seconds=SECONDS)
        loose = drive(buffered, script, connections=connections, seconds=SECONDS)
        wrong += read.wrong + loose.wrong
        against_static.append((read.rate, static.rate))
        against_buffered.append((read.rate, loose.rate))
        latencies.append(read.p50_us)
    more: dict[str, object] = {
        "reads_per_s": round(sorted(r for r, _ in against_static)[ROUNDS // 2]),
        "p50_us": round(sorted(latencies)[ROUNDS // 2]),
        "fdatasync_p50_us": round(fdatasync),
    }
    yield paired(
        f"B1@c{connections}",
        against_static,
        wrong=wrong,
        baseline="constant 5.5 KB from bare ASGI, same process",
        more={**more, "anonymous_mib": memory_mib(durable)},
    )
    yield paired(
        f"B2@c{connections}",
        against_buffered,
        wrong=wrong,
        baseline="the same read, log kept 400 lines and not waited for",
        more=more,
    )


def _check(base: str, world: World) -> int:
    """Every kind of request once, status by status, before anything is timed."""
    import anyio

    from adapter.clients.http import open_client

    async def count() -> int:
        wrong = 0
        async with open_client(own_origins=[base]) as client:
            for path, token, expected in world.requests[:400]:
                answer = await client.send(
                    "GET", f"{base}{path}", headers={"authorization": f"Bearer {token}"}
                )
                wrong += answer.status != expected
        return wrong

    return anyio.run(count)


def _fdatasync_p50_us(folder: Path) -> float:
    import os

    path = folder / "fdatasync"
    times = []
    with path.open("wb", buffering=0) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - start) * 1e6)
    return sorted(times)[len(times) // 2]
