"""Build the tables of features from the spine: the whole history, every event as it was known at its time."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.features.compile import aggregates_of, entity_sql, features_sql, moments_sql
from scoring.features.declaration import Feature
from scoring.liveness_tables import MEDIA_REUSE
from scoring.rings.tables import RING_FEATURES

_SQL = Path(__file__).with_name("sql")
# Features of so many events are joined at a time, which holds the join within the store's memory.
_EVENTS_AT_ONCE = 1_000_000


def build_tables(
    store: Store, fraud: tuple[Feature, ...], liveness: tuple[Feature, ...], progress: Progress
) -> None:
    """Write `fraud_features` and `liveness_features` anew from spine and `media_reuse`; sorted by event_key.

    Columns: event_id, event_key, then one DOUBLE a feature in the order of declaration, null where it is
    not known. One step of progress an entity and a table; all in one transaction.
    """
    # A store whose checks have no media, or in which nobody shares anything, has nothing in them.
    store.create((MEDIA_REUSE, RING_FEATURES))
    with store.writing() as cursor:
        events = _one(cursor, "events_of_spine")
        progress(Step("features: what happened", 0, events, "events"))
        for name in ("codes", "distances", "listings", "described_events"):
            cursor.execute(_statement(name))
        moments = moments_sql()
        cursor.execute(moments)
        for name in ("facts", "described_checks"):
            cursor.execute(_statement(name))
        progress(Step("features: what happened", events, events, "events"))
        for entity, aggregates in aggregates_of((*fraud, *liveness)).items():
            step = f"features: {entity.name.replace('_', ' and ')}"
            progress(Step(step, 0, events, "events", f"{len(aggregates)} windows"))
            windows = entity_sql(entity, aggregates)
            cursor.execute(windows)
            progress(Step(step, events, events, "events", f"{len(aggregates)} windows"))
        _write(cursor, fraud, ("transaction", "login"), "moments", "fraud_features", progress)
        _write(cursor, liveness, ("liveness",), "described_checks", "liveness_features", progress)


def _write(
    cursor: duckdb.DuckDBPyConnection,
    features: tuple[Feature, ...],
    streams: tuple[str, ...],
    source: str,
    table: str,
    progress: Progress,
) -> None:
    parts = cursor.execute(_statement("parts_of_events"), {"size": _EVENTS_AT_ONCE}).fetchall()
    for number, (first, end) in enumerate(parts or [(0, 0)]):
        progress(Step(f"features: {table}", number, len(parts), "parts"))
        insert = features_sql(features, streams, source, table, new=number == 0)
        cursor.execute(insert, {"first": first, "end": end})
    progress(Step(f"features: {table}", len(parts), len(parts), "parts"))


def _statement(name: str) -> str:
    return read_statement(_SQL / f"{name}.sql").sql


def _one(cursor: duckdb.DuckDBPyConnection, name: str) -> int:
    found = cursor.execute(_statement(name)).fetchone()
    return int(found[0]) if found else 0
