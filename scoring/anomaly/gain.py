"""The gain: confirmed crimes that anomaly alerts lie on and fraud alerts do not, at the same alert budget.

In each area and quarter the anomaly alerts that count are the most unusual ones, never more than the fraud
model raised there. Labels are only used here, to measure; none reaches the anomaly score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.frame import Words

EVENTS = Path(__file__).with_name("gain_events.sql")
REPETITIONS = 1_000
GAIN_ROWS = pa.schema(
    [
        ("area", pa.string()),
        ("quarter", pa.date32()),
        *((name, pa.int64()) for name in ("incidents", "by_fraud", "by_anomaly", "only_anomaly")),
        ("only_low", pa.float64()),
        ("only_high", pa.float64()),
        *(
            (f"{model}_{what}", pa.int64())
            for model in ("fraud", "anomaly")
            for what in ("alerts", "confirmed")
        ),
        ("precision", pa.float64()),
        ("precision_low", pa.float64()),
        ("precision_high", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Raised:
    """Alerts and confirmed crimes, (n,) each; `incident` is None where an event is not confirmed as crime."""

    area: Words
    quarter: Words
    account: Words
    incident: Words
    is_fraud: Bools
    is_anomaly: Bools
    score: Floats
    surprise: Floats

    def taken(self, rows: Bools) -> Raised:
        """Answer those of `rows`."""
        return Raised(*(getattr(self, field.name)[rows] for field in fields(self)))


def measure_gain(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """Answer the rows of `anomaly_gain` from what is stored."""
    table = cursor.sql(read_statement(EVENTS).sql).to_arrow_table()
    columns = [np.array(table.column(name).to_pylist(), dtype=object) for name in table.column_names]
    area, quarter, account, incident, is_fraud, is_anomaly, score, surprise = columns
    raised = Raised(
        area,
        quarter,
        account,
        incident,
        is_fraud.astype(np.bool_),
        is_anomaly.astype(np.bool_),
        score.astype(np.float64),
        surprise.astype(np.float64),
    )
    return pa.Table.from_pylist(list(gains(raised)), schema=GAIN_ROWS)


def gains(raised: Raised) -> Iterator[dict[str, Any]]:
    """Yield the gain of each area: of all its quarters together, and of each."""
    for area in sorted(set(raised.area)):
        here = raised.taken(raised.area == area)
        quarters = sorted(set(here.quarter))
        is_counted = np.zeros(len(here.area), dtype=np.bool_)
        for quarter in quarters:
            is_counted |= within_budget(here, here.quarter == quarter)
        yield _gain(area, None, here, is_counted)
        for quarter in quarters:
            mine = here.quarter == quarter
            yield _gain(area, quarter, here.taken(mine), is_counted[mine])


def within_budget(raised: Raised, chosen: Bools) -> Bools:
    """Answer (n,) which `chosen` anomaly alerts count: the most unusual, never more than fraud's."""
    rows = np.flatnonzero(chosen & raised.is_anomaly)
    order = rows[np.lexsort((-raised.surprise[rows], -raised.score[rows]))]
    counted = np.zeros(len(raised.area), dtype=np.bool_)
    counted[order[: int((chosen & raised.is_fraud).sum())]] = True
    return counted


def _gain(area: str, quarter: date | None, raised: Raised, is_anomaly: Bools) -> dict[str, Any]:
    is_crime = np.array([incident is not None for incident in raised.incident], dtype=np.bool_)
    incidents = set(raised.incident[is_crime])
    by_fraud = set(raised.incident[is_crime & raised.is_fraud])
    by_anomaly = set(raised.incident[is_crime & is_anomaly])
    only = by_anomaly - by_fraud
    low, high = _of_incidents(len(only), len(incidents))
    confirmed = int((is_anomaly & is_crime).sum())
    precision = _of_accounts(raised.account[is_anomaly], is_crime[is_anomaly])
    return {
        "area": area,
        "quarter": quarter,
        "incidents": len(incidents),
        "by_fraud": len(by_fraud),
        "by_anomaly": len(by_anomaly),
        "only_anomaly": len(only),
        "only_low": low,
        "only_high": high,
        "fraud_alerts": int(raised.is_fraud.sum()),
        "fraud_confirmed": int((raised.is_fraud & is_crime).sum()),
        "anomaly_alerts": int(is_anomaly.sum()),
        "anomaly_confirmed": confirmed,
        "precision": confirmed / int(is_anomaly.sum()) if is_anomaly.any() else None,
        "precision_low": precision[0],
        "precision_high": precision[1],
    }


def _of_incidents(found: int, incidents: int) -> tuple[float, float]:
    """Answer the 95 % interval of a count of incidents, drawing incidents with replacement."""
    if not incidents:
        return 0.0, 0.0
    # How many of the drawn are among the found is binomial: no need to draw them one by one.
    draws = np.random.default_rng(1).binomial(incidents, found / incidents, REPETITIONS)
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def _of_accounts(account: Words, is_hit: Bools) -> tuple[float | None, float | None]:
    """Answer the 95 % interval of the share of hits, drawing accounts with all their alerts."""
    if not len(account):
        return None, None
    who: NDArray[np.int64] = np.unique(account.astype(str), return_inverse=True)[1].astype(np.int64)
    hits, alerts = np.bincount(who, weights=is_hit), np.bincount(who)
    weight = np.random.default_rng(1).multinomial(len(hits), np.full(len(hits), 1 / len(hits)), REPETITIONS)
    low, high = np.quantile((weight @ hits) / (weight @ alerts), [0.025, 0.975])
    return float(low), float(high)
