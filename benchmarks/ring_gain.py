"""What ring features add to the fraud model: average precision with and without them, on unseen weeks.

Each quarter's model is fitted twice by the same recipe on the same rows, once without the family `ring`,
and nothing is stored. Both score the events from that quarter's start to the next, which neither has seen.
The truth is the world's own; models learn from the labels known by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from benchmarks.ring_truth import COLLUDING
from data.home import Home
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.artefact import Model
from scoring.calibration import Bools, Floats
from scoring.frame import matrix_of, pieces, words_of
from scoring.fraud import FRAUD
from scoring.planning import TICK, Plan, make_plans, watermark_of
from scoring.quality import REPETITIONS, Interval
from scoring.stages import score_by
from scoring.training import fit

FAMILY = "ring"
ROWS = Path(__file__).with_name("ring_gain_rows.sql")


@dataclass(frozen=True, slots=True)
class Compared:
    """Unseen events, (n,) each: scores with and without ring features, truth, and the account as a number.

    `is_late` marks crimes of colluding rings after the ring's third crime event.
    """

    with_rings: Floats
    without: Floats
    is_crime: Bools
    is_late: Bools
    account: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gain:
    """Average precision with ring features, without, and the difference, drawn together."""

    with_rings: Interval
    without: Interval
    difference: Interval


def main() -> None:
    """Measure the full demonstration and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, home).write()


def report(store: Store, home: Home) -> Result:
    """Fit both models of each quarter and compare them on the events that follow."""
    cursor = store.cursor()
    try:
        plans = make_plans(cursor, FRAUD, None)
        ends = [*(plan.as_of for plan in plans[1:]), watermark_of(cursor) + TICK]
        parts = [_compared(cursor, plan, until, home) for plan, until in zip(plans, ends, strict=True)]
    finally:
        cursor.close()
    whole = _together(parts)
    # A crime of another kind is neither a hit nor a false alarm in the second question.
    late = _taken(whole, whole.is_late | ~whole.is_crime)
    figures = [
        *_figures("all crimes", gain(whole, whole.is_crime)),
        *_figures("colluding rings after their third crime", gain(late, late.is_late)),
    ]
    for plan, part in zip(plans, parts, strict=True):
        figures += _figures(f"all crimes, quarter from {plan.as_of:%Y-%m-%d}", gain(part, part.is_crime))
    weeks = (ends[-1] - plans[0].as_of) / timedelta(weeks=1)
    return Result(
        "rings",
        "gain",
        "How much better does the fraud model rank crime with ring features?",
        tuple(figures),
        DEFAULT_SEED,
        (
            f"{len(whole.is_crime):,} transactions and sign-ins of {weeks:.0f} unseen weeks, "
            f"{int(whole.is_crime.sum()):,} of them crime, {int(whole.is_late.sum()):,} of colluding rings "
            "after the ring's third crime event.",
            f"{len(plans)} quarters; each model fitted twice, same rows and settings, with and without "
            f"{sum(feature.family == FAMILY for feature in FRAUD.features)} ring features.",
            "Intervals: paired bootstrap over accounts; both models see the same draw.",
        ),
    )


def _compared(cursor: duckdb.DuckDBPyConnection, plan: Plan, until: datetime, home: Home) -> Compared:
    """Fit the models of one quarter and score the events from its start to before `until`."""
    recipe = replace(FRAUD, features=tuple(f for f in FRAUD.features if f.family != FAMILY))
    models = [fit(cursor, plan), fit(cursor, replace(plan, recipe=recipe))]
    truth = str(home.truth / "events.parquet")
    given = {"since": plan.as_of, "until": until, "truth": truth, "colluding": list(COLLUDING)}
    scores: list[Floats] = []
    is_crime, is_late, accounts = [], [], []
    for rows in pieces(cursor, ROWS, given):
        scores.append(np.stack([_scores(model, rows) for model in models]))
        is_crime.append(_flags(rows, "is_crime"))
        is_late.append(_flags(rows, "is_late"))
        accounts.append(words_of(rows, "account_id").astype(str))
    both = np.concatenate(scores, axis=1)
    account = np.unique(np.concatenate(accounts), return_inverse=True)[1].astype(np.int64)
    return Compared(both[0], both[1], np.concatenate(is_crime), np.concatenate(is_late), account)


def _scores(model: Model, rows: Any) -> Floats:
    return score_by(model, matrix_of(rows, model.features))


def _flags(rows: Any, name: str) -> Bools:
    flags: Bools = rows.column(name).to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags


def _together(parts: list[Compared]) -> Compared:
    """Answer the events of all quarters; an account counts as another one in another quarter."""
    begins = np.cumsum([0, *(int(part.account.max(initial=-1)) + 1 for part in parts)])
    moved = [replace(part, account=part.account + start) for part, start in zip(parts, begins, strict=False)]
    columns = [np.concatenate([getattr(part, name) for part in moved]) for name in Compared.__slots__]
    return Compared(*columns)


def _taken(compared: Compared, rows: Bools) -> Compared:
    return Compared(*(getattr(compared, name)[rows] for name in Compared.__slots__))


def gain(compared: Compared, is_crime: Bools, seed: int = 1) -> Gain:
    """Answer the average precision of both models and their difference, by paired draws of accounts."""
    measures = [_precision_of(score, is_crime) for score in (compared.with_rings, compared.without)]
    rng = np.random.default_rng(seed)
    accounts = int(compared.account.max(initial=-1)) + 1
    point = [measure(np.ones(len(is_crime))) for measure in measures]
    draws = np.empty((REPETITIONS, 2))
    for number in range(REPETITIONS):
        weight = rng.poisson(1.0, accounts).astype(np.float64)[compared.account]
        draws[number] = [measure(weight) for measure in measures]
    return Gain(
        _interval(point[0], draws[:, 0]),
        _interval(point[1], draws[:, 1]),
        _interval(point[0] - point[1], draws[:, 0] - draws[:, 1]),
    )


def _precision_of(score: Floats, is_crime: Bools) -> Callable[[Floats], float]:
    """Answer what makes the weighted average precision of a score; events of one score share one step."""
    lowest = score[is_crime].min(initial=np.inf)
    # Below the last crime nothing counts.
    rows = np.flatnonzero(score >= lowest)
    rows = rows[np.argsort(-score[rows], kind="stable")]
    crime, ordered = is_crime[rows], score[rows]
    ends = np.flatnonzero(np.r_[ordered[1:] != ordered[:-1], True]) if len(rows) else rows

    def measure(weight: Floats) -> float:
        seen = weight[rows].cumsum()[ends]
        found = (weight[rows] * crime).cumsum()[ends]
        total = float(found[-1]) if len(found) else 0.0
        precision = np.divide(found, seen, out=np.zeros_like(found), where=seen > 0)
        return float((np.diff(found, prepend=0.0) * precision).sum() / total) if total else 0.0

    return measure


def _interval(point: float, draws: Floats) -> Interval:
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(point, min(float(low), point), max(float(high), point))


def _figures(words: str, found: Gain) -> list[Figure]:
    difference, mine, other = found.difference, found.with_rings, found.without
    name = "without ring features"
    return [
        Figure(f"gain in average precision, {words}", difference.value, "", difference.low, difference.high),
        Figure(f"average precision, {words}", mine.value, "", mine.low, mine.high, other.value, name),
        Figure(f"average precision {name}, {words}", other.value, "", other.low, other.high),
    ]


if __name__ == "__main__":
    main()
