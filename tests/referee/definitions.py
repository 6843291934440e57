"""StructureDefinitions and ValueSets of the built package and of what it stands on.

Reads the package cache that the profile build fills; nothing is fetched.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.referee.referee import PACKAGE, ROOT, when_settled

Json = dict[str, Any]

_CACHE: Final = ROOT / ".build" / "profile-home" / ".fhir" / "packages"
_NL_CORE: Final = "nictiz.fhir.nl.r4.nl-core#*/package"
_CORE: Final = "hl7.fhir.r4.core#4.0.1/package"


def own_structures() -> list[Json]:
    """Profiles, then extensions, each in the order of their ids."""
    found = when_settled(lambda: list(_read(PACKAGE, "StructureDefinition")))
    return sorted(found, key=lambda sd: (sd["type"] == "Extension", sd["id"]))


@cache
def structure(url: str) -> Json:
    """By canonical address, wherever it comes from. KeyError when no package has it."""
    bare = url.partition("|")[0]
    if bare in _local("StructureDefinition"):
        return _local("StructureDefinition")[bare]
    return _core("StructureDefinition", bare)


@cache
def elements(url: str) -> Mapping[str, Json]:
    """Elements of the snapshot by id; none of an address that no package has."""
    if not _is_known(url):
        return {}
    return {element["id"]: element for element in structure(url)["snapshot"]["element"]}


def _is_known(url: str) -> bool:
    try:
        structure(url)
    except KeyError:
        return False
    return True


def holds(value_set: str, coding: Json) -> bool:
    """Whether a value set of a local package lists the code, or takes in all of its system."""
    found = _local("ValueSet").get(value_set.partition("|")[0], {})
    return any(_includes(part, coding) for part in found.get("compose", {}).get("include", ()))


def _includes(part: Json, coding: Json) -> bool:
    if any(holds(url, coding) for url in part.get("valueSet", ())):
        return True
    if "system" not in part or part["system"] != coding.get("system"):
        return False
    listed = part.get("concept")
    return listed is None or any(one["code"] == coding.get("code") for one in listed)


def first_code(value_set: str) -> Json:
    """Some coding of a value set of a local package or of R4."""
    bare = value_set.partition("|")[0]
    found = _local("ValueSet").get(bare) or _core("ValueSet", bare)
    for part in found.get("compose", {}).get("include", ()):
        for nested in part.get("valueSet", ()):
            return first_code(nested)
        concepts = part.get("concept")
        system = part["system"]
        if concepts is None:
            codes = _local("CodeSystem").get(system) or _core("CodeSystem", system)
            concepts = codes.get("concept", [])
        for concept in concepts:
            return {"system": system, "code": concept["code"]}
    raise KeyError(value_set)


def _core(type_: str, url: str) -> Json:
    """A ValueSet or CodeSystem of R4, whose file name ends as its address does."""
    file = _CACHE / _CORE / f"{type_}-{url.rpartition('/')[2]}.json"
    if not file.exists():
        raise KeyError(url)
    found: Json = json.loads(file.read_text("utf-8"))
    return found


@cache
def _local(type_: str) -> Mapping[str, Json]:
    folders = [*sorted(_CACHE.glob(_NL_CORE)), PACKAGE]
    return when_settled(
        lambda: {found["url"]: found for folder in folders for found in _read(folder, type_)}
    )


def _read(folder: Path, type_: str) -> Iterator[Json]:
    for file in sorted(folder.glob("*.json")):
        if not file.name.startswith((".", "package")):
            found: Json = json.loads(file.read_text("utf-8"))
            if found.get("resourceType") == type_:
                yield found
