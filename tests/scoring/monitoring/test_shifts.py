from __future__ import annotations

from math import log

import numpy as np
import pytest

from scoring.monitoring.shifts import (
    adjusted,
    chi_square,
    dispersion_of,
    newest_before,
    shift_of,
    stability,
)

TWO = np.ones((1, 2), dtype=np.bool_)


def counts(*weeks: tuple[int, ...]) -> np.ndarray:
    return np.array([weeks], dtype=np.int64)


def test_stability_is_the_sum_over_parts_with_half_an_event_added() -> None:
    # Shares 499.5 / 1000 and 500.5 / 1000 before; 249.5 / 1000 and 750.5 / 1000 now.
    expected = (0.2495 - 0.4995) * log(0.2495 / 0.4995) + (0.7505 - 0.5005) * log(0.7505 / 0.5005)

    found = stability(np.array([499, 500]), np.array([249, 750]), np.array([True, True]))

    assert float(found) == pytest.approx(expected, abs=1e-12)


def test_a_part_that_a_subject_does_not_have_adds_nothing() -> None:
    used = np.array([True, True, False])

    found = stability(np.array([499, 500, 0]), np.array([249, 750, 0]), used)

    assert float(found) == pytest.approx(float(stability(np.array([499, 500]), np.array([249, 750]), TWO[0])))


def test_chi_square_of_two_samples_is_the_one_of_their_table() -> None:
    # 2 x 2 table 30 70 / 50 50: expected 40 60 each; 4 cells of 100/40 or 100/60 = 2 * 2.5 + 2 * 1.6667.
    assert float(chi_square(np.array([30, 70]), np.array([50, 50]))) == pytest.approx(25 / 3)


def test_the_limit_is_a_tenth_with_many_events_and_chance_with_few() -> None:
    many = shift_of(counts((50_000, 50_000)), counts((50_000, 50_000)), TWO, np.ones(1))
    few = shift_of(counts((50, 50)), counts((50, 50)), TWO, np.array([3.0]))

    assert many.limit[0, 0] == 0.1
    # Chi-square with one degree passes 3.841 once in twenty; weeks scatter three times wider.
    assert few.limit[0, 0] == pytest.approx(3 * 3.8415 * (1 / 100 + 1 / 100), abs=1e-4)


def test_a_week_of_too_few_events_says_nothing() -> None:
    found = shift_of(counts((500, 500)), counts((49, 50), (50, 50)), TWO, np.ones(1))

    assert np.isnan(found.psi[0, 0])
    assert found.psi[0, 1] == pytest.approx(0.0, abs=1e-6)


def test_weeks_that_scatter_more_than_chance_widen_the_test() -> None:
    calm = dispersion_of(counts((500, 500), (500, 500), (500, 500)), TWO)
    wild = dispersion_of(counts((300, 700), (700, 300)), TWO)

    assert calm[0] == 1.0
    # Each week against the other: a table 300 700 / 700 300 has chi-square 320, one degree of freedom.
    assert wild[0] == pytest.approx(320.0)


def test_the_newest_weeks_end_a_week_before_and_run_on_from_the_reference() -> None:
    reference = counts((1, 0), (2, 0), (0, 0), (0, 0))
    weeks = counts((0, 0), (0, 0), (4, 0), (8, 0))

    # The fourth week is compared with the first two, the third with the first.
    assert newest_before(reference, weeks, 2)[0, :, 0].tolist() == [0, 0, 1, 3]


def test_p_values_are_adjusted_for_their_number_and_what_is_not_known_stays_so() -> None:
    # Benjamini and Hochberg: .01 * 3 / 1, then .02 * 3 / 2, then .5; the missing one is not counted.
    found = adjusted(np.array([0.02, np.nan, 0.5, 0.01]))

    assert found[[3, 0, 2]].tolist() == pytest.approx([0.03, 0.03, 0.5])
    assert np.isnan(found[1])
