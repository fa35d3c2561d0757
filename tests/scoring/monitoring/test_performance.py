from __future__ import annotations

import numpy as np
import pytest

from scoring.monitoring.performance import audited_recall, confirmed, foretold
from scoring.quality import wilson

# Two slices. The first: 20 alerts of as many accounts with scores of 0.8, and 100 events of 0.04 beside them.
# Of the alerts 16 are judged, 12 of them right; of 15 known crimes 12 were alerts.
GIVEN = {
    "alerts": [20.0, 5.0],
    "alert_squares": [20.0, 5.0],
    "mass": [20 * 0.8 + 100 * 0.04, 4.0],
    "mass_squares": [20 * 0.64 + 100 * 0.0016, 4.0],
    "caught_mass": [16.0, 3.0],
    "judged": [16.0, 0.0],
    "judged_accounts": [16.0, 0.0],
    "judged_squares": [16.0, 0.0],
    "right_alerts": [12.0, 0.0],
    "right_squares": [12.0, 0.0],
    "right_products": [12.0, 0.0],
    "crimes": [15.0, 0.0],
    "crime_accounts": [15.0, 0.0],
    "crime_squares": [15.0, 0.0],
    "caught": [12.0, 0.0],
    "caught_squares": [12.0, 0.0],
    "caught_products": [12.0, 0.0],
}
SUMS = {name: np.array(values) for name, values in GIVEN.items()}


def test_the_mean_score_of_alerts_foretells_their_precision() -> None:
    found = foretold(SUMS)

    # 16 of 20, by as many accounts as alerts.
    expected = wilson(0.8, 20)
    low, high = found["foretold_precision_low"][0], found["foretold_precision_high"][0]
    assert found["foretold_precision"][0] == pytest.approx(0.8)
    assert (low, high) == pytest.approx((expected.low, expected.high))


def test_the_share_of_all_scores_that_alerts_hold_foretells_recall() -> None:
    # 16 of 16 + 4.
    assert foretold(SUMS)["foretold_recall"][0] == pytest.approx(0.8)


def test_fewer_than_ten_alerts_foretell_nothing() -> None:
    found = foretold(SUMS)

    assert np.isnan(found["foretold_precision"][1])
    assert np.isnan(found["foretold_recall"][1])


def test_labels_confirm_precision_of_what_is_judged_and_recall_of_what_is_known() -> None:
    found = confirmed(SUMS)

    assert found["arrived"][0] == pytest.approx(0.8)
    assert found["confirmed_precision"][0] == pytest.approx(0.75)
    assert found["confirmed_recall"][0] == pytest.approx(0.8)
    assert np.isnan(found["confirmed_precision"][1])


def test_an_audit_weighs_the_crime_it_found_by_the_chance_of_its_draw() -> None:
    # Two crimes found, each drawn with a chance of one in ten: 20 missed, variance 2 * 0.9 / 0.01 = 180.
    recall, low, high = audited_recall(*(np.array([value]) for value in (60.0, 20.0, 180.0, 10.0)))

    spread = 1.959964 * 180**0.5
    assert recall[0] == pytest.approx(0.75)
    assert low[0] == pytest.approx(60 / (80 + spread), abs=1e-5)
    assert high[0] == pytest.approx(1.0)


def test_an_audit_that_found_nothing_still_leaves_what_three_draws_stand_for() -> None:
    recall, low, _ = audited_recall(*(np.array([value]) for value in (60.0, 0.0, 0.0, 10.0)))

    assert recall[0] == 1.0
    assert low[0] == pytest.approx(60 / 90)
