"""What all tables of people's actions share: one set of tables, the kind of their keys, their clock, turns.

TRANSACTIONAL          # every table of the desk is declared in it, and made when the records are opened
clock_of(connection)() # the wall clock of the records that this transaction writes to
take_turn(connection)  # from here to the end of the transaction nobody else writes an audited action
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Connection, Integer, MetaData, func, select

TRANSACTIONAL = MetaData()
# SQLite numbers only INTEGER keys by itself, and AUTOINCREMENT never gives a number twice.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
# By what a connection remembers the transaction that has the turn.
_TURN_OF = "turn_of"
Clock = Callable[[], datetime]
# As many values or rows as go into one statement: SQLite takes at most 32,766 values.
AT_ONCE = 5_000
# One number for "an audited action is being written", which PostgreSQL holds to the end of the transaction.
_TURN_LOCK = 7_140_714


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
