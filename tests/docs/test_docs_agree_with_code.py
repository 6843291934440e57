"""What the papers promise stands in the code, and the other way round."""

import re
from pathlib import Path

import pytest

from adapter.access.policy import load_policy
from adapter.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_TARGET = re.compile(r"`make ([a-z]+)`")


def test_every_setting_is_documented_with_its_default_and_nothing_else() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    documented = dict(re.findall(r"^\| `(MESO_[A-Z_]+)` \| `([^`]*)` \|", page, re.MULTILINE))
    fields = {
        f"MESO_{name.upper()}": str(field.default) for name, field in Settings.model_fields.items()
    }
    assert documented == fields


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    targets = [t for t in _LINK.findall(page.read_text()) if "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_make_targets_exist(page: Path) -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(_TARGET.findall(page.read_text())) <= made


def test_the_readme_starts_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert text.index("make demo") < text.index("make test") < 1500


def test_every_role_is_told_to_the_privacy_officer() -> None:
    page = (ROOT / "docs" / "roles.md").read_text()
    assert [role for role in load_policy().roles if f"`{role}`" not in page] == []


def test_no_page_names_a_path_of_somebodys_machine() -> None:
    private = re.compile(r"(^|[\s`(])/(home|root|Users|work)/", re.MULTILINE)
    assert [page.name for page in PAGES if private.search(page.read_text())] == []
