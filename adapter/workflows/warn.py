"""What is worth a look in what was just recorded: it travels with the answer and onto the worklist.

Nothing is refused here. The items of a record are replaced with each version of it, so what was
mended disappears.
"""

from collections.abc import Iterable, Sequence

from adapter.fhir.issues import Issue
from adapter.store import worklist
from adapter.workflows.unit import Unit


def warn(
    unit: Unit, issues: Sequence[Issue], *, about: str, patient: str, orgs: Iterable[str]
) -> None:
    """`about` is the "Type/id" of the record's main resource; `orgs` have to look at it."""
    unit.warnings += issues
    put_on_worklist(unit, issues, about=about, patient=patient, orgs=orgs)


def put_on_worklist(
    unit: Unit, issues: Sequence[Issue], *, about: str, patient: str, orgs: Iterable[str]
) -> None:
    """For who hears it from the worklist alone."""
    for org in sorted(set(orgs)):
        worklist.replace_warnings(
            unit.connection, issues, org=org, patient=patient, subject=about, now=unit.now
        )
