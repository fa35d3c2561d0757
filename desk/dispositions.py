"""Dispositions: what an analyst says an event turned out to be, and how that becomes a label to learn from.

    said = Disposition("E1", "A1", "confirmed", "account_takeover", "The customer denies it")
    dispose(records, said, actor, at=now)
    of_event(records, "E1")                      # what was said of it, the newest last
    project(cursor, records)                     # new dispositions into the table `labels`, each once

A disposition is never changed: to correct one is to say another. In `labels` the one known last counts, as
with labels of every other source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import duckdb
from sqlalchemy import insert, select

from data.contract import TABLES
from data.duplicates import arrivals_statement, counted
from data.errors import WatchfloorError
from data.facts import read_fact, write_fact
from data.statement import read_statement
from desk.actors import DISPOSE, Actor, require
from desk.audit import Entry, record
from desk.disposition_events import DISPOSITIONS
from desk.records import Records
from desk.transactional import take_turn

Outcome = Literal["confirmed", "false_positive", "inconclusive"]
OUTCOMES: tuple[Outcome, ...] = ("confirmed", "false_positive", "inconclusive")
# The number of the last disposition that `labels` holds, and of which records: others number from one again.
PROJECTED = "dispositions_projected"
PROJECTED_FROM = "dispositions_projected_from"


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
    _check(said)
    row = {
        "event_id": said.event_id,
        "account_id": said.account_id,
        "occurred_at": said.occurred_at,
        "at": at,
        "actor": actor.name,
        "role": actor.role,
        "outcome": said.outcome,
        "typology": said.typology,
        "note": said.note.strip(),
    }
    with records.writing() as connection:
        take_turn(connection)
        earlier = select(DISPOSITIONS.c.outcome).where(DISPOSITIONS.c.event_id == said.event_id)
        before = connection.execute(earlier.order_by(DISPOSITIONS.c.number.desc())).scalar()
        written = connection.execute(insert(DISPOSITIONS).values(**row, recorded_at=records.clock()))
        key = written.inserted_primary_key
        entry = Entry(
            actor,
            "disposed",
            "event",
            said.event_id,
            at,
            before=None if before is None else {"outcome": before},
            after={"outcome": said.outcome, "typology": said.typology},
            reason=said.note,
        )
        record(connection, entry)
    if key is None:
        raise RuntimeError("the database gave the new disposition no number")
    return int(key[0])


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
    for place, one in enumerate(said, start=1):
        cursor.execute(sql, _label(one) | {"ingest_seq": arrived + place})
    write_fact(cursor, PROJECTED, str(said[-1].number))
    write_fact(cursor, PROJECTED_FROM, records.where)
    return counted(cursor, "SELECT count(*) FROM labels") - before


def _label(one: Said) -> dict[str, Any]:
    said = one.disposition
    return {
        "label_id": f"disposition-{one.number}-{said.event_id}",
        "event_id": said.event_id,
        "account_id": said.account_id,
        "outcome": said.outcome,
        "typology": said.typology,
        "occurred_at": said.occurred_at,
        "known_at": one.at,
    }


def _check(said: Disposition) -> None:
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
