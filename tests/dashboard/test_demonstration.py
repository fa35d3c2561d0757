from __future__ import annotations

import pytest

from dashboard import demonstration
from dashboard.demonstration import Wanted
from data.errors import StoreError
from data.home import Home
from data.store import open_store

SMALL = Wanted(seed=7, events=2000)


def put_world(home: Home) -> None:
    home.events.mkdir(parents=True)
    (home.events / "transfers.csv").write_text("half a file")
    home.truth.mkdir()


def put_store(home: Home, *, built: Wanted | None) -> None:
    """A store that holds a file's rows; with the mark of `built`, or half done without one."""
    with open_store(home.store_path) as store:
        with store.writing() as cursor:
            cursor.execute("INSERT INTO files (file_id) VALUES (1)")
        if built is not None:
            demonstration.mark_built(store, built)
    home.models.mkdir()
    (home.models / "fraud.joblib").write_text("a model")
    for ending in ("", "-wal", "-shm"):
        home.desk_path.with_name(f"desk.sqlite{ending}").write_text("cases")


def test_a_home_without_a_store_is_to_be_built(home: Home) -> None:
    assert not demonstration.ready_home(home, SMALL)


def test_a_whole_demonstration_is_taken_as_it_is(home: Home) -> None:
    put_store(home, built=SMALL)
    assert demonstration.ready_home(home, SMALL)
    assert (home.models / "fraud.joblib").exists()
    assert home.desk_path.exists()


@pytest.mark.parametrize(
    "built", [None, Wanted(seed=8, events=2000), Wanted(seed=7, events=2000, edition="0.0")]
)
def test_half_a_demonstration_or_another_one_is_removed_with_its_models_and_cases(
    home: Home, built: Wanted | None
) -> None:
    put_store(home, built=built)
    assert not demonstration.ready_home(home, SMALL)
    assert not home.store_path.exists()
    assert not home.models.exists()
    assert list(home.path.iterdir()) == []


def test_files_of_a_killed_writing_are_not_taken_for_a_world(home: Home) -> None:
    put_world(home)
    assert not demonstration.has_world(home, SMALL)
    demonstration.mark_world(home, SMALL)
    assert demonstration.has_world(home, SMALL)
    assert not demonstration.has_world(home, Wanted(seed=7, events=3000))
    demonstration.clear_world(home)
    assert not home.events.exists()
    assert not home.truth.exists()


def test_a_damaged_store_is_kept_and_told(home: Home) -> None:
    home.path.mkdir(parents=True)
    home.store_path.write_text("this is no database, but somebody may want it")
    with pytest.raises(StoreError, match="damaged, or is not a DuckDB database"):
        demonstration.ready_home(home, SMALL)
    assert home.store_path.exists()
