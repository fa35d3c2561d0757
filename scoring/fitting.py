"""Fitting: from a frame of past events to trees, their calibration, and what is normal.

Deterministic: the same frame and settings give the same trees on the same library.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Floats
from scoring.frame import Frame
from scoring.recipe import Recipe, Trees

SEED = 20_250_101
# More innocent events than this add training time and memory, not ranking.
MOST_ROWS = 600_000


def fit_trees(recipe: Recipe, frame: Frame, weights: Floats) -> Any:
    """Grow the recipe's trees on `frame` at the natural rate of crime, `weights` (n,).

    Features only as numbers: contributions are silently wrong on native categories
    (reference/model-facts.md). A column that is never known is given a constant, which the binning of
    scikit-learn 1.9 needs and no tree can split on.
    """
    # A second of import that only training pays.
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    settings = recipe.trees
    is_never_known = np.array([bool(np.isnan(column).all()) for column in frame.matrix.T])
    matrix = np.where(is_never_known, 0.0, frame.matrix) if is_never_known.any() else frame.matrix
    trees = HistGradientBoostingClassifier(
        max_iter=settings.rounds,
        learning_rate=settings.learning_rate,
        max_leaf_nodes=settings.leaves,
        max_depth=settings.depth,
        min_samples_leaf=_least_in_leaf(settings, len(frame)),
        l2_regularization=settings.l2,
        max_features=settings.share_of_features,
        monotonic_cst=[feature.risk for feature in recipe.features],
        early_stopping=False,
        random_state=SEED,
    )
    return trees.fit(matrix, frame.is_crime, sample_weight=weights)


def _least_in_leaf(settings: Trees, rows: int) -> int:
    """Answer the recipe's least rows in a leaf, or fewer where there are few rows at all."""
    return max(2, min(settings.least_in_leaf, rows // 50))


def natural_weights(frame: Frame, kept_share: float, *, is_by_account: bool) -> Floats:
    """Answer (n,) weights that restore the natural rate where only `kept_share` of the innocent were read.

    Where the truth is said of accounts, each account counts once, however many events it has.
    """
    weights: Floats = np.where(frame.is_crime, 1.0, 1.0 / kept_share)
    if is_by_account:
        events = np.bincount(frame.account)
        weights = weights / events[frame.account]
        weights *= len(weights) / weights.sum()
    return weights


def normals_of(frame: Frame) -> tuple[float, ...]:
    """Answer each feature's median among the innocent of `frame`; NaN where it was never known."""
    innocent = frame.matrix[~frame.is_crime]
    known = [column[~np.isnan(column)] for column in innocent.T]
    return tuple(float(np.median(column)) if len(column) else float("nan") for column in known)


def fingerprint(recipe: Recipe, frame: Frame, weights: Floats) -> str:
    """Answer the SHA-256 of everything that decides the trees: rows, truth, weights, features, settings."""
    digest = hashlib.sha256()
    directions = [(feature.name, feature.risk) for feature in recipe.features]
    digest.update(repr((recipe.model, directions, recipe.trees, SEED)).encode())
    arrays: tuple[NDArray[Any], ...] = (frame.matrix, frame.is_crime, weights)
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
