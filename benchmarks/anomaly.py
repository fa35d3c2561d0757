"""What anomalies find in the CIS that the fraud model misses, at the same alert budget, and what they cost.

Weeks after the fraud model's start on 2025-07-01, all unseen by it. Confirmed crimes are what a person would
have known; the world's own truth is what there was. Nothing of either reaches the anomaly score.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.progress import silent
from data.statement import read_statement
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.anomaly.find import find_anomalies
from scoring.areas import write_areas
from scoring.calibration import Bools, Floats
from scoring.contract import SCORING_TABLES
from scoring.frame import Words

EVENTS = Path(__file__).with_name("anomaly_events.sql")
AREA = "cis"
SINCE = datetime(2025, 7, 3)
# Shares of the fraud model's alert budget that are given to anomalies.
GIVEN = (0.05, 0.1, 0.2)
REPETITIONS = 1_000
GIB = 2**30


@dataclass(frozen=True, slots=True)
class Weeks:
    """n events in the order of time; incidents are -1 where an event is no crime."""

    week: Words
    account: Words
    fraud: Floats
    is_fraud: Bools
    is_anomaly: Bools
    surprise: Floats
    known: NDArray[np.int64]
    true: NDArray[np.int64]


def main() -> None:
    """Measure the full demonstration, whose anomalies are found anew, and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, str(home.truth / "events.parquet")).write()


def report(store: Store, truth: str) -> Result:
    """Find all anomalies of a scored store, then compare their alerts with the fraud model's."""
    store.create(SCORING_TABLES)
    begun, worked = time.monotonic(), time.process_time()
    with store.writing() as cursor:
        write_areas(cursor)
        judged = find_anomalies(cursor, silent, again=True)
    took, work = time.monotonic() - begun, time.process_time() - worked
    weeks = _read(store, truth)
    anomaly = _most_unusual(weeks)
    figures = [
        *_found(weeks, anomaly, weeks.known, "confirmed crimes"),
        *_found(weeks, anomaly, weeks.true, "crimes by the world's truth"),
        *_shared_budget(weeks),
        Figure("time to find all anomalies", took, "s"),
        Figure("processor time", work, "s"),
        Figure("memory at the end", psutil.Process().memory_info().rss / GIB, "GiB"),
    ]
    return Result(
        "anomaly",
        "gain",
        "What do anomalies find in the CIS that the fraud model misses, at the same alert budget?",
        tuple(figures),
        DEFAULT_SEED,
        (
            f"{judged:,} outgoing events judged in all areas; {len(weeks.week):,} events of the CIS "
            f"from {SINCE:%Y-%m-%d}.",
            "Anomaly alerts: the most unusual, as many as the fraud model raised over the same weeks.",
            "Shared budget: each week as many alerts as the fraud model raised, the most likely by its "
            "score, of which a share goes to the most unusual other events with an anomaly alert. Paired "
            "bootstrap over crimes. Anomalies never change decisions; this is what would have been found.",
            "Processor time counts; the machine was shared by eight sessions, and the wall clock waited.",
        ),
    )


def _read(store: Store, truth: str) -> Weeks:
    cursor = store.cursor()
    try:
        given = {"since": SINCE, "truth": truth, "area": AREA}
        rows = cursor.sql(read_statement(EVENTS).sql, params=given).to_arrow_table()
    finally:
        cursor.close()

    def column(name: str) -> Any:
        return rows.column(name).to_numpy()

    return Weeks(
        column("week"),
        column("account_id"),
        column("fraud"),
        column("is_fraud_alert").astype(np.bool_),
        column("is_anomaly_alert").astype(np.bool_),
        column("surprise"),
        _numbered(rows.column("known").to_pylist()),
        _numbered(rows.column("true_incident").to_pylist()),
    )


def _numbered(names: list[str | None]) -> NDArray[np.int64]:
    number = {name: place for place, name in enumerate(sorted({name for name in names if name}))}
    return np.array([-1 if name is None else number[name] for name in names], dtype=np.int64)


