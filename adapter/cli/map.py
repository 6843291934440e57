"""`meso map`: records become FHIR and FHIR becomes records, document by document.

A document that has faults gives no output; the others go on. With a shape, FHIR is read and written
as others write it; what the record has no place for is named on standard error. Ids are those of an
installation only with its key file: without it they are made with a key that everybody knows, for
trying out.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from rich.console import Console

from adapter.cli.documents import Document, TooLargeError, decoded, documents, files_below
from adapter.cli.faults import Fault, show
from adapter.cli.output import NOT_IN_ORDER, OK, fail
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, encode
from adapter.store.keys import load_keys
from mappings.kinds import KINDS, Kind
from mappings.records.base import parse_record
from mappings.shapes import all as shapes
from mappings.shapes.shape import Shape
from mappings.toolkit.identity import Ids
from mappings.translate import is_fhir, record_json, to_fhir, to_record

_TRIAL_KEY: Final = b"meso map"


def run(
    paths: Sequence[Path],
    *,
    kind: str | None,
    shape: str | None = None,
    out: Path | None,
    keys: Path | None,
    as_json: bool,
) -> int:
    """Exit code: 0 = all translated, 1 = some had faults (on standard error)."""
    wanted, foreign = kind_named(kind), _shape_named(shape)
    ids, errors = ids_of(keys), Console(stderr=True)
    refused = 0
    try:
        with _output(out) as target:
            for document in documents(files_below(paths), "Vertalen"):
                try:
                    done, kept = _translated(decoded(document), wanted, foreign, ids)
                except FhirError as error:
                    refused += 1
                    faults = [Fault.of(document, issue, wanted) for issue in error.issues]
                    if as_json:
                        for fault in faults:
                            errors.file.write(encode(fault.as_json()).decode() + "\n")
                    else:
                        show(faults, errors)
                    continue
                target.write(encode(done) + b"\n")
                if kept and not as_json:
                    _tell_kept(document, kept, errors)
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    except TooLargeError as error:
        fail(f"{error}: dit document is te groot.")
    return NOT_IN_ORDER if refused else OK


def kind_named(name: str | None) -> Kind | None:
    """The kind of this name; wrong use when there is none."""
    if name is not None and name not in KINDS:
        fail(f"Deze soort is er niet. Wel: {', '.join(KINDS)}.")
    return None if name is None else KINDS[name]


def _shape_named(name: str | None) -> Shape | None:
    if name is not None and name not in shapes.SHAPES:
        fail(f"Deze vorm is er niet. Wel: {', '.join(shapes.SHAPES)}.")
    return None if name is None else shapes.SHAPES[name]


def _translated(
    sent: Json, kind: Kind | None, shape: Shape | None, ids: Ids
) -> tuple[Json, tuple[str, ...]]:
    """The translation, and the paths of what has no place in it."""
    if shape is None:
        if is_fhir(sent):
            return to_record(sent, kind, ids), ()
        return to_fhir(sent, _needed(kind), ids), ()
    if not is_fhir(sent):
        return shapes.to_fhir(parse_record(shape.record, sent), shape, ids), ()
    foreign = shapes.read(sent, shape, ids)
    return record_json(foreign.record), tuple(at for at, _ in foreign.kept.items())


def _tell_kept(document: Document, paths: Sequence[str], console: Console) -> None:
    """Where something stood that the record has no place for; never what it was."""
    line = "" if document.line is None else f":{document.line}"
    told = f"{document.source}{line}: zonder plaats in het bericht: {', '.join(paths)}"
    console.print(told, highlight=False, markup=False, soft_wrap=True)


def ids_of(keys: Path | None) -> Ids:
    """Ids as this installation makes them, or for trying out."""
    return Ids(_TRIAL_KEY if keys is None else load_keys(keys).ids)


def _needed(kind: Kind | None) -> Kind:
    if kind is None:
        fail("Dit is geen FHIR. Noem de soort met --kind.")
    return kind


@contextmanager
def _output(out: Path | None) -> Iterator[IO[bytes]]:
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with out.open("wb") as file:
        yield file
