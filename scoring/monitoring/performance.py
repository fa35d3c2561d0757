"""Performance: precision and recall of alerts, foretold from scores before labels come, confirmed after.

1. A calibrated score is the chance of crime, so the mean score of alerts foretells their precision, and the
   share of all scores' sum that alerts hold foretells their recall (CBPE, as in NannyML). It is as good as
   the calibration, which labels then confirm or contradict.
2. An alert is judged when its label is known, or when nine in ten labels would have come by now: silence then
   counts as honest, as it does in training.
3. Recall among known crime is too high where crime stays unknown; the random audit weighs what it found among
   events that were no alerts by one over the chance of its draw.
4. Intervals are Wilson's with as many trials as accounts are worth: outcomes of an account come together.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.frame import numbers_of
from scoring.monitoring.clusters import Sums, effective, kish, ratio, wilsons
from scoring.quality import Z

SQL = Path(__file__).with_name("sql")
KEYS = ("model", "model_version", "area", "grain", "since", "cut", "part")
# With fewer alerts or crimes than this a share says nothing.
FEWEST = 10
# None found in n draws: with 95 % confidence fewer than three in n are there (Hanley 1983).
RULE_OF_THREE = 3.0

Told = dict[str, Floats]


def performance_table(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> pa.Table:
    """Answer the rows of `monitor_performance`; needs the temporary table `watched`."""
    rows = cursor.sql(read_statement(SQL / "performance.sql").sql).to_arrow_table()
    given = {name: numbers_of(rows, name) for name in rows.column_names if name not in KEYS}
    is_typology = np.array(rows.column("cut").to_pylist()) == "typology"
    told = {name: np.where(is_typology, np.nan, values) for name, values in foretold(given).items()}
    answer = told | confirmed(given)
    table = pa.table(
        {
            **{name: rows.column(name) for name in KEYS},
            **{name: _whole(given[name]) for name in ("events", "alerts", "judged", "crimes")},
            **{name: pa.array(values.round(6), from_pandas=True) for name, values in answer.items()},
        }
    )
    return _with_audit(cursor, table, given["caught"], watermark)


def foretold(given: Told) -> Told:
    """Answer foretold precision and recall with their limits, (s,) each, from `performance.sql`."""
    none = np.zeros_like(given["alerts"])
    alerts = Sums(given["alerts"], given["caught_mass"], none, given["alert_squares"], none, none)
    mass = Sums(given["mass"], given["caught_mass"], none, given["mass_squares"], none, none)
    has_alerts = given["alerts"] >= FEWEST
    return {
        **_limits("foretold_precision", alerts.share, kish(alerts), has_alerts),
        **_limits("foretold_recall", mass.share, kish(mass), has_alerts),
    }


def confirmed(given: Told) -> Told:
    """Answer confirmed precision and recall with their limits, and which share of alerts is judged."""
    judged = Sums(
        given["judged"],
        given["right_alerts"],
        given["judged_accounts"],
        given["judged_squares"],
        given["right_squares"],
        given["right_products"],
    )
    crimes = Sums(
        given["crimes"],
        given["caught"],
        given["crime_accounts"],
        given["crime_squares"],
        given["caught_squares"],
        given["caught_products"],
    )
    return {
        "arrived": ratio(given["judged"], given["alerts"]),
        **_limits("confirmed_precision", judged.share, effective(judged), given["judged"] >= FEWEST),
        **_limits("confirmed_recall", crimes.share, effective(crimes), given["crimes"] >= FEWEST),
    }


def audited_recall(caught: Floats, missed: Floats, variance: Floats, weight: Floats) -> tuple[Floats, ...]:
    """Answer recall (s,) with its limits, of crimes caught and of those an audit found missed, weighted.

    Where it found none, as many as three draws stand for may still be there.
    """
    spread = np.where(missed > 0, Z * np.sqrt(variance), 0.0)
    most = np.where(missed > 0, missed + spread, RULE_OF_THREE * weight)
    least = np.maximum(missed - spread, 0.0)
    return ratio(caught, caught + missed), ratio(caught, caught + most), ratio(caught, caught + least)


def _limits(name: str, share: Floats, trials: Floats, is_told: Bools) -> Told:
    low, high = wilsons(share, trials)
    found = {name: share, f"{name}_low": low, f"{name}_high": high}
    return {key: np.where(is_told, values, np.nan) for key, values in found.items()}


def _whole(values: Floats) -> pa.Array:
    return pa.array(np.nan_to_num(values).astype(np.int64))


def _with_audit(
    cursor: duckdb.DuckDBPyConnection, table: pa.Table, caught: Floats, watermark: datetime
) -> pa.Table:
    """Lay what the audit found beside the months that are not cut."""
    sql = read_statement(SQL / "audited.sql").sql
    found = {
        tuple(row[:4]): [float(value) for value in row[4:]]
        for row in cursor.execute(sql, {"watermark": watermark}).fetchall()
    }
    keys = zip(*(table.column(name).to_pylist() for name in KEYS), strict=True)
    nothing = [np.nan] * 4
    rows = np.array(
        [
            found.get((model, version, area, since), nothing) if (grain, cut) == ("month", "all") else nothing
            for model, version, area, grain, since, cut, _ in keys
        ]
    ).reshape(-1, 4)
    recall = audited_recall(caught, *rows[:, 1:].T)
    names = ("audited_recall", "audited_recall_low", "audited_recall_high")
    table = table.append_column("audited", pa.array(rows[:, 0], pa.float64(), from_pandas=True))
    for name, values in zip(names, recall, strict=True):
        table = table.append_column(name, pa.array(values.round(6), from_pandas=True))
    return table
