"""Checks that are known as attacks because of what their account did afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from data.store import Store
from scoring.planning import know_truth

DAY = timedelta(days=1)
START = datetime(2025, 1, 1)
WATERMARK = START + 200 * DAY
# Account, stream, day: ann passes a check on day 0 and moves money on day 10; her second check comes later.
EVENTS = {
    "check": ("ann", "liveness", 0),
    "money": ("ann", "transaction", 10),
    "sign-in": ("ann", "login", 20),
    "second check": ("ann", "liveness", 30),
    "old check": ("bob", "liveness", 0),
    "late money": ("bob", "transaction", 91),
    "last day": ("cat", "liveness", 1),
    "cat's money": ("cat", "transaction", 91),
}


def label(key: str, event: str | None, known: float | None, **said: Any) -> dict[str, Any]:
    account = EVENTS[event][0] if event else "ann"
    return {
        "label_id": key,
        "event_id": event,
        "account_id": account,
        "outcome": "confirmed",
        "typology": "synthetic_identity",
        "incident_id": "I1",
        "occurred_at": None,
        "known_at": None if known is None else START + known * DAY,
    } | said


def truth(store: Store, labels: list[dict[str, Any]], day: float) -> dict[str, tuple[Any, ...]]:
    """Answer outcome, typology, label and day known of each check at the end of `day`."""
    events = [
        {"event_id": name, "account_id": account, "stream": stream, "occurred_at": START + at * DAY}
        for name, (account, stream, at) in EVENTS.items()
    ]
    with store.writing() as cursor:
        for table, rows in (("spine", events), ("labels", labels)):
            cursor.register("given", pa.Table.from_pylist(rows))
            insert = f"INSERT INTO {table} BY NAME SELECT * FROM given"
            cursor.execute(insert)
            cursor.unregister("given")
        know_truth(cursor, START + day * DAY, WATERMARK)
        found = cursor.execute(
            "SELECT event_id, truth.outcome, typology, label_id, known_at"
            " FROM truth JOIN spine USING (event_id) WHERE stream = 'liveness' ORDER BY event_id"
        ).fetchall()
    return {
        name: (outcome, typology, label_id, None if known is None else (known - START) / DAY)
        for name, outcome, typology, label_id, known in found
    }


def test_a_check_before_the_fraud_is_an_attack_from_the_day_that_the_fraud_is_known(store: Store) -> None:
    labels = [label("l1", "money", 40), label("l2", "sign-in", 25)]

    # Both events lie after the first check and before the second; the sign-in's label comes first.
    assert truth(store, labels, day=60) == {"check": ("confirmed", "synthetic_identity", "l2", 25)}


@pytest.mark.parametrize(("day", "known"), [(24.9, {}), (25, {"check"}), (40, {"check"})])
def test_before_that_day_nobody_knows(store: Store, day: float, known: set[str]) -> None:
    labels = [label("l1", "money", 40), label("l2", "sign-in", 25)]

    assert set(truth(store, labels, day)) == set(known)


def test_fraud_counts_for_ninety_days(store: Store) -> None:
    # Bob's money moves 91 days after his check, cat's exactly 90.
    labels = [label("l1", "late money", 95), label("l2", "cat's money", 95)]

    assert truth(store, labels, day=100) == {"last day": ("confirmed", "synthetic_identity", "l2", 95)}


def test_the_word_on_the_check_itself_comes_first(store: Store) -> None:
    own = label("l0", "check", 3, outcome="false_positive", typology=None, incident_id=None)

    assert truth(store, [own, label("l1", "money", 40)], day=60) == {
        "check": ("false_positive", None, "l0", 3)
    }


def test_fraud_of_another_kind_says_nothing_of_the_face(store: Store) -> None:
    assert truth(store, [label("l1", "money", 40, typology="mule")], day=60) == {}


def test_a_correction_takes_the_check_back(store: Store) -> None:
    labels = [label("l1", "money", 40), label("l2", "money", 50, outcome="false_positive")]

    assert set(truth(store, labels, day=49)) == {"check"}


def test_after_the_correction_it_is_no_attack(store: Store) -> None:
    labels = [label("l1", "money", 40), label("l2", "money", 50, outcome="false_positive")]

    assert truth(store, labels, day=50) == {}


def test_a_false_identity_said_of_the_account_counts_for_the_check_before_its_events(store: Store) -> None:
    said = label("l1", None, 40, occurred_at=START + 5 * DAY)

    assert truth(store, [said], day=60) == {"check": ("confirmed", "synthetic_identity", "l1", 40)}


def test_without_a_time_it_is_known_at_the_stores_last_event(store: Store) -> None:
    labels = [label("l1", "money", None)]

    assert truth(store, labels, day=200) == {"check": ("confirmed", "synthetic_identity", "l1", None)}
