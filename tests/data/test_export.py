from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.errors import SourceError, StoreError
from data.export import export_query, unfinished_name
from data.store import Store

NUMBERS = "SELECT i, 'a,b' AS words FROM range(100000) AS numbers(i) WHERE i >= $least;"


@pytest.mark.parametrize("name", ["all.csv", "all.parquet"])
def test_an_export_is_complete_and_says_how_many_rows_it_has(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "exports" / name
    assert export_query(store.cursor(), NUMBERS, {"least": 10}, path) == 99_990
    read = duckdb.connect().execute(
        "SELECT count(*), min(i), max(i), any_value(words) FROM query($q)", {"q": f"FROM '{path}'"}
    )
    assert read.fetchone() == (99_990, 10, 99_999, "a,b")
    assert [f.name for f in path.parent.iterdir()] == [name]


def test_an_export_without_rows_still_has_its_header(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    assert export_query(store.cursor(), NUMBERS, {"least": 100_000}, path) == 0
    assert path.read_text() == "i,words\n"


def test_an_export_that_fails_leaves_the_earlier_file_and_no_half_one(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("earlier")
    # Of one chunk: where a copy of many fails in two threads, DuckDB 2.0.0 hangs now and then.
    with pytest.raises(duckdb.Error):
        export_query(
            store.cursor(),
            "SELECT CASE WHEN i > 1500 THEN error('broken') ELSE i END FROM range(2000) AS n(i)",
            None,
            path,
        )
    assert path.read_text() == "earlier"
    assert [f.name for f in tmp_path.iterdir()] == ["all.csv"]


def test_an_ending_that_cannot_be_written_says_which_can(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        export_query(store.cursor(), NUMBERS, {"least": 0}, tmp_path / "all.xlsx")
    assert caught.value.what == "Rows cannot be exported as .xlsx."
    assert caught.value.possible == ".csv, .parquet, .jsonl"


def test_a_folder_that_cannot_be_made_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        export_query(store.cursor(), NUMBERS, {"least": 0}, tmp_path / "file" / "all.csv")
    assert caught.value.what == "The export cannot be written."
    assert caught.value.where == str(tmp_path / "file" / "all.csv")
    assert "an earlier file of that name is untouched" in caught.value.to_do


def test_a_full_disk_while_exporting_says_so(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    # /dev/full takes no byte: the temporary file is a link to it.
    unfinished_name(path).symlink_to("/dev/full")
    with pytest.raises(StoreError) as caught:
        export_query(store.cursor(), NUMBERS, {"least": 0}, path)
    assert caught.value.what == "The disk is full."
    assert not path.exists()
