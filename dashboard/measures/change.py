"""Did a rate change between two periods, by how much, and how sure is that?

Counts of crimes are over-dispersed: the plain Poisson test cries wolf three times too often
(reference/model-facts.md). So the interval is the exact conditional one for a ratio of two Poisson
rates (Clopper and Pearson 1934 on the binomial split; Przyborowski and Wilenski 1940), its distance
from the estimate on the log scale stretched by the square root of the dispersion that the weeks
within the two periods show (quasi-Poisson, McCullagh and Nelder 1989, 4.5).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import beta

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in one week of a period: `count` events of interest among `exposure`."""

    count: int
    exposure: float


@dataclass(frozen=True, slots=True)
class Change:
    """A rate ratio, after over before, with its 95 % interval.

    `ratio` 0.66 means a fall of 34 %. `dispersion` is 1 where the weeks scatter like Poisson counts.
    `high` is infinite when nothing happened before.
    """

    before: int
    after: int
    ratio: float
    low: float
    high: float
    dispersion: float

    @property
    def is_shown(self) -> bool:
        """Whether the interval excludes "no change"."""
        return self.high < 1 or self.low > 1

    @property
    def percent(self) -> float:
        """The change in percent: -34.0 for a fall of 34 %."""
        return 100 * (self.ratio - 1)

    def in_words(self) -> str:
        """Say the change in one clause: `fell 34 %, between 21 and 45 %`, or that none is shown."""
        if self.before + self.after == 0:
            return "did not occur in either period"
        if not self.is_shown:
            return f"show no change that the counts can prove ({self.before:,} before, {self.after:,} now)"
        verb = "fell" if self.high < 1 else "rose"
        ends = sorted(abs(100 * (end - 1)) for end in (self.low, self.high))
        span = (
            f"between {ends[0]:.0f} and {ends[1]:.0f} %"
            if math.isfinite(ends[1])
            else f"at least {ends[0]:.0f} %"
        )
        size = f" {abs(self.percent):.0f} %," if math.isfinite(self.ratio) else ""
        return f"{verb}{size} {span}"


def change_between(before: Sequence[Week], after: Sequence[Week]) -> Change | None:
    """Compare two periods given week by week; None when either has no exposure.

    The weeks are those of one measure in one place; a week cut by the period's edge is given with the
    exposure of its days inside.
    """
    exposure_before = sum(w.exposure for w in before)
    exposure_after = sum(w.exposure for w in after)
    if exposure_before <= 0 or exposure_after <= 0:
        return None
    count_before, count_after = sum(w.count for w in before), sum(w.count for w in after)
    scale = exposure_before / exposure_after
    ratio = count_after / count_before * scale if count_before else (math.inf if count_after else 1.0)
    stretch = math.sqrt(phi := dispersion(before, after))
    low, high = (bound * scale for bound in _exact_ratio(count_before, count_after))
    if 0 < ratio < math.inf:
        low = ratio * (low / ratio) ** stretch if low > 0 else 0.0
        high = ratio * (high / ratio) ** stretch if math.isfinite(high) else math.inf
    return Change(count_before, count_after, ratio, low, high, phi)


def dispersion(*periods: Sequence[Week]) -> float:
    """Return Pearson's chi-square over its degrees of freedom within the periods, at least 1.

    Each period has its own rate, so a change between periods is not taken for scatter.
    """
    chi_square, freedom = 0.0, 0
    for weeks in periods:
        exposed = [w for w in weeks if w.exposure > 0]
        total, exposure = sum(w.count for w in exposed), sum(w.exposure for w in exposed)
        if total == 0:
            continue
        for week in exposed:
            expected = total * week.exposure / exposure
            chi_square += (week.count - expected) ** 2 / expected
        freedom += len(exposed) - 1
    return max(1.0, chi_square / freedom) if freedom > 0 else 1.0


def _exact_ratio(before: int, after: int) -> tuple[float, float]:
    """Return the bounds of after/before as counts, before exposure: the binomial split's odds."""
    tail = (1 - CONFIDENCE) / 2
    low = beta.ppf(tail, after, before + 1) if after else 0.0
    high = beta.ppf(1 - tail, after + 1, before) if before else 1.0
    return low / (1 - low), (high / (1 - high) if high < 1 else math.inf)
