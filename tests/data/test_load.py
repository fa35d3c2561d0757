from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from loading import CLOCK, counts, load, rows, transactions

from data.errors import SourceError, StoreError
from data.load import load_files, summary
from data.mapping import parse_mapping
from data.progress import Step, silent
from data.store import Store

HEADER = "id,account,at,amount\n"
TWO = HEADER + "1,ann,2025-03-01 10:00:00,12.5\n2,bob,2025-03-01T11:00:00Z,7\n"


def test_csv_json_lines_and_parquet_bring_the_same_rows(store: Store, tmp_path: Path) -> None:
    (tmp_path / "t1.csv").write_text(HEADER + "1,ann,2025-03-01 10:00:00,12.5\n")
    (tmp_path / "t2.jsonl").write_text(
        '{"id": 2, "account": "ann", "at": "2025-03-01 10:00:00", "amount": 12.5}\n'
    )
    parquet = str(tmp_path / "t3.parquet")
    duckdb.connect().execute(
        "COPY (SELECT 3 AS id, 'ann' AS account, TIMESTAMP '2025-03-01 10:00:00' AS at, 12.5 AS amount) "
        "TO $p",
        {"p": parquet},
    )
    results = load_files(store, [tmp_path], parse_mapping(transactions()), silent, CLOCK)
    assert [counts(r) for r in results] == [(1, 1, 0, 0)] * 3
    assert rows(
        store, "SELECT event_id, account_id, occurred_at, kind, amount FROM transactions ORDER BY 1"
    ) == [(str(n), "ann", datetime(2025, 3, 1, 10), "deposit", Decimal("12.5")) for n in (1, 2, 3)]


def test_the_same_file_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TWO)
    first, again = (
        load(store, path, transactions('time_zone = "UTC"')),
        load(store, path, transactions('time_zone = "UTC"')),
    )
    assert (counts(first), first.is_skipped) == ((2, 2, 0, 0), False)
    assert (counts(again), again.is_skipped) == ((2, 0, 2, 0), True)
    assert rows(store, "SELECT count(*) FROM transactions") == [(2,)]
    assert rows(store, "SELECT count(*) FROM files") == [(1,)]


