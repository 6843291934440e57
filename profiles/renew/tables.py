"""Tables of the pages: elements, invariants, extensions."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from adapter.fhir.json import Json
from profiles.renew.definitions import Package, Row, own_id, rows
from profiles.renew.words import ELEMENTS

_BARE: Final = re.compile(r"[|<>]")
_ESCAPED: Final = {"|": "\\|", "<": "&lt;", ">": "&gt;"}


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in body]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """One line of Markdown; code spans keep all but the bar."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(
        part.replace("|", "\\|")
        if part.startswith("`")
        else _BARE.sub(lambda m: _ESCAPED[m[0]], part)
        for part in parts
    )


def parent(profile: Json) -> str:
    name = profile["baseDefinition"].rpartition("/")[2]
    is_national = name.startswith(("nl-core-", "zib-"))
    return f"`{name}` ({'Nictiz' if is_national else 'FHIR R4'})"


def elements(package: Package, profile: Json, examples: Sequence[Json]) -> str:
    head = ["Element", "Number", "Type", "Values", "Meaning"]
    titles = {found["url"]: found["title"] for found in package.extensions()}
    return table(head, [_element(row, titles) for row in rows(profile, examples)])


def _element(row: Row, titles: Mapping[str, str]) -> list[str]:
    element = row.element
    depth = element["id"].count(".") - 1
    name = element["id"].rpartition(".")[2]
    shown = f"`{name}`" if row.ours is None else f"**`{name}`**"
    return [
        "· " * depth + shown,
        f"{element['min']}..{element['max']}",
        _types(element),
        _values(element),
        _meaning(row, titles),
    ]


def _types(element: Json) -> str:
    found = []
    for type_ in element.get("type", ()):
        targets = [address.rpartition("/")[2] for address in type_.get("targetProfile", ())]
        extensions = type_.get("profile", ())
        code = type_["code"].rpartition("/")[2].rpartition(".")[2]
        if targets and len(targets) < _MANY:
            found.append(f"Reference({', '.join(targets)})")
        elif code == "Extension" and extensions:
            found += [_extension(address) for address in extensions]
        else:
            found.append(code)
    return ", ".join(found) if len(found) < _MANY else "any"


def _extension(address: str) -> str:
    own = own_id(address)
    return (
        f"[Extension](extensions.md#{own})" if own else f"Extension `{address.rpartition('/')[2]}`"
    )


_MANY: Final = 10


def _values(element: Json) -> str:
    fixed = [_code(v) for k, v in element.items() if k.startswith(("pattern", "fixed"))]
    binding = element.get("binding", {})
    address = binding.get("valueSet", "").partition("|")[0]
    if fixed:
        return f"always {', '.join(fixed)}"
    if not address or binding["strength"] == "example":
        return ""
    own = own_id(address)
    name = address.rpartition("/")[2].partition("--")[0]
    link = f"[{name}](code-lists.md#{own})" if own else f"`{name}`"
    return f"{link} ({binding['strength']})"


def _code(value: object) -> str:
    if isinstance(value, dict):
        codings = value.get("coding", [value] if "code" in value else [])
        if codings:
            return ", ".join(_coding(item) for item in codings)
        return ", ".join(f"`{item}`" for item in value.values())
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _coding(coding: Json) -> str:
    system = coding.get("system", "").rpartition("/")[2]
    return f"`{system}#{coding['code']}`" if system else f"`{coding['code']}`"


def _meaning(row: Row, titles: Mapping[str, str]) -> str:
    ours = row.ours or {}
    rules = [rule["key"] for rule in ours.get("constraint", ())]
    comment = ours.get("comment", "").rstrip(".")
    text = ours.get("short") or _inherited_text(row.element, titles)
    return ". ".join(filter(None, [text, comment, ", ".join(f"`{rule}`" for rule in rules)]))


def _inherited_text(element: Json, titles: Mapping[str, str]) -> str:
    name = element["id"].rpartition(".")[2].partition(":")[0]
    slice_ = element.get("sliceName")
    if slice_ and name in {"extension", "modifierExtension"}:
        addresses = [a for type_ in element.get("type", ()) for a in type_.get("profile", ())]
        return ", ".join(titles.get(address, "") for address in addresses)
    text = ELEMENTS.get(name) or str(element.get("short", ""))
    return f"{text} ({slice_})" if slice_ else text


def invariants(profile: Json) -> str:
    found = [
        [f"`{rule['key']}`", f"`{element['id']}`", rule["human"]]
        for element in profile["differential"]["element"]
        for rule in element.get("constraint", ())
    ]
    return table(["Rule", "At", "What it asks"], found) if found else ""


# --- extensions -------------------------------------------------------------------------------


def extensions(package: Package) -> str:
    parts = ["# Extensions", "Only what FHIR R4 and nl-core have no place for."]
    for found in package.extensions():
        contexts = ", ".join(f"`{context['expression']}`" for context in found["context"])
        is_modifier = found["snapshot"]["element"][0].get("isModifier", False)
        warning = "**Changes the meaning of what it stands in (modifier).** " if is_modifier else ""
        parts += [
            f"## `{found['id']}`",
            f"**{found['title']}**, on {contexts}. {warning}{found['description']}",
            table(["Part", "Number", "Type", "Values"], _parts(found)),
        ]
        rules = invariants(found)
        parts += [rules] if rules else []
    return "\n\n".join([*parts, "[All profiles](README.md)"]) + "\n"


def _parts(extension: Json) -> list[list[str]]:
    """The value, or the value of each nested extension."""
    found = {element["id"]: element for element in extension["snapshot"]["element"]}
    nested = [e for id_, e in found.items() if re.fullmatch(r"Extension\.extension:\w+", id_)]
    values = [(e["sliceName"], e, found[f"{e['id']}.value[x]"]) for e in nested]
    if not values:
        value = found["Extension.value[x]"]
        values = [("value", value, value)]
    return [
        [f"`{name}`", f"{part['min']}..{part['max']}", _types(value), _values(value)]
        for name, part, value in values
    ]
