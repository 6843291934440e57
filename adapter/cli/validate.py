"""`meso validate`: is this what the adapter would take? By our own checks, or HAPI's besides.

Our checks are those of the doors: strict JSON, R4, and the mapping of the kind. The referee is the
validator of HAPI with the profiles of MESO and Nictiz; it needs Java, Maven and a source checkout.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from adapter.cli.documents import Document, TooLargeError, decoded, documents, files_below
from adapter.cli.faults import Fault, print_faults, show
from adapter.cli.map import ids_of, kind_named
from adapter.cli.output import NOT_IN_ORDER, OK, busy, fail, print_json, say
from adapter.cli.referee import NoRefereeError, remarks
from adapter.fhir.issues import FhirError
from mappings.kinds import Kind
from mappings.toolkit.identity import Ids
from mappings.translate import is_fhir, issues

_Place = tuple[str, int | None]
_ERRORS: Final = frozenset({"error", "fatal"})


def run(
    paths: Sequence[Path], *, kind: str | None, keys: Path | None, referee: bool, as_json: bool
) -> int:
    """Exit code: 0 = no errors, 1 = errors (shown)."""
    wanted, ids, console = kind_named(kind), ids_of(keys), Console()
    seen = 0
    wrong: set[_Place] = set()
    judged: list[Document] = []
    try:
        for document in documents(files_below(paths), "Nakijken"):
            seen += 1
            faults = _faults(document, wanted, ids)
            if any(fault.issue.severity in _ERRORS for fault in faults):
                wrong.add((document.source, document.line))
            if as_json:
                print_faults(faults)
            else:
                show(faults, console)
            if referee and _is_resource(document):
                judged.append(document)
        if judged:
            wrong |= _refereed(judged, console, as_json=as_json)
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    except TooLargeError as error:
        fail(f"{error}: dit document is te groot.")
    except NoRefereeError as error:
        fail(f"De validator van HAPI is hier niet: {error}.")
    if not as_json:
        say(f"{seen} documenten nagekeken, {len(wrong)} met fouten.")
    return NOT_IN_ORDER if wrong else OK


def _is_resource(document: Document) -> bool:
    try:
        return is_fhir(decoded(document))
    except FhirError:
        return False


def _refereed(judged: Sequence[Document], console: Console, *, as_json: bool) -> set[_Place]:
    """The documents in which HAPI finds errors; its remarks are shown, to people only those that
    ask for something."""
    wrong: set[_Place] = set()
    with busy("HAPI kijkt na"):
        found = list(remarks(judged))
    for remark in found:
        if remark["severity"] in _ERRORS:
            wrong.add((remark["file"], remark["line"]))
        if as_json:
            print_json({"by": "hapi", **remark})
        elif remark["severity"] != "information" and remark["reason"] is None:
            line = "" if remark["line"] is None else f":{remark['line']}"
            told = f"{remark['file']}{line}: {remark['path']} [HAPI, {remark['severity']}]"
            console.print(told, f"\n  {remark['text']}", highlight=False, markup=False, sep="")
    return wrong


def _faults(document: Document, kind: Kind | None, ids: Ids) -> list[Fault]:
    try:
        found = issues(decoded(document), kind, ids)
    except FhirError as error:
        found = list(error.issues)
    return [Fault.of(document, issue, kind) for issue in found]