def test_a_longer_file_adds_only_what_is_new(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n2,ann,2025-03-02,1\n")
    load(store, path, transactions())
    path.write_text(HEADER + "1,ann,2025-03-01,1\n2,ann,2025-03-02,1.0\n3,ann,2025-03-03,1\n")
    assert counts(load(store, path, transactions())) == (3, 1, 2, 0)


def test_an_id_with_other_content_than_in_the_store_is_rejected_and_both_are_named(
    store: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "t1.csv", tmp_path / "t2.csv"
    first.write_text(HEADER + "1,ann,2025-03-01,1\n")
    second.write_text(HEADER + "1,ann,2025-03-01,2\n")
    load(store, first, transactions())
    assert counts(load(store, second, transactions())) == (1, 0, 0, 1)
    ((path, line, reason),) = rows(store, "SELECT path, line, reason FROM rejects")
    assert (path, line) == (str(second), 2)
    assert reason == (
        f"the event_id '1' is already in the store ({first}) with other content "
        "(amount 2.000000 against 1.000000); "
        "possible: rows never change, one id is one row; "
        "to do: give a different row its own id, or correct the file"
    )


def test_an_id_twice_in_one_file_is_known_when_equal_and_rejected_when_not(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n1,ann,2025-03-01,1.00\n1,bob,2025-03-01,1\n")
    assert counts(load(store, path, transactions())) == (3, 1, 1, 1)
    ((line, reason),) = rows(store, "SELECT line, reason FROM rejects")
    assert line == 4
    assert "already in this file (its row 1) with other content (account_id bob against ann)" in reason


def test_an_event_id_is_unique_over_all_three_streams(store: Store, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEADER + "1,ann,2025-03-01,1\n")
    (tmp_path / "z.csv").write_text("id,account,at\n1,ann,2025-03-01\n2,ann,2025-03-01\n")
    logins = """
[[table]]
table = "logins"
files = ["z.csv"]
[table.columns]
event_id = "id"
account_id = "account"
occurred_at = "at"
[table.constants]
kind = "login"
"""
    results = load_files(store, [tmp_path], parse_mapping(transactions() + logins), silent, CLOCK)
    assert sorted(counts(r) for r in results) == [(1, 1, 0, 0), (2, 1, 0, 1)]
    ((reason,),) = rows(store, "SELECT reason FROM rejects")
    assert reason.startswith(
        "the event_id '1' is already in transactions; possible: an event_id is unique over"
    )


def test_rows_without_id_get_one_from_their_content_and_equal_rows_stay_apart(
    store: Store, tmp_path: Path
) -> None:
    mapping = transactions().replace('event_id = "id"\n', "")
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "x,ann,2025-03-01,1\ny,ann,2025-03-01,1\nz,bob,2025-03-01,1\n")
    assert counts(load(store, path, mapping)) == (3, 3, 0, 0)
    first, second, third = (
        r[0] for r in rows(store, "SELECT event_id FROM transactions ORDER BY ingest_seq")
    )
    assert second == f"{first}-2"
    assert third not in (first, second)
    # The same rows in another order, in another file, are the same events.
    other = tmp_path / "t2.csv"
    other.write_text(HEADER + "a,bob,2025-03-01,1\nb,ann,2025-03-01,1.0\nc,ann,2025-03-01,1\n")
    assert counts(load(store, other, mapping)) == (3, 0, 3, 0)


def test_arrival_numbers_grow_over_all_tables_and_never_repeat(store: Store, tmp_path: Path) -> None:
    accounts = '[[table]]\ntable = "accounts"\nfiles = ["t*"]\n[table.columns]\naccount_id = "account"\n'
    (tmp_path / "t.csv").write_text(HEADER + "1,ann,2025-03-01,1\n2,bob,2025-03-02,1\n")
    load_files(store, [tmp_path], parse_mapping(transactions() + accounts), silent, CLOCK)
    numbers = rows(store, "SELECT ingest_seq FROM transactions UNION ALL SELECT ingest_seq FROM accounts")
    assert sorted(numbers) == [(1,), (2,), (3,), (4,)]


def test_rows_outside_where_are_not_meant_for_the_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n2,bob,2025-03-02,1\n3,bob,never,1\n")
    assert counts(load(store, path, transactions('where = { account = "ann" }'))) == (1, 1, 0, 0)


def test_an_amount_is_only_taken_where_its_condition_holds(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,account,at,amount,asset\n1,ann,2025-03-01,5,ETH\n2,ann,2025-03-01,9e30,DOGE\n")
    mapping = transactions().replace('"amount"', '{ column = "amount", only_where = { asset = "ETH" } }')
    assert counts(load(store, path, mapping)) == (2, 2, 0, 0)
    assert rows(store, "SELECT amount FROM transactions ORDER BY event_id") == [(Decimal(5),), (None,)]


@pytest.mark.parametrize(
    ("written", "time", "options", "stored"),
    [
        ("2025-03-01 10:00:00", '"at"', "", datetime(2025, 3, 1, 10)),
        ("2025-03-01T10:00:00+07:00", '"at"', "", datetime(2025, 3, 1, 3)),
        ("2025-03-01 10:00:00", '"at"', 'time_zone = "Asia/Jakarta"', datetime(2025, 3, 1, 3)),
        ("2025-03-01T10:00:00Z", '"at"', 'time_zone = "Asia/Jakarta"', datetime(2025, 3, 1, 10)),
        ("3/1/2025 9:05", '{ column = "at", format = "%m/%d/%Y %H:%M" }', "", datetime(2025, 3, 1, 9, 5)),
        ("1740823200", '{ column = "at", unit = "s" }', "", datetime(2025, 3, 1, 10)),
        ("1740823200123", '{ column = "at", unit = "ms" }', "", datetime(2025, 3, 1, 10, 0, 0, 123000)),
        ("2025-03-01", '{ column = "at", plus = "36 hours" }', "", datetime(2025, 3, 2, 12)),
    ],
)
def test_times_are_stored_in_utc_however_they_were_written(
    store: Store, tmp_path: Path, written: str, time: str, options: str, stored: datetime
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"{HEADER}1,ann,{written},1\n")
    assert counts(load(store, path, transactions(options, time))) == (1, 1, 0, 0)
    assert rows(store, "SELECT occurred_at FROM transactions") == [(stored,)]


def test_times_with_and_without_zone_in_one_column_are_refused_until_the_mapping_says_how(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TWO)
    result = load(store, path, transactions())
    assert isinstance(result.error, SourceError)
    assert result.error.what == "occurred_at mixes times with a zone (row 2) and times without one (row 1)."
    assert "time_zone" in result.error.to_do
    assert rows(store, "SELECT count(*) FROM transactions") == [(0,)]
    assert counts(load(store, path, transactions('time_zone = "UTC"'))) == (2, 2, 0, 0)


def test_addresses_of_one_network_have_one_spelling(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "id,account,at,amount,ip\n1,a,2025-03-01,1,2001:DB8:0:0::1\n2,a,2025-03-01,1,::ffff:203.0.113.7\n"
    )
    load(store, path, transactions().replace('amount = "amount"', 'amount = "amount"\nip = "ip"'))
    assert rows(store, "SELECT ip FROM transactions ORDER BY event_id") == [
        ("2001:db8::1",),
        ("203.0.113.7",),
    ]


def test_an_address_written_as_a_number_is_read_on_request(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,account,at,amount,ip\n1,a,2025-03-01,1,3405803783\n2,a,2025-03-01,1,16909060.7\n")
    option = 'amount = "amount"\nip = { column = "ip", unit = "number" }'
    load(store, path, transactions().replace('amount = "amount"', option))
    # 203*2^24 + 0*2^16 + 113*2^8 + 7 = 3405803783; 1*2^24 + 2*2^16 + 3*2^8 + 4 = 16909060
    assert rows(store, "SELECT ip FROM transactions ORDER BY event_id") == [("203.0.113.7",), ("1.2.3.4",)]


def test_countries_are_taken_by_two_or_three_letters(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,land\n1,id\n2,IDN\n3,Indonesia\n4,\n")
    mapping = """
[[table]]
table = "accounts"
files = ["a.csv"]
[table.columns]
account_id = "id"
kyc_country = "land"
"""
    assert counts(load(store, path, mapping)) == (4, 3, 0, 1)
    assert rows(store, "SELECT kyc_country FROM accounts ORDER BY account_id") == [("ID",), ("ID",), (None,)]


def test_one_bad_file_does_not_keep_the_others_out_and_the_summary_names_it(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "t1.csv").write_text("")
    (tmp_path / "t2.csv").write_text(HEADER + "1,ann,2025-03-01,1\n")
    results = load_files(store, [tmp_path], parse_mapping(transactions()), silent, CLOCK)
    assert [counts(r) for r in results] == [(0, 0, 0, 0), (1, 1, 0, 0)]
    told = summary(results)
    assert told.startswith("1 rows taken, 0 already known, 0 rejected; 1 of 2 files failed.")
    assert f"{tmp_path / 't1.csv'}: The file is empty (0 bytes)." in told


def test_a_glob_that_matches_nothing_and_a_file_that_no_glob_matches_are_named(
    store: Store, tmp_path: Path
) -> None:
    stray = tmp_path / "stray.csv"
    stray.write_text(TWO)
    (no_table,) = load_files(store, [stray], parse_mapping(transactions()), silent, CLOCK)
    assert str(no_table.error).startswith("The mapping has no table for this file.")
    assert "t*" in str(no_table.error)
    (no_file,) = load_files(store, [tmp_path], parse_mapping(transactions()), silent, CLOCK)
    assert str(no_file.error).startswith("No file matches t*.")


def test_progress_reports_real_counts(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n2,ann,bad,1\n")
    steps: list[Step] = []
    load_files(store, [path], parse_mapping(transactions()), steps.append, CLOCK)
    assert Step("Load t.csv into transactions", 2, 2, detail="1 taken, 0 known, 1 rejected") in steps
    assert steps[-1] == Step("Load files", 1, 1, "files")


def test_a_copy_that_finds_no_room_says_where(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n", encoding="latin-1")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.sources.write_utf8", full)
    with pytest.raises(StoreError) as caught:
        load(store, path, transactions('encoding = "latin-1"'))
    assert caught.value.what == "The disk is full."
    assert caught.value.where.endswith(f"while reading {path}")
    assert "TMPDIR" in caught.value.to_do
    assert rows(store, "SELECT count(*) FROM files") == [(0,)]


def test_real_and_synthetic_data_never_share_a_store(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n")
    load(store, path, transactions())
    with pytest.raises(StoreError, match="holds real data, and the mapping says the opposite"):
        load(store, path, "synthetic = true\n" + transactions())


def test_a_store_counts_money_in_one_unit(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,1\n")
    load(store, path, 'money_unit = "ETH"\n' + transactions())
    assert rows(store, "SELECT value FROM settings WHERE name = 'money_unit'") == [("ETH",)]
    with pytest.raises(StoreError, match="counts money in ETH, and the mapping in USDT"):
        load(store, path, transactions())
