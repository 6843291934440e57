"""The built FHIR package, for all tests that look into it. The build waits for another one."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "profiles"
BUILT = ROOT / ".build" / "profiles"
NO_NL_CORE = 3

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def node() -> Run:
    """`node(script, *arguments, **environment)`: a script of `profiles/`."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node.js is not installed")

    def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, str(PROFILES / script), *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def built(node: Run) -> subprocess.CompletedProcess[str]:
    result = node("build.mjs")
    if result.returncode == NO_NL_CORE:
        pytest.skip(result.stderr)
    return result


@pytest.fixture(scope="session")
def resources(built: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """What the package defines."""
    assert built.returncode == 0, built.stdout + built.stderr
    found = sorted((BUILT / "package").glob("*-*.json"))
    return [json.loads(path.read_text("utf-8")) for path in found]


@pytest.fixture(scope="session")
def package(resources: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same by canonical address; R4 gives a NamingSystem none."""
    return {resource["url"]: resource for resource in resources if "url" in resource}


@pytest.fixture(scope="session")
def known(built: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """Code systems and search parameters of R4 and nl-core by address, from the package cache."""
    assert built.returncode == 0, built.stdout + built.stderr
    cache = ROOT / ".build" / "profile-home" / ".fhir" / "packages"
    found: dict[str, dict[str, Any]] = {}
    for kind in ("CodeSystem", "SearchParameter"):
        for path in cache.glob(f"[hn]*#*/package/{kind}-*.json"):
            resource = json.loads(path.read_text("utf-8"))
            if resource["resourceType"] == kind:
                found[resource["url"]] = resource
    return found
