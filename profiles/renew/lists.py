"""Pages of lists: codes with their counterparts elsewhere, search parameters, identifiers."""

from collections.abc import Iterator
from typing import Final

from adapter.fhir.json import Json
from profiles.renew.definitions import Package, english
from profiles.renew.tables import table

_ABOUT_LISTS: Final = (
    "Lists of our own, where no national or international code is confirmed. The last column is "
    "the code that stands beside ours or means the same; *wider* when it says less."
)


def code_lists(package: Package) -> str:
    parts = [
        "# Code lists",
        _ABOUT_LISTS,
    ]
    counterparts = _counterparts(package)
    for found in package.resources["CodeSystem"].values():
        parts += [
            f"## `{found['id']}`",
            f"**{found['title']}** ({english(found, 'title')}). {found['description']}",
        ]
        if found.get("concept"):
            parts.append(_codes(found, counterparts.get(found["url"], {})))
    parts += ["## Value sets that are part of a list", _parts_of_lists(package)]
    return "\n\n".join([*parts, "[All profiles](README.md)"]) + "\n"


def _codes(system: Json, counterparts: dict[str, str]) -> str:
    head, body = ["Code", "Nederlands", "English"], []
    has_text = any("definition" in concept for concept in system["concept"])
    for concept in system["concept"]:
        translated = {d["language"]: d["value"] for d in concept.get("designation", ())}
        row = [f"`{concept['code']}`", concept["display"], translated.get("en", "")]
        row += [concept.get("definition", "")] if has_text else []
        row += [counterparts.get(concept["code"], "")] if counterparts else []
        body.append(row)
    head += ["Uitleg"] if has_text else []
    head += ["Elsewhere"] if counterparts else []
    return table(head, body)


def _counterparts(package: Package) -> dict[str, dict[str, str]]:
    """By address of the list, by code."""
    found: dict[str, dict[str, str]] = {}
    for source, target, code, counterpart, equivalence in mapped(package):
        if counterpart is None:
            continue
        name = target.rpartition("/")[2]
        text = f"{name} `{counterpart}`" + (
            "" if equivalence == "equivalent" else f" ({equivalence})"
        )
        codes = found.setdefault(source, {})
        codes[code] = f"{codes[code]}, {text}" if code in codes else text
    return found


def mapped(package: Package) -> Iterator[tuple[str, str, str, str | None, str]]:
    """(source list, target list, code, code there or None, equivalence) of all maps."""
    for map_ in package.resources["ConceptMap"].values():
        for group in map_["group"]:
            for element in group["element"]:
                for target in element["target"]:
                    code, equivalence = target.get("code"), target["equivalence"]
                    yield group["source"], group["target"], element["code"], code, equivalence


def _parts_of_lists(package: Package) -> str:
    lists = package.resources["CodeSystem"]
    rows = [
        [f"`{found['id']}`", found["title"], found["description"], _content(found)]
        for found in package.resources["ValueSet"].values()
        if found["id"] not in lists
    ]
    return table(["Value set", "Titel", "Uitleg", "Codes"], rows)


def _content(value_set: Json) -> str:
    parts = []
    for include in value_set["compose"]["include"]:
        name = include.get("system", "").rpartition("/")[2]
        codes = ", ".join(f"`{concept['code']}`" for concept in include.get("concept", ()))
        parts.append(f"{name}: {codes or 'all'}")
    return "; ".join(parts)


def searching(package: Package) -> str:
    statement = package.resources["CapabilityStatement"]["meso"]
    parameters = {p["url"]: p for p in package.resources["SearchParameter"].values()}
    parts = [
        "# Searching",
        statement["description"],
        "How a search is asked stands in [/fhir](../interfaces/fhir.md).",
    ]
    for offered in statement["rest"][0]["resource"]:
        doing = ", ".join(item["code"] for item in offered["interaction"])
        parts += [f"## {offered['type']}", f"Interactions: {doing}."]
        rows = [
            [f"`{asked['name']}`", asked["type"], _looks_at(parameters.get(asked["definition"]))]
            for asked in offered.get("searchParam", ())
        ]
        if rows:
            parts.append(table(["Parameter", "Type", "What it looks at"], rows))
    return "\n\n".join([*parts, "[All profiles](README.md)"]) + "\n"


def _looks_at(parameter: Json | None) -> str:
    return "Zoals FHIR R4 het bepaalt." if parameter is None else str(parameter["description"])


def naming(package: Package) -> str:
    rows = [
        [f"`{found['uniqueId'][0]['value']}`", found["description"]]
        for found in package.resources["NamingSystem"].values()
    ]
    return table(["System", "What it names"], rows)
