"""Finding anomalies: every outgoing event judged, explained and stored, and their gain measured.

All of the past is judged anew in each run, since an event needs its peers and its own past; what was served
before stays as it was served. An anomaly changes no decision: it is shown beside the fraud score.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from data.contract import comment_statements, create_statement
from data.progress import Progress
from data.statement import read_statement
from scoring.anomaly.gain import measure_gain
from scoring.anomaly.judging import judge
from scoring.anomaly.outgoing import read_outgoing
from scoring.anomaly.signals import SIGNALS
from scoring.anomaly.tables import ANOMALIES, ANOMALY_GAIN, ANOMALY_REASONS, ANOMALY_TABLES
from scoring.anomaly.telling import anomaly_rows, reason_rows
from scoring.sayings import Sayings

FOLDER = Path(__file__).parent


def find_anomalies(cursor: duckdb.DuckDBPyConnection, progress: Progress, *, again: bool = False) -> int:
    """Judge the outgoing events, keep those not served before (all with `again`); answer how many were new.

    Runs in the caller's transaction, after decisions and rollups are written: its gain is measured against
    `scored` and `confirmed_events`.
    """
    for table in ANOMALY_TABLES:
        cursor.execute(create_statement(table))
    if again:
        cursor.execute("DELETE FROM anomalies")
        cursor.execute("DELETE FROM anomaly_reasons")
    events = read_outgoing(cursor)
    judged = judge(events, _traffic(cursor), progress)
    said = Sayings(SIGNALS)
    new = anomaly_rows(events, judged, said)
    served = cursor.execute("SELECT count(*) FROM anomalies").fetchall()[0][0]
    # Reasons first: they belong to events that are not among the served yet.
    _replace(cursor, ANOMALY_REASONS.name, reason_rows(events, judged, said))
    _replace(cursor, ANOMALIES.name, new)
    _replace(cursor, ANOMALY_GAIN.name, measure_gain(cursor))
    for table in ANOMALY_TABLES:
        for comment in comment_statements(table):
            cursor.execute(comment)
    kept = cursor.execute("SELECT count(*) FROM anomalies").fetchall()[0][0]
    return int(kept) - int(served)


def _replace(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    cursor.register("found", rows)
    cursor.execute(read_statement(FOLDER / f"{name}.sql").sql)
    cursor.unregister("found")


def _traffic(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], int]:
    """Answer how many events each area had in each month, in months since 1970."""
    rows = cursor.execute(read_statement(FOLDER / "events_by_month.sql").sql).fetchall()
    months = np.array([month for _, month, _ in rows], dtype="datetime64[M]").astype(np.int64)
    return {(area, int(month)): int(n) for (area, _, n), month in zip(rows, months, strict=True)}
