"""Any table or question as a file: complete, and either whole under its name or not there at all."""

from __future__ import annotations

import os
from pathlib import Path
from threading import get_ident
from typing import Any

import duckdb

from data.errors import SourceError, StoreError

# How a file is written, by its ending. CSV has a header; Parquet is packed with zstd, which every reader has.
_FORMATS = {
    ".csv": "FORMAT csv, HEADER true",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".jsonl": "FORMAT json",
}


def export_query(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any] | None, path: Path
) -> int:
    """Write every row that `sql` with `parameters` answers to `path`; return how many they are.

    The ending decides the format, .csv, .parquet or .jsonl (JSON lines). The rows go to a temporary name
    beside `path` that takes its name when it is complete, so a reader never sees half a file and an earlier
    one survives a failure. Raises SourceError for another ending, StoreError when the folder cannot be
    written.
    """
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise SourceError(
            f"Rows cannot be exported as {path.suffix or 'a file without ending'}.",
            where=str(path),
            possible=", ".join(_FORMATS),
            to_do="Give the file one of these endings.",
        )
    unfinished = unfinished_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(path, str(error)) from error
    try:
        copy = _copy_statement(sql, form)
        row = cursor.execute(copy, {**(parameters or {}), "export_path": str(unfinished)}).fetchone()
        unfinished.replace(path)
    except (OSError, duckdb.IOException) as error:
        raise _not_written(path, str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return int(row[0]) if row else 0


def unfinished_name(path: Path) -> Path:
    """Return the name beside `path` that its rows go to first; no two exports at once share one."""
    return path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.unfinished")


def _copy_statement(sql: str, form: str) -> str:
    """Return the SQL that writes the answer of `sql` to the parameter `export_path`."""
    return f"COPY ({sql.strip().rstrip(';')}) TO $export_path ({form})"


def _not_written(path: Path, message: str) -> StoreError:
    is_full = "No space left" in message
    return StoreError(
        "The disk is full." if is_full else "The export cannot be written.",
        where=str(path),
        possible="an existing folder with room, which this user may write to",
        to_do=f"Free space or choose another folder, then export again; an earlier file of that name is "
        f"untouched. The system says: {message.splitlines()[0]}",
    )
