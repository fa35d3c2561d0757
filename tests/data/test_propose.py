from __future__ import annotations

import os
from pathlib import Path

import pytest
from loading import CLOCK, counts, rows

from data.home import PROJECT_ROOT
from data.load import load_files
from data.mapping import parse_mapping, propose_mapping, read_mapping
from data.progress import silent
from data.store import Store

DATASETS = Path(os.environ.get("WATCHFLOOR_DATASETS", PROJECT_ROOT.parent / "shared" / "datasets"))


def proposed(store: Store, folder: Path) -> dict[str, tuple[int, int, int, int]]:
    """Load `folder` through the mapping proposed for it; return the counts by table."""
    results = load_files(store, [folder], parse_mapping(propose_mapping([folder])), silent, CLOCK)
    assert [r.error for r in results if r.error] == []
    return {r.table_name: counts(r) for r in results}


def test_a_file_with_common_names_loads_through_its_proposal(store: Store, tmp_path: Path) -> None:
    (tmp_path / "moves.csv").write_text(
        "txid,user_id,timestamp,type,amount_usdt,currency,qty,to_address,ip_address,status\n"
        "a,7,1740823200000,in,10,BTC,0.1,0xabc,203.0.113.7,completed\n"
        "b,7,1740823260000,out,5.5,BTC,0.05,0xdef,203.0.113.8,error\n"
    )
    assert proposed(store, tmp_path) == {"transactions": (2, 2, 0, 0)}
    assert rows(
        store, "SELECT event_id, account_id, kind, status, counterparty, ip FROM transactions ORDER BY 1"
    ) == [
        ("a", "7", "deposit", "settled", "0xabc", "203.0.113.7"),
        ("b", "7", "withdrawal", "failed", "0xdef", "203.0.113.8"),
    ]


def test_formats_and_units_are_found_in_the_values(tmp_path: Path) -> None:
    path = tmp_path / "purchases.csv"
    path.write_text("user_id,purchase_time,purchase_value,ip_address\n1,2/24/2015 22:55,3,732758368.8\n")
    text = propose_mapping([path])
    assert 'occurred_at = { column = "purchase_time", format = "%m/%d/%Y %H:%M" }' in text
    assert 'ip = { column = "ip_address", unit = "number" }' in text
    assert 'kind = "withdrawal"  # ?' in text


def test_an_amount_of_several_assets_is_only_money_in_one_of_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "account,occurred_at,amount,asset\na,2025-03-01,1,ETH\na,2025-03-02,1,ETH\na,2025-03-03,9,DOGE\n"
    )
    text = propose_mapping([path])
    assert 'amount = { column = "amount", only_where = { "asset" = "ETH" } }' in text
    assert 'quantity = "amount"' in text


def test_a_verdict_beside_events_becomes_labels_of_the_bad_rows_only(store: Store, tmp_path: Path) -> None:
    lines = "".join(f"{i},7,2025-03-0{i + 1} 10:00:00,{i},{int(i == 2)}\n" for i in range(5))
    (tmp_path / "t.csv").write_text("id,customer_id,datetime,amount,is_fraud\n" + lines)
    assert proposed(store, tmp_path) == {"transactions": (5, 5, 0, 0), "labels": (1, 1, 0, 0)}
    assert rows(store, "SELECT event_id, account_id, outcome FROM labels") == [("2", "7", "confirmed")]


def test_files_with_the_same_columns_share_a_table(tmp_path: Path) -> None:
    for name in ("q1.csv", "q2.csv"):
        (tmp_path / name).write_text("account,occurred_at,amount\na,2025-03-01,1\n")
    assert 'files = ["q1.csv", "q2.csv"]' in propose_mapping([tmp_path])


def test_logins_accounts_and_checks_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("user_id,signup_time,country\n1,2025-03-01,ID\n")
    (tmp_path / "l.csv").write_text(
        "user_id,time,ip,user_agent,success\n1,2025-03-01,203.0.113.7,Mozilla,true\n"
    )
    (tmp_path / "v.csv").write_text("user_id,time,fps,sensor_noise\n1,2025-03-01,30,1.5\n")
    mapping = parse_mapping(propose_mapping([tmp_path]))
    assert {t.files[0]: t.table for t in mapping.tables} == {
        "a.csv": "accounts",
        "l.csv": "logins",
        "v.csv": "liveness_checks",
    }


def test_a_file_in_another_encoding_is_read_and_its_encoding_proposed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("account,occurred_at,amount\nJosé,2025-03-01,1\n".encode("windows-1252"))
    mapping = parse_mapping(propose_mapping([path]))
    assert mapping.tables[0].encoding == "cp1252"


# The real files lie beside the project on the machines that measure; elsewhere there is nothing to read.
if DATASETS.is_dir():

    @pytest.mark.parametrize("name", ["ethereum", "handbook", "ecommerce"])
    def test_real_files_have_a_proposal_that_can_be_read(name: str) -> None:
        mapping = parse_mapping(propose_mapping([DATASETS / name]))
        assert {"transactions", "labels"} <= {t.table for t in mapping.tables}

    @pytest.mark.parametrize("name", ["ethereum", "handbook"])
    def test_the_examples_fit_the_real_files_without_a_reject(store: Store, name: str) -> None:
        mapping = read_mapping(PROJECT_ROOT / "docs" / "examples" / f"{name}.toml")
        results = load_files(store, [DATASETS / name], mapping)
        assert [r.error for r in results if r.error] == []
        assert {r.rows_rejected for r in results} == {0}
        assert {r.table_name: r.rows_taken for r in results} == {
            "ethereum": {"accounts": 6_458, "transactions": 1_515_209, "labels": 6_458},
            "handbook": {"transactions": 1_754_155, "labels": 14_681},
        }[name]
