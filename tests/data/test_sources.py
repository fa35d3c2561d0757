from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from loading import counts, load, rows, transactions

from data.errors import SourceError
from data.store import Store

HEADER = "id,account,at,amount\n"


def refused(store: Store, path: Path, mapping: str = "") -> SourceError:
    """Load a file that must be refused as a whole, and return why; nothing of it is in the store."""
    result = load(store, path, mapping or transactions())
    assert isinstance(result.error, SourceError)
    assert rows(store, "SELECT (SELECT count(*) FROM transactions), (SELECT count(*) FROM files)") == [(0, 0)]
    assert result.error.to_do
    return result.error


def write_parquet(path: Path) -> None:
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'ann' AS account, TIMESTAMP '2025-03-01' AS at, 1.0 AS amount "
        "FROM range(5000) AS n(i)) TO $p",
        {"p": str(path)},
    )


def test_an_empty_file_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.touch()
    error = refused(store, path)
    assert str(error) == (
        "The file is empty (0 bytes).\n"
        f"Where: {path}\n"
        "Possible: a file with at least a header\n"
        "What to do: Write it again: an export that was interrupted often leaves such a file."
    )


def test_a_truncated_parquet_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    write_parquet(path)
    half = path.stat().st_size // 2
    path.write_bytes(path.read_bytes()[:half])
    error = refused(store, path)
    assert (
        error.what
        == f"The Parquet file is truncated or damaged: it ends after {half:,} bytes without the footer."
    )
    assert error.possible == "a whole Parquet file, which begins and ends with PAR1"


def test_a_parquet_with_damage_inside_is_refused_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    write_parquet(path)
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
    path.write_bytes(bytes(content))
    assert refused(store, path).what.startswith("The Parquet file is truncated or damaged: ")


def test_a_file_that_is_not_what_its_ending_says_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_text(HEADER)
    assert refused(store, path).what == "The file is not Parquet: it does not begin with PAR1."
    unknown = tmp_path / "t.xlsx"
    unknown.write_text("x")
    error = refused(store, unknown)
    assert error.what == "Files that end in .xlsx cannot be read."
    assert ".parquet" in error.possible


def test_another_encoding_is_refused_with_its_byte_and_line_and_read_when_named(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes((HEADER + "1,Ann,2025-03-01,1\n2,Jos\xe9,2025-03-01,2\n").encode("windows-1252"))
    error = refused(store, path)
    # The header has 21 bytes, the second line 19, "2,Jos" five: the accent is byte 45, counted from 0.
    assert error.what == "Byte 45 (line 3) is 0xE9, which is not utf-8."
    assert 'encoding = "windows-1252"' in error.to_do
    assert counts(load(store, path, transactions('encoding = "windows-1252"'))) == (2, 2, 0, 0)
    assert rows(store, "SELECT account_id FROM transactions ORDER BY event_id") == [("Ann",), ("José",)]


def test_utf_16_is_recognised_by_its_first_bytes(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,Ann,2025-03-01,1\n", encoding="utf-16")
    assert 'encoding = "utf-16"' in refused(store, path).to_do
    assert counts(load(store, path, transactions('encoding = "utf-16"'))) == (1, 1, 0, 0)


def test_a_list_is_no_json_lines(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('[{"id": 1}]')
    error = refused(store, path)
    assert error.what == "The file is not JSON lines: it begins with '[{\"id\": 1}]'."
    assert error.possible == 'one object a line: {"id": 1, ...}'


def test_columns_that_the_file_lacks_are_named_with_those_it_has_and_the_nearest(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,acount,at,amount\n1,ann,2025-03-01,1\n")
    error = refused(store, path)
    assert error.what == (
        "The mapping of transactions names 'account', which the file does not have. Did you mean acount?"
    )
    assert error.possible == "id, acount, at, amount"


def test_the_nearest_column_is_named_once_for_all_that_are_missing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,accounts,at\n1,ann,2025-03-01\n")
    mapping = transactions().replace('amount = "amount"', 'counterparty = "acount"')
    assert refused(store, path, mapping).what.endswith("does not have. Did you mean accounts?")


def test_a_header_with_a_name_twice_or_none_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,Id,at\n1,2,3\n")
    assert refused(store, path).what == "The CSV file has a column twice: Id, id."
    path.write_text("id,,at\n1,2,3\n")
    assert refused(store, path).what == "The CSV file has a column without name."


def test_a_time_that_is_a_number_asks_for_its_unit(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    duckdb.connect().execute(
        "COPY (SELECT 1 AS id, 'ann' AS account, 1740823200 AS at, 1.0 AS amount) TO $p", {"p": str(path)}
    )
    error = refused(store, path)
    assert error.what == "occurred_at is a time, and the column 'at' holds numbers."
    assert 'occurred_at = { column = "at", unit = "s" }' in error.to_do


def test_a_file_that_is_not_there_is_said_to_be_so(store: Store, tmp_path: Path) -> None:
    assert "No such file" in refused(store, tmp_path / "t.csv").what


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_header(store: Store, tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text((HEADER + "1,ann,2025-03-01,1\n").replace(",", delimiter))
    assert counts(load(store, path, transactions())) == (1, 1, 0, 0)
