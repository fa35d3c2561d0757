"""The store: one DuckDB file that one process owns and opens read-write once.

Every thread, page and job takes a cursor of its own; whoever writes holds the one writer lock, so a
reader never sees half of a file or half of a scoring.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import duckdb

from data.contract import CONTRACT_VERSION, TABLES, Table, comment_statements, create_statement
from data.enriched import ENRICHED_TABLES
from data.errors import StoreError

# Files written in this format open in DuckDB 1.5 and 2.0 alike (reference/engine-facts.md).
STORAGE_VERSION = "v1.5.0"
# Two cores and 24 GiB are the machine this is built for; scoring 5 million events must fit in 8 GiB.
MEMORY_LIMIT = "6GB"

# An interrupted query ends within milliseconds.
CLOSING_SECONDS = 10.0


_MEMORY = Path(":memory:")
Room = Literal["events", "desk"]
ROOMS: tuple[Room, ...] = ("events", "desk")


class Store:
    """An open store. Close it, or use it as a context manager."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._writers = {room: threading.RLock() for room in ROOMS}
        self._opening = threading.Lock()
        self._cursors: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def beside(self, name: str) -> Path | None:
        """Return the path of a file beside the store's; None where the store lives in memory only."""
        return None if self.path == _MEMORY else self.path.with_name(name)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for one thread and one use."""
        with self._opening:
            made = self._connection.cursor()
            self._cursors.add(made)
        return made

    @contextmanager
    def writing(self, room: Room = "events") -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor inside one transaction, alone among writers of `room`; roll back on any error.

        Rooms write different tables: what people do is copied while a long scoring writes its own.

        Raises StoreError when the disk is full or the folder is not to be written; the transaction has
        then left nothing behind.
        """
        with self._writers[room]:
            cursor = self.cursor()
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException as error:
                _roll_back(cursor)
                if isinstance(error, duckdb.Error) and "No space left" in str(error):
                    raise _disk_full(self.path) from error
                # The file was opened, and its folder takes no journal beside it.
                if isinstance(error, duckdb.Error) and f'Cannot open file "{self.path}' in str(error):
                    raise _not_writable(self.path, str(error)) from error
                raise
            finally:
                cursor.close()

    def create(self, tables: Iterable[Table]) -> None:
        """Create those of `tables` that are missing, with their comments where the store is a file.

        Raises StoreError when one is there with other columns: another version made it.
        """
        wanted = tuple(tables)
        with self.writing() as cursor:
            for declared in wanted:
                cursor.execute(create_statement(declared))
                _check_columns(cursor, declared, self.path)
            # They are for whoever opens the file; nobody can open a memory, and they take most of the time.
            if self.path != _MEMORY:
                _comment(cursor, wanted)

    def close(self) -> None:
        """Write everything to the file and let go of it; questions that are still asked are interrupted."""
        with ExitStack() as locks:
            for writer in self._writers.values():
                locks.enter_context(writer)
            locks.enter_context(self._opening)
            for cursor in list(self._cursors):
                _close_soon(cursor)
            self._connection.close()


def _close_soon(cursor: duckdb.DuckDBPyConnection) -> None:
    """Close a cursor that may be busy in another thread: DuckDB refuses that until its query has ended."""
    deadline = time.monotonic() + CLOSING_SECONDS
    while True:
        try:
            cursor.close()
        except duckdb.Error:
            if time.monotonic() > deadline:
                raise
            cursor.interrupt()
            time.sleep(0.01)
        else:
            return


