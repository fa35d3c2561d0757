"""Supply: the labels that models learn from, and whether enough came since to train again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.statement import read_statement

SQL = Path(__file__).with_name("sql")
# A quarter more than it was trained on makes a model due; fewer than 100 cases never do.
GROWTH = 0.25
FEWEST_NEW = 100
# One alarm of drift is looked into; a third says that the world has moved.
ALARMS = 3
OF_THE_WORLD = ("drift", "input", "missing", "score", "calibration", "contradicted", "new_typology")


@dataclass(frozen=True, slots=True)
class Need:
    """What an area's model knew when it was trained, and what came since."""

    model: str
    area: str
    model_version: str
    trained_as_of: datetime
    labels_before: int
    labels_since: int

    @property
    def needed(self) -> int:
        """How many new confirmed labels make it due."""
        return max(FEWEST_NEW, round(GROWTH * self.labels_before))


def supply_table(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> pa.Table:
    """Answer the rows of `label_supply`; needs the temporary tables `watched` and `truth`."""
    sql = read_statement(SQL / "label_supply.sql").sql
    return cursor.sql(sql, params={"watermark": watermark}).to_arrow_table()


def need_rows(
    cursor: duckdb.DuckDBPyConnection, watermark: datetime, alarms: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Answer the rows of `label_need`; `alarms` are those of `monitor_alarms`."""
    sql = read_statement(SQL / "label_need.sql").sql
    needs = [Need(*row) for row in cursor.execute(sql, {"watermark": watermark}).fetchall()]
    return [need_row(need, _alarms_of(need, alarms)) for need in needs]


def need_row(need: Need, alarms: int) -> dict[str, Any]:
    """Answer one row: due by labels, or by alarms, or not, with the reason in words."""
    by_labels, by_alarms = need.labels_since >= need.needed, alarms >= ALARMS
    labels = f"{need.labels_since:,} confirmed labels since training, {need.needed:,} make it due"
    raised = f"{alarms} alarms since, {ALARMS} make it due"
    return {
        "model": need.model,
        "area": need.area,
        "model_version": need.model_version,
        "trained_as_of": need.trained_as_of,
        "labels_before": need.labels_before,
        "labels_since": need.labels_since,
        "labels_needed": need.needed,
        "alarms_since": alarms,
        "is_due": by_labels or by_alarms,
        "sentence": f"{'Due' if by_labels or by_alarms else 'Not due'}: {labels}; {raised}.",
    }


def _alarms_of(need: Need, alarms: list[dict[str, Any]]) -> int:
    return sum(
        alarm["area"] == need.area
        and alarm["model"] == need.model
        and alarm["kind"] in OF_THE_WORLD
        and alarm["raised_at"] > need.trained_as_of
        for alarm in alarms
    )
