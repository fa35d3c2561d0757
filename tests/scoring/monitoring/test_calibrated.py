from __future__ import annotations

import numpy as np
import pytest

from scoring.calibration import sigmoid
from scoring.monitoring.calibrated import calibration_rows, line_of

LOG_ODDS = np.array([-4.0, -2.0, 0.0, 2.0])


def bins(slope: float, intercept: float, events: float = 10_000) -> dict[str, np.ndarray]:
    """Events of as many accounts at four scores, whose truth follows the line, in whole crimes."""
    n = np.full(4, events)
    crimes = np.round(events * sigmoid(slope * LOG_ODDS + intercept))
    return {
        "fine": np.array([16.0, 24.0, 32.0, 40.0]),
        "events": n,
        "mass": n * sigmoid(LOG_ODDS),
        "log_odds": n * LOG_ODDS,
        "crimes": crimes,
        "accounts": n,
        "event_squares": n,
        "crime_squares": crimes,
        "products": crimes,
    }


def test_scores_that_say_what_they_mean_have_slope_one() -> None:
    line = line_of(bins(1.0, 0.0))

    assert line is not None
    assert (line.slope, line.intercept) == pytest.approx((1.0, 0.0), abs=1e-3)
    assert line.low < 1 < line.high


def test_scores_that_are_too_extreme_have_a_slope_under_one() -> None:
    line = line_of(bins(0.5, -0.2))

    assert line is not None
    assert (line.slope, line.intercept) == pytest.approx((0.5, -0.2), abs=1e-3)
    assert line.high < 1


def test_scores_that_part_all_crime_from_all_innocence_have_no_slope() -> None:
    parted = bins(1.0, 0.0)
    parted["crimes"] = np.array([0.0, 0.0, 10_000.0, 10_000.0])

    assert line_of(parted) is None


def test_too_few_crimes_give_no_line() -> None:
    assert line_of(bins(1.0, -8.0, events=100)) is None


def test_the_first_row_is_of_all_scores_and_the_others_of_coarse_bins() -> None:
    whole, *coarse = calibration_rows(bins(1.0, 0.0))

    assert (whole["bin"], whole["events"]) == (-1, 40_000)
    assert whole["expected"] == pytest.approx(whole["observed"], abs=1e-3)
    assert [row["bin"] for row in coarse] == [2, 3, 4, 5]
    assert coarse[2]["observed"] == 0.5
