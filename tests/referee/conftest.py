"""One referee for all tests of this folder."""

from tests.fixtures.referee import referee

__all__ = ["referee"]
