"""When each case was due, kept beside the cases, so that measures of years need not count hours again.

    time_cases(store)      # after the copy of the records has grown, or the channels have changed

`desk_clocks` says the same for all cases each time it is asked: 0.2 s for 300,000 of them, three times a
screen. This table follows the steps by number: a few cases are timed one by one, many by the view at once.
What is still live is read from `desk_clocks_at`, for time passes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.facts import read_fact, write_fact
from data.statement import read_statement
from data.store import Store
from desk.cases.state import CaseState
from desk.channels.clocks import clock_of, due_at
from desk.channels.in_force import channels_in_force

FROM = "desk_timed_from"
# One case takes 20 microseconds, the view a fifth of a second for all there are.
ONE_BY_ONE = 2_000
_SCHEMA = pa.schema(
    [
        ("case_id", pa.string()),
        ("first_due_at", pa.timestamp("us")),
        ("due_at", pa.timestamp("us")),
        ("looked_in_time", pa.bool_()),
        ("ended_in_time", pa.bool_()),
    ]
)


def time_cases(store: Store) -> int:
    """Time the cases that changed since the last time, and return how many those were.

    All of them where the configuration of the channels is another, or the records are.
    """
    with store.writing("desk") as cursor:
        (last,) = cursor.execute("SELECT coalesce(max(number), 0) FROM desk_steps").fetchall()[0]
        known, number = _from(cursor)
        whole = f"{channels_in_force().fingerprint} {read_fact(cursor, 'desk_projected_from')}"
        if (known, number) == (whole, last):
            return 0
        changed = read_statement(Path(__file__).with_name("timed_changed.sql"))
        since = number if known == whole and number <= last else 0
        rows = cursor.sql(changed.sql, params={"since": since}).to_arrow_table()
        if rows.num_rows > ONE_BY_ONE:
            cursor.execute("DELETE FROM desk_timed")
            cursor.execute(read_statement(Path(__file__).with_name("timed_whole.sql")).sql)
        elif rows.num_rows:
            _write(cursor, [_timed(row) for row in rows.to_pylist()])
        write_fact(cursor, FROM, f"{last} {whole}")
    return int(rows.num_rows)


def _from(cursor: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    number, _, whole = (read_fact(cursor, FROM) or "").partition(" ")
    return whole, int(number or 0)


def _write(cursor: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    cursor.register("timed", pa.Table.from_pylist(rows, _SCHEMA))
    cursor.execute("DELETE FROM desk_timed WHERE case_id IN (SELECT case_id FROM timed)")
    cursor.execute("INSERT INTO desk_timed BY NAME SELECT * FROM timed")
    cursor.unregister("timed")


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    state = CaseState(**row, regions=(), subject_kind="", subject_id="", expected_loss_micro=0, alerts=0)
    first, due = clock_of(state, state.opened_at).first_due_at, due_at(state)
    looked, ended = state.first_look_at, state.closed_at
    return {
        "case_id": state.case_id,
        "first_due_at": first,
        "due_at": due,
        "looked_in_time": None if looked is None else looked < first,
        "ended_in_time": None if state.is_live or ended is None else ended < due,
    }
