"""Burgerservicenummer: nine digits with a check sum.

https://www.rvig.nl/burgerservicenummer (elfproef)

A pass means well formed, not issued: one number in eleven passes. Nothing is padded or trimmed.
"""

import re
from typing import Final

_NINE_DIGITS: Final = re.compile(r"[0-9]{9}")
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_TEST_RANGE: Final = "9999"  # never issued to a person; all invented people have one of these


def is_valid_bsn(text: str) -> bool:
    """9a+8b+7c+6d+5e+4f+3g+2h-i is divisible by eleven, and not all digits are zero."""
    if not _NINE_DIGITS.fullmatch(text) or text == "000000000":
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True))
    return total % 11 == 0


def is_test_bsn(text: str) -> bool:
    """A well-formed number of the range kept for test data."""
    return text.startswith(_TEST_RANGE) and is_valid_bsn(text)
