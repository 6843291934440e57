"""Tells the story: one line per fact, each of them checked before it is printed.

A fact that does not hold ends the demo. What is printed about it is a status and a count, never
what an answer held.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from adapter.clients.caller import Reply

# Where a rule comes from, as a GP or nurse can look it up (requirements, section 4).
_SOURCES: Final = {
    "R-1": "Art. 1",
    "R-2": "Art. 2.1",
    "R-3": "Kernboek WE3",
    "R-4": "HIS-bijlage",
    "R-5": "Art. 2.1",
    "R-6": "HIS-bijlage B",
    "R-7": "HIS-bijlage B",
    "R-8": "Art. 3i",
    "R-9": "Art. 3i",
    "R-11": "HIS-bijlage B",
    "R-12": "Art. 5.2",
    "R-14": "Art. 2.1",
    "R-18": "Art. 10",
    "R-21": "Art. 3c",
    "R-22": "Art. 3c",
    "R-23": "Art. 3c",
    "R-27": "Art. 2.1c",
    "R-31": "HIS-bijlage B",
    "R-32": "HIS-bijlage B",
    "R-36": "Art. 5.1",
    "R-37": "Art. 3a",
    "R-46": "HIS-bijlage B",
    "R-47": "HIS-bijlage B",
    "R-49": "Art. 5.2",
    "R-50": "Kernboek WE2",
    "R-51": "Kernboek WE2",
    "R-52": "Kernboek WE1",
    "R-70": "Art. 3h",
    "R-71": "HIS-bijlage B",
    "R-72": "Art. 3h",
    "R-81": "NEN 7510",
    "R-82": "Kernboek WE1",
    "R-83": "Kernboek WE1",
    "R-84": "Kernboek WE3",
    "R-85": "Kernboek WE3",
    "R-88": "Kernboek WE1",
    "R-89": "Kernboek WE1",
    "R-91": "Kernboek WE1",
    "R-104": "Kernboek WE3",
    "R-106": "Kernboek H1",
    "RI-3": "AVG 7(3)",
    "RI-5": "Wabvpz 15a",
    "RI-10": "NEN 7513",
    "RI-11": "NEN 7513",
}


class DemoFailedError(Exception):
    """Something came out otherwise than the story says; `where` names it, without data."""

    def __init__(self, where: str, seen: str) -> None:
        super().__init__(f"{where}: {seen}")
        self.where = where
        self.seen = seen


class Narrator:
    """Prints to `console`; counts what was told."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.facts = 0
        self._step = ""

    def open(self, title: str, lines: list[str]) -> None:
        self.console.rule(f"[bold]{title}", align="left")
        for line in lines:
            self._print(f"[dim]{line}[/dim]")

    def step(self, number: str, title: str) -> None:
        """A new step of the story."""
        self._step = f"{number} {title}"
        self.console.print()
        self.console.print(f"[bold]{number:>3}  {title}[/bold]", highlight=False)

    def fact(self, text: str, rules: str = "", *, holds: bool, seen: str = "") -> None:
        """One line. `DemoFailedError` when it does not hold; `seen` says what there was."""
        if not holds:
            self._print(f"     [red]✗[/red] {text}")
            raise DemoFailedError(self._step, f"{text} — gezien: {seen or 'iets anders'}")
        self.facts += 1
        grounds = " · ".join(_with_source(rule) for rule in rules.split())
        self._print(
            f"     [green]✓[/green] {text}" + (f"  [dim]{grounds}[/dim]" if grounds else "")
        )

    def note(self, text: str) -> None:
        """Something to know that is no outcome."""
        self._print(f"       [dim]{text}[/dim]")

    def table(self, table: Table) -> None:
        self.console.print(table)

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator["Bar"]:
        """Progress of long work; nothing is left of it afterwards."""
        columns = TextColumn("     {task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(*columns, console=self.console, transient=True) as progress:
            yield Bar(progress, what, total)

    def require(self, reply: Reply, *statuses: int) -> Reply:
        """The reply itself when its status is one of these; else the story ends here."""
        if reply.status not in statuses:
            raise DemoFailedError(self._step, seen_in(reply))
        return reply

    def _print(self, text: str) -> None:
        self.console.print(text, highlight=False, soft_wrap=True)


class Bar:
    def __init__(self, progress: Progress, what: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=total)

    def advance(self) -> None:
        self._progress.advance(self._task)


def seen_in(reply: Reply) -> str:
    """Status, and for a refusal its rules and where in the message; never a value."""
    places = [
        place for issue in reply.body.get("issue", []) for place in issue.get("expression", [])
    ]
    parts = [f"status {reply.status}", *reply.rules, *places]
    if "total" in reply.body:
        parts.append(f"totaal {reply.body['total']}")
    return ", ".join(parts)


def _with_source(rule: str) -> str:
    return f"{rule} ({_SOURCES[rule]})" if rule in _SOURCES else rule
