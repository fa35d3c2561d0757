"""When each case was due, kept beside the cases, so that measures of years need not count hours again.

    time_cases(store)      # after the copy of the records has grown, or the channels have changed

`desk_clocks` says the same for all cases each time it is asked: 0.2 s for 300,000 of them, three times a
screen. This table follows the steps by number: a few cases are timed one by one, many by the view at once.
Of what is still live, `desk_standing` keeps the instants at which its clock will change how it stands, so
that `desk_standing_at(now)` only compares them; minutes that are left are read from `desk_clocks_at`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.facts import read_fact, write_fact
from data.rows import add_rows
from data.statement import read_statement
from data.store import Store
from desk.cases.state import CaseState
from desk.channels.clocks import clock_of, due_at, standing_of
from desk.channels.in_force import channels_in_force
from desk.projection_tables import DESK_STANDING, DESK_TIMED

FROM = "desk_timed_from"
# One case takes some 60 microseconds, all half a million over a second by the view.
ONE_BY_ONE = 10_000
_SCHEMA = pa.schema(
    [
        ("case_id", pa.string()),
        ("first_due_at", pa.timestamp("us")),
        ("due_at", pa.timestamp("us")),
        ("looked_in_time", pa.bool_()),
        ("ended_in_time", pa.bool_()),
    ]
)
# What is kept of cases, so that a store in which less is kept has all of them timed anew.
_KEPT = "desk_timed,desk_standing"
_STANDING = pa.schema(
    [
        ("case_id", pa.string()),
        ("at_risk_at", pa.timestamp("us")),
        ("due_soon_at", pa.timestamp("us")),
        ("due_at", pa.timestamp("us")),
        ("paused_since", pa.timestamp("us")),
        ("paused_until", pa.timestamp("us")),
        ("paused_left", pa.int64()),
        ("counts", pa.string()),
        ("channel", pa.string()),
    ]
)


def is_untimed(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Answer whether cases changed that are not timed again, or all must be."""
    return _from(cursor) != _wanted(cursor)


def time_cases(store: Store) -> int:
    """Time the cases that changed since the last time, and return how many those were.

    All of them where the configuration of the channels is another, or the records are.
    """
    with store.writing("desk") as cursor:
        (known, number), (whole, last) = _from(cursor), _wanted(cursor)
        if (known, number) == (whole, last):
            return 0
        changed = read_statement(Path(__file__).with_name("timed_changed.sql"))
        since = number if known == whole and number <= last else 0
        rows = cursor.sql(changed.sql, params={"since": since}).to_arrow_table()
        if rows.num_rows > ONE_BY_ONE:
            _clear(cursor)
            for name in ("timed_whole", "standing_whole"):
                cursor.execute(read_statement(Path(__file__).with_name(f"{name}.sql")).sql)
        elif rows.num_rows:
            if since == 0:
                _clear(cursor)
            _write(cursor, [_state(row) for row in rows.to_pylist()])
        write_fact(cursor, FROM, f"{last} {whole}")
    return int(rows.num_rows)


def _clear(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute("DELETE FROM desk_timed")
    cursor.execute("DELETE FROM desk_standing")


def _from(cursor: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    number, _, whole = (read_fact(cursor, FROM) or "").partition(" ")
    return whole, int(number or 0)


def _wanted(cursor: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    """Return what all cases are timed by, and the newest step."""
    (last,) = cursor.execute("SELECT coalesce(max(number), 0) FROM desk_steps").fetchall()[0]
    records = read_fact(cursor, "desk_projected_from")
    return f"{_KEPT} {channels_in_force().fingerprint} {records}", int(last)


def _write(cursor: duckdb.DuckDBPyConnection, states: list[CaseState]) -> None:
    named = pa.table({"case_id": [state.case_id for state in states]})
    cursor.register("timed_named", named)
    cursor.execute("DELETE FROM desk_timed WHERE case_id IN (SELECT case_id FROM timed_named)")
    cursor.execute("DELETE FROM desk_standing WHERE case_id IN (SELECT case_id FROM timed_named)")
    cursor.unregister("timed_named")
    timed, standing = [_timed(each) for each in states], [_standing(each) for each in states if each.is_live]
    add_rows(cursor, DESK_TIMED, pa.Table.from_pylist(timed, _SCHEMA))
    add_rows(cursor, DESK_STANDING, pa.Table.from_pylist(standing, _STANDING))


def _state(row: dict[str, Any]) -> CaseState:
    return CaseState(**row, regions=(), subject_kind="", subject_id="", expected_loss_micro=0, alerts=0)


def _timed(state: CaseState) -> dict[str, Any]:
    first, due = clock_of(state, state.opened_at).first_due_at, due_at(state)
    looked, ended = state.first_look_at, state.closed_at
    return {
        "case_id": state.case_id,
        "first_due_at": first,
        "due_at": due,
        "looked_in_time": None if looked is None else looked < first,
        "ended_in_time": None if state.is_live or ended is None else ended < due,
    }


def _standing(state: CaseState) -> dict[str, Any]:
    return {
        "case_id": state.case_id,
        "paused_since": state.paused_since,
        "paused_until": state.paused_until,
        **asdict(standing_of(state)),
    }
