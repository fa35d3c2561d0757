"""Explanations: why an event has its score, in probability points that add up.

1. Trees' contributions in raw log-odds, exact and path-dependent; their sum is checked for every row.
2. Calibration scales them: `phi' = slope * phi`, from the base's log-odds to the event's.
3. Features of one reason are added into one contribution.
4. Points share out `p - p0` in proportion: `points_i = phi_i * (p - p0) / sum(phi)`; where the sum is
   near zero, along the slope at the base, `phi_i * p0 * (1 - p0)`.

The stored score is `p` rounded to nine decimals, at most 5e-10 away from it: points add up to the stored
score less the base within 1e-9, which is asserted. Points are taken from the unrounded `p`, since the
rounding of a tiny score would bend them where contributions nearly cancel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from scoring.artefact import Model
from scoring.calibration import Floats, sigmoid
from scoring.features import Feature

# Exact trees explain to 1e-14; one native category or one wrong library version is off by more than 0.1.
RAW_TOLERANCE = 1e-6
POINT_TOLERANCE = 1e-9
# Under this sum of log-odds the quotient (p - p0) / sum loses digits, and the slope at the base is right
# to the square of it.
NEARLY_NOTHING = 1e-6
SCORE_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Explained:
    """Reasons of n events over g named groups of features.

    `contribution` and `points` (n, g); `feature` (n, g) index of the feature that moved the group most;
    `value` and `normal` (n, g) of that feature, NaN where not known; `order` (n, g) group indices from
    the largest absolute points down. `signal_points` (n, features) are the points of single features.
    """

    reasons: tuple[str, ...]
    base_probability: float
    score: Floats
    contribution: Floats
    points: Floats
    feature: NDArray[np.intp]
    value: Floats
    normal: Floats
    order: NDArray[np.intp]
    signal_points: Floats


def rounded(probability: Floats) -> Floats:
    """Answer the score that is stored and decided on: nine decimals, in every engine."""
    score: Floats = np.round(probability, SCORE_DECIMALS)
    return score


def explainer_of(trees: Any) -> Any:
    """Make the exact, path-dependent explainer of raw log-odds for `trees`."""
    # Three seconds of import that only explaining pays.
    import shap  # noqa: PLC0415

    return shap.TreeExplainer(trees, feature_perturbation="tree_path_dependent", model_output="raw")


def base_of(trees: Any) -> float:
    """Answer the raw log-odds that contributions start from."""
    return float(np.ravel(explainer_of(trees).expected_value)[0])


def contributions(model: Model, explainer: Any, matrix: Floats) -> Floats:
    """Answer raw log-odds contributions (n, features) of feature rows (n, features).

    Raises ModelError when base and contributions of any row do not add up to its raw score.
    """
    phi: Floats = np.asarray(explainer.shap_values(matrix, check_additivity=False), dtype=np.float64)
    gap = float(np.abs(phi.sum(axis=1) + model.base - model.raw(matrix)).max(initial=0.0))
    if not gap < RAW_TOLERANCE:
        raise ModelError(
            f"Contributions miss the score by {gap:.2g} in log-odds; they would explain something else.",
            where=f"model {model.model_version}",
            possible=f"a gap under {RAW_TOLERANCE}",
            to_do="Install the locked versions of shap and scikit-learn (`uv sync`), then train again.",
        )
    return phi


def points_of(base_probability: float, probability: Floats, phi: Floats) -> Floats:
    """Answer probability points (n, g) of calibrated contributions `phi` (n, g); rows sum to p - p0."""
    total = phi.sum(axis=1)
    at_base = base_probability * (1.0 - base_probability)
    slope = np.full(len(total), at_base)
    is_some = np.abs(total) > NEARLY_NOTHING
    slope[is_some] = (probability[is_some] - base_probability) / total[is_some]
    points: Floats = phi * slope[:, None]
    return points


def explain(model: Model, explainer: Any, features: Sequence[Feature], matrix: Floats) -> Explained:
    """Explain the score of feature rows (n, features) by the named reasons of `features`."""
    raw_phi = contributions(model, explainer, matrix)
    phi = model.calibration.slope * raw_phi
    reasons, group = groups_of(features)
    grouped = phi @ group
    base = float(sigmoid(model.calibration.log_odds(np.array([model.base])))[0])
    probability = model.calibration.probability(model.raw(matrix))
    score = rounded(probability)
    points = points_of(base, probability, grouped)
    gap = float(np.abs(points.sum(axis=1) - (score - base)).max(initial=0.0))
    if not gap < POINT_TOLERANCE:
        raise ModelError(
            f"Points miss the score by {gap:.2g}.",
            where=f"model {model.model_version}",
            possible=f"a gap under {POINT_TOLERANCE}",
            to_do="Report this: it is a defect of the explanation, and no reason was stored.",
        )
    leader = leading_feature(phi, grouped, group)
    rows = np.arange(len(matrix))[:, None]
    return Explained(
        reasons=reasons,
        base_probability=base,
        score=score,
        contribution=grouped,
        points=points,
        feature=leader,
        value=matrix[rows, leader],
        normal=normals_shown(model, features, matrix)[rows, leader],
        order=np.argsort(-np.abs(points), axis=1, kind="stable"),
        signal_points=points_of(base, probability, phi),
    )


def groups_of(features: Sequence[Feature]) -> tuple[tuple[str, ...], Floats]:
    """Answer the reasons in order of first use, and the matrix (features, g) that adds up their features."""
    reasons = tuple(dict.fromkeys(feature.reason for feature in features))
    group = np.zeros((len(features), len(reasons)))
    for row, feature in enumerate(features):
        group[row, reasons.index(feature.reason)] = 1.0
    return reasons, group


def leading_feature(phi: Floats, grouped: Floats, group: Floats) -> NDArray[np.intp]:
    """Answer (n, g) the feature of each group that pushed most in the direction of its group."""
    direction = np.where(grouped >= 0, 1.0, -1.0)
    leaders = []
    for position in range(group.shape[1]):
        members = np.flatnonzero(group[:, position])
        pushes = phi[:, members] * direction[:, [position]]
        leaders.append(members[pushes.argmax(axis=1)])
    return np.stack(leaders, axis=1)


def normals_shown(model: Model, features: Sequence[Feature], matrix: Floats) -> Floats:
    """Answer (n, features) what each value is set against: the own normal where declared, else the median."""
    names = [feature.name for feature in features]
    shown = np.tile(np.array(model.normals), (len(matrix), 1))
    for position, feature in enumerate(features):
        if feature.normal_feature in names:
            shown[:, position] = matrix[:, names.index(feature.normal_feature)]
    return shown


def sentence_of(feature: Feature, value: float, normal: float) -> str:
    """Say one value in words; NaN is 'not known' and goes in as None."""
    return feature.in_words(None if value != value else value, None if normal != normal else normal)
