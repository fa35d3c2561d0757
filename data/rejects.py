"""Rows that could not be taken, set aside whole: the file, the line, the column, the reason, the row."""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.contract import Table
from data.duplicates import counted
from data.errors import SourceError
from data.lines import Records, ends_inside_quotes, lines_at, read_lines_of, records_of
from data.sources import RECORD, Source, quoted
from data.statement import SQL, read_statement


@dataclass(frozen=True, slots=True)
class Malformed:
    """One line of a CSV that is no row, and what is wrong with it.

    `offset` is DuckDB's: the number, from 1, of the line's first byte or of a line break before it.
    """

    offset: int
    reason: str


def malformed_csv(cursor: duckdb.DuckDBPyConnection, source: Source) -> list[Malformed]:
    """Return the lines of a CSV that could not be split into its columns; none for other files.

    Raises SourceError when one of them opens a quote and never closes it: the reader skips the lines after
    it, how many depends on its threads, and none of them would be accounted for.
    """
    if source.kind != "csv":
        return []
    rows = cursor.execute(read_statement(SQL / "malformed_lines.sql").sql).fetchall()
    cursor.execute("DROP TABLE csv_errors")
    cursor.execute("DROP TABLE csv_scans")
    for offset, message in rows:
        _refuse_skipped_lines(source, int(offset) - 1, str(message))
    expected = len(source.columns)
    return [Malformed(int(offset), _malformed(str(message), expected)) for offset, message in rows]


def _refuse_skipped_lines(source: Source, offset: int, message: str) -> None:
    is_about_quotes = "unterminated quote" in message or "Maximum line size" in message
    if not is_about_quotes or source.text_path is None or not ends_inside_quotes(source.text_path, offset):
        return
    (line,), (text,) = lines_at(source.text_path, [offset])
    raise SourceError(
        "A value begins with a quote that is never closed, so the lines after it cannot be told apart.",
        where=f"{source.path}, line {line}: {text[:80]}",
        possible='values in quotes that end with one ("so"), a quote inside them written twice',
        to_do="Correct that line; nothing was loaded from the file.",
    )


def _malformed(message: str, expected: int) -> str:
    return (
        f"the line cannot be split into columns: {message.splitlines()[0].rstrip('.')}; "
        f'possible: {expected} values as in the header, in quotes (") where they hold the separator; '
        "to do: correct the line"
    )


def set_aside(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    declared: Table,
    malformed: list[Malformed],
    file_id: int,
) -> int:
    """Write what is faulty in `staged` and `verdicts`, and the malformed lines, to `rejects`; count it."""
    collect = read_statement(SQL / "collect_faults.sql").sql
    create = f"CREATE TEMP TABLE faults AS {collect}"
    cursor.execute(create)
    numbers = [row[0] for row in cursor.execute("SELECT record FROM faults ORDER BY record").fetchall()]
    if numbers or malformed:
        rows = pa.concat_tables([_sound(cursor, source, numbers, malformed), _unsound(source, malformed)])
        cursor.register("rejected_rows", rows)
        facts = {"file_id": file_id, "path": str(source.path), "table_name": declared.name}
        cursor.execute(read_statement(SQL / "keep_rejects.sql").sql, facts)
        cursor.unregister("rejected_rows")
    cursor.execute("DROP TABLE faults")
    return len(numbers) + len(malformed)


Numbers = NDArray[np.int64]
_SCHEMA = pa.schema(
    [("line", pa.int64()), ("column_name", pa.string()), ("reason", pa.string()), ("row", pa.string())]
)


def _sound(
    cursor: duckdb.DuckDBPyConnection, source: Source, numbers: list[int], malformed: list[Malformed]
) -> pa.Table:
    """Return the rows that were read and then refused, with the file read once more for their text."""
    row = _row_text(source)
    again = (
        f"SELECT faults.record, fault_column, fault_reason, {row} AS row FROM ({source.sql}) AS source "
        f'JOIN faults ON faults.record = source."{RECORD}" ORDER BY faults.record'
    )
    found = cursor.sql(again, params=source.parameters).to_arrow_table()
    read = 0
    if source.kind == "csv":
        cursor.execute("DROP TABLE csv_errors")
        cursor.execute("DROP TABLE csv_scans")
        read = counted(cursor, f"SELECT count(*) FROM ({source.sql}) AS source", source.parameters)
        cursor.execute("DROP TABLE csv_errors")
        cursor.execute("DROP TABLE csv_scans")
    lines, texts = _lines(source, np.array(numbers, dtype=np.int64), malformed, read)
    kept = found.column("row").combine_chunks().cast(pa.string())
    if source.kind == "jsonl":
        # A line that is no JSON at all has no object; its text is kept instead.
        whole = [json.dumps({"line": text}) for text in texts]
        kept = pa.array([a if a is not None else b for a, b in zip(kept.to_pylist(), whole, strict=True)])
    return pa.table(
        [pa.array(lines), found.column("fault_column"), found.column("fault_reason"), kept], schema=_SCHEMA
    )


def _odd_lines(source: Source, numbers: Numbers, malformed: list[Malformed], read: int) -> Numbers:
    """Return the lines of rows in a CSV whose quotes follow no rule: read one by one, else one row a line."""
    if source.text_path is None:
        return numbers
    lines = read_lines_of(source.text_path, source.parameters["delimiter"], len(source.columns))[1:]
    broken, _ = lines_at(source.text_path, [fault.offset - 1 for fault in malformed])
    lines = np.setdiff1d(lines, np.array(broken, dtype=np.int64))
    return lines[numbers - 1] if len(lines) == read else numbers + 1


def _row_text(source: Source) -> str:
    """Return the SQL of the whole row as JSON."""
    if source.kind == "jsonl":
        return 'CAST("#json" AS VARCHAR)'
    names = ", ".join(f"{quoted(name)} := {quoted(name)}" for name in source.columns)
    return f"CAST(to_json(struct_pack({names})) AS VARCHAR)"


def _unsound(source: Source, malformed: list[Malformed]) -> pa.Table:
    if not malformed or source.text_path is None:
        return _SCHEMA.empty_table()
    lines, texts = lines_at(source.text_path, [fault.offset - 1 for fault in malformed])
    whole = [json.dumps({"line": text}) for text in texts]
    nowhere = pa.nulls(len(malformed), pa.string())
    reasons = [fault.reason for fault in malformed]
    return pa.table([pa.array(lines, pa.int64()), nowhere, reasons, whole], schema=_SCHEMA)


def _malformed_indices(records: Records, malformed: list[Malformed]) -> Numbers:
    offsets = np.array([fault.offset for fault in malformed], dtype=np.int64)
    return np.minimum(records.at_byte(offsets), len(records.starts) - 1)


def _lines(
    source: Source, numbers: Numbers, malformed: list[Malformed], read: int
) -> tuple[Numbers, list[str]]:
    """Return the line of each numbered row (a Parquet row's number itself), and JSON lines' texts."""
    if source.text_path is None or not len(numbers):
        return numbers, []
    records = records_of(source.text_path, has_quotes=source.kind == "csv")
    rows = np.arange(len(records.starts))
    if source.kind == "csv":
        rows = np.setdiff1d(rows[1:], _malformed_indices(records, malformed))
    if source.kind == "csv" and len(rows) != read:
        return _odd_lines(source, numbers, malformed, read), []
    chosen = rows[numbers - 1]
    texts = [records.text(int(i)) for i in chosen] if source.kind == "jsonl" else []
    return records.lines[chosen], texts
