"""Comparing: a challenger with the champion on the same events, at the same alert budget, in pairs.

1. Both rank the same events; each may alert on the highest `budget` of them.
2. A repetition draws accounts, not events, with Poisson(1) weights: the events of one account rise and fall
   together. Both models are measured on the same draw, so what is common to both cancels out.
3. Ranks are sorted once. Innocent events far below the budget of both stand unweighted for themselves: their
   number is known almost exactly, and only crime ranked below them feels it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats, fit_calibration

REPETITIONS = 1_000
# Three kinds of challengers on two measures: one of six tests at 95 % would promote a model no better than
# the champion in up to one area of seven, so a gain must hold for all six at once (Bonferroni).
TESTS_AT_ONCE = 6
# Innocent events up to so many times the budget are drawn anew in each repetition.
DRAWN_TIMES_BUDGET = 5
MEASURES = ("value_caught", "precision", "wrongful_holds", "average_precision")
# Log-odds of scores are taken inside these probabilities: a score of exactly nothing has none.
LEAST_SCORE = 1e-9


@dataclass(frozen=True, slots=True)
class Shadowed:
    """Matured events (n,) that both models scored; `cluster` names who rises and falls together."""

    champion: Floats
    challenger: Floats
    is_crime: Bools
    cluster: NDArray[np.int64]
    amount: Floats

    def __len__(self) -> int:
        """How many events."""
        return len(self.is_crime)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of both, with the difference (challenger less champion) and its paired 95 % interval.

    `sure_low` is the lower end of the interval that holds for TESTS_AT_ONCE tests together.
    """

    champion: float
    challenger: float
    difference: float
    low: float
    high: float
    sure_low: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison found, by measure, and how much it stands on.

    `alerts` is what the budget pays for; the slopes are of truth over log-odds, 1 is calibrated, None where
    there is no crime.
    """

    events: int
    cases: int
    clusters: int
    alerts: int
    slope: float | None
    champion_slope: float | None
    measures: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The kept events of one model, best first: their places, and the innocents not kept above each."""

    order: NDArray[np.intp]
    above: Floats
    hits: Floats
    value: Floats


def compare(shadowed: Shadowed, budget: float, seed: int = 1, repetitions: int = REPETITIONS) -> Compared:
    """Compare both models at a `budget` (share of events that may be alerts). Deterministic by `seed`.

    Precision, value caught and average precision are shares; wrongful holds are innocent alerts in a
    thousand events. Without any crime all are nothing and the intervals say nothing.
    """
    alerts = max(1, round(budget * len(shadowed)))
    kept = _kept(shadowed, alerts)
    both = [_ranked(shadowed, score, kept) for score in (shadowed.champion, shadowed.challenger)]
    left_out = len(shadowed) - len(kept)
    names, row = np.unique(shadowed.cluster[kept], return_inverse=True)

    def figures(weight: Floats) -> Floats:
        total = float(weight.sum()) + left_out
        return np.array([_figures(one, weight, budget * total, total) for one in both])

    point = figures(np.ones(len(kept)))
    rng = np.random.default_rng(seed)
    draws = np.array(
        [figures(rng.poisson(1.0, len(names)).astype(np.float64)[row]) for _ in range(repetitions)]
    )
    low, high, sure = np.quantile(draws[:, 1] - draws[:, 0], [0.025, 0.975, 0.025 / TESTS_AT_ONCE], axis=0)
    gap = point[1] - point[0]
    crime = shadowed.is_crime
    return Compared(
        events=len(shadowed),
        cases=int(crime.sum()),
        clusters=len(np.unique(shadowed.cluster[crime])),
        alerts=alerts,
        slope=slope_of(shadowed.challenger, crime),
        champion_slope=slope_of(shadowed.champion, crime),
        measures={
            name: Measured(
                float(point[0, i]),
                float(point[1, i]),
                float(gap[i]),
                float(min(low[i], gap[i])),
                float(max(high[i], gap[i])),
                float(min(sure[i], gap[i])),
            )
            for i, name in enumerate(MEASURES)
        },
    )


def slope_of(score: Floats, is_crime: Bools) -> float | None:
    """Answer the slope of truth over the log-odds of scores (n,); None where only one outcome happened."""
    if not is_crime.any() or is_crime.all():
        return None
    sane = np.clip(score, LEAST_SCORE, 1 - LEAST_SCORE)
    return fit_calibration(np.log(sane / (1 - sane)), is_crime).slope


def _kept(shadowed: Shadowed, alerts: int) -> NDArray[np.intp]:
    """Answer the rows that are drawn: crime, and what either model ranks near its budget."""
    is_kept = shadowed.is_crime.copy()
    most = min(len(shadowed), DRAWN_TIMES_BUDGET * alerts)
    for score in (shadowed.champion, shadowed.challenger):
        is_kept[np.argsort(-score, kind="stable")[:most]] = True
    return np.flatnonzero(is_kept)


def _ranked(shadowed: Shadowed, score: Floats, kept: NDArray[np.intp]) -> _Ranked:
    order = np.argsort(-score[kept], kind="stable")
    is_left_out = np.ones(len(score), dtype=np.bool_)
    is_left_out[kept] = False
    rows = kept[order]
    above = np.searchsorted(np.sort(-score[is_left_out]), -score[rows], side="left").astype(np.float64)
    hits = shadowed.is_crime[rows].astype(np.float64)
    return _Ranked(order, above, hits, hits * np.nan_to_num(shadowed.amount[rows]))


def _figures(one: _Ranked, weight: Floats, alerts: float, total: float) -> tuple[float, float, float, float]:
    """Answer the MEASURES of one model with weighted events, when `alerts` of `total` events are alerts."""
    drawn = weight[one.order].astype(np.float64)
    seen = np.cumsum(drawn) + one.above
    crime = drawn * one.hits
    found = np.cumsum(crime)
    is_alert = seen <= max(alerts, 1.0) + 1e-9
    hits = float(crime[is_alert].sum())
    raised = float(drawn[is_alert].sum())
    value = drawn * one.value
    precision = np.divide(found, seen, out=np.zeros_like(found), where=seen > 0)
    return (
        _share(float(value[is_alert].sum()), float(value.sum())),
        _share(hits, raised),
        1_000 * _share(raised - hits, total),
        _share(float((crime * precision).sum()), float(found[-1]) if len(found) else 0.0),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
