"""What all tests share. Fixtures stand in `tests/fixtures/`, one file each."""

import os
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.service"]

_NOTHING_SKIPPED = os.environ.get("MESO_TEST_NOTHING_SKIPPED") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skip is a failure: a suite without its server reports nothing."""
    report = yield
    if _NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the service does."""
    return "asyncio"
