"""Builds and runs the real HAPI FHIR R4 server of this folder. Standard library only.

For tests (`tests/fixtures/hapi.py`), the demo and the benchmarks. Either

    with running_hapi() as url: ...

or, from another process, `python tests/hapi/launcher.py`: it prints `READY <url>` and serves until
its standard input closes. The server is empty at the start and gone with whoever started it; it
listens on loopback, on a port that the operating system chooses.

Needs `java` (17 or later) and `mvn`; artifacts come from Maven Central the first time only.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
JAR = HERE / "target" / "hapi-ref.jar"
START_LIMIT_S = 180.0  # 8 s on two idle cores, a minute on two busy ones
_POLL_S = 0.2
# C1 and the serial collector: starts a third faster and in half the memory of the defaults.
_JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


class HapiUnavailableError(RuntimeError):
    """Java or Maven is missing: the server cannot be had here."""


class HapiFailedError(RuntimeError):
    """The build or the start failed; the text ends with the tail of the log."""


def require_tools() -> None:
    """HapiUnavailableError that names the missing programs."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if missing:
        raise HapiUnavailableError(f"not installed: {', '.join(missing)}")


def build() -> Path:
    """The jar, built when a source is newer. One build at a time, over all processes."""
    require_tools()
    JAR.parent.mkdir(exist_ok=True)
    with (JAR.parent / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_stale() and not (_maven("-o") or _maven()):
            raise HapiFailedError(f"mvn package failed:\n{_tail(_build_log())}")
    return JAR


@contextlib.contextmanager
def running_hapi(
    settings: Mapping[str, str] | None = None, *, log: Path | None = None
) -> Iterator[str]:
    """Base address of a fresh server, such as `http://127.0.0.1:41234/fhir`.

    `settings` are options of `HapiServer` by their names (`multiple_delete`, `meta_source`, …).
    """
    jar = build()
    with contextlib.ExitStack() as stack:
        if log is None:
            log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "hapi.log"
        process = _start(jar, log, settings or {})
        stack.callback(_stop, process)
        yield _wait_until_ready(process, log)


def _is_stale() -> bool:
    sources = [HERE / "pom.xml", *(HERE / "src").rglob("*.*")]
    newest = max(path.stat().st_mtime for path in sources)
    return not JAR.exists() or JAR.stat().st_mtime < newest


def _maven(*options: str) -> bool:
    command = ["mvn", "-q", "-B", *options, "package"]
    with _build_log().open("wb") as out:
        run = subprocess.run(command, cwd=HERE, stdout=out, stderr=out, check=False)
    return run.returncode == 0


def _build_log() -> Path:
    return JAR.parent / "build.log"


def _start(jar: Path, log: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    options = {"port": "0", "until_stdin_closes": "true", "multiple_delete": "true", **settings}
    environment = {f"HAPI_{name.upper()}": value for name, value in options.items()}
    with log.open("wb") as out:  # a file, never a pipe that nobody reads
        return subprocess.Popen(
            ["java", *_JVM, "-jar", str(jar)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | environment,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the server
        )


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        url = _announced(log)
        if url is not None and _answers(f"{url}/metadata"):
            return url
        time.sleep(_POLL_S)
    raise HapiFailedError(f"HAPI did not start:\n{_tail(log)}")


def _announced(log: Path) -> str | None:
    for line in log.read_text(errors="replace").splitlines(keepends=True):
        if line.startswith("READY ") and line.endswith("\n"):
            return line.split()[1]
    return None


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=30) as reply:
            return bool(reply.status == 200)
    except OSError:  # URLError too
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _tail(log: Path, lines: int = 40) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def main() -> int:
    """Serve until standard input closes."""
    try:
        with running_hapi() as url:
            sys.stdout.write(f"READY {url}\n")
            sys.stdout.flush()
            sys.stdin.read()
    except HapiUnavailableError as reason:
        sys.stderr.write(f"{reason}\n")
        return 3
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
