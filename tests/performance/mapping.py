"""B5 and `map`: what mapping costs, against what a FHIR library takes to look at the result.

`B5@<kind>`: CPU time of fhir.resources validating what the mapping made ÷ CPU time of mapping,
checking and writing it. `map`: documents a second of `meso map` ÷ those of `json.loads` and
`json.dumps` of the same lines.

https://hl7.org/fhir/R4/json.html
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from adapter.fhir.json import encode
from adapter.fhir.models import structure_issues
from adapter.fhir.sieve import faults
from mappings.translate import record_json
from tests.mappings.kinds import KINDS, Kind
from tests.performance.ratio import Result, paired

ROUNDS = 15
PER_ROUND_S = 0.1
DOCUMENTS = 100_000
_NAMED = ("referral", "care-plan", "mdo", "consent")


def run(folder: Path) -> Iterator[Result]:
    for kind in KINDS:
        if kind.name in _NAMED:
            yield _against_the_library(kind)
    yield _map(folder)


def _against_the_library(kind: Kind) -> Result:
    """Rates on one core, in turns, of as many different records as there are examples."""
    records = kind.examples
    written = [kind.write(record) for record in records]

    def ours() -> int:
        bad = 0
        for record in records:
            for made in kind.write(record):
                bad += bool(faults(made, encode(made)))
        return bad

    def library() -> int:
        return sum(bool(structure_issues(r, r["resourceType"])) for w in written for r in w)

    wrong = ours() + library()
    pairs = [(_rate(ours), _rate(library)) for _ in range(ROUNDS)]
    return paired(
        f"B5@{kind.name}", pairs, wrong=wrong, baseline="fhir.resources validates the same",
        more={"resources": sum(map(len, written))},
    )  # fmt: skip


def _rate(work: Callable[[], int]) -> float:
    """Times a CPU second."""
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < PER_ROUND_S:
        work()
        done += 1
    return done / spent


def _map(folder: Path) -> Result:
    """The command on a file of many referrals, then the same lines through the plain library."""
    example = next(kind for kind in KINDS if kind.name == "referral").example
    lines = _referrals(folder / "referrals.ndjson", record_json(example))
    start = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "adapter.cli", "map", str(lines), "--kind", "referral",
         "--out", str(folder / "out.ndjson")],
        check=False,
    )  # fmt: skip
    ours = DOCUMENTS / (time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    start = time.perf_counter()
    with lines.open() as file:
        for line in file:
            json.dumps(json.loads(line))
    plain = DOCUMENTS / (time.perf_counter() - start)
    with (folder / "out.ndjson").open("rb") as file:
        answered = sum(1 for _ in file)
    return paired(
        "map", [(ours, plain)], wrong=abs(DOCUMENTS - answered) + ran.returncode,
        baseline="json.loads + json.dumps of the same lines",
        more={"documents": DOCUMENTS, "peak_mib": round(peak), "per_s": round(ours)},
    )  # fmt: skip


def _referrals(path: Path, example: dict[str, Any]) -> Path:
    """As many referrals, each with numbers of its own."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(DOCUMENTS):
            example["identifier"]["value"] = f"v-{n}"
            example["patient"]["identifier"]["value"] = f"p-{n}"
            file.write(json.dumps(example) + "\n")
    return path
