"""Whether the records say what the audit log says was done: who changes a row outside the program is found.

    find_disagreement(records)       # None, or Disagreement(table="people_events", ..., words="Row 7 of ...")

The log is chained and its heads are signed, so a line cannot be changed unseen. Rows of people and approvals
are held against their lines one by one, in the order in which both were written: the first row that was
edited, removed, put in or moved is named. Of an approval the line holds the hash of its act. Freezes and the
ledger have a proof of their own, `desk/ledger/proof.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from data.progress import Progress, Step, silent
from desk.acts import Act
from desk.approval_events import APPROVAL_EVENTS
from desk.audit_lines import AUDIT_LINES
from desk.canonical import canonical
from desk.people_events import PEOPLE_EVENTS
from desk.records import Records

_ROWS_AT_ONCE = 5_000
STEPS = ("proposed", "approved", "rejected", "withdrawn", "used")
Said = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first row that the log does not bear out: of which table, at which row or line, in words."""

    table: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A table and its lines: what of a row and of a line must be the same, and which lines are meant."""

    table: Table
    of_row: Callable[[Row[Any]], Said]
    of_line: Callable[[Row[Any], dict[str, Any]], Said]
    lines: Any


def find_disagreement(records: Records, progress: Progress = silent) -> Disagreement | None:
    """Return the first row that is not what its line of the audit log says; None where all agree."""
    with records.reading() as connection:
        for place, pair in enumerate(_PAIRS, 1):
            found = _compare(connection, pair)
            if found is not None:
                return found
            progress(Step("agreement", place, len(_PAIRS), "tables"))
    return None


def _compare(connection: Connection, pair: _Pair) -> Disagreement | None:
    lines = AUDIT_LINES.c
    rows = _streamed(connection, select(pair.table).order_by(pair.table.c.number))
    told = _streamed(connection, select(AUDIT_LINES).where(pair.lines).order_by(lines.number))
    name = pair.table.name
    for row, line in zip_longest(rows, told):
        if row is None:
            words = f"A row of {name} is missing that line {line.number} of the audit log says was written."
            return Disagreement(name, int(line.number), words)
        if line is None:
            words = f"Row {row.number} of {name} was put in: no line of the audit log says that it was done."
            return Disagreement(name, int(row.number), words)
        if pair.of_row(row) != pair.of_line(line, json.loads(line.after) if line.after else {}):
            words = (
                f"Row {row.number} of {name} is not what line {line.number} of the audit log says was done: "
                "it was edited, moved or put in, or the one before it was removed."
            )
            return Disagreement(name, int(row.number), words)
    return None


def _streamed(connection: Connection, asked: Any) -> Iterator[Row[Any]]:
    yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(asked)


def _plain(value: object) -> Any:
    """Return a value as the log's JSON holds it."""
    return json.loads(canonical({"": value}))[""]


def _person_row(row: Row[Any]) -> Said:
    role = None if row.change == "left" else row.role
    return (
        row.name,
        row.change,
        role,
        row.actor,
        row.actor_role,
        row.at,
        row.reason.strip(),
        row.approval_id,
    )


def _person_line(line: Row[Any], after: dict[str, Any]) -> Said:
    role = after.get("role")
    return (
        line.object_id, line.action, role, line.actor, line.role, line.at, line.reason, line.approval_id,
    )  # fmt: skip


def _approval_row(row: Row[Any]) -> Said:
    act = Act(row.action, row.object_id, row.amount_micro, json.loads(row.details), row.summary)
    is_whole = act.bound_to(row.maker) == row.act_hash
    done = (row.approval_id, row.step, row.action, row.object_id, row.actor, row.role, row.at, row.reason)
    return (*done, is_whole, row.act_hash, row.maker, row.checker, _plain(row.expires_at))


def _approval_line(line: Row[Any], after: dict[str, Any]) -> Said:
    done = (
        line.approval_id, line.action, line.object_kind, line.object_id, line.actor, line.role, line.at,
        line.reason,
    )  # fmt: skip
    said = (after.get(name) for name in ("act_hash", "maker", "checker", "expires_at"))
    return (*done, True, *said)


_LINES = AUDIT_LINES.c
# Others write of people, freezes and approvals too: lines of rows are known by what only they hold.
_PAIRS = (
    _Pair(
        PEOPLE_EVENTS,
        _person_row,
        _person_line,
        (_LINES.object_kind == "person") & _LINES.action.in_(("joined", "role_changed", "left")),
    ),
    _Pair(
        APPROVAL_EVENTS,
        _approval_row,
        _approval_line,
        _LINES.approval_id.is_not(None) & _LINES.action.in_(STEPS) & _LINES.after.contains('"act_hash"'),
    ),
)
