"""A few rows for the store, written as one would say them: `fill(store, transactions=[...])`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from data.contract import table as contract_table
from data.enriched import SIGNATURE_MATCHES
from data.progress import silent
from data.store import Store
from scoring.features import build_features
from scoring.rings.tables import RING_FEATURES
from scoring.spine import build_spine

# Tables that no file fills.
BESIDE = {table.name: table for table in (SIGNATURE_MATCHES, RING_FEATURES)}
START = datetime(2025, 3, 1)
Row = dict[str, Any]


def at(text: str) -> datetime:
    """Answer a time of 2025 written '03-01 12:00' or '03-01 12:00:00.000001'."""
    return datetime.fromisoformat(f"2025-{text}")


def after(**length: float) -> datetime:
    return START + timedelta(**length)


def fill(store: Store, **rows: list[Row]) -> None:
    """Add rows to tables of the store; columns that are not named are null. Ids are made where missing."""
    for name, given in rows.items():
        declared = BESIDE[name] if name in BESIDE else contract_table(name)
        if not given:
            continue
        store.create((declared,))
        columns = {column: [row.get(column) for row in given] for column in declared.names}
        with store.writing() as cursor:
            cursor.from_arrow(pa.table(columns)).insert_into(declared.name)


def numbered(*streams: list[Row]) -> None:
    """Give every event of the streams a number of arrival, and an id where it has none."""
    for number, row in enumerate(row for rows in streams for row in rows):
        row.setdefault("ingest_seq", number + 1)
        row.setdefault("event_id", f"e{row['ingest_seq']}")


def features_of(store: Store, table: str = "fraud_features") -> dict[str, dict[str, float | None]]:
    """Build spine and features and answer them by event id and name."""
    build_spine(store, silent)
    build_features(store, silent)
    cursor = store.cursor()
    rows = cursor.table(table).to_arrow_table().to_pylist()
    cursor.close()
    return {row["event_id"]: row for row in rows}
