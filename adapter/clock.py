"""Time is passed in, never read where it is used: UTC microseconds since the epoch."""

import time
from collections.abc import Callable

Clock = Callable[[], int]


def system_clock() -> int:
    """Now, in UTC microseconds since the epoch."""
    return time.time_ns() // 1000
