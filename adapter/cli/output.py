"""How commands speak: tables and progress for people, one JSON object for programs, exit codes.

0 = done and in order; 1 = done, and something is not in order; 2 = could not be done.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final, NoReturn, TypeVar

from rich.console import Console
from rich.progress import Progress, TextColumn, track
from rich.table import Table
from typer import Exit

from adapter.fhir.json import encode

OK: Final = 0
NOT_IN_ORDER: Final = 1
IMPOSSIBLE: Final = 2

T = TypeVar("T")
_FIELD: Final = "header"


def say(text: str) -> None:
    Console().print(text, highlight=False)


def print_json(value: object) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(encode(value).decode() + "\n")


def print_table(title: str, lines: Sequence[Any]) -> None:
    """Frozen dataclasses as rows; a field's `header` in its metadata is the column's title."""
    if not lines:
        say(f"{title}: niets.")
        return
    columns = fields(lines[0])
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column.metadata.get(_FIELD, column.name))
    for line in lines:
        table.add_row(*(str(getattr(line, column.name)) for column in columns))
    Console().print(table)


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
    """The items, with a bar on standard error while they are done."""
    return track(items, what, total=total, console=Console(stderr=True), transient=True)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """A line on standard error while something of unknown length is done."""
    with Progress(
        TextColumn("{task.description}"), console=Console(stderr=True), transient=True
    ) as bar:
        bar.add_task(what, total=None)
        yield


def fail(text: str) -> NoReturn:
    """One line on standard error and exit code 2."""
    Console(stderr=True).print(f"[red]{text}[/red]", highlight=False)
    raise Exit(IMPOSSIBLE)
