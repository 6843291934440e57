"""The container files agree with the checkout and with the settings.

Nothing here starts a container: where the project is tested there is no runtime for one. What can
be wrong without one (paths, names, ports, rights) is compared instead.
"""

import re
import shlex
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml  # comes with uvicorn[standard]

from adapter.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
SETTINGS = {f"MESO_{name.upper()}" for name in Settings.model_fields}


def instructions() -> list[tuple[str, str]]:
    """(instruction, arguments) of the Dockerfile, continuation lines joined, comments left out."""
    lines = [
        line
        for line in (DOCKER / "Dockerfile").read_text("utf-8").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(head, rest) for head, rest in (line.split(maxsplit=1) for line in joined.split("\n"))]


def copied_from_the_checkout() -> Iterator[str]:
    for instruction, arguments in instructions():
        words = shlex.split(arguments)
        if instruction in {"COPY", "ADD"} and not words[0].startswith("--from"):
            yield from words[:-1]


def environment_of_the_image() -> dict[str, str]:
    return {
        name: value
        for instruction, arguments in instructions()
        if instruction == "ENV"
        for name, value in (word.split("=", 1) for word in shlex.split(arguments))
    }


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("path", sorted(set(copied_from_the_checkout())))
def test_the_image_copies_only_what_is_in_the_checkout(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", sorted(set(copied_from_the_checkout())))
def test_the_ignore_file_lets_through_what_the_image_copies(path: str) -> None:
    let_through = False
    for line in (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip()
        if pattern and not pattern.startswith("#") and fnmatch(path, pattern.lstrip("!")):
            let_through = pattern.startswith("!")  # the last match counts
    assert let_through


def test_every_stage_starts_from_the_oldest_python_that_we_support() -> None:
    bases = [arguments.split()[0] for name, arguments in instructions() if name == "FROM"]
    assert bases == ["python:3.11-slim", "python:3.11-slim"]


def test_the_image_does_not_run_as_root() -> None:
    names = [name for name, _ in instructions()]
    users = [arguments for name, arguments in instructions() if name == "USER"]
    assert users == ["meso"]
    assert names.index("USER") < names.index("CMD")


def test_dependencies_are_installed_by_hash() -> None:
    installs = [
        part
        for name, arguments in instructions()
        if name == "RUN"
        for part in arguments.split("&&")
        if "pip install" in part
    ]
    assert len(installs) == 2
    for install in installs:
        assert "--require-hashes -r requirements.lock" in install or "--no-deps /wheels/" in install


def test_the_image_has_a_health_check_on_the_door_without_patients() -> None:
    checks = [arguments for name, arguments in instructions() if name == "HEALTHCHECK"]
    assert len(checks) == 1
    assert "/fhir/metadata" in checks[0]


def test_the_image_sets_only_settings_that_exist() -> None:
    ours = {name for name in environment_of_the_image() if name.startswith("MESO_")}
    assert ours
    assert ours <= SETTINGS


def test_what_the_image_is_set_to_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment_of_the_image().items():
        if name.startswith("MESO_"):
            monkeypatch.setenv(name, value)
    settings = Settings()
    exposed = [arguments for name, arguments in instructions() if name == "EXPOSE"]
    assert exposed == [str(settings.listen_port)]
    assert settings.key_file.is_relative_to("/var/lib/meso")


def test_compose_sets_only_settings_that_exist(compose: dict[str, Any]) -> None:
    ours = set(compose["services"]["adapter"]["environment"])
    assert {"MESO_DATABASE_URL", "MESO_PUBLIC_BASE"} <= ours
    assert ours <= SETTINGS


def test_compose_names_no_other_variable_of_ours(compose: dict[str, Any]) -> None:
    text = (DOCKER / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"MESO_[A-Z_]+", text)) <= set(
        compose["services"]["adapter"]["environment"]
    )


def test_compose_publishes_the_port_that_the_adapter_listens_on(compose: dict[str, Any]) -> None:
    adapter = compose["services"]["adapter"]
    port = adapter["environment"]["MESO_LISTEN_PORT"]
    assert [published.rsplit(":", 1)[1] for published in adapter["ports"]] == [port]


def test_compose_publishes_nothing_beyond_the_machine(compose: dict[str, Any]) -> None:
    published = [port for s in compose["services"].values() for port in s.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_compose_waits_only_for_services_with_a_health_check(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            assert wait == {"condition": "service_healthy"}
            assert "healthcheck" in services[name]


def test_compose_declares_every_volume_that_it_mounts(compose: dict[str, Any]) -> None:
    mounted = {
        volume.split(":", 1)[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
    }
    assert mounted == set(compose["volumes"])


def test_compose_runs_the_adapter_on_the_database_beside_it(compose: dict[str, Any]) -> None:
    services = compose["services"]
    url = services["adapter"]["environment"]["MESO_DATABASE_URL"]
    database = services["postgres"]["environment"]
    assert url.startswith(f"postgresql+psycopg://{database['POSTGRES_USER']}:")
    assert url.endswith(f"@postgres:5432/{database['POSTGRES_DB']}")
    assert database["POSTGRES_PASSWORD"] in url


def test_the_dockerfile_that_compose_builds_is_this_one(compose: dict[str, Any]) -> None:
    build = compose["services"]["adapter"]["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).resolve() == DOCKER / "Dockerfile"


def test_the_readme_says_that_nothing_of_this_was_run() -> None:
    assert "Never run where this project is tested" in (DOCKER / "README.md").read_text("utf-8")
