"""Paired ratios: candidate and baseline take turns, each round gives one ratio."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

_NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`ratio` is the median of the paired ratios, `low` and `high` its 95 % interval; `wrong`
    counts answers that were not as expected; `more` holds what helps to read the figure.
    """

    id: str
    ratio: float
    low: float
    high: float
    wrong: int
    baseline: str
    more: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "ratio": round(self.ratio, 3),
            "low": round(self.low, 3),
            "high": round(self.high, 3),
            "wrong": self.wrong,
            "baseline": self.baseline,
            **self.more,
        }


def paired(
    id_: str,
    pairs: Sequence[tuple[float, float]],
    *,
    wrong: int,
    baseline: str,
    more: dict[str, object] | None = None,
) -> Result:
    """Result of (candidate, baseline) pairs; the interval is that of a median, by ranks."""
    ratios = sorted(candidate / base for candidate, base in pairs)
    n = len(ratios)
    half = _NORMAL_95 * (n**0.5) / 2
    low = ratios[max(0, int(n / 2 - half))]
    high = ratios[min(n - 1, int(n / 2 + half))]
    return Result(
        id=id_,
        ratio=statistics.median(ratios),
        low=low,
        high=high,
        wrong=wrong,
        baseline=baseline,
        more=more or {},
    )
