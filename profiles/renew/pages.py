"""`docs/profiles`: every profile as a table that a person can read, and the lists beside them.

One page per profile, one for the extensions, one for the code lists with their counterparts, one
for searching, and an index by subject. Texts are those of the package; nothing is written here
that the package does not say.
"""

from pathlib import Path
from typing import Final

from adapter.fhir.json import Json
from profiles.renew import lists, tables
from profiles.renew.definitions import Package, read_package
from profiles.renew.files import MARK, ROOT, Made

FOLDER: Final = Path("docs/profiles")
PACKAGE: Final = "../../profiles/package"
EXAMPLES: Final = "../../profiles/derived/example"
SCHEMAS: Final = Path("profiles/derived/schema")

_LEGEND: Final = (
    "**Bold** is what this profile lays down itself; the other rows come from the parent and are "
    "here because they are mandatory or because our messages fill them. What is not in the table "
    "has no place in a record of ours."
)


_ABOUT: Final = (
    "Package `meso.fhir`; what it is built of and how stands in "
    "[profiles/README.md](../../profiles/README.md). Beside the profiles: "
    "[extensions](extensions.md), [code lists and their counterparts](code-lists.md), "
    "[searching](search.md)."
)


def pages() -> Made:
    """All pages; they need the result of a build."""
    package = read_package()
    texts = {f"{p['id']}.md": _profile(package, p) for p in package.profiles()}
    texts["extensions.md"] = tables.extensions(package)
    texts["code-lists.md"] = lists.code_lists(package)
    texts["search.md"] = lists.searching(package)
    texts["README.md"] = _index(package)
    return {FOLDER / name: f"{MARK}\n\n{text}".encode() for name, text in texts.items()}


def _profile(package: Package, profile: Json) -> str:
    examples = package.examples_of(profile["id"])
    links = [f"[{r['resourceType']}/{r['id'][:8]}…]({EXAMPLES}/{name})" for name, r in examples]
    source = f"{PACKAGE}/StructureDefinition-{profile['id']}.json"
    parts = [
        f"# {profile['title']}",
        profile["description"],
        tables.table(
            ["", ""],
            [
                ["Profile", f"[`{profile['id']}`]({source}) of {profile['type']}"],
                ["Address", f"`{profile['url']}`"],
                ["Parent", tables.parent(profile)],
                ["Examples", ", ".join(links) or "none yet"],
            ],
        ),
        "## Elements",
        _LEGEND,
        tables.elements(package, profile, [resource for _, resource in examples]),
    ]
    rules = tables.invariants(profile)
    if rules:
        parts += ["## Rules over more than one element", rules]
    return "\n\n".join([*parts, "[All profiles](README.md)"]) + "\n"


def _index(package: Package) -> str:
    by_subject: dict[str, list[Json]] = {}
    for profile in package.profiles():
        by_subject.setdefault(package.subjects[profile["id"]], []).append(profile)
    parts = [
        "# The MESO profiles",
        _ABOUT,
    ]
    others = sorted(
        path.name
        for path in (ROOT / FOLDER).glob("*.md")
        if not path.read_text("utf-8").startswith(MARK)
    )
    if others:
        parts.append("Also here: " + ", ".join(f"[{name}]({name})" for name in others) + ".")
    for subject, profiles in sorted(by_subject.items()):
        parts.append(f"## {subject.replace('-', ' ').capitalize()}")
        parts.append(tables.table(["Profile", "Of", "What it is"], [_entry(p) for p in profiles]))
    parts += ["## Identifiers that we give out", lists.naming(package)]
    parts += ["## Records", _records()]
    return "\n\n".join(parts) + "\n"


def _entry(profile: Json) -> list[str]:
    name = f"[{profile['title']}]({profile['id']}.md)"
    return [name, profile["type"], profile["description"]]


def _records() -> str:
    names = sorted(path.name for path in (ROOT / SCHEMAS).glob("*.schema.json"))
    links = [f"[{name.removesuffix('.schema.json')}](../../{SCHEMAS}/{name})" for name in names]
    return (
        "JSON Schemas of the records that the profiles are made of, in the package below `other/`: "
        + ", ".join(links)
        + "."
    )
