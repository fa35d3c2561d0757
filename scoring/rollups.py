"""Rollups: the tables that pages read instead of all events, built anew whenever events are scored.

A store that was scored by a version with other rollups gets those of this one when it is opened.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import Table, comment_statements, create_statement
from data.progress import Progress, Step, silent
from data.statement import read_statement
from data.store import Store
from scoring.areas import write_areas
from scoring.attributed import know_attributions
from scoring.contract import (
    ATTRIBUTIONS,
    INCIDENTS,
    LIVENESS_ERRORS,
    MEDIA_CLUSTERS,
    ROLLUPS,
    SCORED,
    SCORING_TABLES,
)
from scoring.liveness_report import know_liveness_errors
from scoring.media_clusters import know_clusters
from scoring.planning import know_truth, watermark_of
from scoring.rings.confirmed import know_rings

FOLDER = Path(__file__).with_name("rollups")


def build_rollups(cursor: duckdb.DuckDBPyConnection, watermark: datetime, progress: Progress) -> None:
    """Build every rollup of `scored` inside the transaction of `cursor`.

    `watermark` is the store's now: what became known later does not count, and windows end there.
    """
    know_truth(cursor, watermark, watermark)
    for done, table in enumerate(ROLLUPS):
        progress(Step("rollups", done, len(ROLLUPS), "tables", table.name))
        if table is INCIDENTS:
            know_rings(cursor)
        if table is ATTRIBUTIONS:
            know_attributions(cursor, watermark)
        if table is LIVENESS_ERRORS:
            know_liveness_errors(cursor)
        if table is MEDIA_CLUSTERS:
            know_clusters(cursor)
        sql = read_statement(FOLDER / f"{table.name}.sql").sql
        cursor.execute(sql, {"watermark": watermark} if "$watermark" in sql else {})
        for comment in comment_statements(table):
            cursor.execute(comment)
    progress(Step("rollups", len(ROLLUPS), len(ROLLUPS), "tables"))


def renew_rollups(store: Store) -> bool:
    """Build the rollups of a scored store that another version made; answer whether that was needed."""
    with store.writing() as cursor:
        if not _columns(cursor, SCORED):
            return False
        stale = [table for table in ROLLUPS if _columns(cursor, table) != table.names]
        for table in stale:
            drop = f"DROP TABLE IF EXISTS {table.name}"
            cursor.execute(drop)
        for table in SCORING_TABLES:
            # What scoring fills besides: an older version knew fewer of them.
            cursor.execute(create_statement(table))
        write_areas(cursor)
        if not stale:
            return False
        is_scored = bool(cursor.table(SCORED.name).limit(1).fetchall())
        if is_scored:
            build_rollups(cursor, watermark_of(cursor), silent)
    return is_scored


def _columns(cursor: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, ...]:
    """Return the names of the columns that a table has in the store; none where it is not there."""
    sql = "SELECT column_name FROM duckdb_columns() WHERE table_name = $name ORDER BY column_index"
    return tuple(row[0] for row in cursor.execute(sql, {"name": table.name}).fetchall())
