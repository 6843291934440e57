"""The specification is worth something only as long as it does not lean on what it judges."""

import ast
from pathlib import Path

import pytest

FILES = sorted(p for p in Path(__file__).parent.glob("*.py") if not p.name.startswith("test_"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_oracle_imports_nothing_of_the_product_nor_of_what_uses_it(path):
    for name in imported(path):
        assert name.partition(".")[0] not in {"adapter", "mappings"}, name
        assert not name.startswith("tests.") or name.startswith("tests.oracle"), name
