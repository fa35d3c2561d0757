import numpy as np
import pytest

from data.errors import ModelError
from scoring.calibration import fit_calibration, sigmoid


def test_a_known_slope_and_shift_are_recovered() -> None:
    rng = np.random.default_rng(3)
    raw = rng.normal(-3.0, 2.0, 200_000)
    is_crime = rng.random(len(raw)) < sigmoid(0.6 * raw - 0.8)

    line = fit_calibration(raw, is_crime)

    assert line.slope == pytest.approx(0.6, abs=0.02)
    assert line.intercept == pytest.approx(-0.8, abs=0.04)


def test_calibrated_probabilities_add_up_to_the_cases_there_were() -> None:
    rng = np.random.default_rng(4)
    raw = rng.normal(-2.0, 1.5, 50_000)
    is_crime = rng.random(len(raw)) < sigmoid(2.0 * raw + 1.0)

    expected = fit_calibration(raw, is_crime).probability(raw).sum()

    assert expected == pytest.approx(is_crime.sum(), rel=0.002)


def test_with_few_cases_only_the_level_is_fitted() -> None:
    raw = np.array([0.0] * 95 + [1.0] * 5)
    is_crime = np.array([False] * 95 + [True] * 5)

    line = fit_calibration(raw, is_crime)

    assert line.slope == 1.0
    # Platt's targets: five of 6/7 and ninety-five of 1/97.
    assert line.probability(raw).sum() == pytest.approx(5 * 6 / 7 + 95 / 97, abs=1e-6)


def test_a_perfect_ranking_does_not_drive_the_slope_to_infinity() -> None:
    raw = np.concatenate([np.full(500, -1.0), np.full(50, 1.0)])
    is_crime = np.concatenate([np.zeros(500, dtype=bool), np.ones(50, dtype=bool)])

    line = fit_calibration(raw, is_crime)

    # Two points, so the line meets both targets: 51/52 and 1/502.
    assert line.probability(np.array([1.0]))[0] == pytest.approx(51 / 52, abs=1e-6)
    assert line.probability(np.array([-1.0]))[0] == pytest.approx(1 / 502, abs=1e-6)


def test_weights_count_an_event_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    raw = rng.normal(0.0, 1.0, 4_000)
    is_crime = rng.random(len(raw)) < sigmoid(raw - 1.0)
    twice = fit_calibration(np.tile(raw, 2), np.tile(is_crime, 2))

    weighted = fit_calibration(raw, is_crime, np.full(len(raw), 2.0))

    assert weighted.slope == pytest.approx(twice.slope, abs=1e-6)
    assert weighted.intercept == pytest.approx(twice.intercept, abs=1e-6)


def test_a_slice_without_crime_is_refused_with_its_counts() -> None:
    with pytest.raises(ModelError) as refusal:
        fit_calibration(np.zeros(30), np.zeros(30, dtype=bool))

    assert str(refusal.value) == (
        "The calibration slice holds 0 cases of crime among 30 events.\n"
        "Where: calibration\n"
        "Possible: at least one of each outcome\n"
        "What to do: Load more labels, or labels of a longer time, then train again."
    )


def test_extreme_log_odds_do_not_overflow() -> None:
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
