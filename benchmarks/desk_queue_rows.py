"""A desk with a million alerts, made by SQL in the store, and where people act, copied into the records."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, Table, insert

from data.facts import write_fact
from data.statement import read_statement
from data.store import Store
from desk import projection
from desk.cases.alerts import CASE_ALERTS
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, queued, states_of
from desk.channels.tables import install_clocks
from desk.projection_tables import DESK_CASES
from desk.records import Records
from desk.timed import time_cases

# Rows that SQLite takes in one call.
AT_ONCE = 20_000
_MONEY = ("expected_loss", "loss", "amount")


def statement(name: str) -> str:
    """Return the SQL of a file beside this one."""
    return read_statement(Path(__file__).with_name(f"{name}.sql")).sql


def fill_store(store: Store, records: Records, cases: int, now: datetime) -> None:
    """Make `cases` cases with two alerts each as of `now` in the store: a copy of records that stay empty."""
    with store.writing("desk") as cursor:
        cursor.execute(statement("desk_queue_steps"), {"cases": cases, "now": now})
        state = ", ".join(column.name for column in DESK_CASES.columns)
        cursor.execute(
            f"INSERT INTO desk_cases BY NAME SELECT {state} FROM desk_steps "
            "QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY version DESC) = 1"
        )
        cursor.execute(statement("desk_queue_alerts"))
        projection._write_words(cursor, 0, 0)
        write_fact(cursor, projection.FROM, records.where)
    install_clocks(store)
    time_cases(store)


def fill(store: Store, records: Records, cases: int, now: datetime) -> None:
    """Make the cases of `fill_store` in both; the records hold the alerts of live ones only."""
    fill_store(store, records, cases, now)
    with store.cursor() as cursor, records.writing() as connection:
        _copy(cursor, connection, CASE_STEPS, "SELECT * FROM desk_steps ORDER BY number")
        live = "SELECT case_id FROM desk_cases WHERE status = 'open'"
        _copy(cursor, connection, CASE_ALERTS, f"SELECT * FROM desk_alerts WHERE case_id IN ({live})")
        named = [row[0] for row in cursor.execute(live).fetchall()]
        waiting = [queued(one) for one in states_of(connection, named).values()]
        for start in range(0, len(waiting), AT_ONCE):
            connection.execute(insert(CASE_QUEUE), waiting[start : start + AT_ONCE])


def _copy(cursor: duckdb.DuckDBPyConnection, connection: Connection, table: Table, select: str) -> None:
    names = [column.name for column in table.columns]
    into = (
        f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})"
    )
    cursor.execute(select)
    there = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(AT_ONCE):
        taken = [_row(dict(zip(there, row, strict=True)), names) for row in batch]
        connection.exec_driver_sql(into, taken)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _row(row: dict[str, Any], names: list[str]) -> tuple[Any, ...]:
    row["at"] = row.get("done_at") or row.get("raised_at")
    for name in _MONEY:
        if row.get(name) is not None:
            row[f"{name}_micro"] = int(row[name] * 1_000_000)
    if "regions" in row:
        row["regions"] = json.dumps(row["regions"])
    return tuple(_plain(row.get(name)) for name in names)


def _plain(value: Any) -> Any:
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value
