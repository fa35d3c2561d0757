"""Files of events as relations: CSV, Parquet and JSON lines, each row with its number in the file.

A source is a piece of SQL with its parameters; nothing is read until the load runs it. The column
`#record` numbers the rows from 1 in the file's order, and the other columns have the file's names.
"""

from __future__ import annotations

import codecs
import csv
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from data.encodings import check_utf8, write_utf8
from data.errors import SourceError

RECORD = "#record"
CSV_ENDINGS = (".csv", ".tsv", ".txt")
PARQUET_ENDINGS = (".parquet", ".pq")
JSON_ENDINGS = (".jsonl", ".ndjson", ".json")
_PARQUET_MAGIC = b"PAR1"
_DELIMITERS = (",", ";", "\t", "|")
# A header longer than this is no header; DuckDB's own limit for a line is 2 MB.
_HEADER_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file, ready to be read: `columns` maps its names to DuckDB types, `sql` with `parameters` reads it.

    `text_path` is the UTF-8 text that `sql` reads (a copy where the file is in another encoding).
    """

    path: Path
    kind: str
    columns: dict[str, str]
    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)
    text_path: Path | None = None


def quoted(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def kind_of(path: Path) -> str:
    """Answer what the file at `path` is by its ending: csv, parquet or jsonl. Raises SourceError."""
    ending = path.suffix.lower()
    for kind, endings in (("csv", CSV_ENDINGS), ("parquet", PARQUET_ENDINGS), ("jsonl", JSON_ENDINGS)):
        if ending in endings:
            return kind
    raise SourceError(
        f"Files that end in {ending or 'nothing'} cannot be read.",
        where=str(path),
        possible=", ".join((*CSV_ENDINGS, *PARQUET_ENDINGS, *JSON_ENDINGS)),
        to_do="Unpack or convert the file, and give it the ending of what it is.",
    )


@contextmanager
def open_source(
    cursor: duckdb.DuckDBPyConnection, path: Path, *, encoding: str = "utf-8", delimiter: str = ""
) -> Iterator[Source]:
    """Yield the file at `path` as a Source, after checking what can be checked before reading it.

    Raises SourceError when it is absent, empty, truncated, in another encoding, or not of its kind.
    """
    kind = kind_of(path)
    _check_size(path)
    if kind == "parquet":
        yield _parquet(cursor, path)
        return
    with tempfile.TemporaryDirectory(prefix="watchfloor-") as folder:
        text_path = path
        if encoding in ("utf-8", "utf-8-sig") and not (kind == "jsonl" and _has_mark(path)):
            check_utf8(path)
        else:
            text_path = Path(folder) / path.name
            write_utf8(path, "utf-8-sig" if encoding == "utf-8" else encoding, text_path)
        yield _csv(path, text_path, delimiter) if kind == "csv" else _jsonl(cursor, path, text_path)


def _has_mark(path: Path) -> bool:
    """Answer whether a text begins with the byte order mark, which DuckDB takes for JSON's first letter."""
    with path.open("rb") as file:
        return file.read(3) == codecs.BOM_UTF8


def _check_size(path: Path) -> None:
    if not path.is_file():
        raise SourceError(
            "There is no such file.", where=str(path), to_do="Check the path; nothing was loaded from it."
        )
    if path.stat().st_size == 0:
        raise SourceError(
            "The file is empty (0 bytes).",
            where=str(path),
            possible="a file with at least a header",
            to_do="Write it again: an export that was interrupted often leaves such a file.",
        )


def _parquet(cursor: duckdb.DuckDBPyConnection, path: Path) -> Source:
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(max(path.stat().st_size - 4, 0))
        tail = file.read(4)
    if head != _PARQUET_MAGIC:
        raise _not_of_its_kind(path, "Parquet: it does not begin with PAR1", "a Parquet file")
    if tail != _PARQUET_MAGIC:
        raise truncated(path, f"it ends after {path.stat().st_size:,} bytes without the footer")
    sql = (
        'SELECT file_row_number + 1 AS "#record", * EXCLUDE (file_row_number) '
        "FROM read_parquet($path, file_row_number = true)"
    )
    try:
        described = cursor.execute(
            "DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}
        ).fetchall()
    except duckdb.Error as error:
        raise truncated(path, str(error).splitlines()[0]) from error
    return Source(path, "parquet", {row[0]: row[1] for row in described}, sql, {"path": str(path)})


