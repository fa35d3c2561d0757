from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from data.geography import countries
from data.home import Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import Step, silent
from data.records import RECORD_TABLES
from data.store import memory_store
from data.world import build_world
from data.world.incidents import Openings
from data.world.places import PLACES
from data.world.population import make_population


def _digests(home: Home) -> dict[str, str]:
    files = sorted(p for p in home.path.rglob("*") if p.is_file())
    return {str(p.relative_to(home.path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    homes = [Home(tmp_path / name) for name in ("first", "second", "other")]
    for home, seed in zip(homes, (5, 5, 6), strict=True):
        build_world(home, seed=seed, events=6_000, progress=silent)
    first, second, other = (_digests(home) for home in homes)
    assert first == second
    clips = [name for name in first if name.startswith("events/media/")]
    assert len(clips) >= 7
    # 4 + 4 quarters, checks, their media, accounts, signatures, labels, mapping, 8 of records, 7 of truth.
    assert len(first) - len(clips) == 29
    assert {name for name in first if first[name] == other.get(name)} == {
        "events/mapping.toml",
        "events/interventions.csv",
    }


def test_building_again_leaves_no_file_of_the_world_before(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.events.mkdir()
    stale = home.events / "transactions-2024q4.parquet"
    stale.write_bytes(b"old")
    build_world(home, seed=5, events=4_000, progress=silent)
    assert not stale.exists()


def test_progress_ends_with_all_events_done(tmp_path: Path) -> None:
    steps: list[Step] = []
    build_world(Home(tmp_path), seed=5, events=4_000, progress=steps.append)
    assert steps[-1].done == steps[-1].total
    assert [s.done for s in steps] == sorted(s.done for s in steps)


def test_a_world_has_about_as_many_events_as_asked_for(events: duckdb.DuckDBPyConnection) -> None:
    count = events.execute("SELECT count(*) FROM everything").fetchone()
    assert count is not None
    assert count[0] == pytest.approx(24_000, rel=0.05)


def test_every_file_loads_through_the_users_door_without_a_reject(world: Home) -> None:
    store = memory_store()
    mapping = read_mapping(world.events / "mapping.toml")
    files = sorted(p for p in world.events.iterdir() if p.is_file() and p.name != "mapping.toml")
    results = load_files(store, files, mapping)
    assert mapping.is_synthetic
    assert {r.path for r in results} == set(files)
    assert [(r.path.name, r.error) for r in results if r.error or r.rows_rejected] == []
    assert sum(r.rows_taken for r in results) == sum(r.rows_read for r in results) > 24_000
    tables = {r.table_name for r in results}
    events = {"accounts", "transactions", "logins", "liveness_checks", "check_media", "signatures", "labels"}
    assert tables == events | {table.name for table in RECORD_TABLES}


def test_no_event_lies_outside_the_window_and_the_last_is_near_its_end(
    events: duckdb.DuckDBPyConnection,
) -> None:
    first, last = (
        events.execute(
            "SELECT min(occurred_at)::VARCHAR, max(occurred_at)::VARCHAR FROM everything"
        ).fetchone()
        or ()
    )
    assert first >= "2025-01-01"
    assert "2025-10-31 20:00" < last < "2025-11-01"


def test_event_ids_are_unique_over_all_streams(events: duckdb.DuckDBPyConnection) -> None:
    assert events.execute("SELECT count(*) - count(DISTINCT event_id) FROM everything").fetchone() == (0,)
    assert events.execute("SELECT count(*) - count(DISTINCT account_id) FROM accounts").fetchone() == (0,)


def test_every_event_and_every_account_transferred_to_exists_and_was_opened(
    events: duckdb.DuckDBPyConnection,
) -> None:
    unknown = (
        "SELECT count(*) FROM everything LEFT JOIN accounts USING (account_id) "
        "WHERE opened_at IS NULL OR occurred_at < opened_at"
    )
    assert events.execute(unknown).fetchone() == (0,)
    stranger = (
        "SELECT count(*) FROM transactions t LEFT JOIN accounts a ON t.counterparty = a.account_id "
        "WHERE t.kind = 'internal_transfer' AND (a.opened_at IS NULL OR a.account_id = t.account_id)"
    )
    assert events.execute(stranger).fetchone() == (0,)


def test_countries_lie_in_the_regions_of_the_projects_geography() -> None:
    found = {country.alpha2: country.region for country in countries()}

    assert [p.alpha2 for p in PLACES if found[p.alpha2] != p.region] == []


def test_customers_have_the_countries_shares_declared_and_none_is_left_out() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    people = make_population(20_000, Openings(nobody, nobody, nobody), np.random.default_rng(2))
    found = np.bincount(people.place, minlength=len(PLACES)) / people.count
    total = sum(place.share for place in PLACES)
    for number, place in enumerate(PLACES):
        assert found[number] == pytest.approx(place.share / total, abs=0.006), place.alpha2
        assert found[number] > 0


def test_the_truth_is_not_in_the_files_that_are_loaded(world: Home) -> None:
    names = {p.name for p in world.events.iterdir()}
    assert not names & {p.name for p in world.truth.iterdir()}
    text = (world.events / "mapping.toml").read_text(encoding="utf-8")
    for word in ("hard_negative", "is_careful", "ring_id", "is_attack"):
        assert word not in text
        for path in world.events.glob("*.parquet"):
            assert word not in pq.read_schema(path).names
