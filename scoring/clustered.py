"""Shares among things that come in clusters: the checks of a ring, the attempts of a person.

1. Checks of one ring pass or fail together, so thirty of them say less than thirty strangers would.
2. Of the clusters comes the design effect: how much wider the share scatters than single checks would let it
   (variance of a ratio of cluster totals; Rao and Scott 1992), never below one.
3. The number of checks is divided by it, and by the square of Student's quantile over the normal one, since
   few clusters know their own scatter badly (Korn and Graubard 1998).
4. Wilson's interval of that number is the answer (Dean and Pagano 2015 find it the best of the clustered).

Where nobody or everybody passed there is no scatter to learn from: each cluster then counts as one check of
its own size, the widest that the data allow. A bootstrap of clusters would answer no width at all there,
which is where a standard asks for one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from scoring.calibration import Bools, Floats
from scoring.quality import Interval, Z, wilson

Ints = NDArray[np.int64]


def clustered_share(is_hit: Bools, cluster: Ints) -> Interval | None:
    """Answer the share of hits (n,) with its 95 % interval; None of nothing.

    `cluster` (n,) names who rises and falls together, as any integers of 0 or more.
    """
    trials = len(is_hit)
    if not trials:
        return None
    sizes = np.bincount(cluster).astype(np.float64)
    is_there = sizes > 0
    hits = np.bincount(cluster, weights=is_hit).astype(np.float64)[is_there]
    return wilson(float(hits.sum()) / trials, _effective(hits, sizes[is_there]))


def _effective(hits: Floats, sizes: Floats) -> float:
    """Answer how many independent checks would know the share as well as these clusters do."""
    trials, clusters = float(sizes.sum()), len(sizes)
    share = float(hits.sum()) / trials
    single = share * (1 - share) / trials
    # As if all of a cluster were one: Kish's effective size.
    fewest = trials * trials / float((sizes * sizes).sum())
    if clusters < 2 or single == 0:
        return fewest
    between = float(((hits - share * sizes) ** 2).sum()) * clusters / (clusters - 1) / trials**2
    effect = max(1.0, between / single)
    student = float(stdtrit(clusters - 1, 0.975)) / Z
    return trials / effect / student**2


def numbered(names: NDArray[np.object_]) -> Ints:
    """Answer the number of each name (n,), 0 upwards, equal names the same."""
    _, number = np.unique(names.astype(str), return_inverse=True)
    return number.astype(np.int64)
