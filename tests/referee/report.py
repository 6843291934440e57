"""`docs/profiles/mutants.md`: each constraint of our profiles and the mutant that breaks it.

    python -m tests.referee.report        writes the page anew

Made without the referee; the tests let the referee judge every mutant that the page lists.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from adapter.fhir.validation import validate
from tests.referee import standin
from tests.referee.constraints import Constraint, all_constraints
from tests.referee.examples import examples
from tests.referee.mutants import Mutant, mutants_of, reason_for
from tests.referee.referee import ROOT
from tests.referee.seventeen import spoiled

PAGE: Final = ROOT / "docs" / "profiles" / "mutants.md"

_SORTS: Final = {
    "min": "taken out",
    "max": "one too many",
    "forbidden": "put in",
    "value": "another value",
    "binding": "a code of another list",
    "type": "another target or type",
    "invariant": "the rule broken",
    "slicing": "one that fits no slice",
    "context": "put where it does not belong",
}


@cache
def all_mutants() -> dict[Constraint, list[Mutant]]:
    """Constraints that have a reason instead are not in it; those without either have no mutants."""
    return {
        constraint: mutants_of(constraint, examples())
        for constraint in all_constraints()
        if reason_for(constraint) is None
    }


def uncovered() -> list[Constraint]:
    return [constraint for constraint, found in all_mutants().items() if not found]


def page() -> str:
    return "\n".join([*_head(), *_only_the_referee(), *_table(), ""])


def _head() -> list[str]:
    found = all_mutants()
    reasons = [c for c in all_constraints() if reason_for(c) is not None]
    spoiled_plans = spoiled()
    refused = [name for name, plan in spoiled_plans.items() if validate(plan)]
    sorts = Counter(constraint.sort for constraint in found)
    return [
        "<!-- Made by `python -m tests.referee.report`. Changes here are overwritten. -->",
        "",
        "# Constraints and mutants",
        "",
        "For every constraint that a profile or extension of ours adds to its parent there is a mutant:",
        "a valid example, changed so that it breaks that constraint. HAPI's validator, with our package",
        "and nl-core, refuses each of them; the originals it finds in order. The list is computed from",
        "the differentials of the package, so a new constraint without a mutant fails the tests.",
        "",
        "At run time no such validator stands at the doors. Our own checks do: R4 (structure, kinds,",
        "codes, references) and the reader of each record, which refuses what has no place in it.",
        "",
        "| | Constraints | Mutants | Refused by R4 | by the reader | by the referee alone |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {sort} ({_SORTS[sort]}) | {number} | {_numbers(sort)} |"
            for sort, number in sorted(sorts.items())
        ),
        f"| all | {len(found)} | {_numbers()} |",
        "",
        f"Without a mutant, with a reason: {len(reasons)}.",
        "",
        f"Of {len(spoiled_plans)} spoilt CarePlans by which validators are compared our checks of R4"
        f" refuse {len(refused)}"
        + (
            "."
            if len(refused) == len(spoiled_plans)
            else f"; not: {', '.join(n for n in spoiled_plans if n not in refused)}."
        ),
        "",
    ]


def _numbers(sort: str | None = None) -> str:
    """Mutants, and who sees them first."""
    seen = Counter(
        _sight(mutant)
        for constraint, found in all_mutants().items()
        for mutant in found
        if sort in {None, constraint.sort}
    )
    return " | ".join(str(n) for n in (seen.total(), seen["R4"], seen["reader"], seen["referee"]))


@cache
def _sights() -> dict[int, str]:
    return {}


def _sight(mutant: Mutant) -> str:
    """Who sees it first: `R4`, `reader`, or the referee alone."""
    known = _sights()
    if id(mutant) not in known:
        known[id(mutant)] = (
            "R4"
            if standin.is_refused_by_checks(mutant)
            else "reader"
            if standin.is_refused_by_reader(mutant)
            else "referee"
        )
    return known[id(mutant)]


def _only_the_referee() -> list[str]:
    rows = []
    for constraint, found in all_mutants().items():
        for mutant in found:
            if _sight(mutant) == "referee":
                why = (
                    "what it asks for does not change the record"
                    if standin.has_reader(mutant)
                    else "written by us only; nobody sends it"
                )
                rows.append(f"| {constraint.structure} | {_where(constraint)} | {why} |")
    return [
        "## What only the referee sees",
        "",
        "| Profile | Constraint | Why nobody else does |",
        "|---|---|---|",
        *dict.fromkeys(rows),
        "",
    ]


def _where(constraint: Constraint) -> str:
    said = constraint.said.replace("|", "\\|")
    return f"`{constraint.element}` {said}"


def _table() -> list[str]:
    lines = ["## All constraints", ""]
    structure = None
    for constraint in all_constraints():
        if constraint.structure != structure:
            structure = constraint.structure
            lines += [
                "",
                f"### {structure}",
                "",
                "| Constraint | Mutant | Example | Also seen by |",
            ]
            lines += ["|---|---|---|---|"]
        lines.append(_row(constraint))
    return lines


def _row(constraint: Constraint) -> str:
    reason = reason_for(constraint)
    if reason is not None:
        return f"| {_where(constraint)} | none | | {reason} |"
    found = all_mutants()[constraint]
    if not found:
        return f"| {_where(constraint)} | **none** | | |"
    also = sorted({_sight(mutant) for mutant in found} - {"referee"})
    return f"| {_where(constraint)} | {_SORTS[constraint.sort]} | {_example(found)} | {', '.join(also)} |"


def _example(found: Sequence[Mutant]) -> str:
    example = found[0].example
    return f"{example.name}, {example.resource['resourceType']}"


def write(place: Path = PAGE) -> None:
    place.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
