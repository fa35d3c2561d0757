"""Monitoring: speed of a drift report, and how soon injected drifts raise an alarm on the full world.

Speed: 250,000 rows of 60 features in 11 areas and 21 weeks, against pandas feature by feature in the same
run. Alarms: one area's events of the demonstration are altered from a date on, in temporary tables only; the
delay is from that date to the alarm that names what was altered. False alarms are those of drift that the
unaltered world raises.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.statement import read_statement
from data.store import open_store
from data.world import DEFAULT_SEED
from scoring.frame import first_row
from scoring.monitoring.alarms import (
    FEWEST_ACCOUNTS,
    FEWEST_LABELS,
    Alarm,
    drift_alarms,
    left_out_at,
    typology_alarms,
)
from scoring.monitoring.bins import PARTS, codes_of, counted, edges_of
from scoring.monitoring.build import SQL
from scoring.monitoring.drift import Served, compared, spans_served
from scoring.monitoring.drift_rows import drift_table
from scoring.monitoring.shifts import dispersion_of, shift_of
from scoring.monitoring.watched import delays_of, watch
from scoring.planning import watermark_of

ROWS, FEATURES, AREAS, WEEKS, REFERENCE_WEEKS = 250_000, 60, 11, 21, 8
INJECTIONS = Path(__file__).with_name("injections")
# Kind, what the alarm must name, and the model that sees it.
KINDS = {
    "new_device_maker": ("device_maker", "fraud"),
    "currency_unit_error": ("amount_scale", "fraud"),
    "broken_sensor_null": ("event_gyro_motion", "liveness"),
    "broken_sensor_constant": ("event_sensor_noise", "liveness"),
    "new_typology": ("romance_scam", "fraud"),
}
PLACES = ("ID", "cis")
# A Tuesday and a Friday in August: neither the first day of a week nor near a change of models.
DATES = (datetime(2025, 8, 5), datetime(2025, 8, 15))
QUARTERS = 7 / 3


def main() -> None:
    """Measure both and write the results."""
    _speed().write()
    with full_demonstration() as home, open_store(home.store_path) as store:
        cursor = store.cursor()
        figures = list(_alarms(cursor))
        cursor.close()
    question = "How soon does each injected drift raise an alarm that names it, and how many are false?"
    notes = (
        f"areas {', '.join(PLACES)}, each from {' and '.join(str(day.date()) for day in DATES)}",
        "a drift never alarmed counts as the rest of the model's quarter",
    )
    Result("monitoring", "injected-drifts", question, tuple(figures), DEFAULT_SEED, notes).write()


def _speed() -> Result:
    rng = np.random.default_rng(DEFAULT_SEED)
    matrix = rng.normal(size=(ROWS, FEATURES)).astype(np.float32)
    area, week = rng.integers(0, AREAS, ROWS), rng.integers(0, WEEKS, ROWS)
    started, processor = time.perf_counter(), time.process_time()
    ours = _report(matrix, area, week)
    taken, busy = time.perf_counter() - started, time.process_time() - processor
    started = time.perf_counter()
    theirs = _naive(matrix, area, week)
    baseline = time.perf_counter() - started
    assert np.allclose(ours, theirs, atol=1e-9), "both count the same"
    figures = (
        Figure("drift report", taken, "s", None, None, baseline, "pandas, feature by feature"),
        Figure("drift report, time of the processor", busy, "s"),
    )
    question = f"How long does a drift report of {ROWS:,} rows by {FEATURES} features take?"
    return Result("monitoring", "drift-report", question, figures, DEFAULT_SEED)


def _report(matrix: Any, area: Any, week: Any) -> Any:
    """Answer the stability of every feature, area and week after the reference, (f, areas, weeks)."""
    names = tuple(f"f{place}" for place in range(FEATURES))
    edges = edges_of(names, matrix[week < REFERENCE_WEEKS])
    counts = counted(codes_of(edges, matrix), area * WEEKS + week, AREAS * WEEKS)[..., :PARTS]
    by_week = counts.reshape(FEATURES * AREAS, WEEKS, PARTS)
    reference, weeks = by_week[:, :REFERENCE_WEEKS], by_week[:, REFERENCE_WEEKS:]
    used = np.repeat(edges.used, AREAS, axis=0)
    found = shift_of(reference.sum(axis=1, keepdims=True), weeks, used, dispersion_of(reference, used))
    return found.psi.reshape(FEATURES, AREAS, -1)


def _naive(matrix: Any, area: Any, week: Any) -> Any:
    """Answer the same stability as a notebook would: one feature, one area and one week after the other."""
    answer = np.empty((FEATURES, AREAS, WEEKS - REFERENCE_WEEKS))
    for feature in range(FEATURES):
        column = pd.Series(matrix[:, feature])
        at = np.arange(1, PARTS) / PARTS
        cuts = np.quantile(column[week < REFERENCE_WEEKS], at, method="inverted_cdf")
        part = pd.cut(column, [-np.inf, *cuts, np.inf], labels=False)
        for place in range(AREAS):
            before = part[(area == place) & (week < REFERENCE_WEEKS)].value_counts()
            was = (before.reindex(range(PARTS), fill_value=0) + 0.5) / (before.sum() + 0.5 * PARTS)
            for late in range(REFERENCE_WEEKS, WEEKS):
                now = part[(area == place) & (week == late)].value_counts()
                share = (now.reindex(range(PARTS), fill_value=0) + 0.5) / (now.sum() + 0.5 * PARTS)
                answer[feature, place, late - REFERENCE_WEEKS] = ((share - was) * np.log(share / was)).sum()
    return answer


def _alarms(cursor: duckdb.DuckDBPyConnection) -> Iterator[Figure]:
    watermark = watermark_of(cursor)
    started = time.perf_counter()
    watch(cursor, watermark, delays_of(cursor, watermark))
    served = spans_served(cursor)
    false = [alarm for one in served for alarm in _raised(cursor, one, watermark)]
    yield Figure("watching and drift of the whole world", time.perf_counter() - started, "s")
    for model in ("fraud", "liveness"):
        many = sum(alarm["model"] == model for alarm in false)
        yield Figure(
            f"alarms of drift a quarter, all areas, {model}, nothing injected", many / QUARTERS, "alarms"
        )
    known = {alarm["alarm_id"] for alarm in false}
    cursor.execute(read_statement(INJECTIONS / "kept_watched.sql").sql)
    for kind in KINDS:
        yield from _injected(cursor, kind, served, known, watermark)


def _injected(
    cursor: duckdb.DuckDBPyConnection,
    kind: str,
    served: Sequence[Served],
    known: set[str],
    watermark: datetime,
) -> Iterator[Figure]:
    delays, caught = [], 0
    subject, model = KINDS[kind]
    for area in PLACES:
        for since in DATES:
            one = next(o for o in served if o.model == model and o.valid_from <= since <= o.until)
            _inject(cursor, kind, area, since)
            found = _named(_raised(cursor, replace(one, areas=(area,)), watermark), subject, known, since)
            found += [a for a in _typologies(cursor, watermark) if a["subject"] == subject]
            caught += bool(found)
            first = min((alarm["raised_at"] for alarm in found), default=one.until)
            delays.append((first - since) / timedelta(days=1))
    yield Figure(f"{kind}: alarmed", caught / len(delays), "share")
    yield Figure(f"{kind}: days to the alarm, median", statistics.median(delays), "days")
    yield Figure(f"{kind}: days to the alarm, longest", max(delays), "days")


def _inject(cursor: duckdb.DuckDBPyConnection, kind: str, area: str, since: datetime) -> None:
    """Alter temporary copies, which hide the store's own tables from this cursor."""
    model = KINDS[kind][1]
    # A copy of a copy would be altered twice: the last one goes first.
    for name in ("fraud_features", "liveness_features"):
        drop = f"DROP TABLE IF EXISTS temp.main.{name}"
        cursor.execute(drop)
    for copy in ("watched", model):
        cursor.execute(read_statement(INJECTIONS / f"copy_{copy}.sql").sql, {"area": area})
    sql = read_statement(INJECTIONS / f"{kind}.sql").sql
    cursor.execute(sql, {"area": area, "since": since} if "$area" in sql else {"since": since})
    if (further := INJECTIONS / f"{kind}_features.sql").exists():
        cursor.execute(read_statement(further).sql, {"since": since})
    cursor.execute(read_statement(SQL / "inputs_by_day.sql").sql)


def _raised(cursor: duckdb.DuckDBPyConnection, one: Served, watermark: datetime) -> list[Alarm]:
    first = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    left_out = left_out_at(first[0] if first else watermark, watermark)
    table = drift_table(list(compared(cursor, one)), left_out)
    moved = [
        row
        for row in table.drop(["parts"]).to_pylist()
        if row["is_moved"] and _is_over(row["week"], watermark)
    ]
    return drift_alarms(moved)


def _typologies(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> list[Alarm]:
    given = {"watermark": watermark, "fewest_labels": FEWEST_LABELS, "fewest_accounts": FEWEST_ACCOUNTS}
    sql = read_statement(SQL / "new_typologies.sql").sql
    return typology_alarms(cursor.sql(sql, params=given).to_arrow_table().to_pylist())


def _named(found: Sequence[Alarm], subject: str, known: set[str], since: datetime) -> list[Alarm]:
    return [
        alarm
        for alarm in found
        if subject in (alarm["subject"], *alarm["others"])
        and alarm["raised_at"] > since
        and alarm["alarm_id"] not in known
    ]


def _is_over(week: date, watermark: datetime) -> bool:
    return week + timedelta(days=7) <= watermark.date()


if __name__ == "__main__":
    main()
