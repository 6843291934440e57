"""What every partner's view has: its header and the line that says it is a part.

https://hl7.org/fhir/R4/resource.html#Meta

A view stands under the id of what it was made of and carries neither version nor time, which would
move with what is hidden. It is made anew each time and never stored.
"""

from typing import Final

from adapter.fhir.constants import ACT_REASON, HTEST_CODE, htest, subsetted
from adapter.fhir.json import Json
from mappings.toolkit.writing import present, profile_url

PARTIAL_NOTE: Final = (
    "Dit is het deel van het zorgbehandelplan dat voor u bestemd is. "
    "Bel bij vragen de regiehouder; zie het behandelteam (CareTeam)."
)


def view(kind: str, source: Json, *also: str, profile: str, **members: object) -> Json:
    """A resource of type `kind` made of `source`; `also` are profiles of others that it meets."""
    meta: Json = {"profile": [profile_url(profile), *also]}
    if _is_synthetic(source):
        meta["security"] = [htest()]
    meta["tag"] = [subsetted()]
    return {"resourceType": kind, "id": source["id"], "meta": meta, **present(members)}


def partial_note() -> list[Json]:
    return [{"text": PARTIAL_NOTE}]


def _is_synthetic(source: Json) -> bool:
    labels = source.get("meta", {}).get("security", [])
    return any(
        (label.get("system"), label.get("code")) == (ACT_REASON, HTEST_CODE) for label in labels
    )
