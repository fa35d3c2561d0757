"""Did a rate change between two periods, by how much, and how sure is that?

Counts of crimes are over-dispersed: the plain Poisson test cries wolf three times too often
(reference/model-facts.md). So the interval is the exact conditional one for a ratio of two Poisson
rates (Clopper and Pearson 1934 on the binomial split; Przyborowski and Wilenski 1940), its distance
from the estimate on the log scale stretched by the square root of the dispersion that the weeks show
around a straight trend in each period (quasi-Poisson, McCullagh and Nelder 1989, 4.5).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv

from dashboard.measures.power import events_needed

CONFIDENCE = 0.95
Kind = Literal["count", "sum", "median", "index"]
_METHODS: dict[Kind, str] = {
    "count": "exact interval for a ratio of two rates, widened by the scatter of the weeks",
    "sum": "bootstrap over accounts, bias-corrected and accelerated",
    "median": "bootstrap of the two medians",
    "index": "gamma interval for a ratio of two standardised rates, widened by the scatter of the weeks",
}
# Beyond five-fold, per cent stop saying anything; an end beyond twenty-fold says only that it is unknown.
_MOST_RATIO = 5.0
_ABSURD_RATIO = 20.0
# A number of events that no quarter will ever hold is no advice.
_MOST_NEEDED = 100_000
# With fewer weeks a slope eats what scatter there is.
_FEWEST_FOR_TREND = 6


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in one week of a period: `count` events of interest among `exposure`."""

    count: int
    exposure: float


@dataclass(frozen=True, slots=True)
class Change:
    """A ratio, after over before, with its 95 % interval.

    `before` and `after` are the values themselves (counts, sums, medians, indices), `ratio` compares them
    per exposure: 0.66 means a fall of 34 %. `dispersion` is 1 where the weeks scatter like Poisson counts.
    `high` is infinite when nothing happened before.
    """

    before: float
    after: float
    ratio: float
    low: float
    high: float
    dispersion: float = 1.0
    kind: Kind = "count"

    @property
    def is_shown(self) -> bool:
        """Whether the interval excludes "no change"."""
        return self.high < 1 or self.low > 1

    @property
    def percent(self) -> float:
        """The change in percent: -34.0 for a fall of 34 %."""
        return 100 * (self.ratio - 1)

    @property
    def method(self) -> str:
        """How the interval was made, in one clause."""
        return _METHODS[self.kind]

    @property
    def needed(self) -> float | None:
        """How many events before would show a change of this size with 80 % power; None if no advice."""
        if self.kind not in ("count", "index") or not self.before or self.ratio == 1:
            return None
        exposures = self.after / (self.before * self.ratio) if self.kind == "count" and self.after else 1.0
        found = events_needed(self.ratio, self.dispersion, exposure_ratio=exposures)
        return found if found <= _MOST_NEEDED else None

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

    def sentence(self) -> str:
        """Say the change plainly: `fell by 36 %, between 28 and 43 %`, or why none is shown.

        Where none is shown, with the number of events before that would show a change of this size.
        """
        if self.before + self.after == 0:
            return "did not occur in either period"
        if not self.is_shown:
            return self._no_change()
        if self.high < 1:
            least, most = _under(1 - self.high), 100 * (1 - self.low)
            return f"fell by {-self.percent:.0f} %, between {least} and {most:.0f} %"
        if not self.before:
            return f"is new: none before, {self._amount(self.after)} now"
        if self.high > _ABSURD_RATIO:
            return f"rose by at least {_under(self.low - 1)} %"
        if self.ratio > _MOST_RATIO:
            return f"rose to {self.ratio:.0f} times, between {self.low:.1f} and {self.high:.0f} times"
        return (
            f"rose by {self.percent:.0f} %, between {_under(self.low - 1)} and {100 * (self.high - 1):.0f} %"
        )

    def span_in_words(self) -> str:
        """Say what the interval allows: `between a fall of 62 % and a rise of 7 %`, without absurd ends."""
        return f"between {_end(self.low)} and {_end(self.high)}"

    def _no_change(self) -> str:
        found = f"no change shown: {self._amount(self.before)} before, {self._amount(self.after)} now"
        if self.needed is None or self.kind == "index":
            return found
        return (
            f"{found}; about {_rounded(self.needed):,} before would be needed to show a change of this size"
        )

    def _amount(self, value: float) -> str:
        return f"{value:,.1f}" if self.kind in ("median", "index") else f"{value:,.0f}"


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

    Each period has its own rate with a straight trend, so that neither a change between periods nor a steady
    fall within one is taken for scatter.
    """
    chi_square, freedom = 0.0, 0
    for weeks in periods:
        exposed = [w for w in weeks if w.exposure > 0]
        if sum(w.count for w in exposed) == 0:
            continue
        expected, parameters = _trend(exposed)
        chi_square += sum((w.count - e) ** 2 / e for w, e in zip(exposed, expected, strict=True))
        freedom += len(exposed) - parameters
    return max(1.0, chi_square / freedom) if freedom > 0 else 1.0


def _trend(weeks: Sequence[Week]) -> tuple[list[float], int]:
    """Return the counts that a straight line through the weekly rates expects, and its parameters.

    The line is fitted by least squares weighted with the exposure; with fewer than six weeks, or where it
    would fall under a tenth of the mean rate, the rate is taken as constant.
    """
    exposure = sum(w.exposure for w in weeks)
    mean = sum(w.count for w in weeks) / exposure
    flat = [mean * w.exposure for w in weeks]
    if len(weeks) < _FEWEST_FOR_TREND:
        return flat, 1
    middle = sum(t * w.exposure for t, w in enumerate(weeks)) / exposure
    spread = sum(w.exposure * (t - middle) ** 2 for t, w in enumerate(weeks))
    slope = sum((t - middle) * (w.count - mean * w.exposure) for t, w in enumerate(weeks)) / spread
    rates = [mean + slope * (t - middle) for t in range(len(weeks))]
    if min(rates) < mean / 10:
        return flat, 1
    return [rate * w.exposure for rate, w in zip(rates, weeks, strict=True)], 2


def _exact_ratio(before: int, after: int) -> tuple[float, float]:
    """Return the bounds of after/before as counts, before exposure: the binomial split's odds."""
    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - tail)) if before else 1.0
    return low / (1 - low), (high / (1 - high) if high < 1 else math.inf)


def _under(share: float) -> str:
    """Write a share in percent; what rounds to nothing is `less than 1`."""
    return f"{100 * share:.0f}" if share >= 0.005 else "less than 1"


def _end(ratio: float) -> str:
    if ratio > _ABSURD_RATIO:
        return "a rise of any size"
    if ratio > _MOST_RATIO:
        return f"a rise to {ratio:.0f} times"
    return f"a fall of {100 * (1 - ratio):.0f} %" if ratio < 1 else f"a rise of {100 * (ratio - 1):.0f} %"


def _rounded(number: float) -> int:
    """Return a number rounded up to two digits: 149.8 is said as 150, since more would be false exactness."""
    digits = max(0, math.floor(math.log10(max(number, 1))) - 1)
    unit: int = 10**digits
    return math.ceil(number / unit) * unit
