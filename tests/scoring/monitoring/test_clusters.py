from __future__ import annotations

import numpy as np
import pytest

from scoring.clustered import clustered_share
from scoring.monitoring.clusters import Sums, effective, kish, wilsons


def sums_of(sizes: list[int], hits: list[int]) -> Sums:
    n, h = np.array(sizes, dtype=float), np.array(hits, dtype=float)
    values = (n.sum(), h.sum(), len(n), (n * n).sum(), (h * h).sum(), (n * h).sum())
    return Sums(*(np.array([float(value)]) for value in values))


@pytest.mark.parametrize(
    ("sizes", "hits"),
    [([1, 1, 1, 1], [0, 1, 0, 1]), ([5, 3, 2], [5, 0, 1]), ([4, 4], [0, 0]), ([7], [3])],
)
def test_sums_give_the_interval_that_the_single_events_give(sizes: list[int], hits: list[int]) -> None:
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    is_hit = np.concatenate([np.arange(n) < h for n, h in zip(sizes, hits, strict=True)])
    single = clustered_share(is_hit, cluster)
    assert single is not None

    sums = sums_of(sizes, hits)
    low, high = wilsons(sums.share, effective(sums))

    assert (sums.share[0], low[0], high[0]) == pytest.approx((single.value, single.low, single.high))


def test_ten_events_of_one_account_are_worth_one() -> None:
    assert kish(sums_of([10], [5]))[0] == 1.0
    assert kish(sums_of([1] * 10, [0] * 10))[0] == 10.0
