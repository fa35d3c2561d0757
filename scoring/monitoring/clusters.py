"""Clustered shares from sums: the intervals of `scoring/clustered.py` for many slices at once.

An account's events rise and fall together. Of each slice it is enough to know, over its accounts, the sums of
their sizes and hits, of the squares of both, and of their product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from scoring.calibration import Floats
from scoring.quality import Z


@dataclass(frozen=True, slots=True)
class Sums:
    """Of s slices, (s,) each: trials, hits, accounts, and the sums of size^2, hits^2 and size * hits."""

    trials: Floats
    hits: Floats
    clusters: Floats
    size_squares: Floats
    hit_squares: Floats
    products: Floats

    @property
    def share(self) -> Floats:
        """Hits over trials; NaN of nothing."""
        return ratio(self.hits, self.trials)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Answer part over whole, NaN where the whole is nothing."""
    shares: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares


def effective(sums: Sums) -> Floats:
    """Answer how many independent trials (s,) would know each share as well as its accounts do."""
    share = np.nan_to_num(sums.share)
    trials = np.maximum(sums.trials, 1e-12)
    fewest = trials**2 / np.maximum(sums.size_squares, 1e-12)
    single = share * (1 - share) / trials
    spread = sums.hit_squares - 2 * share * sums.products + share**2 * sums.size_squares
    others = np.maximum(sums.clusters - 1, 1)
    between = np.maximum(spread, 0) * sums.clusters / others / trials**2
    effect = np.maximum(between / np.maximum(single, 1e-300), 1)
    student = stdtrit(others, 0.975) / Z
    is_told = (sums.clusters >= 2) & (single > 0)
    return np.asarray(np.where(is_told, trials / effect / student**2, fewest))


def kish(sums: Sums) -> Floats:
    """Answer the fewest independent trials (s,) that as many of such accounts can be worth."""
    return ratio(sums.trials**2, sums.size_squares)


def wilsons(share: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Answer Wilson's 95 % limits (s,) of shares that as many independent trials showed; NaN stays."""
    n = np.where(trials > 0, trials, np.nan)
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(np.maximum(share * (1 - share) / n + Z * Z / (4 * n * n), 0))
    low, high = np.minimum(centre - half, share), np.maximum(centre + half, share)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)
