"""The built package, as the pages read it: definitions by id, and what they say of an element."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json
from profiles.renew.examples import profile_of
from profiles.renew.files import ROOT

BUILT: Final = ROOT / ".build" / "profiles" / "package"
SOURCES: Final = ROOT / "profiles" / "input" / "fsh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Resources by type, each by id; `subjects` by the id of a definition: the source file's name."""

    resources: dict[str, dict[str, Json]]
    examples: list[tuple[str, Json]]
    subjects: dict[str, str]

    def profiles(self) -> list[Json]:
        found = self.resources["StructureDefinition"].values()
        return [d for d in found if d["type"] != "Extension"]

    def extensions(self) -> list[Json]:
        found = self.resources["StructureDefinition"].values()
        return [d for d in found if d["type"] == "Extension"]

    def examples_of(self, profile: str) -> list[tuple[str, Json]]:
        return [(name, r) for name, r in self.examples if profile_of(r) == profile]


def read_package() -> Package:
    """The result of the last build."""
    resources: dict[str, dict[str, Json]] = {}
    for path in sorted(BUILT.glob("*-*.json")):
        resource = json.loads(path.read_text("utf-8"))
        resources.setdefault(resource["resourceType"], {})[resource["id"]] = resource
    examples = [
        (path.name, json.loads(path.read_text("utf-8")))
        for path in sorted((BUILT / "example").glob("*-*.json"))
    ]
    return Package(resources=resources, examples=examples, subjects=_subjects())


def _subjects() -> dict[str, str]:
    kinds = "Profile|Extension|CodeSystem"
    return {
        id_: path.stem
        for path in sorted(SOURCES.glob("*/*.fsh"))
        for id_ in re.findall(
            rf"(?m)^(?:{kinds}): \w+\n(?:Parent: .*\n)?Id: (\S+)$", path.read_text()
        )
    }


def english(resource: Json, member: str) -> str:
    """English text of a member that has a translation, or ""."""
    for extension in resource.get(f"_{member}", {}).get("extension", ()):
        parts = {part["url"]: part for part in extension.get("extension", ())}
        if parts.get("lang", {}).get("valueCode") == "en":
            return str(parts["content"]["valueString"])
    return ""


def own_id(address: str) -> str | None:
    """Id of a definition of ours, by its address."""
    is_ours = address.startswith(f"{CANONICAL}/")
    return address.rpartition("/")[2] if is_ours else None


# --- elements ---------------------------------------------------------------------------------

_PLUMBING: Final = frozenset(
    {"id", "meta", "implicitRules", "language", "text", "contained", "extension"}
    | {"modifierExtension"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One element of a profile. `ours`: what the differential says of it, or None."""

    element: Json
    ours: Json | None


def rows(profile: Json, examples: Sequence[Json]) -> list[Row]:
    """What we say of the parent, what is mandatory anyway, and what our examples fill."""
    ours = {e["id"]: e for e in profile["differential"]["element"]}
    around = {above for id_ in ours for above in _above(id_)}
    used = {path for example in examples for path in _paths(example, profile["type"])}
    shown: set[str] = {profile["type"]}
    compound: set[str] = {profile["type"]}
    found = []
    for element in profile["snapshot"]["element"][1:]:
        id_ = element["id"]
        parent, _, name = id_.rpartition(".")
        types = {type_["code"] for type_ in element.get("type", ())}
        if "BackboneElement" in types and element["max"] != "0":
            compound.add(id_)
        is_inherited = (
            parent in shown & compound
            and name.partition(":")[0] not in _PLUMBING
            and element["max"] != "0"
            and (element["min"] > 0 or element["path"] in used)
        )
        if id_ in ours or id_ in around or is_inherited:
            shown.add(id_)
            found.append(Row(element=element, ours=ours.get(id_)))
    return found


def _above(id_: str) -> Iterator[str]:
    """Ids of the elements around one: what we say of it is said of a part of theirs."""
    while "." in id_:
        id_ = id_.rpartition(".")[0]
        yield id_


def _paths(node: object, path: str) -> Iterator[str]:
    """Element paths that a resource fills; a choice under the name that a definition has for it."""
    if isinstance(node, list):
        for item in node:
            yield from _paths(item, path)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield f"{path}.{name}"
            for at in range(1, len(name)):
                if name[at].isupper():
                    yield f"{path}.{name[:at]}[x]"
            yield from _paths(value, f"{path}.{name}")
