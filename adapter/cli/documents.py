"""JSON documents in files: one in a `.json`, one a line in an `.ndjson` or on standard input.

Read one by one and never all at once, so that a file may be larger than memory.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from rich import progress
from rich.console import Console

from adapter.fhir.json import Json, decode_untrusted
from mappings.translate import is_fhir

STANDARD_INPUT: Final = Path("-")
MAX_BYTES: Final = 10_000_000  # as the largest Bundle that the adapter takes by default
_SUFFIXES: Final = (".json", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes of one document, and where they stand. `line` only in a file with more of them."""

    source: str
    line: int | None
    data: bytes


def decoded(document: Document) -> Json:
    """The JSON, strictly; a record may hold empty lists, which FHIR knows no more than the door."""
    found = decode_untrusted(document.data, is_fhir=False)
    return decode_untrusted(document.data) if is_fhir(found) else found


class TooLargeError(Exception):
    """A document beyond `MAX_BYTES`; the text says where."""


def files_below(paths: Sequence[Path]) -> list[Path]:
    """The paths, with each folder replaced by the documents in it, in order of name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
        else:
            found.append(path)
    return found


def documents(paths: Sequence[Path], what: str) -> Iterator[Document]:
    """Every document of these files, with a bar on standard error. OSError, TooLargeError."""
    console = Console(stderr=True)
    for path in paths:
        if path == STANDARD_INPUT:
            yield from _lines("standaardinvoer", sys.stdin.buffer)
            continue
        with progress.open(
            path, "rb", console=console, disable=not console.is_terminal, description=what
        ) as file:
            if path.suffix == ".ndjson":
                yield from _lines(str(path), file)
            else:
                yield Document(source=str(path), line=None, data=_limited(file.read, str(path)))


def _lines(source: str, file: IO[bytes]) -> Iterator[Document]:
    number = 0
    while line := _limited(file.readline, f"{source}, na regel {number}"):
        number += 1
        if line.strip():
            yield Document(source=source, line=number, data=line)


def _limited(read: Callable[[int], bytes], where: str) -> bytes:
    data = read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLargeError(where)
    return data
