"""The rollup of rings by day and region, built anew when the rings are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import comment_statements
from data.statement import read_statement
from scoring.rings.tables import RING_DAYS


def build_ring_days(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> None:
    """Fill `ring_days` from `rings` and `ring_members`, inside the transaction of `cursor`.

    A row for each region with a ring and each day from the first alarm to the day of `watermark`, the store's
    now; none where no ring raised an alarm.
    """
    statement = read_statement(Path(__file__).with_name("days.sql"))
    cursor.execute(statement.sql, {"watermark": watermark})
    for comment in comment_statements(RING_DAYS):
        cursor.execute(comment)
