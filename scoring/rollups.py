"""Rollups: the tables that pages read instead of all events, built anew whenever events are scored."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import comment_statements
from data.progress import Progress, Step
from data.statement import read_statement
from scoring.contract import ROLLUPS
from scoring.planning import know_truth

FOLDER = Path(__file__).with_name("rollups")


def build_rollups(cursor: duckdb.DuckDBPyConnection, watermark: datetime, progress: Progress) -> None:
    """Build every rollup of `scored` inside the transaction of `cursor`.

    `watermark` is the store's now: what became known later does not count, and windows end there.
    """
    know_truth(cursor, watermark, watermark)
    for done, table in enumerate(ROLLUPS):
        progress(Step("rollups", done, len(ROLLUPS), "tables", table.name))
        sql = read_statement(FOLDER / f"{table.name}.sql").sql
        cursor.execute(sql, {"watermark": watermark} if "$watermark" in sql else {})
        for comment in comment_statements(table):
            cursor.execute(comment)
    progress(Step("rollups", len(ROLLUPS), len(ROLLUPS), "tables"))
