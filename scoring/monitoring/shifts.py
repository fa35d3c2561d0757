"""Shifts: how far a distribution has moved from its reference, and whether by more than chance and habit.

1. Population stability (PSI) sums (q - p) ln(q / p) over bins; half an event is added to each bin, so that an
   empty one is no infinity.
2. PSI has a size: without any shift it is about chi-square, k - 1 degrees of freedom, times 1/n + 1/m. Its
   limit is the larger of that one's 95th percentile and 0.1 (reference/model-facts.md, Monitoring).
3. Events of one account come together, and weeks differ by habit: the reference's own weeks, each against all
   of it, say how much wider than chi-square things scatter; limit and test are widened by that much.
4. The test's p-values of one week, over all subjects and areas, are adjusted together (Benjamini and Hochberg
   1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, chdtri
from scipy.stats import false_discovery_control

from scoring.calibration import Bools, Floats

Counts = NDArray[np.int64]

# The rule of thumb for "some shift" (Siddiqi 2006); below it a model is not asked to answer for a difference.
LEAST_LIMIT = 0.1
# The share of unmoved weeks above the limit of chance.
LIMIT_LEVEL = 0.05
# With fewer events than this in a week or a reference nothing is said.
FEWEST_EVENTS = 100
# Smaller weeks still tell how much weeks scatter.
FEWEST_TO_SCATTER = 30
HALF_AN_EVENT = 0.5


@dataclass(frozen=True, slots=True)
class Shift:
    """What was found for s subjects in w weeks, (s, w) each; NaN where there were too few events.

    `limit` is what `psi` must exceed, `p_value` is not adjusted, `events` and `before` are how many events
    there were.
    """

    psi: Floats
    limit: Floats
    p_value: Floats
    events: Counts
    before: Counts


def shares(counts: Counts, used: Bools) -> Floats:
    """Answer the shares (..., k) of bins, half an event added to each that is `used`; 0 in the others."""
    padded = np.where(used, counts + HALF_AN_EVENT, 0.0)
    return np.asarray(padded / np.maximum(padded.sum(axis=-1, keepdims=True), HALF_AN_EVENT))


def stability(before: Counts, now: Counts, used: Bools) -> Floats:
    """Answer the population stability index (...) of counts (..., k) against those before."""
    was, is_now = shares(before, used), shares(now, used)
    ratio = np.divide(is_now, was, out=np.ones_like(is_now), where=(was > 0) & (is_now > 0))
    return np.asarray(((is_now - was) * np.log(ratio)).sum(axis=-1))


def chi_square(before: Counts, now: Counts) -> Floats:
    """Answer the two-sample chi-square statistic (...) of counts (..., k) in the same bins."""
    m, n = (part.sum(axis=-1, keepdims=True).astype(np.float64) for part in (before, now))
    ratio = np.sqrt(np.where((m > 0) & (n > 0), m / np.maximum(n, 1.0), 1.0))
    both = (before + now).astype(np.float64)
    gap = (ratio * now - before / ratio) ** 2
    return np.asarray(np.divide(gap, both, out=np.zeros_like(both), where=both > 0).sum(axis=-1))


def dispersion_of(reference: Counts, used: Bools) -> Floats:
    """Answer how much wider than chi-square the weeks of a reference (s, r, k) scatter, at least 1: (s,).

    Each week is compared with the others; weeks of too few events say nothing.
    """
    whole = reference.sum(axis=1, keepdims=True)
    freedom = np.maximum(used.sum(axis=-1) - 1, 1).astype(np.float64)
    is_there = reference.sum(axis=-1) >= FEWEST_TO_SCATTER
    found = np.where(is_there, chi_square(whole - reference, reference), 0.0).sum(axis=1)
    weeks = is_there.sum(axis=1)
    mean = np.divide(found, weeks, out=np.zeros_like(found), where=weeks > 1)
    return np.asarray(np.maximum(mean / freedom, 1.0))


def shift_of(before: Counts, weeks: Counts, used: Bools, wider: Floats) -> Shift:
    """Compare the counts of each week (s, w, k) with those before it (s, w or 1, k).

    `used` (s, k) marks the parts that a subject has, `wider` (s,) is its dispersion.
    """
    n, m = weeks.sum(axis=-1), np.broadcast_to(before.sum(axis=-1), weeks.shape[:2])
    freedom = np.maximum(used.sum(axis=-1) - 1, 1).astype(np.float64)[:, None]
    has_enough = (n >= FEWEST_EVENTS) & (m >= FEWEST_EVENTS)
    size = 1 / np.maximum(n, 1) + 1 / np.maximum(m, 1)
    limit = np.maximum(LEAST_LIMIT, wider[:, None] * chdtri(freedom, LIMIT_LEVEL) * size)
    p_value = chdtrc(freedom, chi_square(before, weeks) / wider[:, None])
    psi = stability(before, weeks, used[:, None, :])
    psi, limit, p_value = (np.where(has_enough, found, np.nan) for found in (psi, limit, p_value))
    return Shift(psi, limit, p_value, n.astype(np.int64), np.array(m, dtype=np.int64))


def newest_before(reference: Counts, weeks: Counts, how_many: int) -> Counts:
    """Answer the sum of `how_many` weeks before each week (s, w, k) and the one before it.

    The week just before is left out: what begins in the middle of it would hide in both.
    """
    line = reference + weeks
    summed = np.cumsum(np.pad(line, ((0, 0), (1, 0), (0, 0))), axis=1)
    last = np.maximum(np.arange(line.shape[1]) - 1, 0)
    return np.asarray(summed[:, last] - summed[:, np.maximum(last - how_many, 0)])


def adjusted(p_values: Floats) -> Floats:
    """Answer p-values (n,) adjusted for their number by Benjamini and Hochberg; NaN stays and counts not."""
    answer = np.full(p_values.shape, np.nan)
    is_there = ~np.isnan(p_values)
    if is_there.any():
        answer[is_there] = false_discovery_control(p_values[is_there], method="bh")
    return answer
