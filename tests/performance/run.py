"""`make bench`: every benchmark of this folder, one JSON object per line on standard output.

A figure is a ratio against a baseline that was measured in the same run, interleaved round by
round, with the 95 % interval of the paired ratios. A run with a wrong answer counts for nothing
and says so. Machines differ: compare ratios, never rates.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.performance import gateway, mapping, reads
from tests.performance.ratio import Result

BENCHMARKS: tuple[Callable[[Path], Iterator[Result]], ...] = (
    reads.run,
    gateway.run,
    mapping.run,
)


def main() -> int:
    """0 when every answer of every benchmark was right."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="meso-bench-") as folder:
        for benchmark in BENCHMARKS:
            for result in benchmark(Path(folder)):
                print(json.dumps(result.as_json()), flush=True)
                wrong += result.wrong
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