def _most_unusual(weeks: Weeks) -> Bools:
    """Answer (n,) the anomaly alerts that count: the most unusual, as many as fraud alerts."""
    rows = np.flatnonzero(weeks.is_anomaly)
    rows = rows[np.argsort(-weeks.surprise[rows], kind="stable")][: int(weeks.is_fraud.sum())]
    return _marked(len(weeks.week), rows)


def _marked(count: int, rows: NDArray[np.int64]) -> Bools:
    marks = np.zeros(count, dtype=np.bool_)
    marks[rows] = True
    return marks


def _hit(alerts: Bools, incident: NDArray[np.int64]) -> Bools:
    """Answer (incidents,) whether an alert lies on each."""
    found = incident[alerts & (incident >= 0)]
    return _marked(int(incident.max(initial=-1)) + 1, found)


def _interval(per_incident: Floats) -> tuple[float, float, float]:
    """Answer the sum over incidents and its 95 % interval, drawing incidents."""
    rng = np.random.default_rng(1)
    weight = rng.poisson(1.0, (REPETITIONS, len(per_incident)))
    low, high = np.quantile(weight @ per_incident, [0.025, 0.975])
    return float(per_incident.sum()), float(low), float(high)


def _found(weeks: Weeks, anomaly: Bools, incident: NDArray[np.int64], words: str) -> list[Figure]:
    """Answer what anomaly alerts found, alone and at all, and how often they were right."""
    fraud, unusual = _hit(weeks.is_fraud, incident), _hit(anomaly, incident)
    only, both = _interval((unusual & ~fraud).astype(float)), _interval(unusual.astype(float))
    right, of_fraud = (float((incident[alerts] >= 0).mean()) for alerts in (anomaly, weeks.is_fraud))
    alerts, raised = float(anomaly.sum()), float(weeks.is_fraud.sum())
    by_fraud = float(fraud.sum())
    return [
        Figure(f"only by anomaly alerts, {words}", *_with(only, "crimes"), len(fraud), "crimes there were"),
        Figure(f"by anomaly alerts, {words}", *_with(both, "crimes"), by_fraud, "by fraud alerts"),
        Figure(f"precision of anomaly alerts, {words}", right, "", None, None, of_fraud, "of fraud alerts"),
        Figure(f"anomaly alerts compared, {words}", alerts, "alerts", None, None, raised, "fraud alerts"),
    ]


def _with(interval: tuple[float, float, float], unit: str) -> tuple[float, str, float, float]:
    value, low, high = interval
    return value, unit, low, high


def _shared_budget(weeks: Weeks) -> list[Figure]:
    """Answer how many more crimes are found when anomalies get a share of the budget; negative: fewer."""
    alone = _taken(weeks, 0.0)
    figures: list[Figure] = []
    for words, incident in (("confirmed crimes", weeks.known), ("crimes by the world's truth", weeks.true)):
        base = _hit(alone, incident)
        for share in GIVEN:
            found = _hit(_taken(weeks, share), incident)
            change = _with(_interval(found.astype(float) - base), "crimes")
            name = f"change in {words} found with {share:.0%} of the budget given to anomalies"
            figures.append(Figure(name, *change, float(base.sum()), "found by fraud alone"))
    return figures


def _taken(weeks: Weeks, share: float) -> Bools:
    """Answer (n,) the alerts of a budget of which `share` goes to anomalies, filled week by week."""
    taken = np.zeros(len(weeks.week), dtype=np.bool_)
    for week in np.unique(weeks.week):
        rows = np.flatnonzero(weeks.week == week)
        budget = int(weeks.is_fraud[rows].sum())
        given = round(share * budget)
        by_fraud = rows[np.argsort(-weeks.fraud[rows], kind="stable")][: budget - given]
        taken[by_fraud] = True
        left = rows[weeks.is_anomaly[rows] & ~taken[rows]]
        taken[left[np.argsort(-weeks.surprise[left], kind="stable")][:given]] = True
    return taken


if __name__ == "__main__":
    main()
