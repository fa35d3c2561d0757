from __future__ import annotations

import numpy as np
import pytest

from scoring.rings.graph import Pairs
from scoring.rings.kinds import MICROSECONDS_A_DAY
from scoring.rings.score import (
    ALARM,
    FEATURES,
    FEWEST_RINGS,
    UNLEARNED,
    Described,
    People,
    describe,
    fit_scorer,
)
from scoring.rings.ties import pairs_of

DAY = MICROSECONDS_A_DAY
NEVER = np.iinfo(np.int64).max
NOW = 100 * DAY


def described() -> Described:
    """Accounts 2, 3, 5 on a chain 2-3-5, and 7, 8, 9 all tied; 3-7 is a pair across."""
    one, other = np.array([2, 3, 3, 7, 7, 8]), np.array([3, 5, 7, 8, 9, 9])
    pairs = Pairs(
        pairs_of(one, other),
        np.array([1.0, 3.0, 9.0, 2.0, 2.0, 2.0]),
        np.array([4.0, 6.0, 50.0, 1.0, 2.0, 3.0]),
        np.array([1, 2, 4, 1, 1, 1]),
    )
    opened = np.full(10, NOW - 200 * DAY)
    opened[[2, 3]] = NOW - 45 * DAY, NOW - 44 * DAY
    confirmed = np.full(10, NEVER)
    confirmed[[7, 8, 9]] = NOW - 1, NOW, NOW + 1
    people = People(opened, confirmed, np.array([0, 0, 0, 0, 0, 1, 0, 2, 2, 2]))
    passed_on = np.array([0.0, 2.5, 9.0, 0.3, 0.3, 0.3])
    accounts = np.array([2, 3, 5, 7, 8, 9])
    return describe(accounts, np.array([0, 0, 0, 1, 1, 1]), pairs, passed_on, people, NOW)


def test_two_candidates_are_described_as_worked_out_by_hand() -> None:
    found = described()
    first, second = (dict(zip(FEATURES, row, strict=True)) for row in found.features.tolist())

    logs = np.log1p([45.0, 44.0, 200.0])
    assert first == pytest.approx(
        {
            "accounts": np.log(3),
            "density": 2 / 3,
            "mean_logit": 2.0,
            "least_logit": 1.0,
            "kinds": 1.5,
            # Account 3 is tied to both others.
            "centre": 1.0,
            # Account 3 alone: 45 days are no longer young.
            "young_share": 1 / 3,
            "age_spread": logs.std(),
            "known_bad_share": 0.0,
            # Nothing, and more than all, which counts as all.
            "passed_on": 0.5,
            "countries": np.log(2),
        }
    )
    # Known before now: account 7 alone.
    assert second["known_bad_share"] == pytest.approx(1 / 3)
    assert (second["density"], second["age_spread"], second["countries"]) == pytest.approx((1.0, 0.0, 0.0))


def test_accounts_are_tied_by_what_holds_inside_their_candidate() -> None:
    found = described()

    assert found.strength.tolist() == [4.0, 10.0, 6.0, 3.0, 4.0, 5.0]
    assert found.accounts.tolist() == [3, 3]
    assert found.young.tolist() == [1, 0]
    assert found.known_bad.tolist() == [0, 1]


def test_no_candidate_is_described_and_scored_by_nothing() -> None:
    none = np.empty(0, dtype=np.int64)
    people = People(none, none, none)
    found = describe(none, none, Pairs(none, np.empty(0), np.empty(0), none), np.empty(0), people, NOW)

    assert found.features.shape == (0, len(FEATURES))
    assert UNLEARNED.score(found.features).shape == (0,)


def test_without_labels_the_alarm_is_at_a_mean_log_odds_of_two() -> None:
    rows = np.zeros((4, len(FEATURES)))
    rows[:, FEATURES.index("mean_logit")] = -800.0, 1.9, 2.0, 800.0
    scores = UNLEARNED.score(rows)

    assert (scores >= ALARM).tolist() == [False, False, True, True]
    assert scores[[0, 3]].tolist() == [0.0, 1.0]


def examples(rings: int, others: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    is_ring = np.arange(rings + others) < rings
    return rng.normal(is_ring[:, None] * 2.0, 1.0, (rings + others, len(FEATURES))), is_ring


@pytest.mark.parametrize(("rings", "others"), [(FEWEST_RINGS - 1, 200), (200, FEWEST_RINGS - 1), (0, 0)])
def test_too_few_rings_or_too_few_others_teach_no_scores(rings: int, others: int) -> None:
    found = fit_scorer(*examples(rings, others))

    assert found.pipeline is None
    assert (found.examples, found.positives) == (rings + others, rings)


def test_learned_scores_are_probabilities_of_nine_decimals_and_the_same_again() -> None:
    features, is_ring = examples(FEWEST_RINGS, FEWEST_RINGS)
    scorer = fit_scorer(features, is_ring)
    scores = scorer.score(features * 100)

    assert ((scores >= 0) & (scores <= 1)).all()
    assert (np.round(scores, 9) == scores).all()
    assert scorer.score(features)[is_ring].mean() > 0.9 > 0.1 > scorer.score(features)[~is_ring].mean()
    again = fit_scorer(features, is_ring)
    assert (again.score(features) == scorer.score(features)).all()
    assert again.fingerprint == scorer.fingerprint != ""
