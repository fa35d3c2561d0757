"""Rows of a table held against their lines of the audit log: both in the same order, each row with its hash.

    broken = first_difference(connection, Audited(LEDGER_TRANSFERS, "transfer_id", lines), seen)

An act writes its rows and their lines in one transaction, in one order, and a line holds the hash of its row.
So the two lists are walked side by side, and the first place where they part says what was done: a row was
edited, taken out, put in, or two changed places.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Table,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from desk.audit_lines import AUDIT_LINES
from desk.canonical import row_hash

Kind = Literal["edited", "deleted", "inserted", "reordered", "sum", "steps", "unapproved"]
_AT_ONCE = 5_000
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that is wrong with a table: at which row, of what kind, and in words."""

    table: str
    row: str
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Audited:
    """A table whose rows are in the audit log: how a row is named there, and which lines are it."""

    table: Table
    name: str
    lines: ColumnElement[bool]


def first_difference(
    connection: Connection, audited: Audited, seen: Callable[[Values, str], Break | None]
) -> Break | None:
    """Return where rows and lines part first; each row that agrees is shown to `seen` with its hash.

    What `seen` returns is a break that it found.
    """
    # Of PostgreSQL's numbers some are given to nobody.
    is_dense = connection.dialect.name == "sqlite"
    pairs = zip_longest(_rows(connection, audited), _lines(connection, audited))
    for place, (row, line) in enumerate(pairs, 1):
        if row is None or line is None:
            return _what(connection, audited, None if row is None else _key(audited, row), line)
        key = _key(audited, row)
        if key != line:
            return _what(connection, audited, key, line)
        if is_dense and row["number"] != place:
            words = f"{key[0]} has the number {row['number']} and stands at place {place}: it was changed."
            return Break(audited.table.name, key[0], "edited", words)
        if (broken := seen(row, key[1])) is not None:
            return broken
    return None


def _key(audited: Audited, row: Values) -> tuple[str, str]:
    return str(row[audited.name]), row_hash(row)


def _rows(connection: Connection, audited: Audited) -> Iterator[Values]:
    """Yield rows as the database keeps them: what is no time any more must be found, not fail."""
    columns = list(audited.table.columns)
    asked = select(*(type_coerce(each, NullType()).label(each.name) for each in columns))
    ordered = asked.order_by(audited.table.c.number)
    with connection.execution_options(yield_per=_AT_ONCE).execute(ordered) as found:
        for row in found:
            yield {each.name: _read(each, value) for each, value in zip(columns, row, strict=True)}


def _read(column: Column[Any], value: Any) -> Any:
    """Return a value of the column's own kind; where it is none, as it lies there."""
    try:
        if isinstance(column.type, DateTime) and isinstance(value, str):
            return datetime.fromisoformat(value)
        if isinstance(column.type, Boolean) and value in (0, 1):
            return bool(value)
        if isinstance(column.type, JSON) and isinstance(value, str):
            return json.loads(value)
    except ValueError:
        return value
    return value


def _lines(connection: Connection, audited: Audited) -> Iterator[tuple[str, str]]:
    line = AUDIT_LINES.c
    asked = select(line.object_id, line.after).where(audited.lines).order_by(line.number)
    with connection.execution_options(yield_per=_AT_ONCE).execute(asked) as found:
        for name, after in found:
            yield name, _hash_in(after)


def _hash_in(after: str | None) -> str:
    """Return the hash that a line holds; nothing where the line was spoilt, which the chain itself tells."""
    try:
        return str(json.loads(after or "{}").get("hash"))
    except (ValueError, AttributeError):
        return ""


def _what(
    connection: Connection,
    audited: Audited,
    row: tuple[str, str] | None,
    line: tuple[str, str] | None,
) -> Break:
    """Say what was done at the first place where a table and the log part: at `row`, which is not `line`."""
    rows = {_key(audited, each) for each in _rows(connection, audited)}
    lines = set(_lines(connection, audited))
    table = audited.table.name
    if line is not None and line not in rows:
        if row is not None and row not in lines:
            return Break(
                table, line[0], "edited", f"{line[0]} was edited: the audit log holds another content."
            )
        return Break(table, line[0], "deleted", f"A row of {line[0]} is missing: the audit log knows of it.")
    name = row[0] if row is not None else line[0] if line is not None else ""
    if row is not None and row not in lines:
        return Break(table, name, "inserted", f"{name} was put in: the audit log knows nothing of it.")
    words = f"{name} does not stand where it was written: rows changed places, or one is there twice."
    return Break(table, name, "reordered", words)
