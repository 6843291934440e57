"""Named places in a run where a process may die. Tests kill it there; nothing else uses them.

    push.after_lease    leased and logged, nothing sent
    push.after_send     the answer is here, nothing is written about it
    push.before_commit  written, not committed
    push.after_commit   between two batches

The hook is passed in and called with the name of the place; the default does nothing.
"""

from collections.abc import Callable
from typing import Literal, get_args

Point = Literal["push.after_lease", "push.after_send", "push.before_commit", "push.after_commit"]
Hook = Callable[[Point], None]

POINTS: tuple[Point, ...] = get_args(Point)


def no_hook(_point: Point) -> None:
    """Outside of tests."""
