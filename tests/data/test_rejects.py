from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from loading import counts, load, rows, transactions

from data.store import Store

HEADER = "id,account,at,amount\n"


def reject(
    store: Store, tmp_path: Path, line: str, mapping: str = "", header: str = HEADER
) -> tuple[str, str]:
    """Load one line beside a good one; return the column at fault and the reason."""
    path = tmp_path / "t.csv"
    path.write_text(f"{header}{line}\n")
    assert counts(load(store, path, mapping or transactions())) == (1, 0, 0, 1)
    ((column, reason),) = rows(store, "SELECT column_name, reason FROM rejects")
    return column, reason


@pytest.mark.parametrize(
    ("line", "column", "begins", "possible", "to_do"),
    [
        (
            "1,,2025-03-01,5",
            "account_id",
            "account_id is missing (column 'account')",
            "every row has one",
            "leave",
        ),
        ("1,ann,,5", "occurred_at", "occurred_at is missing", "every row has one", "fill it in"),
        (
            "1,ann,soon,5",
            "occurred_at",
            "occurred_at is no time: 'soon'",
            "2025-03-31 14:05:09",
            "format or unit",
        ),
        (
            "1,ann,2025-02-30,5",
            "occurred_at",
            "occurred_at is no time: '2025-02-30'",
            "or +07:00",
            "correct it",
        ),
        (
            "1,ann,1970-01-01,5",
            "occurred_at",
            "occurred_at is before 2009-01-03: 1970",
            "first block",
            "written as 1970",
        ),
        (
            "1,ann,2026-01-01 00:00:01,5",
            "occurred_at",
            "occurred_at is in the future: 2026-01-01 00:00:01 UTC",
            "up to now, 2026-01-01 00:00:00 UTC",
            "the file's clock",
        ),
        (
            "1,ann,2025-03-01,many",
            "amount",
            "amount is not a number: 'many'",
            "or nothing where it is not known",
            "empty",
        ),
        (
            "1,ann,2025-03-01,-0.01",
            "amount",
            "amount is negative: -0.01",
            "zero and above",
            "the direction with kind",
        ),
        (
            "1,ann,2025-03-01,1000000000000",
            "amount",
            "amount is too large: 1000000000000",
            "below 1e12",
            "divide_by",
        ),
        (
            "1,ann,2025-03-01,nan",
            "amount",
            "amount is not finite: nan",
            "a number with a point",
            "write nothing",
        ),
        (
            "1,ann,2025-03-01,inf",
            "amount",
            "amount is not finite: inf",
            "a number with a point",
            "write nothing",
        ),
    ],
)
def test_a_value_that_cannot_be_is_rejected_with_what_was_possible_and_what_to_do(
    store: Store, tmp_path: Path, line: str, column: str, begins: str, possible: str, to_do: str
) -> None:
    found, reason = reject(store, tmp_path, line)
    what, told_possible, *_ = reason.split("; ")
    assert found == column
    assert what.startswith(begins)
    assert possible in told_possible
    assert told_possible.startswith("possible: ")
    assert to_do in reason
    assert "to do: " in reason


def test_the_edges_of_what_is_possible_are_taken(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        HEADER
        + "1,ann,2009-01-03 00:00:00,0\n2,ann,2026-01-01 00:00:00,999999999999.999999\n3,ann,2025-03-01,\n"
    )
    assert counts(load(store, path, transactions())) == (3, 3, 0, 0)


def test_a_word_that_the_contract_does_not_know_is_rejected_with_the_words_it_knows(
    store: Store, tmp_path: Path
) -> None:
    mapping = transactions().replace('amount = "amount"', 'status = "amount"')
    column, reason = reject(store, tmp_path, "1,ann,2025-03-01,done", mapping)
    assert column == "status"
    assert reason == (
        "status cannot be 'done'; possible: settled, failed, cancelled; "
        "to do: name what the word means below [table.values.status]"
    )


