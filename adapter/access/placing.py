"""Which data class and custodian a resource has, by the MESO profile that it claims (R-36).

`placements.json` is the one list; a profile that is not on it cannot be stored.
"""

from functools import cache
from importlib.resources import files

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json, decode_own

_PROFILES = f"{CANONICAL}/StructureDefinition/"


def category_of(resource: Json) -> str:
    """Data class of a resource of ours. KeyError when its profile has no place."""
    return _row(resource)["category"]


def custodian_of(resource: Json, *, gp: str, meso: str, author: str) -> str:
    """URA of the one organisation that is responsible for it."""
    return {"gp": gp, "meso": meso, "author": author}[_row(resource)["custodian"]]


def _row(resource: Json) -> dict[str, str]:
    return _table()[resource["meta"]["profile"][0].removeprefix(_PROFILES)]


@cache
def _table() -> dict[str, dict[str, str]]:
    return decode_own(files("adapter.access").joinpath("placements.json").read_bytes())
