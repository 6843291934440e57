"""From counts to figures that can be shown: small ones are suppressed, and what would betray them.

R-58: not traceable to a patient or a GP. R-59: only with permission for this run, by a protocol.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adapter.fhir.issues import FhirError, Issue
from mappings.records.anonymous_aggregate import FEWEST_GPS, SMALLEST, Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted under a label, and of how many."""

    label: str
    count: int
    of: int | None = None


def suppressed(counts: Sequence[Counted], *, gps: int, permissions: Sequence[str]) -> list[Cell]:
    """Cells fit to be shown. FhirError 422 for one GP (R-58) or without permission (R-59).

    When several cells share one whole and exactly one of them is suppressed, it could be computed
    from the others: then the smallest of those goes too.
    """
    faults = []
    if gps < FEWEST_GPS:
        faults.append(_fault("gps", "Cijfers van één huisarts zijn herleidbaar.", "R-58"))
    if not permissions:
        faults.append(
            _fault("permissions", "Zonder toestemming van de huisartsen geen cijfers.", "R-59")
        )
    if faults:
        raise FhirError(422, *faults)
    hidden = {found.label for found in counts if _is_small(found)}
    for whole in {found.of for found in counts if found.of is not None}:
        hidden |= _betrayers([found for found in counts if found.of == whole], hidden)
    return [_cell(found, is_hidden=found.label in hidden) for found in counts]


def _betrayers(cells: Sequence[Counted], hidden: set[str]) -> set[str]:
    """The cell that must go along when one alone is hidden among cells of one whole."""
    shown = [found for found in cells if found.label not in hidden]
    if len(cells) - len(shown) != 1 or not shown:
        return set()
    return {min(shown, key=lambda found: (found.count, found.label)).label}


def _is_small(found: Counted) -> bool:
    if found.count < SMALLEST:
        return True
    return found.of is not None and (found.of < SMALLEST or 0 < found.of - found.count < SMALLEST)


def _cell(found: Counted, *, is_hidden: bool) -> Cell:
    of = found.of if found.of is not None and found.of >= SMALLEST else None
    return Cell(label=found.label, count=None if is_hidden else found.count, of=of)


def _fault(name: str, text: str, rule: str) -> Issue:
    at = f"AnonymousAggregate.{name}"
    return Issue(code="business-rule", expression=at, text=text, rule=rule)
