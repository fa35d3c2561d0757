from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from data.errors import ModelError
from scoring.artefact import Model
from scoring.calibration import Calibration, sigmoid
from scoring.counterfactual import AS_USUAL, NOT_TO_BE_CHANGED, NearestChange, in_words, nearest_changes
from scoring.explanations import (
    Explained,
    base_of,
    explain,
    explainer_of,
    groups_of,
    leading_feature,
    normals_shown,
    points_of,
)
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES
from scoring.features.reasons import KIND as FRAUD_KIND
from scoring.telling import headline

FEATURES = FRAUD_FEATURES[:12]


def fitted(slope: float = 0.8, intercept: float = -0.3) -> tuple[Model, np.ndarray]:
    """A model whose first two features make crime, and rows with missing values to explain."""
    rng = np.random.default_rng(2)
    matrix = rng.normal(size=(4_000, len(FEATURES)))
    matrix[rng.random(matrix.shape) < 0.1] = np.nan
    log_odds = 1.5 * np.nan_to_num(matrix[:, 0]) + np.nan_to_num(matrix[:, 1]) - 3.0
    trees = HistGradientBoostingClassifier(
        max_iter=30, max_leaf_nodes=8, early_stopping=False, random_state=2
    )
    trees.fit(matrix, rng.random(4_000) < sigmoid(log_odds))
    day = datetime(2025, 4, 1)
    model = Model(
        model_version="fraud-x",
        model="fraud",
        features=tuple(feature.name for feature in FEATURES),
        trees=trees,
        calibration=Calibration(slope, intercept),
        base=base_of(trees),
        normals=(0.0,) * len(FEATURES),
        valid_from=day,
        trained_as_of=day,
        window_from=day,
        unseen_from=day,
        window_to=day,
        is_split_by_account=False,
        fingerprint="",
        versions={},
        metrics={},
        card="",
    )
    return model, matrix[:300]


def test_points_of_a_hand_worked_event() -> None:
    # Base 0.2, score 0.6: 0.4 to share out over 3 - 1 = 2 log-odds, 0.2 each.
    points = points_of(0.2, np.array([0.6]), np.array([[3.0, -1.0]]))

    assert points[0].tolist() == pytest.approx([0.6, -0.2])


def test_where_contributions_cancel_points_follow_the_slope_at_the_base() -> None:
    # 0.2 * 0.8 = 0.16 a log-odd.
    points = points_of(0.2, np.array([0.2]), np.array([[2.0, -2.0]]))

    assert points[0].tolist() == pytest.approx([0.32, -0.32])


def test_points_of_every_event_add_up_to_the_stored_score_less_the_base() -> None:
    model, matrix = fitted()

    found = explain(model, explainer_of(model.trees), FEATURES, matrix)

    assert np.abs(found.points.sum(axis=1) - (found.score - found.base_probability)).max() < 1e-9
    # The stored score is the calibrated probability of the trees themselves, to nine decimals.
    probability = sigmoid(0.8 * model.trees.decision_function(matrix) - 0.3)
    assert found.score.tolist() == np.round(probability, 9).tolist()


def test_contributions_of_a_reason_add_up_to_calibrated_log_odds() -> None:
    model, matrix = fitted()
    found = explain(model, explainer_of(model.trees), FEATURES, matrix)

    log_odds = 0.8 * model.trees.decision_function(matrix) - 0.3
    base = 0.8 * model.base - 0.3

    assert found.contribution.sum(axis=1) == pytest.approx(log_odds - base, abs=1e-6)


def test_contributions_that_miss_the_score_are_refused() -> None:
    model, matrix = fitted()

    with pytest.raises(ModelError) as refusal:
        explain(replace(model, base=model.base + 0.01), explainer_of(model.trees), FEATURES, matrix)

    assert str(refusal.value).startswith("Contributions miss the score by 0.01 in log-odds;")


def test_the_strongest_reason_comes_first() -> None:
    model, matrix = fitted()
    found = explain(model, explainer_of(model.trees), FEATURES, matrix)
    ranked = np.take_along_axis(np.abs(found.points), found.order, axis=1)

    assert (np.diff(ranked, axis=1) <= 0).all()


