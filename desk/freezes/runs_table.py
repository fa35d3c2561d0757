"""The table of placings: when stops of policy were taken into the ledger, and up to when they are the past.

What policy stopped before the first placing began is the past of an earlier system: the ledger writes how it
ended. Whatever comes later is a provisional hold, which only people or its hour of expiry end.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Connection, DateTime, Integer, String, Table, insert, select

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL, clock_of, take_turn

FREEZE_RUNS = Table(
    "freeze_runs",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the row, in the order of writing."),
    Column("at", DateTime, nullable=False, comment="The data's now up to which stops were read, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was written, UTC."),
    Column("what", String, nullable=False, comment="began: of the past; ended: of the past; placed: later."),
    Column("freezes", Integer, nullable=False, comment="Freezes that were new; 0 where it began."),
    CheckConstraint("what IN ('began', 'ended', 'placed')", name="known_run"),
    comment="Every placing of the policy's stops into the ledger; rows are never changed or removed.",
    sqlite_autoincrement=True,
)
refuse_changes(FREEZE_RUNS)


def begin(connection: Connection, now: datetime) -> tuple[datetime, bool]:
    """Return up to when stops are the past of an earlier system, and whether that is still being written.

    The first call says so: `now`. Within `records.writing()`.
    """
    take_turn(connection)
    runs = FREEZE_RUNS.c
    began = connection.execute(select(runs.at).where(runs.what == "began").order_by(runs.number)).scalar()
    if began is None:
        write_run(connection, "began", now, 0)
    return began or now, open_past(connection) is not None


def open_past(connection: Connection) -> datetime | None:
    """Return up to when the past is that is being written now; None where it is complete, or never began."""
    runs = FREEZE_RUNS.c
    asked = select(runs.what, runs.at).where(runs.what.in_(("began", "ended"))).order_by(runs.number)
    rows = connection.execute(asked).all()
    is_over = any(row.what == "ended" for row in rows)
    return None if is_over else next((row.at for row in rows if row.what == "began"), None)


def write_run(connection: Connection, what: str, now: datetime, freezes: int) -> None:
    """Write that a placing began or is complete, within `records.writing()`."""
    connection.execute(
        insert(FREEZE_RUNS).values(at=now, recorded_at=clock_of(connection)(), what=what, freezes=freezes)
    )
