"""Rows that were worked out in memory, put into a declared table of the store.

    replace_rows(cursor, MONITOR_ALARMS, rows)     # over what it held
    add_rows(cursor, MONITOR_DRIFT, rows)          # to what it holds

Columns go by name. Both run in the caller's transaction; of a table with no rows nothing is asked.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from data.contract import Table


def replace_rows(cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    """Put `rows` in the place of all that `table` holds."""
    cursor.execute(f"DELETE FROM {table.name}")
    add_rows(cursor, table, rows)


def add_rows(cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    """Add `rows` to what `table` holds."""
    if rows.num_rows == 0:
        return
    cursor.register("rows_to_add", rows)
    cursor.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM rows_to_add")
    cursor.unregister("rows_to_add")