def open_store(path: Path) -> Store:
    """Open the store at `path`, creating the file and the contract's tables when they are missing.

    Raises StoreError when another process owns it, when the file is damaged, not to be written or no
    store of this version, and when the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(path, str(error)) from error
    options: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": MEMORY_LIMIT,
    }
    try:
        connection = duckdb.connect(str(path), config=options)
    except duckdb.Error as error:
        raise _why_not_opened(path, str(error)) from error
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    store = Store(path, connection)
    try:
        store.create((*TABLES, *ENRICHED_TABLES))
        _check_version(store)
    except BaseException:
        store.close()
        raise
    return store


def memory_store() -> Store:
    """Open a store that lives in memory only, with the contract's tables; for tests and trials."""
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY_LIMIT})
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    store = Store(_MEMORY, connection)
    store.create((*TABLES, *ENRICHED_TABLES))
    _check_version(store)
    return store


def _check_columns(cursor: duckdb.DuckDBPyConnection, declared: Table, path: Path) -> None:
    there = {row[0] for row in cursor.table(declared.name).description}
    if different := sorted(there ^ set(declared.names)):
        raise StoreError(
            f"The store was made by another version of Watchfloor: its table {declared.name} differs in "
            f"{', '.join(different)}.",
            where=str(path),
            possible=", ".join(declared.names),
            to_do="Open it with the Watchfloor that made it, or load your files into a new home "
            "(WATCHFLOOR_HOME); a demonstration can be removed and built anew.",
        )


def _comment(cursor: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> None:
    """Write the comments of `tables` that the store lacks, or has otherwise."""
    there: dict[str, dict[str, str | None]] = {table.name: {} for table in tables}
    for table, column, text in cursor.execute(
        "SELECT table_name, '', comment FROM duckdb_tables() "
        "UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        there.setdefault(table, {})[column] = text
    for declared in tables:
        for statement in comment_statements(declared, there[declared.name]):
            cursor.execute(statement)


def _check_version(store: Store) -> None:
    with store.writing() as cursor:
        found = cursor.execute("SELECT value FROM settings WHERE name = 'contract_version'").fetchone()
        if found is None:
            cursor.execute(
                "INSERT INTO settings VALUES ('contract_version', ?), ('money_unit', 'USDT')",
                [CONTRACT_VERSION],
            )
        elif found[0] != CONTRACT_VERSION:
            raise StoreError(
                f"The store was made for version {found[0]} of the data contract.",
                where=str(store.path),
                possible=f"version {CONTRACT_VERSION}",
                to_do="Open it with the Watchfloor that made it, export its tables, "
                "and load them into a new home.",
            )


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.Error:
        # DuckDB has already ended a transaction that failed while committing.
        return


def _why_not_opened(path: Path, message: str) -> StoreError:
    where = str(path)
    if "Conflicting lock" in message or "Could not set lock" in message:
        return StoreError(
            "Another process has the store open.",
            where=where,
            possible="one process at a time opens a store; "
            "a running `watchfloor open` takes work from other commands",
            to_do=f"Close that process, or let it do the work. DuckDB says: {message.splitlines()[0]}",
        )
    if "No space left" in message:
        return _disk_full(path)
    if "Cannot open file" in message or "Is a directory" in message:
        return _not_writable(path, message)
    return StoreError(
        "The store's file is damaged, or is not a DuckDB database.",
        where=where,
        possible="a file written by Watchfloor",
        to_do="Keep the file, move it away, and load your files again; "
        "nothing is changed in them by loading. "
        f"DuckDB says: {message.splitlines()[0]}",
    )


def _not_writable(path: Path, message: str) -> StoreError:
    return StoreError(
        "The store cannot be opened for writing.",
        where=str(path),
        possible="a file, in a folder, that whoever runs Watchfloor may write to",
        to_do="Give yourself the right to write there, or set WATCHFLOOR_HOME to another folder. "
        f"The system says: {message.splitlines()[0]}",
    )


def _disk_full(path: Path) -> StoreError:
    return StoreError(
        "The disk is full.",
        where=str(path.parent),
        possible="what was committed before is safe; this step left nothing half done",
        to_do="Free space, or set WATCHFLOOR_HOME to a folder on another disk, "
        "then run the same command again.",
    )
