"""The MESO FHIR package builds without a FHIR registry, and without an error or a warning.

SUSHI checks the sources, not instances; whether what we send is valid is the HAPI validator's to say.
"""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapter.fhir.constants import CANONICAL
from profiles.renew import package as renewed
from profiles.renew import pages
from profiles.renew.files import differences, marked_pages, tree

# One worker runs them all: they wait for each other's builds anyway.
pytestmark = [pytest.mark.profiles, pytest.mark.xdist_group("profile-build")]

ROOT = Path(__file__).parents[2]
NO_NL_CORE = 3
RENEW = "Run `make profiles` and commit what it writes."

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_package_builds_without_an_error_or_a_warning(
    built: subprocess.CompletedProcess[str],
) -> None:
    assert built.returncode == 0, built.stdout + built.stderr
    assert "0 errors, 0 warnings" in built.stdout


def test_a_second_build_installs_nothing_and_makes_the_same_bytes(
    built: subprocess.CompletedProcess[str], node: Run
) -> None:
    assert built.returncode == 0
    installed = (ROOT / ".build/profile-tools/stamp").stat().st_mtime_ns
    archive = next((ROOT / ".build/profiles").glob("*.tgz"))
    first = archive.read_bytes()
    # A registry that does not answer would fail an installation.
    nowhere = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_cache": "/nonexistent"}
    again = node("build.mjs", "--fresh", **nowhere)
    assert again.returncode == 0, again.stdout + again.stderr
    assert (ROOT / ".build/profile-tools/stamp").stat().st_mtime_ns == installed
    assert archive.read_bytes() == first


def test_without_nl_core_the_build_says_so_and_stops(tmp_path: Path, node: Run) -> None:
    result = node("build.mjs", MESO_FHIR_PACKAGES=str(tmp_path))
    assert result.returncode == NO_NL_CORE
    assert "not built" in result.stderr
    assert "MESO_FHIR_PACKAGES" in result.stderr


def test_the_committed_json_is_what_sushi_makes(built: subprocess.CompletedProcess[str]) -> None:
    assert built.returncode == 0, built.stdout + built.stderr
    assert differences(renewed.committed(), tree(renewed.FOLDER)) == [], RENEW


def test_the_pages_show_what_was_built(built: subprocess.CompletedProcess[str]) -> None:
    assert built.returncode == 0, built.stdout + built.stderr
    assert differences(pages.pages(), marked_pages(pages.FOLDER)) == [], RENEW


def test_every_profile_with_a_place_in_the_store_is_in_the_package(
    package: dict[str, dict[str, Any]],
) -> None:
    places = json.loads((ROOT / "adapter/access/placements.json").read_text("utf-8"))
    assert {f"{CANONICAL}/StructureDefinition/{name}" for name in places} <= set(package)


def test_every_address_of_ours_that_the_mappings_emit_is_in_the_package(
    package: dict[str, dict[str, Any]],
) -> None:
    kinds = "StructureDefinition|CodeSystem"
    emitted = {
        address
        for path in (ROOT / "tests/mappings/golden").glob("*.json")
        for address in re.findall(
            rf'"({re.escape(CANONICAL)}/(?:{kinds})/[^"#]+)["#]', path.read_text("utf-8")
        )
    }
    assert emitted
    assert emitted <= set(package)


def test_every_profile_carries_its_snapshot(package: dict[str, dict[str, Any]]) -> None:
    definitions = [r for r in package.values() if r["resourceType"] == "StructureDefinition"]
    assert definitions
    assert [d["id"] for d in definitions if not d.get("snapshot", {}).get("element")] == []


def test_every_binding_to_a_list_of_ours_points_into_the_package(
    package: dict[str, dict[str, Any]],
) -> None:
    bound = {
        element["binding"]["valueSet"]
        for resource in package.values()
        for element in resource.get("differential", {}).get("element", [])
        if "binding" in element
    }
    assert bound
    assert {url for url in bound if url.startswith(CANONICAL)} <= set(package)


def test_a_partner_gets_no_text_about_the_whole_plan(package: dict[str, dict[str, Any]]) -> None:
    part = package[f"{CANONICAL}/StructureDefinition/meso-care-plan-part"]
    cardinality = {e["path"]: e["max"] for e in part["snapshot"]["element"]}
    for hidden in ("title", "description", "text"):
        assert cardinality[f"CarePlan.{hidden}"] == "0"
