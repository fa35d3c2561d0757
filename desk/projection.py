"""What people did, copied from the records into the store by number, so that pages join it with events.

    if is_behind(cursor, records): project(store, records)

Steps and alerts only grow, so a copy goes on after the last number that the store holds; the table of cases
keeps the newest step of each. Another set of records than last time is copied from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Table as Recorded
from sqlalchemy import Text, cast, func, select

from data.facts import read_fact, write_fact
from data.statement import read_statement
from data.store import Store
from desk.audit_lines import AUDIT_LINES
from desk.audit_tables import DESK_AUDIT, MENTIONS, WORDS
from desk.cases.alerts import CASE_ALERTS
from desk.cases.steps import CASE_STEPS
from desk.drills.steps import DRILL_STEPS
from desk.evidence.copied_table import DESK_CUSTODY
from desk.evidence.custody_table import CUSTODY_EVENTS
from desk.freezes.steps import FREEZE_STEPS
from desk.ledger.proofs_table import LEDGER_PROOFS
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.money_tables import DESK_FREEZE_STEPS, DESK_FREEZES, DESK_PROOFS, DESK_TRANSFERS
from desk.projection_tables import DESK_ALERTS, DESK_CASES, DESK_DRILL_STEPS, DESK_STEPS, DESK_WORDS
from desk.records import Records
from desk.recoveries.copied_tables import DESK_CLAIM_STEPS, DESK_CLAIMS
from desk.recoveries.steps_table import CLAIM_STEPS
from desk.requests.steps_table import LISTS, REQUEST_STEPS
from desk.requests.tables import DESK_REQUEST_STEPS, DESK_REQUESTS

FROM = "desk_projected_from"
# Rows in one go: some 50 MB of Python objects.
_AT_ONCE = 50_000
_COPIES = (
    (CASE_STEPS, DESK_STEPS.name),
    (CASE_ALERTS, DESK_ALERTS.name),
    (DRILL_STEPS, DESK_DRILL_STEPS.name),
    (FREEZE_STEPS, DESK_FREEZE_STEPS.name),
    (LEDGER_TRANSFERS, DESK_TRANSFERS.name),
    (LEDGER_PROOFS, DESK_PROOFS.name),
    (REQUEST_STEPS, DESK_REQUEST_STEPS.name),
    (CLAIM_STEPS, DESK_CLAIM_STEPS.name),
    (AUDIT_LINES, DESK_AUDIT.name),
    (CUSTODY_EVENTS, DESK_CUSTODY.name),
)
# What of a drill stays in the records: its cases with their truth, and the clock of the case at hand.
_NOT_COPIED = {DRILL_STEPS.name: frozenset({"cases", "evidence", "shown_at", "spent_seconds"})}
# `at` is a word of DuckDB's own language.
_AT = {DESK_ALERTS.name: "raised_at"}
# Of these the newest step of each is kept too: the table of the steps, that of their objects, and its key.
_NEWEST = {
    DESK_STEPS.name: (DESK_CASES, "case_id"),
    DESK_FREEZE_STEPS.name: (DESK_FREEZES, "freeze_id"),
    DESK_REQUEST_STEPS.name: (DESK_REQUESTS, "request_id"),
    DESK_CLAIM_STEPS.name: (DESK_CLAIMS, "claim_id"),
}
# JSON that is a list of words.
_LISTED = frozenset({"regions", *LISTS})
# What the store works out of a row when it is copied.
_MADE = {DESK_AUDIT.name: (MENTIONS, WORDS)}
_STEP = "SELECT case_id, version, recorded_at FROM desk_steps WHERE number = $number"


def reach(records: Records) -> tuple[object, ...]:
    """Return how far the records have grown: while it stays the same, so does what was copied of them."""
    numbers = [select(func.max(table.c.number)).scalar_subquery() for table, _ in _COPIES]
    steps = CASE_STEPS.c
    newest = select(steps.recorded_at).order_by(steps.number.desc()).limit(1).scalar_subquery()
    with records.reading() as connection:
        return tuple(connection.execute(select(*numbers, newest)).one())


def is_behind(cursor: duckdb.DuckDBPyConnection, records: Records) -> bool:
    """Answer whether the records hold something that the store does not."""
    if _is_other(cursor, records) or _has_no_words(cursor):
        return True
    with records.reading() as connection:
        return any(
            (connection.execute(select(func.max(table.c.number))).scalar() or 0) > _last(cursor, copy)
            for table, copy in _COPIES
        )


def project(store: Store, records: Records) -> int:
    """Copy what the store does not hold yet and return how many rows that were."""
    copied = 0
    with store.writing("desk") as cursor:
        if _is_other(cursor, records):
            newest = [objects.name for objects, _ in _NEWEST.values()]
            for name in (*(copy for _, copy in _COPIES), *newest, DESK_WORDS.name):
                cursor.execute(f"DELETE FROM {name}")
        before = {copy: _last(cursor, copy) for _, copy in _COPIES}
        # A copy of before there were words is given all of them.
        is_wordless = _has_no_words(cursor)
        for table, copy in _COPIES:
            for rows in _rows(records, table, before[copy]):
                copied += rows.num_rows
                _insert(cursor, copy, rows)
        if copied or is_wordless:
            last = (0, 0) if is_wordless else (before[DESK_STEPS.name], before[DESK_ALERTS.name])
            _write_words(cursor, *last)
            write_fact(cursor, FROM, records.where)
    return max(copied, int(is_wordless))


def _has_no_words(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Answer whether there are cases, and nothing is written about any."""
    asked = "SELECT EXISTS (FROM desk_cases) AND NOT EXISTS (FROM desk_words)"
    return bool(cursor.execute(asked).fetchall()[0][0])


