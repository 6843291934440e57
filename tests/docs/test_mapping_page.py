"""Every field has a place, and the page that says where is the one on file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs import mapping_page
from tests.mappings.field_table import fields_of, rows
from tests.mappings.kinds import KINDS, NAMES, Kind

REQUIREMENTS = mapping_page.ROOT.parent / "shared" / "requirements.md"


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_field_of_a_record_reaches_an_element(kind: Kind) -> None:
    nowhere = [r.field for r in rows(kind) if not r.elements and not mapping_page.explained(r)]
    assert nowhere == []


def test_the_page_is_the_one_that_the_code_makes() -> None:
    """`python -m tests.docs.mapping_page` writes it anew."""
    assert mapping_page.PAGE.read_text("utf-8") == mapping_page.page()


def test_the_data_model_names_fields_that_exist() -> None:
    known = {
        f"{kind.name}.{field}".replace("[]", "")
        for kind in KINDS
        for field in fields_of(type(kind.example))
    }
    named = {
        path.replace("[]", "")
        for section in mapping_page.data_model()
        for place in section["fields"].values()
        for path in (place if isinstance(place, list) else place["where"])
    }
    parts = {
        known_path[: m.start()] for known_path in known for m in re.finditer(r"\.", known_path)
    }
    assert named - known - parts == set()


def test_a_field_without_a_place_says_why() -> None:
    silent = [
        name
        for section in mapping_page.data_model()
        for name, place in section["fields"].items()
        if not place or (isinstance(place, dict) and not (place["where"] or place.get("note")))
    ]
    assert silent == []


def test_every_field_of_the_data_model_has_a_row() -> None:
    if not REQUIREMENTS.exists():
        pytest.skip("the requirements are not beside the checkout")
    written = {
        (section["section"], name)
        for section in mapping_page.data_model()
        for name in section["fields"]
    }
    assert set(_wanted(REQUIREMENTS)) - written == set()


def _wanted(file: Path) -> Iterator[tuple[str, str]]:
    """(section, field) of every table of fields in section 3."""
    section, in_table = "", False
    for line in file.read_text("utf-8").splitlines():
        heading = re.match(r"### (3\.\d+) ", line)
        if heading:
            section, in_table = heading[1], False
        elif line.startswith("## "):
            section, in_table = "", False
        elif section and line.startswith("|"):
            first = line.split("|")[1].strip().replace("**", "")
            if first in {"Field", "Object"}:
                in_table = True
            elif in_table and not first.startswith("---"):
                yield section, first
        else:
            in_table = False
