"""Every list has a text for every code, and the records know the same codes."""

from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from adapter.fhir.constants import CANONICAL, NULL_FLAVOR, SNOMED
from mappings.plan import plan_codes
from mappings.toolkit.codes import CodeSystem

ROOT = Path(__file__).parents[2]
MODULES = [
    import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for path in sorted((ROOT / "mappings").rglob("*codes.py"))
]
LISTS = {
    name: value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, CodeSystem)
}


def _literal(name: str) -> Any:
    wanted = name.replace("_", "").lower()
    for module in MODULES:
        for known, value in vars(module).items():
            if known.lower() == wanted and not isinstance(value, CodeSystem):
                return value
    raise AssertionError(name)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_literal_have_the_same_codes(name: str) -> None:
    assert set(LISTS[name].texts) == set(get_args(_literal(name)))


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_text_and_finds_itself(name: str) -> None:
    list_ = LISTS[name]
    for code in list_.texts:
        assert list_.known(code) == code
        assert list_.coding(code)["display"].strip()
    assert list_.known("no such code") is None


def test_no_two_lists_of_ours_share_an_address() -> None:
    own = [found.url for found in LISTS.values() if found.url.startswith(CANONICAL)]
    assert len(set(own)) == len(own)


def test_a_borrowed_code_keeps_its_own_system() -> None:
    assert plan_codes.TREATMENT.coding("OTH")["system"] == NULL_FLAVOR
    assert plan_codes.TREATMENT.coding("89666000")["system"] == SNOMED
