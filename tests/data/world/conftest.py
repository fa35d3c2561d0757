"""One small world for the tests of this folder: take `world` for its home, `events` to ask it in SQL.

Tests must not change either.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.home import Home
from data.progress import silent
from data.records import RECORD_TABLES
from data.store import memory_store
from data.world import build_world

EVENTS = 24_000
SEED = 11


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("world"))
    build_world(home, seed=SEED, events=EVENTS, progress=silent)
    return home


def _parquet(home: Home) -> dict[str, Path]:
    truths = ("events", "accounts", "checks", "incidents")
    return {
        "transactions": home.events / "transactions-*.parquet",
        "logins": home.events / "logins-*.parquet",
        "checks": home.events / "identity-checks.parquet",
        **{f"true_{name}": home.truth / f"{name}.parquet" for name in truths},
        "late_labels": home.truth / "late_labels.parquet",
    }


@pytest.fixture(scope="session")
def events(world: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    store = memory_store()
    cursor = store.cursor()
    cursor.execute("CREATE SCHEMA made")
    cursor.execute("SET schema = 'made'")
    for name, path in _parquet(world).items():
        cursor.read_parquet(str(path)).create(name)
    cursor.read_csv(str(world.events / "accounts.csv")).create("accounts")
    cursor.read_csv(str(world.events / "signatures.csv")).create("signatures")
    for table in RECORD_TABLES:
        cursor.read_csv(str(world.events / f"{table.name}.csv")).create(table.name)
    cursor.read_json(str(world.events / "labels.jsonl"), format="newline_delimited").create("labels")
    cursor.execute(
        "CREATE TABLE everything AS "
        "SELECT event_id, account_id, occurred_at, device_id, ip FROM transactions "
        "UNION ALL SELECT event_id, account_id, occurred_at, device_id, ip FROM logins "
        "UNION ALL SELECT event_id, account_id, occurred_at, device_id, ip FROM checks"
    )
    yield cursor
    store.close()
