"""`make validate`: the referee over everything that we write, told so that a person can read it.

    python -m tests.referee.sweep [--examples] [--demo] [--region FOLDER]

Judges the examples, the documentation, the sample of the invented region and, when asked, every
version that the demo leaves in its store. Exit code: 0 nothing wrong, 1 errors or remarks without
a reason, 3 no referee here.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from adapter.fhir.json import decode_own
from tests.referee.accepted import reason_of, unexplained
from tests.referee.documents import documentation, example_sets, sample_sets
from tests.referee.jury import judge_sets
from tests.referee.referee import Finding, Referee, RefereeUnavailableError, running_referee

Json = dict[str, Any]

_SHOWN: Final = 60
_Remark = tuple[str, Finding]  # with the name of what it was said of


def main() -> int:
    parser = argparse.ArgumentParser(description="Judge everything that we write.")
    parser.add_argument("--examples", action="store_true", help="leave the sample out")
    parser.add_argument("--demo", action="store_true", help="run the demo and judge its store too")
    parser.add_argument("--region", type=Path, help="judge the store of this region too")
    given = parser.parse_args()
    try:
        with running_referee() as referee:
            return _sweep(referee, given)
    except RefereeUnavailableError as reason:
        sys.stderr.write(f"No referee here: {reason}\n")
        return 3


def _sweep(referee: Referee, given: argparse.Namespace) -> int:
    remarks = _part(referee, "Examples of every kind", judge_sets(referee, example_sets()))
    documents = {name: referee.judge_document(one) for name, one in documentation()}
    remarks += _part(referee, "Documentation", documents)
    if not given.examples:
        sample = {name: referee.judge(resources) for name, resources in sample_sets()}
        remarks += _part(referee, "Sample of the region", sample)
    if given.demo:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "region"
            command = [sys.executable, "-m", "adapter.cli", "demo", "--fast", "--dir", str(place)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            remarks += _part(referee, "Store of the demo", judge_sets(referee, [stored(place)]))
    if given.region is not None:
        store = judge_sets(referee, [stored(given.region)])
        remarks += _part(referee, f"Store of {given.region}", store)
    return _told(remarks)


def stored(region: Path) -> tuple[str, list[Json]]:
    """Every version that a region holds. The newest of each stands under its own name; an older
    one stands beside it."""
    found: dict[str, Json] = {}
    with sqlite3.connect(region / "meso.db") as connection:
        rows = connection.execute(_VERSIONS).fetchall()
    connection.close()
    newest = {f"{type_}/{id_}": version for type_, id_, version, _ in rows}
    for type_, id_, version, body in rows:
        resource = decode_own(body)
        if version != newest[f"{type_}/{id_}"]:
            resource["id"] = f"{id_[:50]}-v{version}"
        found[f"{type_}/{resource['id']}"] = resource
    return "store", list(found.values())


_VERSIONS: Final = """
    SELECT resource.type, resource.id, resource_version.version, resource_version.body
    FROM resource_version JOIN resource USING (rid)
    ORDER BY resource.type, resource.id, resource_version.version
"""


def _part(referee: Referee, title: str, judged: Mapping[str, list[Finding]]) -> list[_Remark]:
    """One line about a part; `referee` counts since the last."""
    errors = sum(one.is_error for found in judged.values() for one in found)
    seconds = referee.milliseconds / 1000
    sys.stdout.write(
        f"{title:28} {referee.judged:6} resources  {errors:4} errors  {seconds:6.1f} s\n"
    )
    sys.stdout.flush()
    referee.judged = referee.milliseconds = 0
    return [(name, one) for name, found in judged.items() for one in found]


def _told(remarks: Sequence[_Remark]) -> int:
    wrong = [(name, one) for name, one in remarks if unexplained([one])]
    reasons = Counter(
        reason_of(one) for _, one in remarks if one.severity == "warning" and not unexplained([one])
    )
    sys.stdout.write("\nWarnings, with their reasons:\n")
    for reason, number in reasons.most_common():
        sys.stdout.write(f"  {number:6}  {reason}\n")
    if not wrong:
        sys.stdout.write("\nNothing is wrong.\n")
        return 0
    places: dict[str, list[str]] = defaultdict(list)
    for name, one in wrong:
        places[f"{one.severity} {one.element}: {one.text} [{one.message_id}]"].append(name)
    sys.stdout.write(f"\n{len(wrong)} remarks without a reason, {len(places)} different:\n")
    for text, names in sorted(places.items(), key=lambda item: -len(item[1]))[:_SHOWN]:
        sys.stdout.write(f"  {len(names):6} x {text}\n           in {names[0]}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
