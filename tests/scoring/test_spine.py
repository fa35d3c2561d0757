"""The spine: three streams in one shape and in the order of time, with region and country of the account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa

from data.contract import table as contract_table
from data.progress import Step, silent
from data.store import Store
from scoring.contract import SPINE
from scoring.spine import build_spine


def add(store: Store, name: str, *rows: dict[str, Any]) -> None:
    columns = {column: [row.get(column) for row in rows] for column in contract_table(name).names}
    with store.writing() as cursor:
        cursor.from_arrow(pa.table(columns)).insert_into(name)


def spine(store: Store) -> list[dict[str, Any]]:
    build_spine(store, silent)
    cursor = store.cursor()
    rows: list[dict[str, Any]] = cursor.table("spine").to_arrow_table().to_pylist()
    cursor.close()
    return rows


def withdrawal(number: int, account: str, when: str, **more: Any) -> dict[str, Any]:
    event = {"event_id": f"e{number}", "ingest_seq": number, "account_id": account, "occurred_at": when}
    return {**event, "kind": "withdrawal", **more}


def test_three_streams_become_one_in_the_order_of_time(store: Store) -> None:
    add(
        store,
        "transactions",
        withdrawal(1, "ann", "2025-03-03", amount=Decimal("12.345678"), status="settled"),
    )
    login = {
        "event_id": "l",
        "ingest_seq": 2,
        "account_id": "ann",
        "occurred_at": "2025-03-01",
        "kind": "login",
    }
    add(store, "logins", {**login, "outcome": "failure"})
    check = {"event_id": "k", "ingest_seq": 3, "account_id": "ann", "occurred_at": "2025-03-02"}
    add(store, "liveness_checks", {**check, "vendor_outcome": "pass"})
    rows = spine(store)
    assert [(r["stream"], r["kind"], r["outcome"], r["event_key"]) for r in rows] == [
        ("login", "login", "failure", 2),
        ("liveness", "identity_check", "pass", 3),
        ("transaction", "withdrawal", "settled", 1),
    ]
    assert rows[2]["amount"] == Decimal("12.345678")
    assert rows[2]["micro"] == 12_345_678
    # 2025-03-03 is 20,150 days after 1970-01-01.
    assert rows[2]["t"] == 20_150 * 86_400 * 1_000_000


def test_the_region_is_that_of_the_document_before_that_of_any_network(store: Store) -> None:
    add(store, "accounts", {"account_id": "ann", "kyc_country": "ID"})
    add(store, "networks", {"ip": "10.0.0.1", "country": "DE", "kind": "vpn"})
    add(store, "transactions", withdrawal(1, "ann", "2025-03-01", ip="10.0.0.1"))
    (row,) = spine(store)
    assert (row["region"], row["country"]) == ("south_east_asia", "ID")
    assert (row["network_country"], row["network_kind"]) == ("DE", "vpn")


def test_without_a_document_the_first_known_network_gives_the_region_of_all_events(store: Store) -> None:
    add(
        store,
        "networks",
        {"ip": "1", "country": None},
        {"ip": "2", "country": "BR"},
        {"ip": "3", "country": "DE"},
    )
    add(
        store,
        "transactions",
        withdrawal(1, "ann", "2025-03-03", ip="3"),
        withdrawal(2, "ann", "2025-03-01", ip="1"),
        withdrawal(3, "ann", "2025-03-02", ip="2"),
    )
    assert [(r["event_key"], r["region"], r["country"]) for r in spine(store)] == [
        (2, "latin_america", "BR"),
        (3, "latin_america", "BR"),
        (1, "latin_america", "BR"),
    ]


def test_an_event_of_which_nothing_else_is_known_stands_there_with_an_unknown_region(store: Store) -> None:
    add(store, "transactions", withdrawal(1, "ann", "2025-03-01"))
    (row,) = spine(store)
    assert (row["region"], row["country"], row["network_country"], row["micro"]) == (
        "unknown",
        None,
        None,
        None,
    )


def test_a_counterparty_that_is_a_customer_brings_its_country(store: Store) -> None:
    add(store, "accounts", {"account_id": "bob", "kyc_country": "NG"})
    transfer = withdrawal(1, "ann", "2025-03-01", counterparty="bob")
    outside = withdrawal(2, "ann", "2025-03-02", counterparty="0xabc")
    add(store, "transactions", transfer, outside)
    assert [r["counterparty_country"] for r in spine(store)] == ["NG", None]


def test_the_spine_has_the_columns_and_comments_of_its_contract(store: Store) -> None:
    add(store, "transactions", withdrawal(1, "ann", "2025-03-01"))
    build_spine(store, silent)
    cursor = store.cursor()
    found = cursor.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns()"
        " WHERE table_name = 'spine' ORDER BY column_index"
    ).fetchall()
    cursor.close()
    assert found == [(column.name, column.type, column.comment) for column in SPINE.columns]


def test_building_again_replaces_and_reports_how_many_events_there_are(store: Store) -> None:
    add(store, "transactions", withdrawal(1, "ann", "2025-03-01"), withdrawal(2, "ann", "2025-03-01"))
    told: list[Step] = []
    assert build_spine(store, told.append) == 2
    assert build_spine(store, told.append) == 2
    assert told[-1] == Step("spine", 2, 2, "events")


def test_an_empty_store_has_an_empty_spine(store: Store) -> None:
    assert build_spine(store, silent) == 0


def test_the_largest_amount_that_the_contract_takes_is_taken(store: Store) -> None:
    largest = withdrawal(1, "ann", "2025-03-01") | {"amount": "999999999999.999999"}
    add(store, "transactions", largest, withdrawal(2, "ann", "2025-03-02") | {"amount": "1000000"})
    assert [row["micro"] for row in spine(store)] == [999_999_999_999_999_999, 1_000_000_000_000]
