from __future__ import annotations

import numpy as np
import pytest

from dashboard.measures.nowcast import DelayCurve, NowCast, Whole, delay_curve, now_cast


def quarter(seed: int, rate: float = 3.0, days: int = 270) -> tuple[Whole, Whole, int]:
    """Return known delays and ages, and how many really happened in the 90 youngest days."""
    random = np.random.default_rng(seed)
    ages = np.repeat(np.arange(days), random.poisson(rate, days))
    delays = np.floor(random.exponential(25, ages.size)).astype(np.int64)
    known = delays <= ages
    return delays[known], ages[known], int(np.sum(ages < 90))


def test_the_curve_worked_by_hand() -> None:
    # Ages 2, 2, 2, 1, 0 with delays 0, 1, 2, 0, 0.
    # u = 2: one delay of 2 among three at age 2, so F(1) = 2/3. u = 1: one delay of 1 among the three with
    # delay <= 1 and age >= 1 (0, 1 and the younger 0), so F(0) = 2/3 x 2/3.
    curve = delay_curve(np.array([0, 1, 2, 0, 0]), np.array([2, 2, 2, 1, 0]))
    assert curve.shares == pytest.approx([4 / 9, 2 / 3, 1])
    assert curve.share_arrived(np.array([-1, 0, 1, 50])) == pytest.approx([0, 4 / 9, 2 / 3, 1])


def test_the_curve_is_that_of_a_chain_ladder_written_out() -> None:
    delays, ages, _ = quarter(1, rate=1.0, days=60)
    slow = np.ones(int(ages.max()) + 1)
    for day in range(len(slow) - 2, -1, -1):
        both = [d for d, a in zip(delays, ages, strict=True) if a >= day + 1 and d <= day + 1]
        grown = len(both) / max(1, sum(d <= day for d in both))
        slow[day] = slow[day + 1] / grown
    assert delay_curve(delays, ages).shares == pytest.approx(slow)


def test_the_truncated_young_do_not_bend_the_curve() -> None:
    delays, ages, _ = quarter(2, rate=40)
    curve = delay_curve(delays, ages)
    # A share of 1 - exp(-(d + 1) / 25) has arrived after d whole days.
    for day in (5, 20, 60):
        assert curve.shares[day] == pytest.approx(1 - np.exp(-(day + 1) / 25), abs=0.015)
    assert np.mean(delays <= 20) > curve.shares[20] + 0.02


def test_the_now_cast_holds_the_truth_and_is_not_biased() -> None:
    held, off = 0, []
    for seed in range(100):
        delays, ages, truth = quarter(seed)
        found = now_cast(delays, ages, np.arange(90), seed, rounds=200)
        held += found.low <= truth <= found.high
        off.append(found.expected / truth - 1)
    assert 88 <= held <= 100
    assert abs(np.mean(off)) < 0.03


def test_an_old_quarter_is_all_there() -> None:
    delays = np.array([0, 1, 2, 3])
    found = now_cast(delays, np.array([40, 41, 42, 43]), np.arange(40, 44), seed=1)
    assert (found.known, found.expected, found.low, found.high) == (4, 4, 4, 4)
    assert found.sentence() == "4 known, all have arrived"


def test_scatter_beyond_chance_widens_the_now_cast() -> None:
    delays, ages, _ = quarter(3)
    calm = now_cast(delays, ages, np.arange(90), 1)
    wild = now_cast(delays, ages, np.arange(90), 1, dispersion=4)
    assert wild.expected == calm.expected
    assert wild.high - wild.expected == pytest.approx(2 * (calm.high - calm.expected))
    assert wild.low >= wild.known


def test_the_sentence_gives_what_is_known_expected_and_arrived() -> None:
    assert NowCast(83, 97, 90, 106).sentence() == (
        "83 known, about 97 expected, between 90 and 106 (86 % have arrived)"
    )


def test_a_delay_beyond_its_age_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0 <= delay <= age \(days\)"):
        delay_curve(np.array([3]), np.array([2]))
    assert DelayCurve(np.array([1.0])).share_arrived(np.array([0])) == 1
