"""What all tables of people's actions share: one set of tables, the kind of their keys, their clock, turns.

TRANSACTIONAL          # every table of the desk is declared in it, and made when the records are opened
acted("step")         # the columns of a table of actions: which, when, who in which role
clock_of(connection)() # the wall clock of the records that this transaction writes to
take_turn(connection)  # from here to the end of the transaction nobody else writes an audited action
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    func,
    select,
)

TRANSACTIONAL = MetaData()
# SQLite numbers only INTEGER keys by itself, and AUTOINCREMENT never gives a number twice.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
# By what a connection remembers the transaction that has the turn.
_TURN_OF = "turn_of"
# By what it remembers the approvals that its transaction has used up.
_USED_BY = "used_by"
Clock = Callable[[], datetime]
# As many values or rows as go into one statement: SQLite takes at most 32,766 values.
AT_ONCE = 5_000
# One number for "an audited action is being written", which PostgreSQL holds to the end of the transaction.
_TURN_LOCK = 7_140_714


def acted(what: str) -> tuple[Column[Any], ...]:
    """Return the columns that every table of actions begins with: which one, when, and who in which role.

    `what` names a row of it: step, change. The database refuses an action of nobody, or in no role.
    """
    return (
        Column("number", NUMBER, primary_key=True, comment=f"Number of the {what}, in the order of writing."),
        Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
        Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
        Column("actor", String, _said("actor"), nullable=False, comment="Who did it."),
        Column("role", String, _said("role"), nullable=False, comment="In which role."),
    )


def _said(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_is_said")


def wall_clock() -> datetime:
    """Return the time of the wall clock, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def clock_of(connection: Connection) -> Clock:
    """Return the wall clock of the records that `connection` writes to.

    Raises RuntimeError outside `records.writing()`, where a transaction does not queue for its turn.
    """
    clock: Clock | None = connection.get_execution_options().get("clock")
    if clock is None:
        raise RuntimeError("people's actions are written within `records.writing()` only")
    return clock


def take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes an audited action; what is read from here on still holds then.

    SQLite's writers have taken their turn when they began. Raises RuntimeError outside `records.writing()`.
    """
    clock_of(connection)
    if connection.dialect.name != "postgresql":
        return
    # Each part of an action asks for the turn; to ask again in one transaction is only one more round trip.
    transaction = connection.get_transaction()
    if connection.info.get(_TURN_OF) is not transaction:
        connection.execute(select(func.pg_advisory_xact_lock(_TURN_LOCK)))
        connection.info[_TURN_OF] = transaction


def note_used(connection: Connection, approval_id: str) -> None:
    """Remember that this transaction has used an approval up: for `desk/approvals.py` alone."""
    connection.info[_USED_BY] = (connection.get_transaction(), {*used_here(connection), approval_id})


def used_here(connection: Connection) -> frozenset[str]:
    """Return the approvals that the transaction of this connection has used up so far."""
    transaction, used = connection.info.get(_USED_BY, (None, ()))
    return frozenset(used) if transaction is connection.get_transaction() else frozenset()
