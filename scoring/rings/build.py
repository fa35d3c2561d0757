"""Building rings: the walk over all days, then what happens inside each ring, written as tables.

Only rings that ever raised an alarm are written as rings; the dated snapshots that the fraud model reads
hold every candidate, since a candidate below the alarm tells something too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from threadpoolctl import threadpool_limits

from data.contract import Table, comment_statements
from data.progress import Progress, Step
from data.statement import read_statement
from scoring.rings.drawing import place
from scoring.rings.found import changes_of, features_of, models_of, rings_of, stays_of, ties_of
from scoring.rings.history import Walk
from scoring.rings.key_ties import key_ties
from scoring.rings.kinds import LOCKSTEP
from scoring.rings.patterns import find_patterns
from scoring.rings.roles import roles_of
from scoring.rings.rollup import build_ring_days
from scoring.rings.sources import read_sources
from scoring.rings.state import keep, take_up
from scoring.rings.tables import (
    RING_FEATURES,
    RING_HISTORY,
    RING_KEY_TIES,
    RING_MEMBERS,
    RING_MODELS,
    RING_PATTERNS,
    RING_TABLES,
    RING_TIES,
    RING_TRANSFERS,
    RINGS,
)
from scoring.rings.words import features_by_name, say_tie

_SQL = Path(__file__).parent


def build_rings(cursor: duckdb.DuckDBPyConnection, progress: Progress, kept: Path | None = None) -> int:
    """Write all RING_TABLES anew from `spine`, `labels` and `media_matches`; answer how many rings.

    Runs inside the transaction of `cursor`; without events all tables are empty. The walk is kept at `kept`,
    if anywhere, and goes on from there where nothing of the past has changed (`state.py`).
    """
    progress(Step("rings", 0, None, "days", "who shares what with whom"))
    sources = read_sources(cursor)
    if sources is None:
        for table in RING_TABLES:
            _replace(cursor, table, pa.table({name: pa.nulls(0) for name in table.names}))
        return 0
    first = sources.first_day + 1
    walk, first = take_up(kept, sources, cursor) if kept else (Walk(sources), first)
    days = range(first, sources.last_day + 2)
    # A day's few ties are scored sooner by one thread than two can be woken for it.
    with threadpool_limits(1, user_api="openmp"):
        for done, day in enumerate(days):
            progress(Step("rings", done, len(days), "days", f"{len(walk.rings):,} candidates"))
            if kept and day == sources.last_day + 1:
                # The last day is not over: what is kept stands before it.
                keep(kept, walk, day, cursor)
            walk.step(day)
    _replace(cursor, RING_FEATURES, features_of(walk))
    _replace(cursor, RING_MODELS, models_of(walk))
    _replace(cursor, RING_HISTORY, changes_of(walk))
    rings = _write_rings(cursor, walk)
    progress(Step("rings", len(days), len(days), "days", f"{rings:,} rings"))
    return rings


def _write_rings(cursor: duckdb.DuckDBPyConnection, walk: Walk) -> int:
    """Write what happened inside each ring that raised an alarm; answer how many."""
    stays = stays_of(walk)
    with _Registered(cursor, found_stays=stays):
        ties = _ties(cursor, walk)
        moved = cursor.sql(_sql("transfers_of_rings")).to_arrow_table()
    numbered = _with_numbers(moved)
    patterns, number = find_patterns(numbered)
    shown = pa.array(number.astype(np.int32), mask=number < 0)
    _replace(cursor, RING_TRANSFERS, moved.append_column("pattern_number", shown))
    _replace(cursor, RING_PATTERNS, patterns)
    _replace(cursor, RING_TIES, ties)
    # Having been opened together cannot be cut; everything else that is shared can.
    is_thing = pc.not_equal(ties.column("kind"), LOCKSTEP.name)
    _replace(cursor, RING_KEY_TIES, key_ties(ties.filter(is_thing)))
    timed = ties.append_column("since_t", pc.cast(ties.column("since"), pa.int64()))
    members = stays.append_column("since_t", pc.cast(stays.column("since"), pa.int64()))
    members = members.append_column("until_t", pc.cast(stays.column("until"), pa.int64()))
    found = {
        "found_stays": stays,
        "found_roles": roles_of(members, timed, numbered),
        "found_places": place(members, timed),
        "found_rings": rings_of(walk, ties),
    }
    with _Registered(cursor, **found):
        for table, name in ((RING_MEMBERS, "members"), (RINGS, "rings")):
            cursor.execute(_sql(name))
            _comment(cursor, table)
    build_ring_days(cursor, walk.sources.watermark)
    return int(found["found_rings"].num_rows)


def _ties(cursor: duckdb.DuckDBPyConnection, walk: Walk) -> pa.Table:
    """Answer RING_TIES of the rings in the registered table `found_stays`."""
    everything, features = ties_of(walk)
    with _Registered(cursor, found_ties=everything):
        found = cursor.sql(_sql("ties_of_rings")).to_arrow_table()
    kinds = found.column("kind_name").to_pylist()
    artefacts = found.column("artefact").to_pylist()
    rows = features[found.column("row").to_numpy()]
    numbers = found.column("kind").to_numpy()
    sentences = [
        say_tie(kind, artefact or "", features_by_name(int(n), row))
        for kind, artefact, n, row in zip(kinds, artefacts, numbers, rows, strict=True)
    ]
    columns: dict[str, Any] = {
        name: found.column("kind_name" if name == "kind" else name)
        for name in RING_TIES.names
        if name != "sentence"
    }
    return pa.table(columns | {"sentence": pa.array(sentences, pa.string())})


def _with_numbers(moved: pa.Table) -> pa.Table:
    """Answer the transfers with their time and amount as whole millionths."""
    at = pc.cast(pc.cast(moved.column("occurred_at"), pa.timestamp("us")), pa.int64())
    micro = pc.cast(pc.multiply(moved.column("amount"), pa.scalar(1_000_000)), pa.int64(), safe=False)
    return moved.append_column("t", at).append_column("micro", micro)


def _replace(cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    with _Registered(cursor, found_rows=rows):
        columns = ", ".join(f"CAST({c.name} AS {c.type}) AS {c.name}" for c in table.columns)
        replace = f"CREATE OR REPLACE TABLE {table.name} AS SELECT {columns} FROM found_rows"
        cursor.execute(replace)
    _comment(cursor, table)


def _comment(cursor: duckdb.DuckDBPyConnection, table: Table) -> None:
    for comment in comment_statements(table):
        cursor.execute(comment)


def _sql(name: str) -> str:
    return read_statement(_SQL / f"{name}.sql").sql


class _Registered:
    """Arrow tables that statements of `cursor` can read by name while the block runs."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, **tables: pa.Table) -> None:
        self._cursor, self._tables = cursor, tables

    def __enter__(self) -> None:
        for name, table in self._tables.items():
            self._cursor.register(name, table)

    def __exit__(self, *_: object) -> None:
        for name in self._tables:
            self._cursor.unregister(name)
