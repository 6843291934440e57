"""Small things around a server process: a free port, readiness, its memory."""

import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

_START_LIMIT_S = 60.0


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when `url` answers; RuntimeError when the process ended or time is up."""
    parts = urlsplit(url)
    end = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server process ended")
        try:
            connection = HTTPConnection(parts.hostname or "", parts.port, timeout=2)
            connection.request("GET", parts.path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")


def memory_mib(base: str) -> float:
    """Anonymous memory of the process that listens at `base`, in MiB."""
    port = urlsplit(base).port
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if str(port).encode() in command and b"tests.performance.server" in command:
                status = (folder / "status").read_text()
        except OSError:
            continue
        else:
            if str(port).encode() in command and b"tests.performance.server" in command:
                for line in status.splitlines():
                    if line.startswith("RssAnon:"):
                        return round(int(line.split()[1]) / 1024, 1)
    return 0.0
