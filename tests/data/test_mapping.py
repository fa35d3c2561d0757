from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import MappingError
from data.mapping import parse_mapping, read_mapping

ROOT = Path(__file__).parents[2]
GOOD = """
[[table]]
table = "transactions"
files = ["t*.csv"]
[table.columns]
account_id = "customer"
occurred_at = { column = "day", format = "%d.%m.%Y" }
amount = { column = "cents", divide_by = 100, only_where = { asset = ["USDT", "USDC"] } }
[table.constants]
kind = "deposit"
"""


def test_a_mapping_says_which_files_feed_which_tables() -> None:
    mapping = parse_mapping(GOOD)
    assert [t.table for t in mapping.tables_of(Path("/somewhere/t1.csv"))] == ["transactions"]
    assert mapping.tables_of(Path("/somewhere/u1.csv")) == ()
    assert (mapping.money_unit, mapping.is_synthetic, mapping.tables[0].time_zone) == ("USDT", False, None)


def test_options_of_a_column_are_read() -> None:
    columns = parse_mapping(GOOD).tables[0].columns
    assert columns["occurred_at"].format == "%d.%m.%Y"
    assert columns["amount"].divide_by == 100
    assert columns["amount"].only_where == (("asset", ("USDT", "USDC")),)


def test_a_span_of_time_is_read_in_seconds() -> None:
    text = """
[[table]]
table = "labels"
files = ["l.csv"]
[table.columns]
account_id = "a"
known_at = { column = "t", plus = "7 days" }
[table.constants]
outcome = "confirmed"
"""
    assert parse_mapping(text).tables[0].columns["known_at"].plus_seconds == 7 * 24 * 3600


@pytest.mark.parametrize("name", ["ethereum", "handbook"])
def test_the_examples_in_the_documentation_can_be_read(name: str) -> None:
    mapping = read_mapping(ROOT / "docs" / "examples" / f"{name}.toml")
    assert {"transactions", "labels"} <= {t.table for t in mapping.tables}


@pytest.mark.parametrize(
    ("change", "what", "possible"),
    [
        (
            ('table = "transactions"', 'table = "transaction"'),
            "Did you mean transactions?",
            "accounts, transactions",
        ),
        (
            ('account_id = "customer"', 'acount_id = "customer"'),
            "Did you mean account_id?",
            "event_id, account_id",
        ),
        (('account_id = "customer"', ""), "needs account_id", "[table.columns]"),
        (('kind = "deposit"', 'kind = "depositt"'), "Did you mean deposit?", "deposit, withdrawal"),
        (('files = ["t*.csv"]', ""), "files has the wrong shape", "a list of texts"),
        (('files = ["t*.csv"]', 'file = ["t*.csv"]'), "Did you mean files?", "table, files"),
        (("divide_by = 100", "divide_by = 0"), "divide_by = 0 is not a number above zero", "cents"),
        (
            ("format =", "divide_by = 3, format ="),
            "occurred_at cannot take divide_by = 3",
            "unit = s, ms, us, ns",
        ),
        (
            ('files = ["t*.csv"]', 'files = ["t*.csv"]\nencoding = "utf-99"'),
            "no encoding 'utf-99'",
            "windows-1252",
        ),
        (('files = ["t*.csv"]', 'files = ["t*.csv"]\ntime_zone = "Asia/Jakart"'), "Asia/Jakarta?", "IANA"),
        (
            ('kind = "deposit"', 'kind = "deposit"\namount = "1"'),
            "amount is both a column and a constant",
            "one of",
        ),
        (("divide_by = 100", "divide_by = inf"), "divide_by = inf is not a number above zero", "cents"),
        (("%d.%m.%Y", "%Q"), "format = '%Q' has the wrong shape", "%d.%m.%Y"),
        (
            ('format = "%d.%m.%Y"', 'plus = "99999999 weeks"'),
            "plus = '99999999 weeks' has the wrong",
            "hundred",
        ),
        (('files = ["t*.csv"]', 'files = ["t*.csv"]\nencoding = "hex"'), "no encoding 'hex'", "windows-1252"),
        (('files = ["t*.csv"]', 'files = ["t*.csv"]\ndelimiter = ", "'), "delimiter has the wrong", '";"'),
        (('asset = ["USDT", "USDC"]', "asset = []"), "condition on asset has the wrong", "a list of values"),
        (('kind = "deposit"', 'kind = ["deposit"]'), "constants.kind has the wrong shape", "one value"),
        (
            ('kind = "deposit"', 'kind = "deposit"\n[table.values]\nkind = "in"'),
            "values.kind has the wrong",
            "the file's words",
        ),
    ],
)
def test_what_is_wrong_in_a_mapping_is_named_with_what_was_possible(
    change: tuple[str, str], what: str, possible: str
) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(GOOD.replace(*change), where="m.toml")
    assert what in caught.value.what
    assert possible in caught.value.possible
    assert caught.value.where.startswith("m.toml")
    assert caught.value.to_do


def test_a_mapping_that_is_no_toml_says_the_line() -> None:
    with pytest.raises(MappingError, match=r"not TOML: .*line 2"):
        parse_mapping("synthetic = false\n[[table\n")


def test_a_missing_mapping_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        read_mapping(tmp_path / "none.toml")
    assert str(caught.value) == (
        "There is no such mapping file.\n"
        f"Where: {tmp_path / 'none.toml'}\n"
        "What to do: Give the path of a mapping, or let `watchfloor map FILES` propose one."
    )


def test_a_mapping_in_another_encoding_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(b'money_unit = "\xe9"')
    with pytest.raises(MappingError, match="byte 14 cannot be read"):
        read_mapping(path)


def test_a_mapping_without_tables_says_which_there_are() -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping("synthetic = true")
    assert "fills no table" in caught.value.what
    assert "logins" in caught.value.possible


def test_a_mapping_whose_tables_are_no_tables_says_how_they_are_written() -> None:
    with pytest.raises(MappingError, match="table has the wrong shape") as caught:
        parse_mapping('table = ["transactions"]')
    assert caught.value.possible == "[[table]] blocks"


def test_a_unit_of_money_without_name_is_refused() -> None:
    with pytest.raises(MappingError, match="money_unit has the wrong shape") as caught:
        parse_mapping('money_unit = " "\n' + GOOD)
    assert "USDT" in caught.value.possible


def test_a_folder_given_as_mapping_file_is_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="The mapping file cannot be read: Is a directory") as caught:
        read_mapping(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert "watchfloor map" in caught.value.to_do
