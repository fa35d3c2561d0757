import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from scoring.quality import Judged, at_budget, average_precision, calibration_error, proportion


def judged(score: list[float], is_crime: list[int], amount: list[float] | None = None) -> Judged:
    return Judged(
        np.array(score),
        np.array(is_crime, dtype=bool),
        np.arange(len(score)),
        np.array(amount if amount else [float("nan")] * len(score)),
    )


def test_average_precision_of_a_hand_worked_ranking() -> None:
    # Ranked: crime, innocent, crime, innocent. Precision at the crimes: 1/1 and 2/3; their mean is 5/6.
    found = average_precision(judged([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0]))

    assert found.value == pytest.approx(5 / 6)


def test_events_of_one_score_share_one_step() -> None:
    # Both crimes and both innocents tie: one step with precision 2/4.
    assert average_precision(judged([0.5] * 4, [1, 1, 0, 0])).value == pytest.approx(0.5)


def test_average_precision_equals_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    is_crime = rng.random(5_000) < 0.03
    score = np.round(rng.normal(is_crime * 1.5, 1.0), 2)
    sample = Judged(score, is_crime, rng.integers(0, 400, 5_000), np.ones(5_000))

    assert average_precision(sample).value == pytest.approx(
        average_precision_score(is_crime, score), abs=1e-12
    )


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    # Scores of crime are uniform on (0.5, 1), of innocents on (0, 1), half each; the truth is measured on
    # 800,000 events.
    crime, innocent = rng.random(400_000) / 2 + 0.5, rng.random(400_000)
    truth = average_precision_score(np.repeat([1, 0], 400_000), np.concatenate([crime, innocent]))
    inside = 0
    for trial in range(60):
        sample = Judged(
            np.concatenate([rng.random(100) / 2 + 0.5, rng.random(100)]),
            np.repeat([True, False], 100),
            np.arange(200),
            np.ones(200),
        )
        found = average_precision(sample, seed=trial)
        inside += found.low <= truth <= found.high

    # 57 of 60 expected; 50 or fewer has a chance of one in three hundred.
    assert inside > 50


def test_a_budget_buys_precision_recall_and_value() -> None:
    # Budget 40 % of five events: the two highest, one of them crime. It holds 300 of 400 of the value.
    sample = judged([0.9, 0.8, 0.3, 0.2, 0.1], [1, 0, 1, 0, 0], [300.0, 50.0, 100.0, 10.0, 10.0])

    bought = at_budget(sample, 0.4)

    assert bought.alerts == 2
    assert bought.threshold == 0.8
    assert bought.precision.value == 0.5
    assert bought.recall.value == 0.5
    assert bought.value_detection.value == 0.75


def test_wilsons_interval_of_a_published_example() -> None:
    # Newcombe 1998, table I: 15 of 148 gives 0.0624 to 0.1605.
    found = proportion(15, 148)

    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


def test_nothing_tried_says_nothing() -> None:
    assert (proportion(0, 0).low, proportion(0, 0).high) == (0.0, 1.0)


def test_calibration_error_is_the_gap_of_score_and_truth() -> None:
    # Half the events at 0.2 with one crime in ten, half at 0.6 with six in ten: gaps 0.1 and 0.
    sample = judged([0.2] * 10 + [0.6] * 10, [1] + [0] * 9 + [1] * 6 + [0] * 4)

    assert calibration_error(sample, bins=2) == pytest.approx(0.05)
