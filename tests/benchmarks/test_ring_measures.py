"""How groups of accounts are measured against true rings: small cases whose pairs are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.ring_measures import NONE, TrueRings, agreement, rand_of_pairs

# Ring 0 (mule) has the accounts 0 to 3, ring 1 (victims) 4, 5, 6 and 3, ring 2 (mule) 7 and 8; 9 is innocent.
TRUTH = TrueRings(
    10,
    np.array([0, 1, 2, 3, 4, 5, 6, 3, 7, 8]),
    np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]),
    np.array([2, 2, 2, 2, 1, 1, 1, 1, 1, 1]),
    np.array(["mule", "account_takeover", "mule"], dtype=np.object_),
)
EVERY = np.array([True, True, True])
MULES = np.array([True, False, True])


def test_an_account_of_two_rings_is_counted_where_it_committed_most_crimes() -> None:
    assert TRUTH.main().tolist() == [0, 0, 0, 0, 1, 1, 1, 2, 2, NONE]


def test_precision_and_recall_count_pairs_of_accounts() -> None:
    # Group 0 holds 0, 1, 2 and the innocent 9: three of six pairs are right. Group 1 holds 3, 4: right.
    group = np.array([0, 0, 0, 1, 1, NONE, NONE, NONE, NONE, 0])
    found = agreement(TRUTH, group, EVERY)
    assert found.precision.value == pytest.approx(4 / 7)
    # Rings 0 and 1 have six pairs each; three of the one and one of the other stand in one group.
    assert found.recall.value == pytest.approx(4 / 12)
    assert found.precision.low <= found.precision.value <= found.precision.high


def test_a_ring_of_two_is_right_when_grouped_and_not_missed_otherwise() -> None:
    group = np.array([NONE] * 7 + [0, 0, NONE])
    found = agreement(TRUTH, group, EVERY)
    assert found.precision.value == 1.0
    assert found.recall.value == 0.0


def test_pairs_of_a_ring_that_is_not_asked_for_count_neither_for_nor_against() -> None:
    # 4, 5, 6 are victims of one ring; with 9 each of them is wrong.
    group = np.array([0, 0, 0, 0, 1, 1, 1, NONE, NONE, 1])
    found = agreement(TRUTH, group, MULES)
    assert found.precision.value == pytest.approx(6 / 9)
    assert found.recall.value == 1.0


def test_of_one_kind_only_pairs_that_touch_it_count() -> None:
    # Group 0: 0, 1, 4, 5: six pairs, one of them between the victims alone.
    group = np.array([0, 0, NONE, NONE, 0, 0, NONE, 1, NONE, 1])
    found = agreement(TRUTH, group, np.array([True, False, False]), is_whole=False)
    assert found.precision.value == pytest.approx(1 / 5)
    assert found.recall.value == pytest.approx(1 / 6)


def test_the_rand_index_is_one_for_the_truth_itself_and_agrees_with_a_case_of_the_literature() -> None:
    assert agreement(TRUTH, TRUTH.main(), EVERY).adjusted_rand.value == pytest.approx(1.0)
    # Hubert and Arabie's formula on {a, b, c}, {d, e, f} against {a, b}, {c, d}, {e, f}: 2 pairs of 6 and 3.
    expected = (2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15)
    assert rand_of_pairs(2, 6, 3, 6) == pytest.approx(expected)


def test_grouping_nobody_finds_nothing() -> None:
    found = agreement(TRUTH, np.full(10, NONE), EVERY)
    assert (found.precision.value, found.recall.value, found.adjusted_rand.value) == (0.0, 0.0, 0.0)


def test_the_rand_index_by_pairs_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    rng = np.random.default_rng(5)
    ring, group = rng.integers(0, 6, 80), rng.integers(0, 8, 80)
    truth = TrueRings(
        80, np.arange(80), ring, np.ones(80, dtype=np.int64), np.array(["mule"] * 6, dtype=np.object_)
    )
    found = agreement(truth, group, np.ones(6, dtype=np.bool_)).adjusted_rand.value
    assert found == pytest.approx(adjusted_rand_score(ring, group), abs=1e-12)
