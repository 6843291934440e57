"""Run a push in a process of its own that is killed at a named point, as when the power fails.

The processes are forked from a server process that has imported everything already.
"""

import multiprocessing
import os
import signal
from pathlib import Path

import anyio

from adapter.store.engine import Store
from adapter.sync.points import Point
from tests.builders.installation import Time, World
from tests.sync.outbox import Outbox

_LIMIT_S = 60


def push_until_killed(outbox: Outbox, point: Point, turn: int) -> bool:
    """Push in a child that dies when it reaches `point` for the `turn`-th time; whether it did."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    world = outbox.world
    child = context.Process(
        target=_push,
        args=(outbox.store.url, world.folder, world.time.now, outbox.base, point, turn),
    )
    child.start()
    child.join(_LIMIT_S)
    assert child.exitcode in (0, -signal.SIGKILL), child.exitcode
    return child.exitcode != 0


def _push(url: str, folder: Path, now: int, base: str, point: Point, turn: int) -> None:
    passed = 0

    def hook(here: Point) -> None:
        nonlocal passed
        passed += here == point
        if passed == turn:
            os.kill(os.getpid(), signal.SIGKILL)

    outbox = Outbox(World(Store(url), folder, Time(now)), base)

    async def run() -> None:
        await outbox.push(hook=hook)

    anyio.run(run)
