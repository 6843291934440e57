"""`meso synth`: an invented region, one NDJSON file per kind of record, and what is in it.

Lines are records as `meso map --kind …` takes them. The same region, years, seed and key give the
same bytes. Written line by line; memory does not grow with the region.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from adapter.cli.map import ids_of
from adapter.cli.output import OK, fail, print_json, progress, say
from adapter.fhir.json import Json, encode
from adapter.synthetic.population import chapters, chapters_in, most_years
from adapter.synthetic.regional import REGION_NAMES, RegionName
from adapter.synthetic.tally import Tally
from mappings.records.base import Record
from mappings.translate import record_json

SUMMARY: Final = "region.json"


def run(
    region: str, *, years: int, seed: int, out: Path | None, keys: Path | None, as_json: bool
) -> int:
    """Exit code 0; 2 for wrong use, or where nothing can be written."""
    name = _region(region)
    if not 1 <= years <= most_years(name):
        fail(f"Voor deze regio kan dit van 1 tot en met {most_years(name)} jaar.")
    folder = out or Path(f"synth-{name}")
    tally = Tally(name)
    told = progress(
        chapters(name, years, seed, ids_of(keys)), "Verzinnen", chapters_in(name, years)
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as open_files:
            files: dict[str, IO[bytes]] = {}
            for kind, record in _flat(told):
                if kind not in files:
                    path = folder / f"{kind}.ndjson"
                    files[kind] = open_files.enter_context(path.open("wb"))
                files[kind].write(encode(record_json(record)) + b"\n")
                tally.add(kind, record)
        report = tally.report(years=years, seed=seed)
        (folder / SUMMARY).write_bytes(encode(report) + b"\n")
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    _show(report, folder, as_json=as_json)
    return OK


def _region(name: str) -> RegionName:
    found = next((known for known in REGION_NAMES if known == name), None)
    if found is None:
        fail(f"Deze regio is er niet. Wel: {', '.join(REGION_NAMES)}.")
    return found


def _flat(told: Iterable[Iterator[tuple[str, Record]]]) -> Iterator[tuple[str, Record]]:
    for chapter in told:
        yield from chapter


def _show(report: Json, folder: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({**report, "folder": str(folder)})
        return
    kinds = report["kinds"]
    say(f"{report['name']}: {report['records']} records van {len(kinds)} soorten in {folder}.")
    say(f"Verwijzingen: {kinds['referral']}, trajecten: {kinds['trajectory']}.")
    say(f"Naar FHIR: meso map {folder}/care-plan.ndjson --kind care-plan")