def test_a_group_is_told_by_the_feature_that_pushed_most_in_its_direction() -> None:
    group = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    phi = np.array([[0.5, -0.2, 0.1], [0.2, -0.9, -0.3]])

    leaders = leading_feature(phi, phi @ group, group)

    # Row 1: the group adds 0.3, carried by the first; row 2: it takes away 0.7, carried by the second.
    assert leaders.tolist() == [[0, 2], [1, 2]]


def test_a_feature_that_compares_with_the_own_past_shows_the_own_normal() -> None:
    position, feature = next((i, f) for i, f in enumerate(FRAUD_FEATURES) if f.normal_feature)
    names = [f.name for f in FRAUD_FEATURES]
    model = replace(fitted()[0], normals=tuple(float(i) for i in range(len(names))))
    matrix = np.arange(len(names), dtype=float)[None, :] + 1_000.0

    shown = normals_shown(model, FRAUD_FEATURES, matrix)

    assert shown[0, position] == 1_000.0 + names.index(str(feature.normal_feature))
    other = next(i for i, f in enumerate(FRAUD_FEATURES) if not f.normal_feature)
    assert shown[0, other] == float(other)


def test_an_event_is_headed_by_its_strongest_push_but_never_by_its_kind() -> None:
    kind, other, third = FRAUD_KIND, "new device", "unusual hour"
    none = np.zeros((2, 3))
    explained = Explained(
        reasons=(kind, other, third),
        base_probability=0.1,
        score=np.array([0.6, 0.02]),
        contribution=none,
        points=np.array([[0.4, 0.3, -0.2], [-0.05, -0.01, -0.02]]),
        feature=none.astype(np.intp),
        value=none,
        normal=none,
        order=none.astype(np.intp),
        signal_points=none,
    )

    # The first goes up by a new device; the second goes down, most by its hour.
    assert headline(explained).tolist() == [1, 2]


def test_every_reason_can_be_said_as_usual_or_is_said_to_be_fixed() -> None:
    named = {feature.reason for feature in (*FRAUD_FEATURES, *LIVENESS_FEATURES)}

    assert named - set(AS_USUAL) - set(NOT_TO_BE_CHANGED) == set()


def test_the_nearest_change_brings_the_event_under_its_threshold() -> None:
    model, matrix = fitted()
    found = explain(model, explainer_of(model.trees), FEATURES, matrix)
    flagged = np.flatnonzero(found.score >= 0.3)
    reasons, group = groups_of(FEATURES)
    threshold = np.full(len(matrix), 0.3)

    changes = nearest_changes(model, FEATURES, matrix, found, threshold, flagged)

    assert any(change is not None for change in changes)
    for row, change in zip(flagged, changes, strict=True):
        if change is None:
            continue
        is_set = group[:, [reasons.index(name) for name in change.reasons]].any(axis=1)
        changed = np.where(is_set, np.array(model.normals), matrix[row])
        assert change.score == np.round(sigmoid(0.8 * model.raw(changed[None, :]) - 0.3), 9)[0]
        assert change.score < 0.3


def test_one_reason_is_enough_whenever_a_slow_search_finds_one() -> None:
    model, matrix = fitted()
    found = explain(model, explainer_of(model.trees), FEATURES, matrix)
    flagged = np.flatnonzero(found.score >= 0.3)
    reasons, group = groups_of(FEATURES)
    free = [i for i, name in enumerate(reasons) if name not in NOT_TO_BE_CHANGED]

    changes = nearest_changes(model, FEATURES, matrix, found, np.full(len(matrix), 0.3), flagged)

    for row, change in zip(flagged, changes, strict=True):
        singles = [
            i
            for i in free
            if found.contribution[row, i] > 0
            and sigmoid(0.8 * model.raw(np.where(group[:, i] > 0, 0.0, matrix[row])[None, :]) - 0.3)[0] < 0.3
        ]
        assert bool(singles) == (change is not None and len(change.reasons) == 1)


def test_a_nearest_change_is_said_in_one_sentence() -> None:
    one = NearestChange(("new device",), 0.0812)
    two = NearestChange(("new device", "size of the amount"), 0.0012)

    assert in_words(one, 0.6093) == (
        "With a known device, it would have been allowed (score 0.08 instead of 0.61)."
    )
    assert in_words(two, 0.6093) == (
        "With a known device and a usual amount, it would have been allowed (score 0.001 instead of 0.61)."
    )
