"""Calibration: from a model's raw log-odds to probabilities that mean what they say.

Platt's line on the log-odds, `a * raw + b`, keeps the ranking and scales contributions exactly
(`phi' = a * phi`); isotonic steps would cost average precision (reference/model-facts.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Below this many cases of crime the slope is noise: only the level is fitted then.
FEWEST_FOR_SLOPE = 20
# A slope outside has never been seen on a model that works; it stands for a slice the trees do not rank.
LEAST_SLOPE, MOST_SLOPE = 0.1, 10.0
# Newton's steps double the correct digits each; from a sane start ten suffice, fifty are certain.
STEPS = 50


@dataclass(frozen=True, slots=True)
class Calibration:
    """The line `slope * raw + intercept` in log-odds."""

    slope: float
    intercept: float

    def log_odds(self, raw: Floats) -> Floats:
        """Answer calibrated log-odds, same shape as `raw`."""
        return self.slope * raw + self.intercept

    def probability(self, raw: Floats) -> Floats:
        """Answer calibrated probabilities, not rounded, same shape as `raw`."""
        return sigmoid(self.log_odds(raw))


def sigmoid(log_odds: Floats) -> Floats:
    """Answer `1 / (1 + exp(-log_odds))` without overflow."""
    half = np.tanh(0.5 * np.asarray(log_odds, dtype=np.float64))
    answer: Floats = 0.5 * (1.0 + half)
    return answer


def fit_calibration(raw: Floats, is_crime: Bools, weights: Floats | None = None) -> Calibration:
    """Fit Platt's line by maximum likelihood on a slice that the trees have not seen.

    `raw` (n,) log-odds, `is_crime` (n,), `weights` (n,) or None for one each. Targets are Platt's
    (n+ + 1) / (n+ + 2) and 1 / (n- + 2), so that a perfect ranking does not drive the slope to
    infinity. Raises ModelError when the slice holds only one of the two outcomes.
    """
    weight = np.ones(len(raw)) if weights is None else weights
    bad, good = float(weight[is_crime].sum()), float(weight[~is_crime].sum())
    if not is_crime.any() or is_crime.all():
        raise ModelError(
            f"The calibration slice holds {int(is_crime.sum())} cases of crime among {len(raw)} events.",
            where="calibration",
            possible="at least one of each outcome",
            to_do="Load more labels, or labels of a longer time, then train again.",
        )
    target = np.where(is_crime, (bad + 1.0) / (bad + 2.0), 1.0 / (good + 2.0))
    if int(is_crime.sum()) < FEWEST_FOR_SLOPE:
        return Calibration(1.0, _shift(raw, target, weight))
    slope, intercept = _line(raw, target, weight)
    if not LEAST_SLOPE <= slope <= MOST_SLOPE:
        slope = float(np.clip(slope, LEAST_SLOPE, MOST_SLOPE))
        intercept = _shift(slope * raw, target, weight)
    return Calibration(slope, intercept)


def _shift(raw: Floats, target: Floats, weight: Floats) -> float:
    """Answer the intercept at which the mean probability equals the mean target (bisection)."""
    wanted = float((weight * target).sum())
    low, high = -40.0 - float(raw.max()), 40.0 - float(raw.min())
    for _ in range(80):
        middle = 0.5 * (low + high)
        is_too_low = float((weight * sigmoid(raw + middle)).sum()) < wanted
        low, high = (middle, high) if is_too_low else (low, middle)
    return 0.5 * (low + high)


def _line(raw: Floats, target: Floats, weight: Floats) -> tuple[float, float]:
    """Answer slope and intercept of largest likelihood, by Newton steps that are halved until they help."""
    design = np.column_stack([raw, np.ones(len(raw))])
    line = np.array([1.0, _shift(raw, target, weight)])
    loss = _loss(design @ line, target, weight)
    for _ in range(STEPS):
        probability = sigmoid(design @ line)
        gradient = design.T @ (weight * (probability - target))
        curvature = (design * (weight * probability * (1.0 - probability))[:, None]).T @ design
        step = np.linalg.solve(curvature + 1e-12 * np.eye(2), gradient)
        size = 1.0
        while size > 1e-6 and _loss(design @ (line - size * step), target, weight) > loss:
            size *= 0.5
        line = line - size * step
        improved = _loss(design @ line, target, weight)
        if loss - improved < 1e-12 * max(1.0, loss):
            break
        loss = improved
    return float(line[0]), float(line[1])


def _loss(log_odds: Floats, target: Floats, weight: Floats) -> float:
    return float((weight * (np.logaddexp(0.0, log_odds) - target * log_odds)).sum())
