"""Paths in issues: FHIRPath-like, and never the sender's own words.

https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression

An unknown property may be called anything, a citizen number included. A name is shown only when
it looks like the name of an element; else the path ends at the parent.
"""

import re
from collections.abc import Iterable
from typing import Final

# Letters, with at most two digits between them (base64Binary); choice elements end in [x].
_NAME: Final = re.compile(r"_?[A-Za-z]{1,64}(?:[0-9]{1,2}[A-Za-z]{1,64})?(?:\[x\])?")


def child(parent: str, name: str) -> str:
    """Path of a named element below `parent`, or `parent` when the name may not be shown."""
    if not _NAME.fullmatch(name):
        return parent
    return f"{parent}.{name}" if parent else name


def joined(root: str, steps: Iterable[str | int]) -> str:
    """Path from `root` along names and indexes, down to the last step that may be shown."""
    at = root
    for step in steps:
        deeper = f"{at}[{step}]" if isinstance(step, int) else child(at, step)
        if deeper == at:
            return at
        at = deeper
    return at
