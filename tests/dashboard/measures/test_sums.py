from __future__ import annotations

import math

import numpy as np
import pytest

from dashboard.measures.sums import Floats, change_of_medians, change_of_sums, resampled_medians


def amounts(accounts: int, seed: int = 4) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    active = random.random((2, accounts)) < 0.6
    drawn = random.lognormal(6, 1.3, (2, accounts)) * active
    return drawn[0], 0.8 * drawn[1]


def test_the_ratio_is_the_sums_over_their_exposures() -> None:
    # 300 over 100 at twice the exposure: 3 / 2.
    found = change_of_sums(np.array([40.0, 60.0]), np.array([300.0, 0.0]), 100, 200, seed=1)
    assert found is not None
    assert (found.before, found.after, found.ratio, found.kind) == (100, 300, 1.5, "sum")


@pytest.mark.parametrize("accounts", [100, 3000])
def test_the_interval_is_that_of_a_slow_bootstrap_over_all_accounts(accounts: int) -> None:
    before, after = amounts(accounts)
    random = np.random.default_rng(9)
    ratios = []
    for _ in range(4000):
        weights = random.poisson(1.0, accounts)
        ratios.append(float(weights @ after) / float(weights @ before))
    slow = np.quantile(np.log(ratios), [0.025, 0.975])

    found = change_of_sums(before, after, 1, 1, seed=2)

    assert found is not None
    width = slow[1] - slow[0]
    assert abs(math.log(found.low) - slow[0]) < 0.15 * width
    assert abs(math.log(found.high) - slow[1]) < 0.15 * width


def test_when_every_account_moves_alike_the_ratio_is_certain() -> None:
    before, _ = amounts(500)
    found = change_of_sums(before, before / 2, 1, 1, seed=1)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.5), pytest.approx(0.5))


def test_a_sum_that_one_account_carries_shows_no_change() -> None:
    before, after = np.full(50, 10.0), np.full(50, 10.0)
    after[0] = 2000.0
    found = change_of_sums(before, after, 1, 1, seed=1)
    assert found is not None
    assert found.ratio == pytest.approx(4.98)
    assert not found.is_shown


def test_money_from_nothing_or_to_nothing_is_never_shown_as_a_change() -> None:
    some, none = np.array([5.0]), np.array([0.0])
    to_nothing, from_nothing = change_of_sums(some, none, 1, 1, 1), change_of_sums(none, some, 1, 1, 1)
    assert to_nothing is not None
    assert from_nothing is not None
    assert (to_nothing.ratio, to_nothing.is_shown) == (0.0, False)
    assert (from_nothing.ratio, from_nothing.is_shown) == (math.inf, False)


def test_without_exposure_there_is_no_change_of_a_sum() -> None:
    assert change_of_sums(np.array([5.0]), np.array([5.0]), 0, 1, 1) is None


def test_sums_of_different_accounts_are_refused() -> None:
    with pytest.raises(ValueError, match="give each account both, none < 0"):
        change_of_sums(np.array([5.0]), np.array([5.0, 2.0]), 1, 1, 1)


def test_the_same_seed_gives_the_same_interval() -> None:
    before, after = amounts(400)
    assert change_of_sums(before, after, 1, 1, 7) == change_of_sums(before, after, 1, 1, 7)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 101])
def test_resampled_medians_follow_those_of_samples_really_drawn(size: int) -> None:
    random = np.random.default_rng(5)
    sample = random.lognormal(1, 0.7, size)
    slow = np.median(random.choice(sample, (20_000, size)), axis=1)
    fast = resampled_medians(sample, random, 20_000)
    assert fast.mean() == pytest.approx(slow.mean(), rel=0.02)
    assert np.quantile(fast, [0.1, 0.9]) == pytest.approx(np.quantile(slow, [0.1, 0.9]), rel=0.04)


def test_hours_that_halve_are_shown_as_a_fall() -> None:
    hours = np.random.default_rng(6).lognormal(2, 0.5, 300)
    found = change_of_medians(hours, hours[::-1] / 2, seed=3)
    assert found is not None
    assert found.ratio == pytest.approx(0.5)
    assert 0.4 < found.low < 0.5 < found.high < 0.6
    assert change_of_medians(np.array([]), hours, 3) is None