def truncated(path: Path, why: str) -> SourceError:
    """Return the error for a Parquet file that is cut off or damaged."""
    return SourceError(
        f"The Parquet file is truncated or damaged: {why}.",
        where=str(path),
        possible="a whole Parquet file, which begins and ends with PAR1",
        to_do="Copy or write it again; nothing was loaded from it.",
    )


def _not_of_its_kind(path: Path, what: str, possible: str) -> SourceError:
    return SourceError(
        f"The file is not {what}.",
        where=str(path),
        possible=possible,
        to_do="Give it the ending of what it is (unpack it if it is packed), or write it again; "
        "nothing was loaded from it.",
    )


def _csv(path: Path, text_path: Path, delimiter: str) -> Source:
    with text_path.open(encoding="utf-8-sig", newline="") as file:
        head = file.read(_HEADER_BYTES)
    if "\0" in head:
        raise _not_of_its_kind(path, "CSV: its beginning has zero bytes", "text with a header")
    chosen = delimiter or max(_DELIMITERS, key=head.splitlines()[0].count) if head.strip() else ","
    names = next(csv.reader(head.splitlines(keepends=True), delimiter=chosen), [])
    names = [name.strip() for name in names]
    _check_header(path, names)
    sql = (
        'SELECT row_number() OVER () AS "#record", * FROM read_csv($path, auto_detect = false, '
        "header = true, delim = $delimiter, quote = '\"', escape = '\"', columns = $columns, "
        "store_rejects = true, rejects_table = 'csv_errors', rejects_scan = 'csv_scans')"
    )
    columns = dict.fromkeys(names, "VARCHAR")
    parameters = {"path": str(text_path), "delimiter": chosen, "columns": columns}
    return Source(path, "csv", columns, sql, parameters, text_path)


def _check_header(path: Path, names: list[str]) -> None:
    lowered = [name.lower() for name in names]
    twice = sorted({name for name in names if lowered.count(name.lower()) > 1})
    if not names or "" in names or twice:
        what = "has no header" if not any(names) else "has a column without name" if "" in names else ""
        raise SourceError(
            f"The CSV file {what or 'has a column twice: ' + ', '.join(twice)}.",
            where=f"{path}, line 1",
            possible="one name for each column, all different (capitals do not count)",
            to_do="Correct the first line; nothing was loaded from it.",
        )


def _jsonl(cursor: duckdb.DuckDBPyConnection, path: Path, text_path: Path) -> Source:
    first = _first_line(text_path)
    try:
        is_object = isinstance(json.loads(first), dict)
    except ValueError:
        is_object = False
    if not is_object:
        raise SourceError(
            f"The file is not JSON lines: it begins with {first[:60]!r}.",
            where=f"{path}, line 1",
            possible='one object a line: {"id": 1, ...}',
            to_do="Write one object a line, without a list around them; nothing was loaded from it.",
        )
    keys = (
        "SELECT DISTINCT unnest(json_keys(json)) FROM read_ndjson_objects($path, ignore_errors = true) "
        "WHERE json_type(json) = 'OBJECT'"
    )
    names = sorted(row[0] for row in cursor.execute(keys, {"path": str(text_path)}).fetchall())
    sql = (
        'SELECT "#record", json AS "#json", unnest(parsed) FROM '
        '(SELECT row_number() OVER () AS "#record", json, '
        "from_json(json, $structure) AS parsed FROM read_ndjson_objects($path, ignore_errors = true))"
    )
    columns = dict.fromkeys(names, "VARCHAR")
    return Source(
        path, "jsonl", columns, sql, {"path": str(text_path), "structure": json.dumps(columns)}, text_path
    )


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                return line.strip()
    return ""
