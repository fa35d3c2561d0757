"""Quality: how well scores find crime, each figure with its 95 % interval.

Intervals come from a bootstrap over accounts for crime (the events of one account rise and fall
together) and over single events for the rest. Ranks are sorted once: a repetition costs as much as
there are cases of crime, since the sum of Poisson(1) draws over k innocent events is one Poisson(k).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats

REPETITIONS = 400
# Normal quantile of a two-sided 95 % interval.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the two ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        """Answer the three numbers, rounded to five decimals, by name."""
        return {"value": round(self.value, 5), "low": round(self.low, 5), "high": round(self.high, 5)}


@dataclass(frozen=True, slots=True)
class Judged:
    """Scored events whose truth is known, (n,) each: what measurement needs of them.

    `cluster` names who rises and falls together (the account), as any integer; `amount` may hold NaN.
    """

    score: Floats
    is_crime: Bools
    cluster: NDArray[np.int64]
    amount: Floats

    def __len__(self) -> int:
        """How many events."""
        return len(self.score)


def average_precision(judged: Judged, seed: int = 1) -> Interval:
    """Answer the area under precision over recall; events of one score share one step."""
    hits, false, clusters = _levels(judged)
    innocent_gaps = np.diff(false, prepend=0.0)

    def area(weight: Floats, gaps: Floats) -> float:
        caught = np.bincount(hits[1], weights=weight, minlength=len(false))
        found = caught.cumsum()
        seen = found + gaps.cumsum()
        precision = np.divide(found, seen, out=np.zeros_like(found), where=seen > 0)
        total = float(found[-1])
        return float((caught * precision).sum() / total) if total else 0.0

    point = area(np.ones(len(hits[0])), innocent_gaps)
    rng = np.random.default_rng(seed)
    draws = [
        area(_cluster_weights(clusters, rng), rng.poisson(innocent_gaps).astype(np.float64))
        for _ in range(REPETITIONS)
    ]
    return _interval(point, draws)


def _levels(judged: Judged) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], Floats, NDArray[np.int64]]:
    """Answer (crime rows, their level), innocent events at or above each level, and the rows' clusters."""
    crime = np.flatnonzero(judged.is_crime)
    if not len(crime):
        raise ValueError("average precision needs at least one case of crime")
    levels, level = np.unique(-judged.score[crime], return_inverse=True)
    innocent = np.sort(-judged.score[~judged.is_crime])
    false = np.searchsorted(innocent, levels, side="right").astype(np.float64)
    return (crime, level.astype(np.int64)), false, judged.cluster[crime]


def _cluster_weights(clusters: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    names, row = np.unique(clusters, return_inverse=True)
    weights: Floats = rng.poisson(1.0, len(names)).astype(np.float64)[row]
    return weights


def _interval(point: float, draws: list[float]) -> Interval:
    low, high = np.quantile(np.array(draws), [0.025, 0.975])
    return Interval(point, min(float(low), point), max(float(high), point))


@dataclass(frozen=True, slots=True)
class AtBudget:
    """What an alert budget buys: `threshold` is the lowest score inside it."""

    threshold: float
    alerts: int
    precision: Interval
    recall: Interval
    value_detection: Interval


def at_budget(judged: Judged, share: float, seed: int = 1) -> AtBudget:
    """Answer precision, recall and value detection rate when the highest `share` of events are alerts.

    Value detection rate is the value of crime caught over the value of all crime (unknown amounts
    count nothing).
    """
    alerts = max(1, round(share * len(judged)))
    threshold = float(np.partition(judged.score, len(judged) - alerts)[len(judged) - alerts])
    is_alert = judged.score >= threshold
    crime = np.flatnonzero(judged.is_crime)
    caught = is_alert[crime].astype(np.float64)
    value = np.nan_to_num(judged.amount[crime])
    false = float((is_alert & ~judged.is_crime).sum())
    rng = np.random.default_rng(seed)
    ones = np.ones(len(crime))
    draws = [
        _shares(_cluster_weights(judged.cluster[crime], rng), caught, value, float(rng.poisson(false)))
        for _ in range(REPETITIONS)
    ]
    point = _shares(ones, caught, value, false)
    intervals = [_interval(point[i], [draw[i] for draw in draws]) for i in range(3)]
    return AtBudget(threshold, int(is_alert.sum()), *intervals)


def _shares(weight: Floats, caught: Floats, value: Floats, false: float) -> tuple[float, float, float]:
    hits = float((weight * caught).sum())
    return (
        _ratio(hits, hits + false),
        _ratio(hits, float(weight.sum())),
        _ratio(float((weight * caught * value).sum()), float((weight * value).sum())),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def proportion(hits: int, trials: int) -> Interval:
    """Answer a share with Wilson's interval; (0, 0, 1) when nothing was tried."""
    return wilson(hits / trials, trials) if trials else Interval(0.0, 0.0, 1.0)


def wilson(share: float, trials: float) -> Interval:
    """Answer Wilson's interval of a share that as many independent `trials` showed; they may be broken."""
    centre = (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials)
    half = Z / (1 + Z * Z / trials) * sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials))
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def calibration_error(judged: Judged, bins: int = 10) -> float:
    """Answer the mean gap of score and truth over `bins` bins of equal size, weighted by their size."""
    order = np.argsort(judged.score, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(float(judged.score[p].mean() - judged.is_crime[p].mean())) * len(p) for p in parts]
    return sum(gaps) / len(judged)
