"""A sample of the invented regions as FHIR: patients with everything that was written of them.

Deterministic: the same seed gives the same resources. Each patient has a Bundle of her own; what
belongs to somebody else, such as the register, is stood in for (`bundles.py`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from adapter.synthetic.population import Told, chapters
from adapter.synthetic.regional import RegionName
from mappings.kinds import KINDS
from tests.mappings.builders import IDS
from tests.referee.bundles import closed

Json = dict[str, Any]

REGIONS: Final[tuple[RegionName, ...]] = ("velp", "tiel", "zoetermeer", "ommoord")
_LOG_LINES: Final = 3  # of the hundreds that every dossier has, all of one form


def region_sets(*, seed: int, patients: int) -> Iterator[tuple[str, list[Json]]]:
    """(name, resources) of each Bundle: `patients` of each region, every reference resolves."""
    for region in REGIONS:
        told = islice(chapters(region, 1, seed, IDS), 1, patients + 1)  # first the register
        for n, chapter in enumerate(told, start=1):
            yield f"{region} {seed}, patient {n}", closed(_resources(chapter))


def _resources(chapter: Iterable[Told]) -> list[Json]:
    """Each resource once, as it was written last; a patient as her referral tells her."""
    lines: Counter[str] = Counter()
    found: dict[str, Json] = {}
    for kind, record in chapter:
        lines[kind] += 1
        if kind == "log-entry" and lines[kind] > _LOG_LINES:
            continue
        for resource in KINDS[kind].to_fhir(record, IDS):
            found[f"{resource['resourceType']}/{resource['id']}"] = resource
    return list(found.values())
