"""`meso validate`: is this what the adapter would take? By our own checks, or HAPI's besides.

Our checks are those of the doors: strict JSON, R4, and the mapping of the kind. The referee is the
validator of HAPI with the profiles of MESO and Nictiz; it needs Java, Maven and a source checkout.
"""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from adapter.cli.documents import Document, TooLargeError, decoded, documents, files_below
from adapter.cli.faults import Fault, print_faults, show
from adapter.cli.map import ids_of, kind_named
from adapter.cli.output import NOT_IN_ORDER, OK, fail, say
from adapter.fhir.issues import FhirError
from mappings.identity import Ids
from mappings.kinds import Kind
from mappings.translate import issues


def run(paths: Sequence[Path], *, kind: str | None, keys: Path | None, as_json: bool) -> int:
    """Exit code: 0 = no errors, 1 = errors (shown)."""
    wanted, ids, console = kind_named(kind), ids_of(keys), Console()
    seen = errors = 0
    try:
        for document in documents(files_below(paths), "Nakijken"):
            seen += 1
            faults = _faults(document, wanted, ids)
            errors += any(fault.issue.severity in {"error", "fatal"} for fault in faults)
            if as_json:
                print_faults(faults)
            else:
                show(faults, console)
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    except TooLargeError as error:
        fail(f"{error}: dit document is te groot.")
    if not as_json:
        say(f"{seen} documenten nagekeken, {errors} met fouten.")
    return NOT_IN_ORDER if errors else OK


def _faults(document: Document, kind: Kind | None, ids: Ids) -> list[Fault]:
    try:
        found = issues(decoded(document), kind, ids)
    except FhirError as error:
        found = list(error.issues)
    return [Fault.of(document, issue, kind) for issue in found]
