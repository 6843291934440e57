"""The packaged table is what the generator makes of the published definitions."""

from pathlib import Path

import pytest

from tests.conformance.generate_bindings import TABLE, definitions_jar, generate


@pytest.mark.hapi
def test_the_table_is_made_from_the_definitions(tmp_path: Path) -> None:
    jar = definitions_jar(tmp_path)
    if jar is None:
        pytest.skip("Maven, which fetches the R4 definitions, is not installed")
    made = generate(jar)
    assert made == TABLE.read_text(encoding="utf-8"), "run tests/conformance/generate_bindings.py"
