"""The types of a mapping: which column of which file is which column of the contract."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

# Units that a number can count time in, since 1970-01-01 UTC; the value is microseconds a unit.
TIME_UNITS = {"s": 1_000_000.0, "ms": 1_000.0, "us": 1.0, "ns": 0.001}
DEFAULT_MONEY_UNIT = "USDT"
DEFAULT_ENCODING = "utf-8"

Words = tuple[str | float | bool, ...]
Condition = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """Where one column of the contract comes from: a column of the file, and how to read it.

    `only_where` leaves the value empty in rows that do not hold to every condition; `plus_seconds` is
    added to a time; `format` is a strptime pattern; `unit` is what a number counts (see TIME_UNITS, or
    "number" for an IPv4 address written as an integer); `divide_by` brings cents to whole units.
    """

    column: str
    plus_seconds: float = 0.0
    only_where: tuple[Condition, ...] = ()
    format: str = ""
    unit: str = ""
    divide_by: float = 1.0


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How files whose names match one of the globs `files` fill one table of the contract.

    `empty` lists words that mean that a value is missing, besides the empty text.
    """

    table: str
    files: tuple[str, ...]
    columns: dict[str, ColumnSource]
    constants: dict[str, str]
    values: dict[str, dict[str, str]]
    where: tuple[Condition, ...] = ()
    encoding: str = DEFAULT_ENCODING
    delimiter: str = ""
    time_zone: str | None = None
    empty: tuple[str, ...] = ()

    def matches(self, path: Path) -> bool:
        """Answer whether the file at `path` is meant for this table."""
        return any(fnmatch(path.name, glob) for glob in self.files)

    @property
    def filled(self) -> tuple[str, ...]:
        """The contract columns that this mapping fills, from files or by constants."""
        return (*self.columns, *self.constants)

    @property
    def identity(self) -> str:
        """Everything that decides what the files turn into, as text that is stable over runs."""
        return json.dumps(asdict(self), sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file: what holds for the store, and how its tables are filled."""

    tables: tuple[TableMapping, ...]
    money_unit: str = DEFAULT_MONEY_UNIT
    is_synthetic: bool = False

    def tables_of(self, path: Path) -> tuple[TableMapping, ...]:
        """Return every table that the file at `path` feeds; one file may feed several."""
        return tuple(table for table in self.tables if table.matches(path))
