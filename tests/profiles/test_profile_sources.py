"""The FSH sources agree with the code that uses their codes and addresses. Needs no Node.js."""

import ast
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from adapter.audit.patterns import _OWN_WORDS, RESTFUL
from adapter.fhir.constants import CANONICAL
from adapter.workflows.disclose import ABSENT
from mappings.toolkit.codes import CodeSystem

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "profiles"
CODE = [path for room in ("adapter", "mappings") for path in (ROOT / room).glob("**/*.py")]
FSH = "\n".join(path.read_text("utf-8") for path in sorted(PROFILES.glob("input/fsh/**/*.fsh")))

# Lists that no record uses: of answers, of the log, of the rights, of what goes to test servers.
NOT_IN_RECORDS = {"rule", "audience-change", "test-run", "basic"}


def fsh_bodies() -> list[tuple[str, str]]:
    """Id and rules of each CodeSystem in the sources."""
    ends = "CodeSystem|ValueSet|Profile|Extension|Invariant|RuleSet|Instance"
    return re.findall(rf"(?ms)^CodeSystem: \w+\nId: (\S+)\n(.*?)(?=^(?:{ends}): |\Z)", FSH)


def fsh_lists() -> dict[str, dict[str, str]]:
    """Id of each CodeSystem in the sources, with its codes and their displays."""
    return {
        id_: dict(re.findall(r'(?m)^\* #(\S+) "((?:[^"\\]|\\.)*)"', body))
        for id_, body in fsh_bodies()
    }


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def own_lists() -> dict[str, dict[str, str]]:
    """The same, as the mappings know them."""
    return {
        value.url.rpartition("/")[2]: dict(value.texts)
        for path in sorted((ROOT / "mappings").rglob("*codes.py"))
        for value in vars(import_module(_module(path))).values()
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


def test_every_code_has_an_english_designation_and_every_list_an_english_title() -> None:
    english = {
        id_: set(re.findall(r'(?m)^\* #(\S+) insert English\(\[\["', body))
        for id_, body in fsh_bodies()
    }
    assert english == {id_: set(codes) for id_, codes in fsh_lists().items()}
    assert [id_ for id_, body in fsh_bodies() if "* insert InEnglish([[" not in body] == []


def test_every_rule_that_code_names_is_a_rule_of_the_list() -> None:
    named = {
        rule
        for path in CODE
        for rule in re.findall(r'"((?:RI?|BSN)-\d+|RFC\d+)"', path.read_text("utf-8"))
    }
    assert named
    assert {*named, ABSENT} <= set(fsh_lists()["rule"])


def test_every_interaction_of_the_log_is_of_fhir_or_of_the_list() -> None:
    own = set(fsh_lists()["audit-subtype"])
    told = {
        word
        for path in CODE
        for word in re.findall(r'interaction="([a-z-]+)"', path.read_text("utf-8"))
    }
    assert told
    assert told <= {*own, *RESTFUL}
    assert set(_OWN_WORDS) <= own


def test_every_list_extension_and_numbering_that_code_names_is_in_the_sources() -> None:
    kinds = "CodeSystem|NamingSystem|StructureDefinition"
    named = {
        found
        for path in CODE
        for found in re.findall(
            rf'\{{CANONICAL\}}/({kinds})/([a-z0-9-]+)"', path.read_text("utf-8")
        )
    }
    declared = {
        *(("CodeSystem", id_) for id_ in fsh_lists()),
        *(("NamingSystem", id_) for id_ in re.findall(r"(?m)^Instance: ns-(\S+)$", FSH)),
        *(("StructureDefinition", id_) for id_ in re.findall(r"(?m)^Id: (\S+)$", FSH)),
    }
    assert named
    assert named <= declared


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
