"""Shares and the difference of two of them, each with its 95 % interval.

The interval of a share is Wilson's (1927), that of a difference Newcombe's (1998, method 10), which is made
of two of Wilson's: both hold near 0 and 1, where shares of a desk live. Where weeks scatter more than chance
would have them, as many trials count as chance would need for that scatter (`dashboard/measures/change.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scoring.quality import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `trials` with its 95 % interval."""

    share: float
    low: float
    high: float
    trials: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much a share rose, with its 95 % interval: 0.03 is three percentage points."""

    size: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether the interval excludes "no change"."""
        return self.low > 0 or self.high < 0


def share_of(hits: float, trials: float, dispersion: float = 1.0) -> Share | None:
    """Return a share with Wilson's interval; None without trials. Trials count `dispersion` times less."""
    if trials <= 0:
        return None
    found = wilson(hits / trials, trials / max(dispersion, 1.0))
    return Share(found.value, found.low, found.high, trials)


def difference(before: Share | None, after: Share | None) -> Difference | None:
    """Return how much a share rose with Newcombe's interval; None where one of the two is not there."""
    if before is None or after is None:
        return None
    size = after.share - before.share
    below = math.hypot(after.share - after.low, before.high - before.share)
    above = math.hypot(after.high - after.share, before.share - before.low)
    return Difference(size, size - below, size + above)
