from __future__ import annotations

from datetime import datetime

import pytest

from data.doctor import Finding, diagnose
from data.store import Store, memory_store

CLOCK = datetime(2026, 1, 1)
EVENT = (
    "INSERT INTO transactions (event_id, account_id, occurred_at, kind, amount, device_id, ip, ingest_seq) "
    "VALUES "
)
LABEL = "INSERT INTO labels (label_id, account_id, event_id, outcome, occurred_at, known_at) VALUES "


def found(store: Store, *statements: str) -> dict[str, Finding]:
    """Run `statements`, and return the findings by name."""
    for statement in statements:
        store.cursor().execute(statement)
    return {finding.name: finding for finding in diagnose(store, CLOCK)}


def test_an_empty_store_misses_events_and_says_how_to_get_some() -> None:
    with memory_store() as store:
        (finding,) = diagnose(store, CLOCK)
    assert (finding.name, finding.weight, finding.what) == (
        "no_events",
        "missing",
        "The store has no events.",
    )
    assert "watchfloor demo" in finding.to_do


def test_a_store_without_model_tables_misses_its_model() -> None:
    with memory_store() as store:
        names = found(store, EVENT + "('1', 'ann', '2025-03-01', 'deposit', 1, 'd', '203.0.113.7', 1)")
    assert names["no_model"].to_do == "Run `watchfloor train`."
    assert names["not_scored"].to_do == "Run `watchfloor score`."
    assert names["no_labels"].weight == "missing"


def test_what_events_lack_is_counted(store: Store) -> None:
    names = found(
        store,
        EVENT + "('1', 'ann', '2025-03-01', 'deposit', NULL, NULL, NULL, 1), "
        "('2', 'bob', '2025-03-01', 'deposit', 1, 'd', '203.0.113.7', 2)",
        "INSERT INTO accounts (account_id) VALUES ('ann')",
    )
    assert names["events_without_device"].what == "1 of 2 transactions have no device."
    assert names["events_without_ip"].what == "1 of 2 transactions have no address on the network."
    assert names["events_without_amount"].what == "1 of 2 transactions have no amount."
    assert names["unknown_accounts"].what == "1 accounts in transactions are described by no row."
    assert names["unknown_devices"].what == "1 devices in transactions are described by no row."
    assert (
        names["unknown_networks"].what
        == "1 addresses on the network in transactions are described by no row."
    )
    assert {"no_logins", "no_liveness_checks"} <= names.keys()


@pytest.mark.parametrize(
    ("label", "name", "what"),
    [
        (
            "('l', 'ann', '1', 'confirmed', '2025-03-01', NULL)",
            "labels_without_known_at",
            "1 of 1 labels lack",
        ),
        (
            "('l', 'ann', '1', 'confirmed', '2025-03-01', '2026-02-01')",
            "labels_known_in_future",
            "after the wall clock",
        ),
        (
            "('l', 'ann', '1', 'confirmed', '2025-03-01', '2025-03-05')",
            "labels_known_later",
            "after the last event",
        ),
        (
            "('l', 'ann', '1', 'confirmed', '2025-03-01', '2025-02-01')",
            "labels_known_before",
            "before the event",
        ),
        (
            "('l', 'ann', '9', 'confirmed', NULL, '2025-02-01')",
            "labels_of_unknown_events",
            "an event that is not here",
        ),
        (
            "('l', 'zoe', NULL, 'confirmed', NULL, '2025-02-01')",
            "labels_of_unknown_accounts",
            "an account without event",
        ),
        (
            "('l', 'ann', '1', 'legitimate', NULL, '2025-02-01')",
            "no_confirmed_labels",
            "None of 1 labels is confirmed",
        ),
    ],
)
def test_what_is_odd_in_labels_is_told(store: Store, label: str, name: str, what: str) -> None:
    names = found(
        store, EVENT + "('1', 'ann', '2025-03-01', 'deposit', 1, 'd', '203.0.113.7', 1)", LABEL + label
    )
    assert what in names[name].what
    assert names[name].to_do


def test_rejects_are_told_by_column_with_the_first_of_them(store: Store) -> None:
    names = found(
        store,
        "INSERT INTO rejects (reject_id, path, line, table_name, column_name, reason) VALUES "
        "(1, 'a.csv', 3, 'logins', 'ip', 'no address'), (2, 'a.csv', 9, 'logins', 'ip', 'no address')",
    )
    assert names["rejects"].what == (
        "2 rows meant for logins were rejected for ip. The first: a.csv, line 3: no address"
    )
    assert "`watchfloor export rejects --to rejects.csv`" in names["rejects"].to_do


def test_days_without_events_are_a_gap_only_in_a_busy_stream(store: Store) -> None:
    days = ", ".join(
        f"('{d}', 'ann', '2025-03-{d:02}', 'deposit', {d}, 'd', NULL, {d})" for d in (1, 2, 3, 4, 8, 9, 10)
    )
    names = found(store, EVENT + days)
    assert names["gaps"].what == (
        "transactions have 1 gap of whole days; the longest, 3 days, lies between 2025-03-04 and 2025-03-08."
    )


def test_transactions_that_differ_only_in_their_id_are_told(store: Store) -> None:
    names = found(
        store,
        EVENT + ", ".join(f"('{i}', 'ann', '2025-03-01', 'deposit', 1, NULL, NULL, {i})" for i in (1, 2, 3)),
    )
    assert names["repeated_transactions"].what == (
        "2 transactions repeat another in everything but their id (1 and 3)."
    )


def test_the_missing_comes_before_the_odd_and_the_notes(store: Store) -> None:
    store.cursor().execute(EVENT + "('1', 'ann', '2025-03-01', 'deposit', NULL, NULL, NULL, 1)")
    weights = [finding.weight for finding in diagnose(store, CLOCK)]
    assert weights == sorted(weights, key=("missing", "odd", "note").index)
    assert weights[0] == "missing"
    assert weights[-1] == "note"
