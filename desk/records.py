"""The transactional store of what people do: SQLite beside the events, or PostgreSQL by one URL.

    records = open_records(home, os.environ)       # <home>/desk.sqlite, or WATCHFLOOR_DESK_URL
    with records.writing() as connection: ...      # one transaction; many processes may write
    with records.reading() as connection: ...      # a snapshot

SQLite runs in WAL mode: readers never wait, and writers queue for the lock from the first statement on, so
that what a transaction read still holds when it writes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from data.errors import WatchfloorError
from data.home import Home
from desk.alarm_events import ALARM_EVENTS
from desk.anchors import Anchors
from desk.approval_events import APPROVAL_EVENTS
from desk.audit_lines import AUDIT_LINES
from desk.cases.alerts import CASE_ALERTS
from desk.cases.before import take_over
from desk.cases.file_table import CASE_FILES
from desk.cases.steps import CASE_QUEUE, CASE_STEPS
from desk.channels.in_force import use_channels
from desk.channels.notice_tables import CASE_NOTICES, NOTICE_ATTEMPTS
from desk.disposition_events import DISPOSITIONS
from desk.drills.steps import DRILL_STEPS
from desk.evidence.custody_table import CUSTODY_EVENTS
from desk.freezes.runs_table import FREEZE_RUNS
from desk.freezes.steps import FREEZE_STEPS
from desk.handover.handover_table import HANDOVERS
from desk.intake.runs_table import INTAKE_RUNS
from desk.ledger.proofs_table import LEDGER_PROOFS
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people_events import PEOPLE_EVENTS
from desk.recoveries.steps_table import CLAIM_STEPS
from desk.requests.steps_table import REQUEST_STEPS
from desk.rollout_events import ROLLOUT_EVENTS
from desk.saved_view_events import SAVED_VIEWS
from desk.transactional import TRANSACTIONAL, Clock, wall_clock

URL_VARIABLE = "WATCHFLOOR_DESK_URL"
# Longer than any transaction here takes; a person waits no longer for a click.
BUSY_SECONDS = 15.0
# One number for "the tables are being made", so that two processes that open an empty database take turns.
_OPENING_LOCK = 7_140_713
# What the records hold. Name another table of the desk here, so that it is made when they are opened.
TABLES = (
    CASE_STEPS,
    CASE_QUEUE,
    CASE_ALERTS,
    CASE_FILES,
    CASE_NOTICES,
    NOTICE_ATTEMPTS,
    INTAKE_RUNS,
    DRILL_STEPS,
    FREEZE_STEPS,
    FREEZE_RUNS,
    LEDGER_TRANSFERS,
    LEDGER_PROOFS,
    REQUEST_STEPS,
    CLAIM_STEPS,
    CUSTODY_EVENTS,
    AUDIT_LINES,
    APPROVAL_EVENTS,
    PEOPLE_EVENTS,
    ROLLOUT_EVENTS,
    ALARM_EVENTS,
    DISPOSITIONS,
    SAVED_VIEWS,
    HANDOVERS,
)


class RecordsError(WatchfloorError):
    """What people do cannot be kept: the store of records cannot be opened, read or written."""


class Records:
    """An open store of records; `clock` gives the wall clock that is written beside the data's now.

    `afterwards` is called on a connection that reads, after each transaction that was kept.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock = wall_clock,
        afterwards: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        self._engine = engine
        self.clock = clock
        self._afterwards = afterwards

    @property
    def where(self) -> str:
        """Where it lies, without a password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state. Raises RecordsError when there is none to be had."""
        with self._connected() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in one transaction that is kept whole or not at all.

        Raises RecordsError when another process holds the lock for too long, or the disk is full.
        """
        with self._connected() as connection:
            connection = connection.execution_options(is_writing=True, clock=self.clock)
            with connection.begin():
                yield connection
        with self.reading() as connection:
            self._afterwards(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except OperationalError as error:
            raise _unusable(self.where, error) from error


def url_of(home: Home, environment: Mapping[str, str]) -> str:
    """Return the URL of the records of a home: the one that WATCHFLOOR_DESK_URL names, else its own file."""
    return environment.get(URL_VARIABLE, "").strip() or f"sqlite:///{home.desk_path}"


def open_records(home: Home, environment: Mapping[str, str], clock: Clock = wall_clock) -> Records:
    """Open the records of `home`, with their tables made where they are missing.

    The home's configuration of channels is in force from here on: the queue's order goes by it.

    Raises RecordsError when the URL names no database, its driver is missing, or it cannot be opened, and
    ChannelsError when the configuration cannot be.
    """
    use_channels(home)
    url = url_of(home, environment)
    if url.startswith("sqlite"):
        home.path.mkdir(parents=True, exist_ok=True)
    records = Records(_engine(url), clock, Anchors.of(home, environment, clock).sign_if_due)
    with records.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_OPENING_LOCK)))
        TRANSACTIONAL.create_all(connection, tables=TABLES)
        take_over(connection)
    return records


def _engine(url: str) -> Engine:
    try:
        if make_url(url).get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        # Connections are kept: whoever closes the last one would have SQLite empty its journal each time.
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, ImportError) as error:
        raise RecordsError(
            "The store of records cannot be opened.",
            where=f"the variable {URL_VARIABLE}",
            possible="sqlite:////folder/desk.sqlite, postgresql+psycopg://user@host/name",
            to_do=f"Correct it, or install the driver it names. SQLAlchemy says: {error}",
        ) from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set up one connection to SQLite; the change to WAL mode stays in the file."""
    # The driver would begin transactions by itself, and too late.
    connection.isolation_level = None
    # 64 MiB: the hashes of a large audit log lie all over its index, and 2 MiB held little of it.
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA foreign_keys = ON")
    # Lets the trigger on deletion see what INSERT OR REPLACE removes.
    connection.execute("PRAGMA recursive_triggers = ON")
    _journal_beside(connection)


def _journal_beside(connection: Any) -> None:
    """Turn on WAL mode; while others open the new file too, SQLite refuses at once, whatever the timeout."""
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _unusable(where: str, error: DBAPIError) -> RecordsError:
    is_locked = "locked" in str(error.orig)
    return RecordsError(
        f"The store of records was busy for {BUSY_SECONDS:g} seconds."
        if is_locked
        else "The store of records cannot be used.",
        where=where,
        possible="a folder with room that this user may write to, or a database that answers",
        to_do=f"Nothing was written. Try again, or see what holds it. The database says: {error.orig}",
    )
