from __future__ import annotations

import math

import numpy as np
import pytest

from dashboard.measures.change import Week, change_between
from dashboard.measures.power import events_needed


def test_the_published_numbers_are_those_of_a_one_sided_test() -> None:
    # reference/model-facts.md, by simulation there: 118 at -30 %, 376 at phi 3.2, 1,204 at -10 %.
    assert events_needed(0.7, is_two_sided=False) == pytest.approx(118, rel=0.01)
    assert events_needed(0.7, 3.2, is_two_sided=False) == pytest.approx(376, rel=0.01)
    assert events_needed(0.9, is_two_sided=False) == pytest.approx(1204, rel=0.03)


def test_the_formula_worked_by_hand_for_a_halving() -> None:
    # (1.95996 + 0.84162)^2 = 7.8489; 1 + 1/0.5 = 3; log(0.5)^2 = 0.48045: 7.8489 * 3 / 0.48045 = 49.01.
    assert events_needed(0.5) == pytest.approx(49.01, abs=0.01)
    # Twice the exposure after: 1 + 1/(2 * 0.5) = 2, so 32.67.
    assert events_needed(0.5, exposure_ratio=2) == pytest.approx(32.67, abs=0.01)


@pytest.mark.parametrize("ratio", [0.5, 0.7])
def test_with_the_events_needed_four_of_five_changes_are_shown(ratio: float) -> None:
    random = np.random.default_rng(3)
    needed = events_needed(ratio)
    shown = 0
    for before, after in zip(random.poisson(needed, 1000), random.poisson(ratio * needed, 1000), strict=True):
        change = change_between([Week(int(before), 1)], [Week(int(after), 1)])
        shown += change is not None and change.is_shown
    assert 760 <= shown <= 840


def test_no_number_of_events_shows_that_nothing_changed() -> None:
    assert math.isinf(events_needed(1.0))


def test_a_fall_to_nothing_needs_no_more_than_a_fall_to_a_tenth() -> None:
    assert events_needed(0.0) == events_needed(0.1)


def test_a_power_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"give a ratio of 0 or more, a power within 0 and 1"):
        events_needed(0.7, power=1.0)
