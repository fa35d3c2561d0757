from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.measures.audit import Stratum, recall_change, recall_error, recall_of

FLAGGED = Stratum("flagged", True, 1_000, 1_000, 300)
NEAR = Stratum("just below", False, 10_000, 2_000, 20)
FAR = Stratum("far below", False, 500_000, 5_000, 0)


def test_totals_are_crimes_times_design_weights() -> None:
    # 20 of 2,000 in 10,000 are 100 unseen; 300 of 400 are seen.
    found = recall_of([FLAGGED, NEAR], seed=1)
    assert found is not None
    assert (found.seen, found.unseen, found.recall) == (300, 100, 0.75)
    # N^2 (1 - n/N) p (1 - p) / (n - 1) = 1e8 x 0.8 x 0.01 x 0.99 / 1999 = 396.2; its root is 19.9.
    assert found.unseen_error == pytest.approx(19.905, abs=0.001)
    # The derivative of recall by what is unseen is -0.75 / 400.
    assert recall_error([FLAGGED, NEAR]) == pytest.approx(0.75 / 400 * 19.905, rel=1e-4)
    assert found.low == pytest.approx(0.75 - 1.96 * 0.0373, abs=0.02)
    assert found.high == pytest.approx(0.75 + 1.96 * 0.0373, abs=0.02)


def test_a_stratum_in_which_the_audit_found_nothing_still_leaves_doubt() -> None:
    found = recall_of([FLAGGED, NEAR, FAR], seed=1)
    assert found is not None
    assert found.recall == 0.75
    assert found.low < 0.60
    assert found.sentence().endswith("too wide to tell more.")


def test_when_all_events_are_audited_recall_is_certain() -> None:
    whole = replace(NEAR, audited=10_000, crimes=100)
    found = recall_of([FLAGGED, whole], seed=1)
    assert found is not None
    assert (found.low, found.recall, found.high) == (0.75, 0.75, 0.75)
    assert found.sentence() == "Of all crime 75% was flagged, between 75% and 75%."


def test_the_interval_holds_the_truth_about_95_times_in_100() -> None:
    random = np.random.default_rng(12)
    truth = 200 / (200 + 150 + 60)
    held = 0
    for seed in range(300):
        near, far = random.hypergeometric([150, 60], [14_850, 299_940], [2_000, 12_000])
        strata = [
            Stratum("flagged", True, 900, 900, 200),
            Stratum("near", False, 15_000, 2_000, int(near)),
            Stratum("far", False, 300_000, 12_000, int(far)),
        ]
        found = recall_of(strata, seed, rounds=1000)
        assert found is not None
        held += found.low <= truth <= found.high
    assert 276 <= held <= 298


def test_a_loss_of_recall_is_shown_by_a_large_audit_and_not_by_a_small_one() -> None:
    # 75 % before; now 300 unseen beside 300 seen: 50 %.
    large = recall_change([FLAGGED, NEAR], [FLAGGED, replace(NEAR, crimes=60)], seed=2)
    small = recall_change(
        [FLAGGED, replace(NEAR, audited=100, crimes=1)], [FLAGGED, replace(NEAR, audited=100, crimes=3)], 2
    )
    assert large is not None
    assert small is not None
    assert large.points == -25
    assert large.sentence().startswith("Recall fell by 25 points, between -3")
    assert small.points == pytest.approx(-25)
    assert small.sentence().startswith("The audit is too small to tell whether recall changed: between -")


def test_no_change_of_recall_is_said_as_such() -> None:
    same = [FLAGGED, replace(NEAR, audited=8_000, crimes=80)]
    found = recall_change(same, same, seed=3)
    assert found is not None
    assert found.sentence().startswith("Recall shows no change: between -")


def test_an_audit_without_a_crime_measures_no_recall() -> None:
    assert recall_of([replace(FLAGGED, crimes=0), FAR], seed=1) is None


def test_a_stratum_of_which_nothing_was_audited_is_refused() -> None:
    with pytest.raises(ValueError, match="stratum far below: 0 crimes in 0 audited of 500000 events"):
        recall_of([FLAGGED, replace(FAR, audited=0)], seed=1)
