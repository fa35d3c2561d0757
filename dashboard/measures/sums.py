"""Did a sum of money, or a median of hours, change between two windows?

A sum is carried by few large accounts, so its scatter is learned from the accounts themselves:

1. every round gives each account a Poisson(1) weight, the same in both windows (an account that moves
   both sums moves both, and the number of accounts is itself left to chance);
2. the accounts that carry most of the variance are weighted one by one; the many small ones beneath them
   together add a pair of normal numbers with exactly their covariance (central limit theorem), which
   makes two thousand rounds cost milliseconds;
3. the interval of the ratio is the bias-corrected and accelerated one (Efron 1987), the acceleration
   from the accounts' influence on the log ratio;
4. it reaches for Student's quantiles in place of the normal ones (Hesterberg 2015), with as many degrees of
   freedom as accounts carry the change, (sum d^2)^2 / sum d^4. Satterthwaite's would be twice that, but a
   heavy tail hides part of itself: they hold 93.5 % where these hold 95 (`benchmarks/coverage_sums.py`).

The bootstrap of a median is drawn from the known law of its order statistic: the k-th of n uniform numbers
is Beta(k, n + 1 - k) (Efron 1979, section 3, does it by hand).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, pdtr, stdtrit

from dashboard.measures.change import CONFIDENCE, Change

Floats = npt.NDArray[np.float64]
ROUNDS = 2_000
# Weighted one by one; beneath them no account holds enough of the variance to bend the normal law.
_LARGEST = 256
# Poisson(1) weights by a table of 2^16 equally likely entries: twenty times faster than drawing them.
_CHANCES = 2**16
_WEIGHTS = np.searchsorted(pdtr(np.arange(12), 1.0), (np.arange(_CHANCES) + 0.5) / _CHANCES).astype(
    np.float64
)


def change_of_sums(
    before: Floats,
    after: Floats,
    exposure_before: float,
    exposure_after: float,
    seed: int,
    rounds: int = ROUNDS,
) -> Change | None:
    """Compare a sum over accounts between two windows; None when either window has no exposure.

    `before[i]` and `after[i]` are account i's sums, not negative, 0 where it has none. Raises ValueError
    on unequal lengths or a negative sum.
    """
    if before.shape != after.shape or (before.size and min(before.min(), after.min()) < 0):
        raise ValueError(
            f"sums of {before.shape} accounts and {after.shape}: give each account both, none < 0"
        )
    if exposure_before <= 0 or exposure_after <= 0:
        return None
    total_before, total_after = float(before.sum()), float(after.sum())
    scale = exposure_before / exposure_after
    if total_before == 0 or total_after == 0:
        ratio = 0.0 if total_before else math.inf if total_after else 1.0
        return Change(total_before, total_after, ratio, 0.0, math.inf, kind="sum")
    drawn_before, drawn_after = _resampled_sums(before, after, seed, rounds)
    ratios = np.where(drawn_before > 0, drawn_after / np.where(drawn_before > 0, drawn_before, 1), np.inf)
    ratio = total_after / total_before
    influence = after / total_after - before / total_before
    low, high = _accelerated_ends(ratios, ratio, influence)
    return Change(total_before, total_after, ratio * scale, low * scale, high * scale, kind="sum")


def change_of_medians(before: Floats, after: Floats, seed: int, rounds: int = ROUNDS) -> Change | None:
    """Compare the medians of two samples (hours, say); None when either is empty or its median is 0.

    The interval is the percentile one of the ratio of two independently resampled medians.
    """
    if before.size == 0 or after.size == 0 or np.median(before) <= 0:
        return None
    generator = np.random.default_rng(seed)
    drawn_before = resampled_medians(before, generator, rounds)
    drawn_after = resampled_medians(after, generator, rounds)
    ratios = np.sort(
        np.where(drawn_before > 0, drawn_after / np.where(drawn_before > 0, drawn_before, 1), np.inf)
    )
    tail = (1 - CONFIDENCE) / 2
    old, new = float(np.median(before)), float(np.median(after))
    return Change(old, new, new / old, _at(ratios, tail), _at(ratios, 1 - tail), kind="median")


def resampled_medians(sample: Floats, generator: np.random.Generator, rounds: int) -> Floats:
    """Return medians of `rounds` samples drawn from `sample` with replacement."""
    ordered, size = np.sort(sample), sample.size
    lower = (size + 1) // 2
    uniform = generator.beta(lower, size + 1 - lower, rounds)
    medians = ordered[_places(uniform, size)]
    if size % 2:
        return medians
    # The next order statistic, given this one: the least of the remaining uniform numbers above it.
    uniform = uniform + (1 - uniform) * generator.beta(1, size - lower, rounds)
    found: Floats = (medians + ordered[_places(uniform, size)]) / 2
    return found


@lru_cache(maxsize=2)
def _chance(seed: int, rounds: int) -> tuple[Floats, Floats]:
    """Return the weights, shape (rounds, largest), and the normal numbers, shape (2, rounds), of a seed.

    Every cell of a page asks with one seed: drawing them is nine tenths of the work, kept here (4 MB).
    """
    generator = np.random.default_rng(seed)
    weights = _WEIGHTS[generator.integers(0, _CHANCES, (rounds, _LARGEST), dtype=np.uint16)]
    noise = generator.standard_normal((2, rounds))
    weights.flags.writeable = noise.flags.writeable = False
    return weights, noise


def _resampled_sums(before: Floats, after: Floats, seed: int, rounds: int) -> tuple[Floats, Floats]:
    variance = (before / before.sum()) ** 2 + (after / after.sum()) ** 2
    if variance.size > _LARGEST:
        order = np.argpartition(variance, variance.size - _LARGEST)
        large, small = order[-_LARGEST:], order[:-_LARGEST]
    else:
        large, small = np.arange(variance.size), np.arange(0)
    weights, noise = _chance(seed, rounds)
    weights = weights[:, : large.size]
    # The square root of the 2 x 2 covariance of the small accounts' weighted sums, written out.
    spread = math.sqrt(float(before[small] @ before[small]))
    shared = float(before[small] @ after[small]) / spread if spread else 0.0
    own = math.sqrt(max(0.0, float(after[small] @ after[small]) - shared**2))
    drawn_before = weights @ before[large] + before[small].sum() + spread * noise[0]
    drawn_after = weights @ after[large] + after[small].sum() + shared * noise[0] + own * noise[1]
    return drawn_before, np.maximum(drawn_after, 0.0)


def _accelerated_ends(drawn: Floats, estimate: float, influence: Floats) -> tuple[float, float]:
    """Return the ends of the bias-corrected and accelerated interval."""
    share_below = float(np.mean(drawn < estimate) + np.mean(drawn == estimate) / 2)
    edge = 1 / (2 * drawn.size)
    bias = float(ndtri(min(max(share_below, edge), 1 - edge)))
    squares = float(np.sum(influence**2))
    if squares == 0:
        return estimate, estimate
    acceleration = float(np.sum(influence**3)) / (6 * squares**1.5)
    ordered = np.sort(drawn)
    reach = float(stdtrit(max(1.0, squares**2 / float(np.sum(influence**4))), (1 + CONFIDENCE) / 2))
    low, high = (
        _at(ordered, float(ndtr(bias + (bias + z) / (1 - acceleration * (bias + z)))))
        for z in (-reach, reach)
    )
    return low, high


def _at(ordered: Floats, share: float) -> float:
    """Return the value at a share of the ordered rounds, without mixing neighbours (one may be infinite)."""
    return float(ordered[min(max(round(share * (ordered.size - 1)), 0), ordered.size - 1)])


def _places(uniform: Floats, size: int) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = np.minimum((uniform * size).astype(np.int64), size - 1)
    return found
