"""The FSH sources agree with the code that uses their codes and addresses. Needs no Node.js."""

import ast
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from adapter.fhir.constants import CANONICAL
from mappings.codes import CodeSystem

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "profiles"
FSH = "\n".join(path.read_text("utf-8") for path in sorted(PROFILES.glob("input/fsh/**/*.fsh")))

# Lists that no record uses: they belong to answers, to the log and to the rights.
NOT_IN_RECORDS = {"rule", "audit-subtype", "audience-change"}


def fsh_lists() -> dict[str, dict[str, str]]:
    """Id of each CodeSystem in the sources, with its codes and their displays."""
    ends = "CodeSystem|ValueSet|Profile|Extension|Invariant|RuleSet"
    return {
        id_: dict(re.findall(r'(?m)^\* #(\S+) "((?:[^"\\]|\\.)*)"', body))
        for id_, body in re.findall(
            rf"(?ms)^CodeSystem: \w+\nId: (\S+)\n(.*?)(?=^(?:{ends}): |\Z)", FSH
        )
    }


def own_lists() -> dict[str, dict[str, str]]:
    """The same, as the mappings know them."""
    return {
        value.url.rpartition("/")[2]: dict(value.texts)
        for path in sorted((ROOT / "mappings").glob("*codes.py"))
        for value in vars(import_module(f"mappings.{path.stem}")).values()
        if isinstance(value, CodeSystem) and value.url.startswith(CANONICAL)
    }


def names_given(function: str, position: int, keyword: str = "") -> set[str]:
    """Every text that the mappings give a function at this position or by this keyword.

    A name that is handed on from a parameter was given somewhere else, by the keyword.
    """
    given: list[ast.expr] = []
    for path in sorted((ROOT / "mappings").glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                given += [item.value for item in node.keywords if item.arg == keyword]
                if isinstance(node.func, ast.Name) and node.func.id == function:
                    given += node.args[position : position + 1]
    texts = {item.value for item in given if isinstance(item, ast.Constant)}
    handed_on = {item.id for item in given if isinstance(item, ast.Name)}
    assert len(given) == sum(isinstance(item, ast.Constant | ast.Name) for item in given)
    assert handed_on <= {keyword}
    return {text for text in texts if isinstance(text, str)}


@pytest.mark.parametrize("name", sorted(own_lists()))
def test_a_code_list_says_the_same_in_the_profiles_and_in_the_mappings(name: str) -> None:
    assert fsh_lists()[name] == own_lists()[name]


def test_no_code_list_stands_in_the_profiles_alone() -> None:
    assert set(fsh_lists()) - set(own_lists()) == NOT_IN_RECORDS


def test_every_rule_that_code_names_is_a_rule_of_the_list() -> None:
    named = {
        rule
        for room in ("adapter", "mappings")
        for path in (ROOT / room).glob("**/*.py")
        for rule in re.findall(r'"((?:RI?|BSN)-\d+)"', path.read_text("utf-8"))
    }
    assert named
    assert named <= set(fsh_lists()["rule"])


def test_every_profile_that_the_mappings_claim_is_in_the_sources() -> None:
    claimed = {f"meso-{name}" for name in names_given("resource", 2, "profile")}
    assert claimed
    assert claimed <= set(re.findall(r"(?m)^Id: (meso-\S+)$", FSH))


def test_every_profile_with_a_place_in_the_store_is_in_the_sources() -> None:
    places = json.loads((ROOT / "adapter/access/placements.json").read_text("utf-8"))
    assert set(places) <= set(re.findall(r"(?m)^Id: (meso-\S+)$", FSH))


def test_every_extension_that_the_mappings_write_is_in_the_sources() -> None:
    written = {f"ext-{name}" for name in names_given("extension_url", 0)}
    assert written
    assert written <= set(re.findall(r"(?m)^Id: (ext-\S+)$", FSH))


def test_the_canonical_is_the_one_of_the_code() -> None:
    config = (PROFILES / "sushi-config.yaml").read_text("utf-8")
    assert re.findall(r"(?m)^canonical: (\S+)$", config) == [CANONICAL]


def test_the_lock_names_no_address_and_checks_every_package() -> None:
    lock = json.loads((PROFILES / "package-lock.json").read_text("utf-8"))
    # Packages inside another one's archive ("inBundle") come under its hash.
    packages = {
        name: entry for name, entry in lock["packages"].items() if name and "inBundle" not in entry
    }
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