@pytest.mark.parametrize(
    "address", ["203.0.113.256", "203.0.113.7:443", "1.2.3", "::g", "01.2.3.4", "1:2:3:4:5:6:7:8:9"]
)
def test_what_is_no_address_on_the_network_is_rejected(store: Store, tmp_path: Path, address: str) -> None:
    mapping = transactions().replace('amount = "amount"', 'ip = "amount"')
    column, reason = reject(store, tmp_path, f"1,ann,2025-03-01,{address}", mapping)
    assert column == "ip"
    assert reason.startswith(f"ip is no address: '{address}'; possible: 203.0.113.7 or 2001:db8::7")


AUDITS = """
[[table]]
table = "audits"
files = ["t*"]
[table.columns]
audit_id = "id"
event_id = "event"
stratum = "stratum"
probability = "probability"
drawn_at = "drawn"
reviewed_at = "reviewed"
outcome = "outcome"
"""


@pytest.mark.parametrize(
    ("probability", "taken"),
    [("0", 0), ("-0.1", 0), ("1.01", 0), ("0.001", 1), ("1", 1)],
)
def test_an_audit_whose_probability_is_no_chance_of_being_drawn_is_rejected(
    store: Store, tmp_path: Path, probability: str, taken: int
) -> None:
    header = "id,event,stratum,probability,drawn,reviewed,outcome"
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\nu1,e1,large,{probability},2025-03-01,2025-03-04,confirmed\n")
    assert counts(load(store, path, AUDITS)) == (1, taken, 0, 1 - taken)
    for column, reason in rows(store, "SELECT column_name, reason FROM rejects"):
        assert column == "probability"
        assert reason.startswith("probability is no chance of being drawn: ")
        assert "above 0 and at most 1" in reason
        assert "0.05 for 5 percent" in reason


def test_all_faults_of_a_row_are_told_at_once(store: Store, tmp_path: Path) -> None:
    column, reason = reject(store, tmp_path, "1,,soon,-1")
    assert column == "account_id"
    assert [part.split(" ")[0] for part in reason.split("; also: ")] == [
        "account_id",
        "occurred_at",
        "amount",
    ]


def test_lines_are_right_after_line_breaks_in_quotes_blank_lines_and_broken_lines(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        b"\xef\xbb\xbfid,account,at,amount\r\n"  # 1
        b'1,"ann\r\nof ""x""",2025-03-01,5\r\n'  # 2 and 3
        b"\r\n"  # 4
        b"2,ann\r\n"  # 5: two values of four
        b"3,ann,2025-03-01,-5\r\n"  # 6
        b"4,ann,2025-03-01,5,6\r\n"  # 7: five values
        b"5,ann,never,5"  # 8, without line break
    )
    assert counts(load(store, path, transactions())) == (5, 1, 0, 4)
    found = rows(store, "SELECT line, column_name, row FROM rejects ORDER BY line")
    assert [(line, column) for line, column, _ in found] == [
        (5, None),
        (6, "amount"),
        (7, None),
        (8, "occurred_at"),
    ]
    assert json.loads(found[0][2]) == {"line": "2,ann"}
    assert json.loads(found[3][2]) == {"id": "5", "account": "ann", "at": "never", "amount": "5"}
    reason = rows(store, "SELECT reason FROM rejects WHERE line = 5")[0][0]
    assert reason.startswith(
        "the line cannot be split into columns: Expected Number of Columns: 4 Found: 2; possible: 4"
    )


def test_lines_are_right_where_a_quote_stands_in_the_middle_of_a_value(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        HEADER  # 1
        + '1,6" pipe,2025-03-01,5\n'  # 2: a lone quote, taken as it is
        + '2,"x" y,2025-03-01,5\n'  # 3: something after the closing quote, which is no value
        + "3,ann,2025-03-01,-5\n"  # 4
        + '4,"a\nb",2025-03-01,-5\n'  # 5 and 6
        + "5,ann,2025-03-01,-5\n"  # 7
    )
    assert counts(load(store, path, transactions())) == (5, 1, 0, 4)
    assert rows(store, "SELECT line FROM rejects ORDER BY line") == [(3,), (4,), (5,), (7,)]
    assert rows(store, "SELECT row->>'line' FROM rejects WHERE line = 3") == [('2,"x" y,2025-03-01,5',)]


