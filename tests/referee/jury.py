"""Many things before the referee at once, because what they name in common is judged with each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.referee.bundles import closed
from tests.referee.mutants import Mutant
from tests.referee.referee import Finding, Referee

Json = dict[str, Any]

_AT_ONCE: Final = 120
_STAND_INS: Final = "stand-ins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`errors` on the mutant; `before` are errors on an original that was made for it."""

    mutant: Mutant
    errors: list[Finding]
    before: list[Finding]

    @property
    def is_refused(self) -> bool:
        return bool(self.errors) and not self.before


def judge_sets(
    referee: Referee, sets: Iterable[tuple[str, Sequence[Json]]]
) -> dict[str, list[Finding]]:
    """Findings by the name of the set. Sets share a Bundle, and what they name and do not hold,
    as long as no two of them hold something under one name."""
    findings: dict[str, list[Finding]] = {_STAND_INS: []}
    cast: dict[str, tuple[str, Json]] = {}
    for name, resources in sets:
        findings[name] = []
        keys = [f"{one['resourceType']}/{one['id']}" for one in resources]
        if not cast.keys().isdisjoint(keys) or len(cast) > _AT_ONCE:
            _judge_together(referee, cast, findings)
            cast = {}
        cast.update((key, (name, one)) for key, one in zip(keys, resources, strict=True))
    _judge_together(referee, cast, findings)
    return findings


def _judge_together(
    referee: Referee, cast: Mapping[str, tuple[str, Json]], into: Mapping[str, list[Finding]]
) -> None:
    names = [name for name, _ in cast.values()]
    for finding in referee.judge(closed([resource for _, resource in cast.values()])):
        is_ours = finding.entry is not None and finding.entry < len(names)
        into[names[finding.entry or 0] if is_ours else _STAND_INS].append(finding)


def try_mutants(referee: Referee, mutants: Sequence[Mutant]) -> list[Outcome]:
    """In the order given."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, mutant in enumerate(mutants):
        groups[mutant.example.name].append(number)
    outcomes: dict[int, Outcome] = {}
    for numbers in groups.values():
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            tried = _try_together(referee, [mutants[number] for number in part])
            outcomes.update(zip(part, tried, strict=True))
    return [outcomes[number] for number in range(len(mutants))]


def _try_together(referee: Referee, mutants: Sequence[Mutant]) -> Iterator[Outcome]:
    cast: list[Json] = []
    places, originals = [], []
    for mutant in mutants:
        originals.append(_enter(cast, mutant.example.resource) if mutant.example.is_made else None)
        places.append(_enter(cast, mutant.resource))
    have = set()
    for mutant in mutants:
        for resource in (*mutant.example.written, *mutant.beside):
            name = (resource["resourceType"], resource["id"])
            if name not in have:
                have.add(name)
                cast.append(resource)
    errors: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in referee.judge(closed(cast)):
        if finding.is_error:
            errors[finding.entry].append(finding)
    for mutant, place, original in zip(mutants, places, originals, strict=True):
        before = [] if original is None else errors[original]
        yield Outcome(mutant=mutant, errors=errors[place], before=before)


def _enter(cast: list[Json], resource: Json) -> int:
    """Place of the resource in the Bundle, where it stands under a name of its own."""
    cast.append({**resource, "id": f"mutant-{len(cast)}"})
    return len(cast) - 1
