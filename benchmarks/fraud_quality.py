"""The demonstration world: how well the fraud model finds crime in the weeks it has not seen.

The world is built, loaded, trained and scored as `watchfloor demo` does it. What is measured is the
last weeks of the store, each event scored by the model in force at its time, against the world's truth
(labels that came late or never included), beside three baselines on the same events: rank by amount,
hand-written rules of the field, and an isolation forest on the same features.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
from sklearn.ensemble import IsolationForest

from benchmarks import field_rules
from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.home import Home
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.calibration import Floats
from scoring.frame import matrix_of
from scoring.fraud import FRAUD
from scoring.planning import watermark_of
from scoring.policy import ALERT_BUDGET
from scoring.quality import Interval, Judged, at_budget, average_precision, calibration_error

WEEKS = 8
BUDGET = ALERT_BUDGET
# A world that a model solves has nothing to say about models.
TOO_EASY = 0.95
# An isolation forest of the usual 100 trees draws 256 rows a tree; this many rows describe normality.
FOREST_ROWS = 50_000


def main() -> None:
    """Measure the full demonstration and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, home).write()


def report(store: Store, home: Home) -> Result:
    """Measure a scored demonstration against its truth."""
    events, matrix, past = unseen_weeks(store, home)
    is_crime = events["is_crime"].to_numpy(dtype=bool)
    ranked = {
        "model": events["score"].to_numpy(dtype=np.float64),
        "amount": events["amount"].fillna(0.0).to_numpy(dtype=np.float64),
        "rules of the field": field_rules.points(matrix),
        "isolation forest": _isolation(past, matrix),
    }
    cluster = np.unique(events["account_id"].to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
    amount = events["amount"].to_numpy(dtype=np.float64)
    judged = {name: Judged(values, is_crime, cluster, amount) for name, values in ranked.items()}
    model = judged["model"]
    precision = {name: average_precision(each) for name, each in judged.items()}
    bought = {name: at_budget(each, BUDGET) for name, each in judged.items()}
    figures = [_figure("average precision", precision["model"], precision["amount"].value, "rank by amount")]
    figures += [
        _figure(f"average precision, {name}", precision[name], None, "")
        for name in ("amount", "rules of the field", "isolation forest")
    ]
    for words, part in (
        ("precision at budget", "precision"),
        ("recall at budget", "recall"),
        ("value detection rate at budget", "value_detection"),
    ):
        forest = getattr(bought["isolation forest"], part).value
        figures.append(_figure(words, getattr(bought["model"], part), forest, "isolation forest"))
        for name in ("amount", "rules of the field"):
            figures.append(_figure(f"{words}, {name}", getattr(bought[name], part), None, ""))
    figures.append(Figure("calibration error", calibration_error(model), "probability"))
    too_easy = precision["model"].value > TOO_EASY
    return Result(
        "quarter",
        "fraud-quality",
        f"How well does the fraud model find crime in the last {WEEKS} weeks of the demonstration world?",
        tuple(figures),
        seed=DEFAULT_SEED,
        notes=(
            f"{len(events):,} transactions and sign-ins, {int(is_crime.sum()):,} of them crime "
            f"({is_crime.mean():.2%}) by the world's truth; budget {BUDGET:.1%} of events.",
            "Each event was scored by the model in force at its time; none was inside its training window.",
            "Intervals: bootstrap over accounts.",
            *(("The world is too easy: average precision is above 0.95.",) if too_easy else ()),
        ),
    )


def _figure(name: str, found: Interval, baseline: float | None, baseline_name: str) -> Figure:
    return Figure(name, found.value, "share", found.low, found.high, baseline, baseline_name)


def unseen_weeks(store: Store, home: Home) -> tuple[pd.DataFrame, Floats, Floats]:
    """Answer the unseen weeks' events with truth, their features (n, f), and features of the time before."""
    cursor = store.cursor()
    try:
        since = watermark_of(cursor) - timedelta(weeks=WEEKS)
        rows = cursor.sql(
            "SELECT f.*, s.account_id, s.score, CAST(s.amount AS DOUBLE) AS amount,"
            " s.event_id IN (SELECT event_id FROM read_parquet($truth)) AS is_crime"
            " FROM scored s JOIN fraud_features f USING (event_key)"
            " WHERE s.occurred_at >= $since AND NOT s.is_in_training ORDER BY s.t, s.event_id",
            params={"since": since, "truth": str(home.truth / "events.parquet")},
        ).to_arrow_table()
        before = cursor.sql(
            "SELECT f.* FROM fraud_features f JOIN spine s USING (event_key) WHERE s.occurred_at < $since"
            " ORDER BY md5(f.event_id) LIMIT $most",
            params={"since": since, "most": FOREST_ROWS},
        ).to_arrow_table()
    finally:
        cursor.close()
    columns = ["account_id", "score", "amount", "is_crime"]
    return rows.select(columns).to_pandas(), _matrix(rows), _matrix(before)


def _matrix(rows: pa.Table) -> Floats:
    return np.concatenate([matrix_of(batch, FRAUD.names) for batch in rows.to_batches()])


def _isolation(past: Floats, present: Floats) -> Floats:
    """Answer how isolated each present event is, by a forest of past ones; unknown values are medians."""
    known = np.array([np.median(c[~np.isnan(c)]) if (~np.isnan(c)).any() else 0.0 for c in past.T])
    forest = IsolationForest(random_state=DEFAULT_SEED % 2**31).fit(np.where(np.isnan(past), known, past))
    isolated: Floats = -forest.score_samples(np.where(np.isnan(present), known, present))
    return isolated


if __name__ == "__main__":
    main()
