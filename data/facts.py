"""Facts of a store that are no rows: read and written by name in the table `settings`."""

from __future__ import annotations

import duckdb

from data.statement import SQL, read_statement


def read_fact(cursor: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Answer the fact called `name`; None while nobody has written it."""
    found = cursor.execute(read_statement(SQL / "fact.sql").sql, {"name": name}).fetchall()
    return None if not found or found[0][0] is None else str(found[0][0])


def write_fact(cursor: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Write the fact called `name` over what was there. Runs in the caller's transaction."""
    cursor.execute(read_statement(SQL / "forget_fact.sql").sql, {"name": name})
    cursor.execute(read_statement(SQL / "write_fact.sql").sql, {"name": name, "value": value})
