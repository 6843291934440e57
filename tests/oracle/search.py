"""A plain search over what a caller sees: small, slow and unrestricted (access-control 4.2).

Imports nothing of the product. Values of a parameter are alternatives; parameters all hold.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle.rows import Row, World
from tests.oracle.view import Caller, visible

Criteria = Sequence[tuple[str, tuple[str, ...]]]


def search(world: World, caller: Caller, type_: str, criteria: Criteria, now: int) -> list[str]:
    """Ids that match, in the order of the answer: whole ones newest first, reduced ones by id."""
    seen = visible(world, caller, now)
    found = [
        (0 if seen[name] == "full" else 1, resource)
        for resource in world.rows("resource")
        if (name := f"{resource['type']}/{resource['id']}") in seen
        and resource["type"] == type_
        and all(_matches(world, resource, name_, values) for name_, values in criteria)
    ]
    found.sort(key=lambda hit: (hit[0], -hit[1]["updated"] if hit[0] == 0 else 0, hit[1]["id"]))
    return [resource["id"] for _, resource in found]


def _matches(world: World, resource: Row, name: str, values: tuple[str, ...]) -> bool:
    return any(_TESTS[name](world, resource, value) for value in values)


def _patient(world: World, resource: Row, value: str) -> bool:
    wanted = value.removeprefix("Patient/")
    return any(
        person["key"] == resource["patient"] and person["resource_id"] == wanted
        for person in world.rows("patient")
    )


def _code(_world: World, resource: Row, value: str) -> bool:
    codings = resource["body"].get("code", {}).get("coding", [])
    return any(value in {c["code"], f"{c['system']}|{c['code']}"} for c in codings)


def _identifier(_world: World, resource: Row, value: str) -> bool:
    numbers = resource["body"].get("identifier", [])
    return any(f"{number['system']}|{number['value']}" == value for number in numbers)


def _owner(_world: World, resource: Row, value: str) -> bool:
    found: Any = resource["body"].get("owner", {}).get("reference")
    return found == value


def _family(_world: World, resource: Row, value: str) -> bool:
    names = resource["body"].get("name", [])
    return any(name["family"].lower().startswith(value.lower()) for name in names)


_TESTS: dict[str, Callable[[World, Row, str], bool]] = {
    "patient": _patient,
    "subject": _patient,
    "_id": lambda _world, resource, value: resource["id"] == value,
    "status": lambda _world, resource, value: resource["body"].get("status") == value,
    "code": _code,
    "identifier": _identifier,
    "owner": _owner,
    "family": _family,
}
