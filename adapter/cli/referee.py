"""The referee for `meso validate --referee`: HAPI's validator with the profiles of MESO and Nictiz.

Runs from a source checkout with Java, Maven and Node.js, as a process of its own; the texts it
gives are HAPI's and may hold what was sent, so they are for the terminal of who sent it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from adapter.cli.documents import Document
from adapter.fhir.json import Json, decode_own

_CHECKOUT: Final = Path(__file__).resolve().parents[2]
_JUDGE: Final = _CHECKOUT / "tests" / "referee" / "judge.py"
_JUDGED: Final = frozenset({0, 1})  # 2: it could not read a file, 3: Java or a tool is missing


class NoRefereeError(Exception):
    """The referee cannot be had here; the text says why."""


def remarks(sent: Sequence[Document]) -> Iterator[Json]:
    """What HAPI says of these documents, one object per remark: file, line, severity, path, text,
    and for a warning that we know, the reason to leave it."""
    if not _JUDGE.exists():
        raise NoRefereeError("alleen in een uitgecheckte bron")
    with tempfile.TemporaryDirectory(prefix="meso-referee-") as folder:
        places = {str(Path(folder, f"{n}.json")): document for n, document in enumerate(sent)}
        for name, document in places.items():
            Path(name).write_bytes(document.data)
        done = subprocess.run(  # noqa: S603 # a module of our own checkout
            [sys.executable, "-m", "tests.referee.judge", *places],
            cwd=_CHECKOUT,
            capture_output=True,
            check=False,
        )
        if done.returncode not in _JUDGED:
            raise NoRefereeError(done.stderr.decode(errors="replace").strip()[-300:])
        for line in done.stdout.splitlines():
            found = decode_own(line)
            document = places[found.pop("file")]
            yield {"file": document.source, "line": document.line, **found}
