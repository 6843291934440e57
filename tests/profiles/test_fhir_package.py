"""What is in the FHIR package beside the profiles, and that a supplier can install it."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapter.fhir.constants import CANONICAL, LOINC, SNOMED
from mappings.consent import consent_provision
from mappings.kinds import KINDS
from mappings.mdo import mdo_held
from mappings.trajectory import care_team
from profiles.renew.definitions import read_package
from profiles.renew.examples import WITHOUT, profile_of
from profiles.renew.lists import mapped

pytestmark = [pytest.mark.profiles, pytest.mark.xdist_group("profile-build")]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / ".build" / "profiles" / "package"
# Lists that nobody has here; these codes are confirmed, and the mappings write them beside ours.
CONFIRMED = {
    SNOMED: {"3457005", "135411000146103"},
    LOINC: {"59284-0"},
}

Run = Callable[..., subprocess.CompletedProcess[str]]
Resources = list[dict[str, Any]]


def of_type(resources: Resources, type_: str) -> Resources:
    found = [r for r in resources if r["resourceType"] == type_]
    assert found
    return found


def concepts(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        yield node["code"]
        yield from concepts(node.get("concept", []))


def test_the_archive_installs_and_a_project_builds_on_it(
    built: subprocess.CompletedProcess[str], node: Run, tmp_path: Path
) -> None:
    assert built.returncode == 0, built.stdout + built.stderr
    archive = next(PACKAGE.parent.glob("*.tgz"))
    try:
        result = node("try-install.mjs", str(archive), str(tmp_path))
    finally:
        shutil.rmtree(tmp_path / "home", ignore_errors=True)  # a hundred megabytes of R4
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Loaded {archive.stem.replace('-', '#')}" in result.stdout


@pytest.mark.parametrize("folder", ["", "example"])
def test_the_index_names_every_file_and_nothing_else(folder: str, resources: Resources) -> None:
    assert resources
    index = json.loads((PACKAGE / folder / ".index.json").read_text("utf-8"))
    rows = {row["filename"]: (row["resourceType"], row["id"]) for row in index["files"]}
    files = {}
    for path in (PACKAGE / folder).glob("*-*.json"):
        resource = json.loads(path.read_text("utf-8"))
        files[path.name] = (resource["resourceType"], resource["id"])
    assert rows == files


def test_every_profile_has_an_example_or_a_reason_why_not(resources: Resources) -> None:
    profiles = {
        r["id"]
        for r in of_type(resources, "StructureDefinition")
        if r["type"] != "Extension" and not r.get("abstract")
    }
    examples = (PACKAGE / "example").glob("*-*.json")
    shown = {profile_of(json.loads(path.read_text("utf-8"))) for path in examples}
    assert profiles - shown == set(WITHOUT)


def test_every_kind_of_record_has_its_schema_in_the_package(resources: Resources) -> None:
    assert resources
    schemas = {path.name for path in (PACKAGE / "other").glob("*.json")}
    assert schemas == {f"{name}.schema.json" for name in KINDS}


def test_a_map_says_something_of_every_code_of_its_list(resources: Resources) -> None:
    lists = {r["url"]: set(concepts(r["concept"])) for r in resources if r.get("concept")}
    said: dict[tuple[str, str], list[str]] = {}
    for source, target, code, _, _ in mapped(read_package()):
        said.setdefault((source, target), []).append(code)
    assert said
    for (source, _), codes in said.items():
        assert sorted(codes) == sorted(lists[source])


def test_a_map_points_only_to_codes_that_exist(
    resources: Resources, known: dict[str, dict[str, Any]]
) -> None:
    assert resources
    unknown = []
    for _, target, _, code, equivalence in mapped(read_package()):
        assert (code is None) == (equivalence == "unmatched")
        published = CONFIRMED.get(target)
        codes = published or set(concepts(known[target]["concept"]))
        if code is not None and code not in codes:
            unknown.append((target, code))
    assert unknown == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("team-role-to-participation-type", care_team._NATIONAL_ROLES),
        ("mdo-form-to-act-code", mdo_held._CLASSES),
        ("consent-action-to-consentaction", consent_provision._NATIONAL),
    ],
)
def test_a_map_says_what_the_mappings_write_beside_our_code(
    name: str, written: dict[str, str], resources: Resources
) -> None:
    (found,) = [r for r in of_type(resources, "ConceptMap") if r["id"] == name]
    elements = found["group"][0]["element"]
    said = {e["code"]: e["target"][0].get("code") for e in elements}
    assert {code: target for code, target in said.items() if target is not None} == written


def test_every_search_parameter_narrows_one_of_r4(
    resources: Resources, known: dict[str, dict[str, Any]]
) -> None:
    for ours in of_type(resources, "SearchParameter"):
        theirs = known[ours["derivedFrom"]]
        assert (ours["code"], ours["type"]) == (theirs["code"], theirs["type"])
        assert set(ours["base"]) <= set(theirs["base"])
        assert set(ours.get("target", [])) <= set(theirs.get("target", []))
        assert set(ours.get("comparator", [])) <= set(theirs.get("comparator", []))


def test_a_naming_system_is_one_of_the_adapter(resources: Resources) -> None:
    for found in of_type(resources, "NamingSystem"):
        (unique,) = found["uniqueId"]
        assert unique["value"] == f"{CANONICAL}/NamingSystem/{found['id'].removeprefix('ns-')}"


def test_the_capability_statement_names_only_what_the_package_defines(
    resources: Resources, package: dict[str, dict[str, Any]]
) -> None:
    (statement,) = of_type(resources, "CapabilityStatement")
    for offered in statement["rest"][0]["resource"]:
        assert set(offered.get("supportedProfile", [])) <= set(package)
        named = {p["definition"] for p in offered.get("searchParam", [])}
        assert {n for n in named if n.startswith(CANONICAL)} <= set(package)


def test_there_is_no_operation(resources: Resources) -> None:
    (statement,) = of_type(resources, "CapabilityStatement")
    assert [r for r in resources if r["resourceType"] == "OperationDefinition"] == []
    rest = statement["rest"][0]
    assert [r["type"] for r in (rest, *rest["resource"]) if "operation" in r] == []
