"""Frames: events with their features as one matrix of doubles, read from the store in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.threads import on_all_cores

Words = NDArray[np.object_]
# Rows at a time: 100,000 rows of 113 doubles are 90 MB, of which each core has one or two at hand.
PIECE = 100_000


@dataclass(frozen=True, slots=True)
class Frame:
    """n events: features (n, f) with NaN for missing, their truth, and what measuring needs."""

    matrix: Floats
    is_crime: Bools
    account: NDArray[np.int64]
    occurred_at: NDArray[np.datetime64]
    region: Words
    kind: Words
    amount: Floats
    typology: Words

    def __len__(self) -> int:
        """How many events."""
        return len(self.is_crime)

    def taken(self, rows: NDArray[np.int64]) -> Frame:
        """Answer a frame of the events at `rows`, in that order."""
        return Frame(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def with_matrix(self, matrix: Floats) -> Frame:
        """Answer the same events with other features."""
        return replace(self, matrix=matrix)


def first_row(cursor: duckdb.DuckDBPyConnection, sql: str, given: Any = ()) -> tuple[Any, ...] | None:
    """Answer the first row of a small question, and leave `cursor` free for the next statement.

    DuckDB 2.0 refuses another statement while rows of the last one were not fetched.
    """
    rows = cursor.execute(sql, given).fetchall()
    return rows[0] if rows else None


def pieces(cursor: duckdb.DuckDBPyConnection, path: Path, given: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    """Yield the rows that the statement at `path` answers, at most about PIECE at a time."""
    yield from cursor.sql(read_statement(path).sql, params=given).to_arrow_reader(PIECE)


def matrix_of(rows: Any, features: Sequence[str]) -> Floats:
    """Answer the columns called `features` of an Arrow batch as doubles (n, f), NaN for null."""
    matrix = np.empty((rows.num_rows, len(features)), dtype=np.float64)
    for position, name in enumerate(features):
        matrix[:, position] = numbers_of(rows, name)
    return matrix


def numbers_of(rows: Any, name: str) -> Floats:
    """Answer one Arrow column as doubles, NaN for null."""
    numbers: Floats = rows.column(name).to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
    return numbers


def words_of(rows: Any, name: str) -> Words:
    """Answer one Arrow column of words as objects, None for null; equal words share one object."""
    encoded = rows.column(name).dictionary_encode()
    values = np.array([*encoded.dictionary.to_pylist(), None], dtype=object)
    row = encoded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)
    words: Words = values[row]
    return words


def read_frame(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    given: dict[str, Any],
    features: Sequence[str],
    reduce: Callable[[Floats], Floats] = lambda matrix: matrix,
) -> Frame:
    """Read all rows of a statement like `fraud_rows.sql`, each piece's matrix through `reduce`.

    With `reduce` a model's raw scores take the place of the features, so that millions of events that
    are only measured never lie in memory whole.
    """
    parts = list(pieces(cursor, path, given))
    if not any(part.num_rows for part in parts):
        return empty_frame(len(features))

    def column(read: Callable[[Any], Any]) -> Any:
        return np.concatenate([read(part) for part in parts])

    _, account = np.unique(column(lambda part: words_of(part, "account_id")).astype(str), return_inverse=True)
    return Frame(
        matrix=np.concatenate(list(on_all_cores(lambda part: reduce(matrix_of(part, features)), parts))),
        is_crime=column(lambda part: part.column("is_crime").to_numpy(zero_copy_only=False)).astype(np.bool_),
        account=account.astype(np.int64),
        occurred_at=column(lambda part: part.column("occurred_at").to_numpy(zero_copy_only=False)),
        region=column(lambda part: words_of(part, "region")),
        kind=column(lambda part: words_of(part, "kind")),
        amount=column(lambda part: numbers_of(part, "amount")),
        typology=column(lambda part: words_of(part, "typology")),
    )


def stacked(first: Frame, second: Frame) -> Frame:
    """Answer the events of both frames, of the same accounts."""
    return Frame(
        **{
            field.name: np.concatenate([getattr(first, field.name), getattr(second, field.name)])
            for field in fields(Frame)
        }
    )


def joined(first: Frame, second: Frame) -> Frame:
    """Answer the events of both frames; accounts of equal number are taken for different ones."""
    later = second.account + (first.account.max(initial=-1) + 1)
    return stacked(first, replace(second, account=later))


def empty_frame(features: int) -> Frame:
    """Answer a frame of no events."""
    none, words = np.empty(0), np.empty(0, dtype=object)
    return Frame(
        matrix=np.empty((0, features)),
        is_crime=np.empty(0, dtype=np.bool_),
        account=np.empty(0, dtype=np.int64),
        occurred_at=np.empty(0, dtype="datetime64[us]"),
        region=words,
        kind=words,
        amount=none,
        typology=words,
    )
