"""Everything that is judged as valid: examples, the log, the documentation, the invented region."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.referee.examples import sets
from tests.referee.referee import ROOT
from tests.referee.region import region_sets

Json = dict[str, Any]

_LOG: Final = ROOT / "tests" / "audit" / "golden"
_DOCS: Final = ROOT / "docs" / "examples"
SEED: Final = 4
PATIENTS: Final = 11  # of each region


def example_sets() -> Iterator[tuple[str, list[Json]]]:
    """(name, resources) as written; what they name is not among them."""
    for name, _, written in sets():
        yield name, written
    for file in sorted(_LOG.glob("*.json")):
        yield f"log/{file.stem}", [_read(file)]


def documentation() -> Iterator[tuple[str, Json]]:
    """(name, document) as it stands in the documentation, judged as it is."""
    for file in sorted(_DOCS.glob("*.json")):
        document = _read(file)
        if "resourceType" in document:
            yield f"docs/examples/{file.name}", document


def sample_sets() -> Iterator[tuple[str, list[Json]]]:
    """At least 3 000 resources of the invented region, from a fixed seed."""
    yield from region_sets(seed=SEED, patients=PATIENTS)


def _read(file: Path) -> Json:
    found: Json = json.loads(file.read_text("utf-8"))
    return found
