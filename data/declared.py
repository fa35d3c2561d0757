"""What a declaration of a table is: its columns, their types and comments, and who fills them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column: its DuckDB type, what it holds, and what a row must satisfy.

    `required` columns must be mapped and never null. `values` closes the set of words allowed.
    `filled_by` names who writes the column when it is not the user's file. `personal` says what personal
    data it holds, empty for none: roles that may not see it read a token (`desk/masking.py`).
    """

    name: str
    type: str
    comment: str
    required: bool = False
    values: tuple[str, ...] = ()
    filled_by: str = "file"
    personal: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its key and columns; `loadable` tables are filled from a user's files."""

    name: str
    comment: str
    key: str
    columns: tuple[Column, ...]
    loadable: bool = True

    def column(self, name: str) -> Column:
        """Return the column called `name`. Raises KeyError."""
        return {c.name: c for c in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(c.name for c in self.columns)

    @property
    def mapped(self) -> tuple[Column, ...]:
        """The columns that a user's file may fill."""
        return tuple(c for c in self.columns if c.filled_by == "file")


PROVENANCE = (
    Column("ingest_seq", "BIGINT", "Order of arrival in this store; later is larger.", filled_by="load"),
    Column("file_id", "INTEGER", "The file in `files` that brought the row.", filled_by="load"),
)
