"""`docs/mapping.md`, made from the code: where each field of each record stands in FHIR.

    python -m tests.docs.mapping_page

writes the page. `docs/data-model/*.json` say where the fields of the data model went.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mappings.kinds import KINDS as TABLE
from tests.mappings.field_table import Row, rows
from tests.mappings.kinds import KINDS, Kind

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mapping.md"
DATA_MODEL = ROOT / "docs" / "data-model"

# Fields that no element carries, by the end of their path.
EXPLAINED = {
    "version": "`meta.versionId`, door de opslag; wat de afzender het laatst zag",
    "stream": "`AuditEvent.id`: een logregel heeft geen identifier, haar id noemt de regel",
    "seq": "`AuditEvent.id`: een logregel heeft geen identifier, haar id noemt de regel",
    "content": "`Bundle.entry.resource`, onveranderd zoals het HIS het gaf",
}

_HEAD = """# Van bericht naar FHIR

Gemaakt met `python -m tests.docs.mapping_page`: elk veld van elk soort bericht kreeg een andere
waarde, en de elementen die daardoor veranderden staan ernaast. Een veld zonder regel laat de toets
falen. Heen en terug geeft hetzelfde bericht; dat toetst `tests/mappings/test_round_trip.py`, per
soort.

De profielen staan in [profiles](profiles/README.md), de vorm van elk bericht op
`/records/schema/{soort}`.
"""


def page() -> str:
    parts = [_HEAD, *_contents(), *_data_model()]
    for kind in sorted(KINDS, key=lambda k: k.name):
        parts += _kind(kind)
    return "\n".join(parts).rstrip() + "\n"


def explained(row: Row) -> str | None:
    """Why a field has no element."""
    return EXPLAINED.get(row.field.rsplit(".", 1)[-1])


def data_model() -> Iterator[dict[str, Any]]:
    """What `docs/data-model` says, in order of section."""
    files = sorted(
        DATA_MODEL.glob("*.json"), key=lambda f: [int(n) for n in f.stem.split("-")[0].split(".")]
    )
    for file in files:
        yield json.loads(file.read_text("utf-8"))


def _contents() -> list[str]:
    lines = [
        f"- [{_title(kind)}](#{kind.name}): `{kind.name}`"
        for kind in sorted(KINDS, key=lambda k: k.name)
    ]
    return ["## Soorten", "", *lines, ""]


def _title(kind: Kind) -> str:
    titles = {known.record: known.title for known in TABLE.values()}
    return titles.get(type(kind.example), kind.name)


def _data_model() -> Iterator[str]:
    yield from ("## Waar de velden van het gegevensmodel staan", "")
    for section in data_model():
        yield from (
            f"### {section['section']} {section['title']}",
            "",
            "| Veld | Plaats |",
            "|---|---|",
        )
        for name, place in section["fields"].items():
            where = place if isinstance(place, list) else place["where"]
            note = "" if isinstance(place, list) else place.get("note", "")
            shown = ", ".join(f"`{path}`" for path in where)
            yield f"| {_cell(name)} | {'. '.join(p for p in (shown, _cell(note)) if p)} |"
        yield ""


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f'<a id="{kind.name}"></a>', "", f"## {_title(kind)} (`{kind.name}`)", "")
    yield from ("| Veld | FHIR | Profiel | Toets |", "|---|---|---|---|")
    test = f"`test_round_trip[{kind.name}]`"
    for row in rows(kind):
        if not row.elements:
            yield f"| `{row.field}` | {explained(row) or '**geen plaats**'} | | |"
            continue
        for n, profile in enumerate(sorted(row.elements)):
            elements = "<br>".join(f"`{e}`" for e in sorted(row.elements[profile]))
            first = f"`{row.field}`" if n == 0 else ""
            yield f"| {first} | {elements} | `{profile}` | {test if n == 0 else ''} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
