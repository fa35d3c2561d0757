"""Fitting: from a frame of past events to trees, their calibration, and what is normal.

Deterministic: the same frame and settings give the same trees on the same library.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.frame import Frame
from scoring.recipe import Recipe, Trees

SEED = 20_250_101
# More innocent events than this add training time, not ranking: on three unseen quarters of the demonstration
# 100,000 gave a mean average precision of .677, all of up to 220,000 .674, 50,000 .672.
MOST_ROWS = 100_000
# Events that calibrate and measure trees, unless that would leave fewer cases of crime than a line of two
# numbers and a precision at a budget can stand on; more of either are only read for longer.
MOST_HELD_OUT = 150_000
FEWEST_CASES = 1_000
# Of one account; its rhythm is known by then.
MOST_OF_ONE_ACCOUNT = 50


def fit_trees(recipe: Recipe, frame: Frame) -> Any:
    """Grow the recipe's trees on `frame`, unweighted: at the natural rate of crime.

    Where there are more than MOST_ROWS innocent events a share of them was read, and the calibration on
    a slice of the natural rate restores it. Weights would do the same, but make scikit-learn 1.9 sort each
    column 255 times to bin it: minutes instead of seconds.

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
    return trees.fit(matrix, frame.is_crime)


def _least_in_leaf(settings: Trees, rows: int) -> int:
    """Answer the recipe's least rows in a leaf, or fewer where there are few rows at all."""
    return max(2, min(settings.least_in_leaf, rows // 50))


def thinned(frame: Frame) -> Frame:
    """Answer `frame` with at most MOST_OF_ONE_ACCOUNT events of each account, drawn at random.

    Where the truth is said of accounts, an account with a hundred thousand events must not outweigh all
    others.
    """
    order = np.random.default_rng(SEED).permutation(len(frame))
    by_account = order[np.argsort(frame.account[order], kind="stable")]
    account = frame.account[by_account]
    is_start = np.diff(account, prepend=-1) != 0
    starts = np.flatnonzero(is_start)
    place = np.arange(len(account)) - starts[np.cumsum(is_start) - 1]
    return frame.taken(np.sort(by_account[place < MOST_OF_ONE_ACCOUNT]))


def normals_of(frame: Frame) -> tuple[float, ...]:
    """Answer each feature's median among the innocent of `frame`; NaN where it was never known."""
    innocent = frame.matrix[~frame.is_crime]
    known = [column[~np.isnan(column)] for column in innocent.T]
    return tuple(float(np.median(column)) if len(column) else float("nan") for column in known)


def fingerprint(recipe: Recipe, frame: Frame) -> str:
    """Answer the SHA-256 of everything that decides the trees: rows, truth, features, settings."""
    digest = hashlib.sha256()
    directions = [(feature.name, feature.risk) for feature in recipe.features]
    digest.update(repr((recipe.model, directions, recipe.trees, SEED)).encode())
    arrays: tuple[NDArray[Any], ...] = (frame.matrix, frame.is_crime)
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
