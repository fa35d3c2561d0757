"""What is staged goes into its table, once: judged, numbered, taken or set aside, and remembered.

Files that come through a mapping (`load`) and lists of signatures (`signatures`) both end here, so that
their rows are counted by one rule: taken + known + rejected = read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import DEVICES, NETWORKS, TABLES, Table
from data.duplicates import arrivals_statement, counted, judge, take_statement
from data.errors import WatchfloorError
from data.rejects import Malformed, set_aside
from data.sources import Source
from data.statement import SQL, read_statement


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of one file in one table: taken + known + rejected = read, always.

    `error` says why a file as a whole was not loaded; nothing of it is in the store then. `is_skipped`:
    the same file was loaded before, so all its rows are known already.
    """

    path: Path
    table_name: str
    rows_read: int = 0
    rows_taken: int = 0
    rows_known: int = 0
    rows_rejected: int = 0
    error: WatchfloorError | None = None
    is_skipped: bool = False

    @property
    def in_words(self) -> str:
        """The counts of what became of the rows: `2 taken, 0 known, 1 rejected`."""
        return f"{self.rows_taken:,} taken, {self.rows_known:,} known, {self.rows_rejected:,} rejected"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is remembered of a file beside its counts: its content, and when it came (naive UTC)."""

    content_hash: str
    is_synthetic: bool
    loaded_at: datetime


def taken_before(
    cursor: duckdb.DuckDBPyConnection, path: Path, content_hash: str, table_name: str
) -> LoadResult | None:
    """Answer the result of loading this very content again: all known; None where it is new."""
    facts = {"content_hash": content_hash, "table_name": table_name}
    row = cursor.execute(read_statement(SQL / "loaded_before.sql").sql, facts).fetchone()
    if row is None:
        return None
    read, rejected = row
    return LoadResult(path, table_name, read, 0, read - rejected, rejected, is_skipped=True)


def take_staged(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    declared: Table,
    columns: tuple[str, ...],
    malformed: list[Malformed],
    arrival: Arrival,
) -> LoadResult:
    """Take what is new in the temporary table `staged`, set aside what is faulty, and remember the file.

    `columns` are those that `staged` fills. Runs in the caller's transaction and drops what it staged.
    """
    read = counted(cursor, "SELECT count(*) FROM staged") + len(malformed)
    judge(cursor, declared, columns)
    file_id = counted(cursor, "SELECT coalesce(max(file_id), 0) + 1 FROM files")
    base = counted(cursor, arrivals_statement(TABLES))
    cursor.execute(take_statement(declared, columns), {"base": base, "file_id": file_id})
    if declared in (NETWORKS, DEVICES):
        cursor.execute(read_statement(SQL / f"yield_{declared.name}.sql").sql)
    rejected = set_aside(cursor, source, declared, malformed, file_id)
    known = counted(cursor, "SELECT count(*) FROM verdicts WHERE reason IS NULL")
    result = LoadResult(source.path, declared.name, read, read - known - rejected, known, rejected)
    _remember(cursor, result, file_id, arrival)
    cursor.execute("DROP TABLE staged")
    cursor.execute("DROP TABLE verdicts")
    return result


def _remember(cursor: duckdb.DuckDBPyConnection, result: LoadResult, file_id: int, arrival: Arrival) -> None:
    values = {
        "file_id": file_id,
        "content_hash": arrival.content_hash,
        "path": str(result.path),
        "table_name": result.table_name,
        "rows_read": result.rows_read,
        "rows_taken": result.rows_taken,
        "rows_known": result.rows_known,
        "rows_rejected": result.rows_rejected,
        "is_synthetic": arrival.is_synthetic,
        "loaded_at": arrival.loaded_at,
    }
    cursor.execute(read_statement(SQL / "remember_file.sql").sql, values)
