"""The FHIR server that the region is kept in step with: the real HAPI where it can be had.

In a source checkout with Java and Maven the launcher of `tests/hapi/` is run as a process of its
own, started early because it takes a while; anywhere else a stand-in that behaves as HAPI does is
served in this process.
"""

import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve

_LAUNCHER: Final = Path(__file__).resolve().parents[3] / "tests" / "hapi" / "launcher.py"
_START_LIMIT_S: Final = 240.0
_STOP_LIMIT_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FhirPeer:
    """`base` without a slash at the end; `software` is how the story names it."""

    base: str
    software: str


@dataclass(slots=True, kw_only=True)
class PeerToCome:
    """A server that may still be starting."""

    process: subprocess.Popen[bytes] | None = None
    rest: ExitStack = field(default_factory=ExitStack)

    def ready(self) -> FhirPeer:
        """Wait for it; the stand-in when HAPI does not come up."""
        base = None if self.process is None else _announced(self.process)
        if base is not None:
            return FhirPeer(base=base, software="HAPI FHIR, de echte server")
        address = self.rest.enter_context(serve(StandinFhirServer()))
        return FhirPeer(base=f"{address}/fhir", software="een nagebouwde FHIR-server")


@contextmanager
def fhir_peer(*, real: bool) -> Iterator[PeerToCome]:
    """An empty server, gone afterwards; `real` asks for HAPI where that can be had."""
    process = _start() if real and _can_have_hapi() else None
    with ExitStack() as rest:
        if process is not None:
            rest.callback(_stop, process)
        yield PeerToCome(process=process, rest=rest)


def _can_have_hapi() -> bool:
    tools = all(shutil.which(name) for name in ("java", "mvn"))
    return tools and _LAUNCHER.exists()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a script of our own checkout
        [sys.executable, str(_LAUNCHER)],
        stdin=subprocess.PIPE,  # it serves until this closes, also when we are killed
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _announced(process: subprocess.Popen[bytes]) -> str | None:
    """Address after `READY`; None when it stopped or takes too long."""
    assert process.stdout is not None, "its output is a pipe"
    until = time.monotonic() + _START_LIMIT_S
    said = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not said.endswith(b"\n") and (left := until - time.monotonic()) > 0:
            if selector.select(left):
                part = os.read(process.stdout.fileno(), 4096)
                if not part:
                    return None
                said += part
    words = said.decode("ascii", "replace").split()
    return words[1] if words[:1] == ["READY"] else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None, "its input is a pipe"
    assert process.stdout is not None, "its output is a pipe"
    process.stdin.close()
    for end in (process.terminate, process.kill):  # while it starts it does not listen
        try:
            process.wait(_STOP_LIMIT_S)
            break
        except subprocess.TimeoutExpired:
            end()
    process.wait()
    process.stdout.close()
