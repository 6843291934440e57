"""Examples of the package: what the mappings make of the example record of every kind.

The golden files of `tests/mappings` hold the resources, and its table of kinds the variants of a
record that a single example cannot show; so no example is written by hand and a test executes
each. Two of them may hold the same resource in two states (an open trajectory and the closed one):
the package has one content per id, golden files first, by name.
"""

import json
from pathlib import Path
from typing import Final

from adapter.access import views
from adapter.fhir.json import Json, decode_own, encode
from profiles.renew.files import ROOT
from tests.mappings.kinds import KINDS
from tests.mappings.partner_view_builders import partner_view_sets

GOLDEN: Final = ROOT / "tests" / "mappings" / "golden"
_FRAME: Final = "meso-care-plan"
_PART: Final = "meso-care-plan-part"

# Profiles without an example, and why.
WITHOUT: Final = {
    "meso-handover-task": "nothing makes it yet",
    "meso-parked-referral": "a Task that only the workflow makes, for two practices; no record",
    "meso-provenance": "the store writes it with each change, beside what was changed; no mapping",
}


def examples(folder: Path = GOLDEN) -> dict[str, Json]:
    """Resources by "Type/id"."""
    found: dict[str, Json] = {}
    for path in sorted(folder.glob("*.json")):
        for resource in json.loads(path.read_text("utf-8")):
            found.setdefault(f"{resource['resourceType']}/{resource['id']}", resource)
    for kind in KINDS:
        for variant in kind.variants:
            for resource in kind.write(variant):
                found.setdefault(f"{resource['resourceType']}/{resource['id']}", resource)
    frames = [r for r in found.values() if profile_of(r) == _FRAME]
    for frame in frames[:1]:
        part = partial_plan(frame)
        found[f"CarePlan/{part['id']}"] = part
    for view in partner_views():
        found.setdefault(f"{view['resourceType']}/{view['id']}", view)
    return dict(sorted(found.items()))


def partial_plan(frame: Json) -> Json:
    """The frame as a partner sees it who was given its first problem and its first goal."""
    shown = {
        frame["subject"]["reference"],
        frame["author"]["reference"],
        *(target["reference"] for target in frame["careTeam"]),
        frame["addresses"][0]["reference"],
        frame["goal"][0]["reference"],
    }
    part = decode_own(views.reduce(encode(frame), "part", frozenset(shown)))
    # In the package the part stands beside the frame, whose id it has in reality.
    return {**part, "id": f"{part['id']}-part"}


def partner_views() -> list[Json]:
    """Other views for a partner, beside what they are made of, whose id they have in reality."""
    return [
        {**view, "id": f"{view['id']}-{profile_of(view).removeprefix('meso-')}"}
        for _, views in partner_view_sets()
        for view in views
        if profile_of(view) != _PART
    ]


def profile_of(resource: Json) -> str:
    """Id of the profile that the resource claims, or "" if none."""
    claimed = resource.get("meta", {}).get("profile", [""])
    return str(claimed[0]).rpartition("/")[2]
