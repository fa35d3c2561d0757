"""Building what monitoring knows: after events are scored, in the transaction that writes their rollups.

build_monitoring(cursor, watermark, progress)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.contract import Table, comment_statements, create_statement
from data.progress import Progress, Step
from data.rows import add_rows, replace_rows
from data.statement import read_statement
from scoring.frame import first_row
from scoring.monitoring.alarms import (
    FEWEST_ACCOUNTS,
    FEWEST_LABELS,
    Alarm,
    drift_alarms,
    left_out_at,
    typology_alarms,
)
from scoring.monitoring.calibrated import WHOLE, calibration_table
from scoring.monitoring.drift import Served, compared, spans_served
from scoring.monitoring.drift_rows import LeftOut, drift_table, parts_table
from scoring.monitoring.fairness import fairness_table
from scoring.monitoring.performance import performance_table
from scoring.monitoring.performance_alarms import (
    EVERYWHERE,
    calibration_alarms,
    contradicted_alarms,
    fairness_alarms,
    foretold_alarms,
)
from scoring.monitoring.supply import need_rows, supply_table
from scoring.monitoring.tables import (
    FAIRNESS,
    LABEL_NEED,
    LABEL_SUPPLY,
    MONITOR_ALARMS,
    MONITOR_CALIBRATION,
    MONITOR_DRIFT,
    MONITOR_PARTS,
    MONITOR_PERFORMANCE,
    MONITORING_TABLES,
)
from scoring.monitoring.watched import delays_of, watch

SQL = Path(__file__).with_name("sql")


def build_monitoring(cursor: duckdb.DuckDBPyConnection, watermark: datetime, progress: Progress) -> None:
    """Write all tables of monitoring anew inside the transaction of `cursor`.

    Needs `scored`, `model_versions`, `policy_acts` and the records of the contract; replaces the temporary
    tables `truth`, `watched` and `inputs_by_day` of `cursor`. `watermark` is the store's now.
    """
    for table in MONITORING_TABLES:
        cursor.execute(create_statement(table))
        for comment in comment_statements(table):
            cursor.execute(comment)
    if first_row(cursor, "SELECT 1 FROM scored LIMIT 1") is None:
        for table in MONITORING_TABLES:
            replace_rows(cursor, table, pa.table({}))
        return
    progress(Step("monitoring", 0, 4, "parts", "what is known of every event"))
    delays = delays_of(cursor, watermark)
    watch(cursor, watermark, delays)
    served = spans_served(cursor)
    progress(Step("monitoring", 1, 4, "parts", "drift"))
    found = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    write_drift(cursor, served, left_out_at(found[0] if found and found[0] else watermark, watermark))
    progress(Step("monitoring", 2, 4, "parts", "performance, calibration, fairness"))
    performance, calibration = performance_table(cursor, watermark), calibration_table(cursor)
    fairness = fairness_table(cursor)
    for table, rows in (
        (MONITOR_PERFORMANCE, performance),
        (MONITOR_CALIBRATION, calibration),
        (FAIRNESS, fairness),
        (LABEL_SUPPLY, supply_table(cursor, watermark)),
    ):
        replace_rows(cursor, table, rows)
    progress(Step("monitoring", 3, 4, "parts", "alarms"))
    alarms = [
        *_alarms_of_drift(cursor, watermark),
        *_alarms_of_performance(performance, delays, watermark),
        *calibration_alarms(_rows(calibration, bin=WHOLE), _matured(served, delays, watermark)),
        *_alarms_of_fairness(fairness, served, delays["fraud"], watermark),
    ]
    replace_rows(cursor, MONITOR_ALARMS, _table_of(MONITOR_ALARMS, sorted(alarms, key=_in_order)))
    replace_rows(cursor, LABEL_NEED, _table_of(LABEL_NEED, need_rows(cursor, watermark, alarms)))
    progress(Step("monitoring", 4, 4, "parts"))


def write_drift(cursor: duckdb.DuckDBPyConnection, served: list[Served], left_out: LeftOut) -> None:
    """Write `monitor_drift` and `monitor_parts` of the models `served`, one model at a time."""
    cursor.execute("DELETE FROM monitor_drift")
    cursor.execute("DELETE FROM monitor_parts")
    for one in served:
        if found := list(compared(cursor, one)):
            add_rows(cursor, MONITOR_DRIFT, drift_table(found, left_out))
            add_rows(cursor, MONITOR_PARTS, parts_table(found))


def _alarms_of_drift(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> Iterator[Alarm]:
    yield from drift_alarms(_asked(cursor, "moved", {"watermark": watermark}))
    given = {"watermark": watermark, "fewest_labels": FEWEST_LABELS, "fewest_accounts": FEWEST_ACCOUNTS}
    yield from typology_alarms(_asked(cursor, "new_typologies", given))


def _alarms_of_performance(
    performance: pa.Table, delays: Mapping[str, timedelta], watermark: datetime
) -> Iterator[Alarm]:
    weeks = _rows(performance, grain="week", cut="all")
    yield from foretold_alarms(row for row in weeks if row["since"] + timedelta(days=7) <= watermark.date())
    months = _rows(performance, grain="month")
    # Of areas the whole; of groups of customers those of everywhere: both at once repeat one thing.
    chosen = [row for row in months if row["cut"] == "all" or row["area"] == EVERYWHERE]
    yield from contradicted_alarms(chosen, delays, watermark)


def _alarms_of_fairness(
    fairness: pa.Table, served: list[Served], delay: timedelta, watermark: datetime
) -> list[Alarm]:
    findings = _rows(fairness, is_finding=True)
    versions = [one.model_version for one in served if one.model == "fraud"]
    raised = {
        row["quarter"]: min(
            watermark, datetime.combine(_quarter_end(row["quarter"]), datetime.min.time()) + delay
        )
        for row in findings
    }
    return fairness_alarms(findings, versions[-1] if versions else "", raised)


def _matured(
    served: list[Served], delays: Mapping[str, timedelta], watermark: datetime
) -> dict[str, datetime]:
    """Answer for each model version when its newest events had had their time for labels."""
    return {one.model_version: min(watermark, one.until + delays[one.model]) for one in served}


def _quarter_end(start: date) -> date:
    return (start + timedelta(days=93)).replace(day=1)


def _rows(table: pa.Table, **wanted: object) -> list[dict[str, Any]]:
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]


def _asked(cursor: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object]) -> list[dict[str, Any]]:
    rows: pa.Table = cursor.sql(read_statement(SQL / f"{name}.sql").sql, params=dict(given)).to_arrow_table()
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def _table_of(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    """Answer rows as columns; an empty list still has the columns."""
    columns = {name: pa.array([row[name] for row in rows]) for name in table.names}
    return pa.table({name: column if rows else pa.nulls(0) for name, column in columns.items()})


def _in_order(alarm: Alarm) -> tuple[Any, ...]:
    return (alarm["raised_at"], alarm["model"], alarm["area"], alarm["alarm_id"])
