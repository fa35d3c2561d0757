"""The gain of ring features: average precision by hand, and no difference between equal scores."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.ring_gain import Compared, gain

# Ranked by the first score: crime, innocent, crime, innocent.
BETTER = np.array([0.9, 0.8, 0.7, 0.1])
WORSE = np.array([0.9, 0.8, 0.1, 0.7])
IS_CRIME = np.array([True, False, True, False])


def compared(with_rings: np.ndarray, without: np.ndarray) -> Compared:
    return Compared(with_rings, without, IS_CRIME, IS_CRIME, np.arange(4))


def test_the_gain_is_the_difference_of_two_average_precisions() -> None:
    found = gain(compared(BETTER, WORSE), IS_CRIME)
    # (1 + 2/3) / 2 against (1 + 2/4) / 2.
    assert found.with_rings.value == pytest.approx(5 / 6)
    assert found.without.value == pytest.approx(3 / 4)
    assert found.difference.value == pytest.approx(5 / 6 - 3 / 4)
    assert found.difference.low <= found.difference.value <= found.difference.high


def test_equal_models_gain_nothing_in_any_draw() -> None:
    found = gain(compared(BETTER, BETTER), IS_CRIME).difference
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_events_of_one_score_share_one_step() -> None:
    tied = np.array([0.5, 0.5, 0.5, 0.1])
    # Two crimes among three events of the same score.
    assert gain(compared(tied, BETTER), IS_CRIME).with_rings.value == pytest.approx(2 / 3)
