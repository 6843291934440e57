"""What our own checks say of a mutant at run time, where no referee stands.

Two lines: `validate` (R4: structure, kinds, codes, references) and the reader of the kind, which
takes what has a place in the record and refuses the rest.
"""

from typing import Any, Final

from adapter.fhir.issues import FhirError
from adapter.fhir.validation import validate
from tests.mappings.kinds import KINDS
from tests.referee.mutants import Mutant

Json = dict[str, Any]

_KINDS: Final = {kind.name: kind for kind in KINDS}


def is_refused_by_checks(mutant: Mutant) -> bool:
    return any(issue.severity in {"error", "fatal"} for issue in validate(mutant.resource))


def is_refused_by_reader(mutant: Mutant) -> bool:
    """False too where no reader takes such resources in: nobody can send them to us."""
    return has_reader(mutant) and not _reads(mutant, mutant.resource)


def has_reader(mutant: Mutant) -> bool:
    return mutant.example.kind in _KINDS and (
        mutant.example.is_made or _reads(mutant, mutant.example.resource)
    )


def _reads(mutant: Mutant, resource: Json) -> bool:
    written = list(mutant.example.written)
    written[mutant.example.index] = resource
    try:
        _KINDS[mutant.example.kind or ""].read(written)
    except FhirError:
        return False
    return True
