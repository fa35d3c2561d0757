"""The writer of evidence: answers as CSV and JSON, files as a zip whose bytes are the same each time.

found = {"steps.csv": asked(cursor, statement, {"case_id": "C-1"})}
files = {name: written(name, answer) for name, answer in found.items()}
data = zipped({**files, "manifest.json": as_json({...})})
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from data.statement import Statement

# The first time that a zip can hold; a real one would differ at each export.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# Read by everyone, written by nobody, on Unix: the same on every system that packs.
PERMISSIONS = 0o100444 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one part with the names of their columns."""

    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def asked(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, parameters: Mapping[str, object]
) -> Answer:
    """Answer a question of the pack."""
    cursor.execute(statement.sql, dict(parameters))
    names = tuple(part[0] for part in cursor.description or ())
    return Answer(names, cursor.fetchall())


def written(name: str, answer: Answer, *, is_one: bool = False) -> bytes:
    """Return an answer as the bytes of a file, by its ending; `is_one`: its only row as one object."""
    if is_one:
        return as_json(dict(zip(answer.names, answer.rows[0], strict=True)))
    if name.endswith(".json"):
        return as_json([dict(zip(answer.names, row, strict=True)) for row in answer.rows])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.names)
    writer.writerows([_text(value) for value in row] for row in answer.rows)
    return text.getvalue().encode()


def _text(value: object) -> object:
    """Return a value as it stands in a CSV: times as ISO 8601, nothing for what is not known."""
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def as_json(value: object) -> bytes:
    """Return a value as readable JSON; what JSON does not know as text."""
    return (json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n").encode()


def rows_of(answer: Answer | None) -> dict[str, int]:
    """Return what the manifest says of a file of rows."""
    return {} if answer is None else {"rows": len(answer.rows)}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as the bytes of a zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = PERMISSIONS
            archive.writestr(entry, data)
    return written.getvalue()
