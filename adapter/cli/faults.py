"""Faults in a document, told to whoever tests a supplier's system: where, what, and how to mend.

Never the value that was sent: a terminal is kept, copied and shown too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console

from adapter.cli.documents import Document
from adapter.cli.output import print_json
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from mappings.expected import expected
from mappings.kinds import Kind

_MEND: Final[Mapping[str, str]] = {
    "required": "Vul dit onderdeel in.",
    "structure": "Haal dit onderdeel weg, of zet het waar het hoort.",
    "code-invalid": "Kies een waarde uit de lijst.",
    "value": "Schrijf de waarde in de vorm die hier hoort.",
    "duplicate": "Laat het één keer staan.",
    "not-found": "Stuur mee waarnaar verwezen wordt, of verwijs naar wat er is.",
    "not-supported": "Noem de soort met --kind.",
    "business-rule": "Pas de gegevens aan die elkaar of deze regel tegenspreken.",
}
_OTHER: Final = "Vergelijk met het profiel en met het voorbeeld van deze soort."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of one document."""

    document: Document
    issue: Issue
    expected: str | None

    @classmethod
    def of(cls, document: Document, issue: Issue, kind: Kind | None) -> "Fault":
        known = None if kind is None else expected(kind.record, issue.expression)
        return cls(document=document, issue=issue, expected=known)

    @property
    def mend(self) -> str:
        return _MEND.get(self.issue.code, _OTHER)

    def as_json(self) -> Json:
        """Members that have nothing to say are absent."""
        line: Json = {
            "file": self.document.source,
            "line": self.document.line,
            "severity": self.issue.severity,
            "path": self.issue.expression or None,
            "code": self.issue.code,
            "text": self.issue.text,
            "expected": self.expected,
            "rule": self.issue.rule,
            "mend": self.mend,
        }
        return {name: value for name, value in line.items() if value is not None}


def show(faults: Sequence[Fault], console: Console) -> None:
    """Three lines a fault, for people."""
    for fault in faults:
        issue, line = fault.issue, fault.document.line
        where = fault.document.source if line is None else f"{fault.document.source}:{line}"
        rule = f" [{issue.rule}]" if issue.rule else ""
        belongs = f" Verwacht: {fault.expected}." if fault.expected else ""
        parts = (
            f"{where}: {issue.expression or 'document'}",
            f"  {issue.text}{rule}{belongs}",
            f"  {fault.mend}",
        )
        for part in parts:
            console.print(part, highlight=False, markup=False, soft_wrap=True)


def print_faults(faults: Sequence[Fault]) -> None:
    """One JSON object a line on standard output, for programs."""
    for fault in faults:
        print_json(fault.as_json())
