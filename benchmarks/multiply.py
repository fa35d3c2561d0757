"""A store of many millions of scored events, made from a small one: for measuring pages, not models.

Each copy keeps the times, scores and decisions of the original and gets accounts, events, devices,
networks and addresses of its own, so that every table and every rollup has the size it would have.
"""

from __future__ import annotations

import math
import shutil

import duckdb

from data.contract import TABLES
from data.enriched import SIGNATURE_MATCHES
from data.geography import install_geography
from data.home import Home
from data.progress import silent
from data.store import Store, open_store
from desk.freezes_view import install_freezes
from scoring.contract import (
    CROSS_SCORED,
    EXPLANATIONS,
    MODEL_VERSIONS,
    POLICIES,
    REASONS,
    SCORED,
    SCORING_TABLES,
)
from scoring.planning import watermark_of
from scoring.rollups import build_rollups
from scoring.run import SAMPLE

# What names somebody or something, and so differs from copy to copy.
NAMES = (
    "event_id",
    "account_id",
    "device_id",
    "ip",
    "counterparty",
    "entity",
    "label_id",
    "incident_id",
    "referrer_id",
    "request_id",
    "case_id",
    "recovery_id",
    "appeal_id",
    "audit_id",
)
NUMBERS = ("ingest_seq", "event_key")
ONCE = {
    "files",
    "rejects",
    "settings",
    "signatures",
    "model_versions",
    "policies",
    "interventions",
    "cross_scored",
}
READ_BY_PAGES = (
    *TABLES,
    SIGNATURE_MATCHES,
    SCORED,
    EXPLANATIONS,
    REASONS,
    MODEL_VERSIONS,
    POLICIES,
    CROSS_SCORED,
)
# The random sample of a quarter does not grow beyond `most`, however many events there are.
SAMPLED_COPIES = int(SAMPLE["most"] / SAMPLE["fewest"])
# As scoring writes them.
ORDERS = {
    SCORED.name: " ORDER BY account_id, occurred_at",
    EXPLANATIONS.name: " ORDER BY event_id",
    REASONS.name: " ORDER BY event_id, rank",
}
EXPLAINED = (EXPLANATIONS.name, REASONS.name)
FLAGGED = "SELECT event_id FROM small.scored WHERE decision <> 'allow'"
# More events than any small store has, so that the numbers of two copies never meet.
STRIDE = 1_000_000_000


def multiplied(source: Home, target: Home, events: int) -> int:
    """Write to `target` a store of at least `events` scored events made from `source`; answer how many.

    Needs a scored store in `source`. Features and the spine are left out: no page reads them.
    """
    shutil.rmtree(target.path, ignore_errors=True)
    with open_store(target.store_path) as store:
        store.create(SCORING_TABLES)
        with store.writing() as cursor:
            install_geography(cursor)
        _copy_all(store, source, events)
        with store.writing() as cursor:
            # Rollups ask the spine for times, accounts and streams, which are in `scored` as well.
            cursor.execute("CREATE TEMP VIEW spine AS SELECT * FROM scored")
            build_rollups(cursor, watermark_of(cursor), silent)
        install_freezes(store)
        return _count(store.cursor(), "SELECT count(*) FROM scored")


def _copy_all(store: Store, source: Home, events: int) -> None:
    cursor = store.cursor()
    attach = f"ATTACH '{source.store_path}' AS small (READ_ONLY)"
    cursor.execute(attach)
    copies = math.ceil(events / _count(cursor, "SELECT count(*) FROM small.scored"))
    # The new store has written its own settings; the small one's take their place.
    cursor.execute("DELETE FROM settings")
    for table in READ_BY_PAGES:
        copy = _copy_sql(table.name, table.names, 1 if table.name in ONCE else copies)
        cursor.execute(copy + ORDERS.get(table.name, ""))
    cursor.execute("DETACH small")


def _copy_sql(table: str, columns: tuple[str, ...], copies: int) -> str:
    """Return the SQL that appends `copies` of a table of the attached store."""
    terms = ", ".join(_term(name) for name in columns)
    kept = f" WHERE n < {SAMPLED_COPIES} OR event_id IN ({FLAGGED})" if table in EXPLAINED else ""
    return f"INSERT INTO {table} SELECT {terms} FROM small.{table}, range({copies}) AS copy(n){kept}"


def _term(column: str) -> str:
    if column == "is_sample":
        return f"is_sample AND n < {SAMPLED_COPIES}"
    if column == "is_explained":
        return f"is_explained AND (decision <> 'allow' OR n < {SAMPLED_COPIES})"
    if column in NAMES:
        return f"CASE WHEN n = 0 THEN {column} ELSE {column} || '~' || n END"
    if column in NUMBERS:
        return f"{column} + n * {STRIDE}"
    return column


def _count(cursor: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = cursor.execute(sql).fetchone()
    return int(found[0]) if found else 0
