"""The referee: HL7's validator as HAPI ships it, with the MESO package and nl-core.

One Java process (`tests/hapi/src/main/java/ref/Validate.java`) judges everything of a session:

    with running_referee() as referee:
        findings = referee.judge(resources)

Resources are judged inside a Bundle, because slices and targets that go by `resolve()` are not
tested otherwise. The validator does not complain about a reference without target; that is
`bundles.unresolved`'s business. What it cannot know (membership in SNOMED CT, ICPC, …) comes back
as a warning whose text begins with UNDECIDED.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from tests.hapi import launcher
from tests.referee.bundles import bundle_of

Json = dict[str, Any]
T = TypeVar("T")

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / ".build" / "profiles" / "package"
_BUILD: Final = ROOT / "profiles" / "build.mjs"
# Less than 512 MB makes it thrash: 25 s for what takes 6 (hundreds of definitions are in memory).
_JVM: Final = ("-Xmx768m", "-XX:+UseSerialGC")
_START_LIMIT_S: Final = 180.0
_TRIES: Final = 10
_PAUSE_S: Final = 0.5
_ENTRY: Final = re.compile(r"^Bundle\.entry\[(\d+)\]\.resource(?:/\*[^*]*\*/)?(?:\.ofType\(\w+\))?")
_COMMENT: Final = re.compile(r"/\*[^*]*\*/|\.ofType\(\w+\)")
_UNDECIDED: Final = re.compile(r"UNDECIDED: (\S+)#(\S+) in (\S+)")


class RefereeUnavailableError(RuntimeError):
    """Java, Maven, Node or nl-core is missing: there is no referee here."""


class RefereeFailedError(RuntimeError):
    """The package did not build, or the process ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark. `path` begins with the resource type and keeps its indexes."""

    severity: str
    message_id: str
    path: str
    text: str
    entry: int | None = None

    @property
    def is_error(self) -> bool:
        return self.severity in {"error", "fatal"}

    @property
    def element(self) -> str:
        """The path without indexes."""
        return re.sub(r"\[[^\]]*\]", "", self.path)

    @property
    def undecided_system(self) -> str | None:
        """The code system whose members nobody here knows, when that is the remark."""
        found = _UNDECIDED.search(self.text)
        return None if found is None else found.group(1)

    @property
    def is_unknown_slice(self) -> bool:
        return "does not match any known slice" in self.text

    def __str__(self) -> str:
        return f"{self.severity:11} {self.path}: {self.text}  [{self.message_id}]"


class Referee:
    """One validator process; not for several threads."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, log: Path) -> None:
        self._process = process
        self._folder = folder
        self._log = log
        self._count = 0
        self.milliseconds = 0
        self.judged = 0

    def judge(self, resources: Sequence[Json]) -> list[Finding]:
        """Findings on resources that are sent together; `entry` is the place in what was given."""
        return self.judge_document(bundle_of(resources), len(resources))

    def judge_document(self, document: Json, weight: int = 1) -> list[Finding]:
        """Findings on a document as it is."""
        self._count += 1
        file = self._folder / f"{self._count}.json"
        file.write_text(json.dumps(document, ensure_ascii=False, default=str), encoding="utf-8")
        types = [e.get("resource", {}).get("resourceType") for e in document.get("entry", ())]
        found = [_finding(line, types) for line in self._ask(file)]
        file.unlink()
        self.judged += weight
        return found

    def _ask(self, file: Path) -> Iterator[Json]:
        stdin, stdout = _pipes(self._process)
        stdin.write(f"{file}\n")
        stdin.flush()
        for text in stdout:
            line = json.loads(text)
            if "done" in line:
                self.milliseconds += line["ms"]
                return
            yield line
        tail = "\n".join(self._log.read_text(errors="replace").splitlines()[-30:])
        raise RefereeFailedError(f"the validator ended:\n{tail}")


def _finding(line: Json, types: Sequence[str | None]) -> Finding:
    location = line["location"] or ""
    found = _ENTRY.match(location)
    entry = None if found is None else int(found.group(1))
    if found is not None and entry is not None and entry < len(types):
        location = f"{types[entry]}{location[found.end() :]}"
    return Finding(
        severity=line["severity"],
        message_id=line["id"] or "",
        path=_COMMENT.sub("", location),
        text=line["message"] or "",
        entry=entry,
    )


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise RefereeFailedError("the validator has no pipes")
    return process.stdin, process.stdout


def packages() -> list[Path]:
    """nl-core and our package, built when a source is newer.

    RefereeUnavailableError names what is missing.
    """
    place = Path(os.environ.get("MESO_FHIR_PACKAGES", ROOT.parent / "shared" / "fhir-packages"))
    found = [place] if place.is_file() else sorted(place.glob("nictiz.fhir.nl.r4.nl-core-*.tgz"))
    if not found:
        raise RefereeUnavailableError("nl-core is not at hand (MESO_FHIR_PACKAGES)")
    node = shutil.which("node")
    if node is None:
        raise RefereeUnavailableError("not installed: node")
    run = subprocess.run([node, str(_BUILD)], capture_output=True, text=True, check=False)
    if run.returncode in {2, 3}:
        raise RefereeUnavailableError(run.stderr.strip())
    if run.returncode != 0:
        raise RefereeFailedError(run.stdout + run.stderr)
    return [found[0], PACKAGE]


def when_settled(read: Callable[[], T]) -> T:
    """What is read from the package, while another process may be putting a new one in its place."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            return read()
        time.sleep(_PAUSE_S)
    return read()


@contextlib.contextmanager
def running_referee(definitions: Iterable[Path] | None = None) -> Iterator[Referee]:
    """A validator that has read its definitions (3 s)."""
    try:
        jar = launcher.build()
    except launcher.HapiUnavailableError as reason:
        raise RefereeUnavailableError(str(reason)) from None
    given = packages() if definitions is None else list(definitions)
    with tempfile.TemporaryDirectory() as folder:
        options = [
            part for n, place in enumerate(given) for part in ("-d", _copied(place, folder, n))
        ]
        log = Path(folder) / "referee.log"
        with log.open("wb") as errors:  # a file, never a pipe that nobody reads
            process = subprocess.Popen(
                ["java", *_JVM, "-cp", str(jar), "ref.Validate", *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        try:
            _wait_until_ready(process, log)
            yield Referee(process, Path(folder), log)
        finally:
            _stop(process)


def _copied(place: Path, folder: str, number: int) -> str:
    """A package of our own: the folder of the build may change while it is read."""
    if place.is_file():
        return str(place)
    to = Path(folder) / f"package-{number}"
    when_settled(lambda: shutil.copytree(place, to, dirs_exist_ok=True))
    return str(to)


def _wait_until_ready(process: subprocess.Popen[str], log: Path) -> None:
    alarm = threading.Timer(_START_LIMIT_S, process.kill)
    alarm.start()
    try:
        first = _pipes(process)[1].readline()
    finally:
        alarm.cancel()
    if "ready" not in first:
        raise RefereeFailedError(f"the validator did not start:\n{log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen[str]) -> None:
    """It ends by itself when its input closes."""
    for pipe in _pipes(process):
        with contextlib.suppress(OSError):
            pipe.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
