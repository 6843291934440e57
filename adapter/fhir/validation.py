"""Is this R4? One pipeline: structure, kinds and codes, references, periods.

https://hl7.org/fhir/R4/validation.html

Runs once, on the way in, after the strict decoder; never on the way out. It judges neither
profiles (HAPI's validator does, in CI) nor MESO's own rules (the mapping does).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from adapter.fhir.bindings import table
from adapter.fhir.checks import check
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json
from adapter.fhir.models import structure_issues

# Faults that leave the resource unreadable; every other fault is one of content.
_UNREADABLE: Final = frozenset({"structure", "invalid", "value", "required"})


def validate(resource: Json, *, at: str = "") -> list[Issue]:
    """All faults of a resource, each once, in the order of the pipeline.

    `at` is the path of the resource where it is part of something, such as
    `Bundle.entry[0].resource`; otherwise paths begin with its type.
    """
    kind = resource.get("resourceType")
    root = at or (kind if isinstance(kind, str) and kind in table().resource_types else "Resource")
    found = check(resource, root)
    return list(
        _once(structure_issues(resource, root), found.kinds, found.references, found.periods)
    )


def status_of(issues: Sequence[Issue]) -> int:
    """400 when the resource cannot be read, else 422."""
    return 400 if any(issue.code in _UNREADABLE for issue in issues) else 422


def _once(*groups: Iterable[Issue]) -> Iterator[Issue]:
    """The models and the table see some faults both: the first of them is kept."""
    seen: set[tuple[str, str]] = set()
    for group in groups:
        for issue in group:
            key = (issue.code, issue.expression)
            if key not in seen:
                seen.add(key)
                yield issue
