"""Measuring blocks by the few that were held and looked at, each weighed by the inverse of its chance.

1. An explored event stands for 1 / probability would-be blocks.
2. The share of crime is the ratio of two such sums (Hajek 1971): right also where the chance changed.
3. Its interval is Wilson's, of as many trials as equal weights would need (Kish 1965): (sum w)^2 / sum w^2.
4. Crime among all events is what is labelled among the passed, and that share of the would-be blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.quality import Interval, wilson

# With fewer, the interval spans more than forty points: a sentence says so instead of a number.
FEWEST_JUDGED = 10


@dataclass(frozen=True, slots=True)
class Weighed:
    """The judged explored events as sums that add up over areas and quarters.

    `judged` counts them; `weight` sums 1 / probability, `confirmed` the same of those that were crime,
    `squared` the squares.
    """

    judged: int
    weight: float
    confirmed: float
    squared: float

    def __add__(self, other: Weighed) -> Weighed:
        """Return the sums of both together."""
        return Weighed(
            self.judged + other.judged,
            self.weight + other.weight,
            self.confirmed + other.confirmed,
            self.squared + other.squared,
        )

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to show a share."""
        return self.judged >= FEWEST_JUDGED

    @property
    def precision(self) -> Interval:
        """The share of would-be blocks that are crime, with its interval; 0 to 1 where none is judged."""
        if not self.judged:
            return Interval(0.0, 0.0, 1.0)
        return wilson(self.confirmed / self.weight, self.weight**2 / self.squared)


def weighed(is_confirmed: Bools, probability: Floats) -> Weighed:
    """Answer the sums of judged explored events (n,), each drawn with its `probability` in (0, 1]."""
    weight = 1 / probability
    return Weighed(
        len(weight), float(weight.sum()), float(weight[is_confirmed].sum()), float(np.square(weight).sum())
    )


@dataclass(frozen=True, slots=True)
class Blocked:
    """What is known of the blocked events without exploration: how many, and what labels say of them."""

    events: int
    confirmed: int
    cleared: int

    @property
    def if_silence_is_innocence(self) -> float:
        """The naive precision that takes every blocked event without a label for innocent."""
        return self.confirmed / self.events if self.events else 0.0

    @property
    def if_silence_is_crime(self) -> float:
        """The naive precision that takes every blocked event without a label for crime."""
        return 1 - self.cleared / self.events if self.events else 0.0


def prevalence(passed_crime: int, would_be_blocks: int, events: int, precision: Interval) -> Interval:
    """Answer the share of all events that are crime: labelled among the passed, estimated among the blocked.

    The interval is that of the blocked part alone; labels of the passed are taken as complete.
    """
    ends = (precision.value, precision.low, precision.high)
    return Interval(*((passed_crime + would_be_blocks * share) / events for share in ends))
