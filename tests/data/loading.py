"""A small load for tests: one table of transactions, its mapping, and what the store holds afterwards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from data.load import load_files
from data.mapping import parse_mapping
from data.progress import silent
from data.store import Store
from data.taking import LoadResult

CLOCK = datetime(2026, 1, 1)
TRANSACTIONS = """
[[table]]
table = "transactions"
files = ["t*"]
{options}
[table.columns]
event_id = "id"
account_id = "account"
occurred_at = {time}
amount = "amount"
[table.constants]
kind = "deposit"
"""


def transactions(options: str = "", time: str = '"at"') -> str:
    """Return a mapping of files t* with the columns id, account, at and amount."""
    return TRANSACTIONS.format(options=options, time=time)


def load(store: Store, path: Path, mapping: str, clock: datetime = CLOCK) -> LoadResult:
    """Load one file and return its one result."""
    (result,) = load_files(store, [path], parse_mapping(mapping), silent, clock)
    return result


def counts(result: LoadResult) -> tuple[int, int, int, int]:
    """Return read, taken, known, rejected."""
    return (result.rows_read, result.rows_taken, result.rows_known, result.rows_rejected)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Return all rows that `sql` answers."""
    return store.cursor().execute(sql).fetchall()
