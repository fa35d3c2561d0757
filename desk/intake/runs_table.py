"""The table of intakes: up to where the store was read, so that the next one goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, DateTime, Integer, Table, func, insert, select

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL, clock_of

INTAKE_RUNS = Table(
    "intake_runs",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the intake, in the order of writing."),
    Column("at", DateTime, nullable=False, comment="The data's now up to which alerts were read, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was complete, UTC."),
    Column("labels_seq", BigInteger, nullable=False, comment="The last label read, by order of arrival."),
    Column("alerts", Integer, nullable=False, comment="Alerts that were new."),
    comment="Every complete intake of alerts; rows are never changed or removed.",
    sqlite_autoincrement=True,
)
refuse_changes(INTAKE_RUNS)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the last complete intake came: the data's now then, and the last label it read."""

    at: datetime | None = None
    labels_seq: int = 0


def last_mark(connection: Connection) -> Mark:
    """Return how far intake came; nothing before the first complete one."""
    runs = INTAKE_RUNS.c
    row = connection.execute(select(func.max(runs.at), func.max(runs.labels_seq))).one()
    return Mark(row[0], int(row[1] or 0))


def finish(connection: Connection, mark: Mark, alerts: int) -> None:
    """Write that an intake is complete, within `records.writing()`."""
    connection.execute(
        insert(INTAKE_RUNS).values(
            at=mark.at, recorded_at=clock_of(connection)(), labels_seq=mark.labels_seq, alerts=alerts
        )
    )
