"""Dispositions: what an analyst says an event turned out to be, and how that becomes a label to learn from.

    said = Disposition("E1", "A1", "confirmed", "account_takeover", "The customer denies it")
    dispose(records, said, actor, at=now)
    of_event(records, "E1")                      # what was said of it, the newest last
    project(cursor, records)                     # new dispositions into the table `labels`, each once

A disposition is never changed: to correct one is to say another. In `labels` the one known last counts, as
with labels of every other source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, func, insert, select

from data.contract import TABLES
from data.duplicates import arrivals_statement, counted
from data.errors import WatchfloorError
from data.facts import read_fact, write_fact
from data.statement import read_statement
from desk.actors import DISPOSE, Actor, require
from desk.audit import Entry, record_all
from desk.cases.state import OUTCOMES, Outcome
from desk.disposition_events import DISPOSITIONS
from desk.people import require_here
from desk.records import Records
from desk.transactional import AT_ONCE, clock_of, take_turn

# The number of the last disposition that `labels` holds, and of which records: others number from one again.
PROJECTED = "dispositions_projected"
PROJECTED_FROM = "dispositions_projected_from"
_LABELS = pa.schema(
    [
        ("place", pa.int64()),
        *((name, pa.string()) for name in ("label_id", "event_id", "account_id", "outcome", "typology")),
        *((name, pa.timestamp("us")) for name in ("occurred_at", "known_at")),
    ]
)


class DispositionError(WatchfloorError):
    """A disposition cannot be written: no words were given, or its outcome and typology do not fit."""


@dataclass(frozen=True, slots=True)
class Disposition:
    """What an event turned out to be, with the typology where it was crime, and why."""

    event_id: str
    account_id: str
    outcome: Outcome
    typology: str | None
    note: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A disposition as it stands in the records: its number, who said it and when (the data's now, UTC)."""

    number: int
    disposition: Disposition
    actor: str
    role: str
    at: datetime


def dispose(records: Records, said: Disposition, actor: Actor, at: datetime) -> int:
    """Write a disposition and return its number; `at` is the data's now.

    Raises RightError when the actor may not, DispositionError without a note, and when a typology is missing
    of a crime or given of something else.
    """
    require(actor, DISPOSE)
    check(said)
    with records.writing() as connection:
        require_here(connection, actor)
        return write_all(connection, [(said, actor, at)])


def write_all(connection: Connection, said: Sequence[tuple[Disposition, Actor, datetime]]) -> int:
    """Write dispositions, each with its line of the audit log, and return the number of the last; 0 for none.

    Runs in the caller's transaction, which has asked whether the actor may and whether they fit (`check`).
    """
    if not said:
        return 0
    take_turn(connection)
    before = _outcomes(connection, [one.event_id for one, _, _ in said])
    recorded_at = clock_of(connection)()
    rows = [
        {
            "event_id": one.event_id,
            "account_id": one.account_id,
            "occurred_at": one.occurred_at,
            "at": at,
            "recorded_at": recorded_at,
            "actor": actor.name,
            "role": actor.role,
            "outcome": one.outcome,
            "typology": one.typology,
            "note": one.note.strip(),
        }
        for one, actor, at in said
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(DISPOSITIONS), rows[start : start + AT_ONCE])
    record_all(connection, [_entry(one, actor, at, before.get(one.event_id)) for one, actor, at in said])
    return int(connection.execute(select(func.max(DISPOSITIONS.c.number))).scalar_one())


def _outcomes(connection: Connection, event_ids: Sequence[str]) -> dict[str, str]:
    """Return what was said last of each event."""
    found: dict[str, str] = {}
    for start in range(0, len(event_ids), AT_ONCE):
        asked = select(DISPOSITIONS.c.event_id, DISPOSITIONS.c.outcome).where(
            DISPOSITIONS.c.event_id.in_(event_ids[start : start + AT_ONCE])
        )
        found |= {
            row.event_id: row.outcome for row in connection.execute(asked.order_by(DISPOSITIONS.c.number))
        }
    return found


def _entry(said: Disposition, actor: Actor, at: datetime, before: str | None) -> Entry:
    return Entry(
        actor,
        "disposed",
        "event",
        said.event_id,
        at,
        before=None if before is None else {"outcome": before},
        after={"outcome": said.outcome, "typology": said.typology},
        reason=said.note,
    )


def of_event(records: Records, event_id: str) -> list[Said]:
    """Answer everything that was said of an event, the newest last."""
    asked = select(DISPOSITIONS).where(DISPOSITIONS.c.event_id == event_id).order_by(DISPOSITIONS.c.number)
    with records.reading() as connection:
        return [_read(row) for row in connection.execute(asked)]


def project(cursor: duckdb.DuckDBPyConnection, records: Records) -> int:
    """Write the dispositions that `labels` does not hold yet, as labels of source `desk`; answer how many.

    Runs in the caller's transaction and is idempotent: it goes on after the number it came to last. A label
    is known at the data's now when it was said.
    """
    is_same = read_fact(cursor, PROJECTED_FROM) == records.where
    last = int(read_fact(cursor, PROJECTED) or 0) if is_same else 0
    asked = select(DISPOSITIONS).where(DISPOSITIONS.c.number > last).order_by(DISPOSITIONS.c.number)
    with records.reading() as connection:
        said = [_read(row) for row in connection.execute(asked)]
    if not said:
        return 0
    sql = read_statement(Path(__file__).with_name("disposition_to_label.sql")).sql
    arrived = counted(cursor, arrivals_statement(TABLES))
    before = counted(cursor, "SELECT count(*) FROM labels")
    cursor.register("said_of_events", pa.Table.from_pylist([_label(one) for one in said], _LABELS))
    cursor.execute(sql, {"arrived": arrived}).fetchall()
    cursor.unregister("said_of_events")
    write_fact(cursor, PROJECTED, str(said[-1].number))
    write_fact(cursor, PROJECTED_FROM, records.where)
    return counted(cursor, "SELECT count(*) FROM labels") - before


def _label(one: Said) -> dict[str, Any]:
    said = one.disposition
    return {
        "place": one.number,
        "label_id": f"disposition-{one.number}-{said.event_id}",
        "event_id": said.event_id,
        "account_id": said.account_id,
        "outcome": said.outcome,
        "typology": said.typology,
        "occurred_at": said.occurred_at,
        "known_at": one.at,
    }


def check(said: Disposition) -> None:
    """Refuse what cannot be said. Raises DispositionError."""
    if not said.note.strip():
        raise DispositionError("This needs a note.", to_do="Say in a sentence how it is known.")
    if said.outcome not in OUTCOMES:
        raise DispositionError(
            f"There is no outcome {said.outcome!r}.",
            possible=", ".join(OUTCOMES),
            to_do="Choose one of these.",
        )
    if (said.outcome == "confirmed") != bool(said.typology):
        raise DispositionError(
            "A confirmed crime needs its kind, and nothing else has one.",
            possible="confirmed with a typology; false_positive or inconclusive without",
            to_do="Choose the kind of crime, or another outcome.",
        )


def _read(row: Any) -> Said:
    said = Disposition(
        row.event_id, row.account_id, row.outcome, row.typology, row.note, occurred_at=row.occurred_at
    )
    return Said(row.number, said, row.actor, row.role, row.at)
