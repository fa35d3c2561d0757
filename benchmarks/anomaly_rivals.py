"""Ways to score anomalies, compared in the CIS: what each finds beside the fraud model at its alert budget.

Every way sees the same signals of the same outgoing events, learns month by month from the three months
before, and raises as many alerts as the fraud model did, at most one an account and week: the most unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

from benchmarks.anomaly import AREA, SINCE
from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.statement import read_statement
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.anomaly.judging import REASONS
from scoring.anomaly.outgoing import Block, Outgoing, blocks, read_outgoing, sampled
from scoring.anomaly.past import excess, total, usual
from scoring.anomaly.surprise import MILLION, Millionths
from scoring.areas import write_areas
from scoring.calibration import Floats
from scoring.contract import SCORING_TABLES

EVENTS = Path(__file__).with_name("anomaly_events.sql")
COMPONENTS = 20
RIDGE = 0.05
Rows = NDArray[np.int64]
Judge = Callable[[Floats, Floats], Floats]


def main() -> None:
    """Compare the ways on the full demonstration and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, str(home.truth / "events.parquet")).write()


def report(store: Store, truth: str) -> Result:
    """Score the outgoing events of the area in every way, and count what the most unusual ones are."""
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        write_areas(cursor)
        events = read_outgoing(cursor)
        rows = cursor.sql(
            read_statement(EVENTS).sql, params={"since": SINCE, "truth": truth, "area": AREA}
        ).to_arrow_table()
    known = dict(zip(rows.column("event_id").to_pylist(), rows.column("known").to_pylist(), strict=True))
    is_fraud = rows.column("is_fraud_alert").to_numpy(zero_copy_only=False).astype(np.bool_)
    by_fraud = {
        name for name in rows.column("known").filter(rows.column("is_fraud_alert")).to_pylist() if name
    }
    figures: list[Figure] = []
    for name, score in _ways(events).items():
        alerts = _alerts(events, score, int(is_fraud.sum()))
        found = [known.get(event) for event in events.event_id.take(alerts).to_pylist()]
        crimes = {incident for incident in found if incident}
        right = sum(incident is not None for incident in found) / max(1, len(found))
        figures += [
            Figure(f"{name}: crimes found", len(crimes), "crimes"),
            Figure(f"{name}: only by it", len(crimes - by_fraud), "crimes"),
            Figure(f"{name}: precision", right, ""),
        ]
    return Result(
        "anomaly",
        "rivals",
        "Which way to score anomalies finds most in the CIS that the fraud model misses?",
        tuple(figures),
        DEFAULT_SEED,
        (
            f"{int(is_fraud.sum()):,} alerts each, from {SINCE:%Y-%m-%d}; crimes confirmed by now.",
            "Forest: 200 trees of 512 rows. Distance: Mahalanobis, covariance with a ridge. Components: what "
            f"{COMPONENTS} principal components leave over. All three on signed logarithms, the median for "
            "what is not known; their scores as shares of peers.",
        ),
    )


def _ways(events: Outgoing) -> Mapping[str, Floats]:
    """Answer (n,) scores of each way, -inf for events that are not looked at."""
    every = np.ones(len(events), dtype=np.bool_)
    here = [block for block in blocks(events, every) if block.area == AREA]
    surprise, typical, seen = _surprises(events, here)
    own = np.zeros(surprise.shape)
    own[seen] = usual(events.account.code[seen], events.at[seen], surprise[seen], typical[seen])
    parts = excess(surprise, own)
    plain = surprise / MILLION
    is_shown = np.isin(np.arange(len(events)), seen) & (events.at >= np.datetime64(SINCE))
    ways = {
        "sum of all reasons, peers only": plain.sum(axis=1),
        "five strongest reasons, peers only": total(plain),
        "sum of all reasons beyond the own past": parts.sum(axis=1),
        "five strongest reasons beyond the own past (chosen)": total(parts),
        **{name: _judged(events, here, judge) for name, judge in RIVALS.items()},
        "at random": np.random.default_rng(0).random(len(events)),
    }
    return {name: np.where(is_shown, score, -np.inf) for name, score in ways.items()}


def _surprises(events: Outgoing, here: list[Block]) -> tuple[Millionths, Millionths, Rows]:
    shape = (len(events), len(REASONS.names))
    surprise, typical = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for block in here:
        tails = REASONS.tails(np.asfortranarray(events.matrix[sampled(block)]))
        surprise[block.rows] = REASONS.surprises(tails, np.asfortranarray(events.matrix[block.rows]))[0]
        typical[block.rows] = REASONS.typical(tails)
    return surprise, typical, np.concatenate([block.rows for block in here])


def _judged(events: Outgoing, here: list[Block], judge: Judge) -> Floats:
    """Answer (n,) the surprise of a rival's score among its peers' scores, block by block."""
    found = np.zeros(len(events))
    for block in here:
        if events.at[block.rows[-1]] < np.datetime64(SINCE):
            continue
        peers, rows = events.matrix[sampled(block)], events.matrix[block.rows]
        middle = [
            np.median(column[~np.isnan(column)]) if (~np.isnan(column)).any() else 0 for column in peers.T
        ]
        peers, rows = (_tamed(values, np.array(middle)) for values in (peers, rows))
        score = judge(peers, np.concatenate([peers, rows]))
        ordered = np.sort(score[: len(peers)])
        above = len(peers) - np.searchsorted(ordered, score[len(peers) :], side="left")
        # Beyond all peers the score itself decides.
        found[block.rows] = -np.log((above + 1) / (len(peers) + 1)) + 1e-9 * score[len(peers) :]
    return found


def _middle(column: Floats) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0


def _tamed(values: Floats, middle: Floats) -> Floats:
    filled = np.where(np.isnan(values), middle, values)
    tamed: Floats = np.sign(filled) * np.log1p(np.abs(filled))
    return tamed


def _forest(peers: Floats, values: Floats) -> Floats:
    forest = IsolationForest(n_estimators=200, max_samples=min(512, len(peers)), random_state=1).fit(peers)
    score: Floats = -forest.score_samples(values)
    return score


def _scaled(peers: Floats, values: Floats) -> tuple[Floats, Floats]:
    middle, spread = np.median(peers, axis=0), peers.std(axis=0) + RIDGE
    return (values - middle) / spread, np.cov(((peers - middle) / spread).T)


def _distance(peers: Floats, values: Floats) -> Floats:
    scaled, covariance = _scaled(peers, values)
    ridge = RIDGE * np.eye(len(covariance))
    score: Floats = (scaled * np.linalg.solve(covariance + ridge, scaled.T).T).sum(axis=1)
    return score


def _left_over(peers: Floats, values: Floats) -> Floats:
    scaled, covariance = _scaled(peers, values)
    axes = np.linalg.eigh(covariance)[1][:, -COMPONENTS:]
    score: Floats = ((scaled - scaled @ axes @ axes.T) ** 2).sum(axis=1)
    return score


RIVALS: Mapping[str, Judge] = {
    "isolation forest": _forest,
    "robust distance": _distance,
    "principal components": _left_over,
}


def _alerts(events: Outgoing, score: Floats, count: int) -> Rows:
    """Answer the rows of the `count` highest scores, the highest of each account and week."""
    rows = np.flatnonzero(np.isfinite(score))
    rows = rows[np.argsort(-score[rows], kind="stable")]
    week = events.at[rows].astype("datetime64[W]").astype(np.int64)
    pairs = np.stack([events.account.code[rows], week], axis=1)
    first = np.sort(np.unique(pairs, axis=0, return_index=True)[1])
    return rows[first[:count]]


if __name__ == "__main__":
    main()
