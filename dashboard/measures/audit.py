"""What goes unseen: recall from a stratified random audit with design weights.

Strata cut a window's events by score, amount and region; some are flagged, most are not. Of each a random
part is audited to the end. A stratum's crimes are estimated by Horvitz and Thompson (1952): crimes found
times events over events audited; recall is flagged crime over all crime. The standard error is the usual
one of a ratio of stratified totals (Cochran 1977, 5.8 and 6.12).

Crime is rare, so strata where the audit found none would have no variance at all. The interval therefore
draws each stratum's rate from its Jeffreys posterior, Beta(crimes + 1/2, rest + 1/2), and leaves as they
are the events that were audited: a stratum audited whole is certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.measures.change import CONFIDENCE

Floats = npt.NDArray[np.float64]
ROUNDS = 4_000
# An interval of recall wider than this, in points, cannot tell a blinder model from less crime.
TOO_WIDE = 20.0


@dataclass(frozen=True, slots=True)
class Stratum:
    """Events of one stratum in one window: how many, how many audited, how many of these were crimes."""

    name: str
    is_flagged: bool
    events: int
    audited: int
    crimes: int


@dataclass(frozen=True, slots=True)
class Recall:
    """Crimes seen and unseen, and recall with its 95 % interval; totals are estimates, in events."""

    seen: float
    unseen: float
    unseen_error: float
    recall: float
    low: float
    high: float

    @property
    def points_wide(self) -> float:
        """The width of the interval in points."""
        return 100 * (self.high - self.low)

    def sentence(self) -> str:
        """Say recall plainly, and when it is too wide to tell."""
        said = f"Of all crime {self.recall:.0%} was flagged, between {self.low:.0%} and {self.high:.0%}"
        return f"{said}: too wide to tell more." if self.points_wide > TOO_WIDE else f"{said}."


@dataclass(frozen=True, slots=True)
class RecallChange:
    """The difference of recall between two windows, in points, with its 95 % interval."""

    before: Recall
    after: Recall
    points: float
    low: float
    high: float

    def sentence(self) -> str:
        """Say whether recall changed, or that the audit cannot tell."""
        span = f"between {self.low:+.0f} and {self.high:+.0f} points"
        if self.high < 0:
            return f"Recall fell by {-self.points:.0f} points, {span}: fewer detections may be blindness."
        if self.low > 0:
            return f"Recall rose by {self.points:.0f} points, {span}."
        if self.high - self.low > TOO_WIDE:
            return f"The audit is too small to tell whether recall changed: {span}."
        return f"Recall shows no change: {span}."


def recall_of(strata: Sequence[Stratum], seed: int, rounds: int = ROUNDS) -> Recall | None:
    """Estimate recall in one window; None where the audit found no crime at all.

    Raises ValueError where a stratum has events of which none was audited, or impossible counts.
    """
    _check(strata)
    totals = {flag: sum(_total(s) for s in strata if s.is_flagged == flag) for flag in (True, False)}
    if totals[True] + totals[False] == 0:
        return None
    drawn = _drawn_recalls(strata, np.random.default_rng(seed), rounds)
    estimate = totals[True] / (totals[True] + totals[False])
    low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    error = math.sqrt(sum(_variance(s) for s in strata if not s.is_flagged))
    # The prior pulls a little; the estimate is never left outside its own interval.
    return Recall(
        totals[True], totals[False], error, estimate, min(float(low), estimate), max(float(high), estimate)
    )


def recall_change(
    before: Sequence[Stratum], after: Sequence[Stratum], seed: int, rounds: int = ROUNDS
) -> RecallChange | None:
    """Compare recall between two windows audited independently; None where either found no crime."""
    old, new = recall_of(before, seed, rounds), recall_of(after, seed + 1, rounds)
    if old is None or new is None:
        return None
    generator = np.random.default_rng(seed + 2)
    drawn = _drawn_recalls(after, generator, rounds) - _drawn_recalls(before, generator, rounds)
    low, high = 100 * np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    points = 100 * (new.recall - old.recall)
    return RecallChange(old, new, points, min(float(low), points), max(float(high), points))


def recall_error(strata: Sequence[Stratum]) -> float:
    """Return the linearised standard error of recall: 0 where no crime was found."""
    seen = sum(_total(s) for s in strata if s.is_flagged)
    everything = sum(_total(s) for s in strata)
    if not everything:
        return 0.0
    recall = seen / everything
    variance = sum(((1 if s.is_flagged else 0) - recall) ** 2 * _variance(s) for s in strata)
    return math.sqrt(variance) / everything


def _total(stratum: Stratum) -> float:
    return stratum.events * stratum.crimes / stratum.audited if stratum.audited else 0.0


def _variance(stratum: Stratum) -> float:
    """Return N^2 (1 - n/N) s^2 / n with s^2 = n p (1 - p) / (n - 1)."""
    if stratum.audited < 2:
        return 0.0
    share = stratum.crimes / stratum.audited
    scatter = share * (1 - share) / (stratum.audited - 1)
    return stratum.events**2 * (1 - stratum.audited / stratum.events) * scatter


def _drawn_recalls(strata: Sequence[Stratum], generator: np.random.Generator, rounds: int) -> Floats:
    seen, unseen = np.zeros((2, rounds))
    for s in strata:
        rates = generator.beta(s.crimes + 0.5, s.audited - s.crimes + 0.5, rounds)
        crimes = s.crimes + (s.events - s.audited) * rates
        if s.is_flagged:
            seen += crimes
        else:
            unseen += crimes
    everything = seen + unseen
    found: Floats = seen / np.where(everything > 0, everything, 1)
    return found


def _check(strata: Sequence[Stratum]) -> None:
    for s in strata:
        if not 0 <= s.crimes <= s.audited <= s.events or (s.events and not s.audited):
            raise ValueError(
                f"stratum {s.name}: {s.crimes} crimes in {s.audited} audited of {s.events} events; "
                "give 0 <= crimes <= audited <= events and audit some of every stratum, or merge it"
            )
