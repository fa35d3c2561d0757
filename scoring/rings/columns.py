"""Columns of a small table read as rows of plain values, and rows written as columns again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa


def rows_of(table: pa.Table, *names: str) -> list[tuple[Any, ...]]:
    """Answer the named columns row by row, in the order of the table."""
    return list(zip(*(table.column(name).to_pylist() for name in names), strict=True))


def table_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Answer rows, each with a value for every field of `schema` in its order, as a table."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