def _is_other(cursor: duckdb.DuckDBPyConnection, records: Records) -> bool:
    """Answer whether the store holds a copy of other records: of another place, or that were begun anew."""
    if read_fact(cursor, FROM) not in (None, records.where):
        return True
    last = _last(cursor, DESK_STEPS.name)
    if last == 0:
        return False
    here = cursor.execute(_STEP, {"number": last}).fetchall()
    steps = CASE_STEPS.c
    with records.reading() as connection:
        asked = select(steps.case_id, steps.version, steps.recorded_at).where(steps.number == last)
        there = [tuple(row) for row in connection.execute(asked)]
    return here != there


def _write_words(cursor: duckdb.DuckDBPyConnection, last_step: int, last_alert: int) -> None:
    """Write anew what is searched of the cases that something came to after these numbers."""
    after = {"last_step": last_step, "last_alert": last_alert}
    cursor.execute(read_statement(Path(__file__).with_name("words_to_write.sql")).sql, after)
    cursor.execute("DELETE FROM desk_words WHERE case_id IN (SELECT case_id FROM written_words)")
    cursor.execute("INSERT INTO desk_words BY NAME SELECT * FROM written_words")
    cursor.execute("DROP TABLE written_words")


def _last(cursor: duckdb.DuckDBPyConnection, copy: str) -> int:
    return int(cursor.execute(f"SELECT coalesce(max(number), 0) FROM {copy}").fetchall()[0][0])


def _rows(records: Records, table: Recorded, last: int) -> Iterator[pa.Table]:
    # JSON is copied as the text it is; only lists are read.
    columns = [cast(column, Text) if column.name == "details" else column for column in _copied(table)]
    schema = _schema(table)
    while True:
        asked = select(*columns).where(table.c.number > last).order_by(table.c.number).limit(_AT_ONCE)
        with records.reading() as connection:
            rows = connection.execute(asked).all()
        if not rows:
            return
        values = zip(*rows, strict=True)
        arrays = [pa.array(value, field.type) for value, field in zip(values, schema, strict=True)]
        yield pa.Table.from_arrays(arrays, schema=schema)
        last = arrays[schema.get_field_index("number")][-1].as_py()


def _copied(table: Recorded) -> list[Any]:
    left = _NOT_COPIED.get(table.name, frozenset())
    return [column for column in table.columns if column.name not in left]


def _schema(table: Recorded) -> pa.Schema:
    return pa.schema([(column.name, _arrow(column.name, column.type)) for column in _copied(table)])


def _arrow(name: str, kind: Any) -> pa.DataType:
    if name in _LISTED:
        return pa.list_(pa.string())
    kinds = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), str: pa.string()}
    times = {"datetime": pa.timestamp("us"), "date": pa.date32()}
    return times.get(kind.python_type.__name__) or kinds.get(kind.python_type, pa.string())


def _insert(cursor: duckdb.DuckDBPyConnection, copy: str, rows: pa.Table) -> None:
    """Insert rows of the records, money in the store's unit; of steps, have their objects follow."""
    cursor.register("recorded", rows)
    money = [name.removesuffix("_micro") for name in rows.column_names if name.endswith("_micro")]
    names = [
        f"(CAST({name}_micro AS DECIMAL(18,0)) * 0.000001::DECIMAL(7,6))::DECIMAL(18,6) AS {name}"
        for name in money
    ]
    kept = [name for name in rows.column_names if not name.endswith("_micro")]
    renamed = [f'"{name}"' if name != "at" else f'"at" AS {_AT.get(copy, "done_at")}' for name in kept]
    chosen = ", ".join([*renamed, *names, *_MADE.get(copy, ())])
    cursor.execute(f"INSERT INTO {copy} BY NAME SELECT {chosen} FROM recorded")
    if copy in _NEWEST:
        objects, key = _NEWEST[copy]
        state = ", ".join(column.name for column in objects.columns)
        cursor.execute(f"DELETE FROM {objects.name} WHERE {key} IN (SELECT {key} FROM recorded)")
        cursor.execute(
            f"INSERT INTO {objects.name} BY NAME SELECT {state} FROM {copy} "
            f"WHERE {key} IN (SELECT {key} FROM recorded) "
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY version DESC) = 1"
        )
    cursor.unregister("recorded")