def test_a_byte_order_mark_before_json_lines_is_no_part_of_them(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": 1, "account": "ann", "at": "2025-03-01", "amount": 1}\n', encoding="utf-8-sig")
    assert counts(load(store, path, transactions())) == (1, 1, 0, 0)


def test_a_line_of_json_lines_that_is_no_object_is_rejected_with_its_text(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.jsonl"
    good = '{"id": 1, "account": "ann", "at": "2025-03-01", "amount": 1}\n'
    path.write_text(good + "\n{broken\n[1, 2]\n" + good.replace("1}", "-1}").replace('"id": 1', '"id": 2'))
    assert counts(load(store, path, transactions())) == (4, 1, 0, 3)
    found = rows(store, "SELECT line, reason, row FROM rejects ORDER BY line")
    assert [line for line, _, _ in found] == [3, 4, 5]
    assert (
        found[0][1] == "the line is not a JSON object; possible: one object a line; to do: correct the line"
    )
    assert json.loads(found[0][2]) == {"line": "{broken"}
    assert json.loads(found[2][2])["id"] == 2


def test_a_reject_of_parquet_names_the_number_of_its_row(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'ann' AS account, TIMESTAMP '2025-03-01' AS at, "
        "CASE i WHEN 7 THEN -1.0 ELSE 1.0 END AS amount "
        "FROM range(1, 11) AS numbers(i)) TO $p",
        {"p": str(path)},
    )
    assert counts(load(store, path, transactions())) == (10, 9, 0, 1)
    assert rows(store, "SELECT path, line, table_name, column_name FROM rejects") == [
        (str(path), 7, "transactions", "amount")
    ]


def test_a_quote_that_is_never_closed_loses_no_line_after_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    after = "".join(f"{n},bob,2025-03-01,5\n" for n in range(3, 9))
    path.write_text(HEADER + "1,ann,2025-03-01,5\n" + '2,"ann,2025-03-01,5\n' + after)
    result = load(store, path, transactions())
    assert result.error is not None
    assert result.error.what.startswith("A value begins with a quote that is never closed")
    assert result.error.where == f'{path}, line 3: 2,"ann,2025-03-01,5'
    assert "written twice" in result.error.possible
    assert result.error.to_do == "Correct that line; nothing was loaded from the file."
    assert rows(store, "SELECT count(*) FROM transactions") == [(0,)]
    path.write_text(path.read_text().replace('"ann', "ann"))
    assert counts(load(store, path, transactions())) == (8, 8, 0, 0)


def test_a_quote_that_is_never_closed_in_the_last_line_costs_that_line_alone(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,5\n" + '2,"ann,2025-03-01,5\n\n')
    assert counts(load(store, path, transactions())) == (2, 1, 0, 1)


def test_a_word_of_the_mapping_is_checked_like_one_of_the_file(store: Store, tmp_path: Path) -> None:
    mapping = transactions().replace('amount = "amount"\n', "") + 'amount = "lots"\n'
    column, reason = reject(store, tmp_path, "1,ann,2025-03-01,5", mapping)
    assert column == "amount"
    assert reason.startswith("amount is not a number: 'lots'; possible: a number with a point")


def test_a_file_without_the_mark_that_its_encoding_needs_says_which_encodings_do_without(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "1,ann,2025-03-01,5\n")
    error = load(store, path, transactions('encoding = "utf-16"')).error
    assert error is not None
    assert error.what == "The file is not utf-16: UTF-16 stream does not start with BOM."
    assert "utf-16-le, utf-8" in error.to_do
