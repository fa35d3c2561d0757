"""Eight scored events of four accounts, their labels and reasons: what tests of rollups count."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from data.geography import install_geography
from data.progress import silent
from data.store import Store
from scoring.rollups import build_rollups

NOW = datetime(2025, 7, 31, 12)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def event(key: int, account: str, at: datetime, **known: Any) -> dict[str, Any]:
    """One scored event: an allowed, settled trade of 10 by an account in the CIS, unless said otherwise."""
    return {
        "event_id": f"e{key}",
        "event_key": key,
        "stream": "transaction",
        "kind": "trade",
        "outcome": "settled",
        "account_id": account,
        "occurred_at": at,
        "amount": Decimal("10"),
        "region": "cis",
        "country": "KZ",
        "decision": "allow",
        "score": 0.01,
    } | known


def label(key: int, account: str, outcome: str, **known: Any) -> dict[str, Any]:
    """One label, known for an hour unless said otherwise."""
    return {"label_id": f"l{key}", "account_id": account, "outcome": outcome, "known_at": NOW - HOUR} | known


EVENTS = [
    event(1, "ann", NOW - 40 * DAY, score=0.9, decision="block", device_id="phone", ip="1.1.1.1"),
    event(2, "ann", NOW - 3 * DAY, score=0.4, decision="hold", device_id="phone", sentence="Because."),
    event(3, "ann", NOW - 2 * DAY, score=0.2, network_country="KZ", counterparty_country="TR", outcome=None),
    event(4, "bob", NOW - 2 * DAY, score=0.3, decision="step_up", device_id="phone", outcome="failed"),
    event(5, "bob", NOW - 9 * DAY, score=0.3, decision="step_up", counterparty="0xbad"),
    event(6, "cat", NOW - 1 * DAY, score=0.8, decision="freeze", region="europe", country="DE"),
    event(7, "dan", NOW - 1 * DAY, score=0.5, decision="step_up", region="europe", country="DE"),
    event(8, "dan", NOW, stream="login", kind="login", outcome="success", amount=None, country="DE",
          region="europe", network_country="FR"),
]  # fmt: skip
SPINE_FROM_SCORED = (
    "INSERT INTO spine BY NAME"
    " SELECT event_id, event_key, stream, account_id, occurred_at, outcome FROM scored"
)
LABELS = [
    label(
        1, "ann", "confirmed", event_id="e1", incident_id="i1", typology="mule", occurred_at=NOW - 41 * DAY
    ),
    label(2, "bob", "confirmed", event_id="e5", incident_id="i1", typology="mule"),
    label(3, "eve", "confirmed", incident_id="i1", typology="mule"),
    label(4, "dan", "false_positive", event_id="e7"),
    label(5, "cat", "confirmed", event_id="e6", known_at=NOW + HOUR),
]
EXPLAINED = [{"event_id": f"e{n}", "is_sample": n > 1} for n in (1, 2, 3)]
WHY = [
    {"event_id": "e3", "occurred_at": NOW - 2 * DAY, "model": "fraud", "rank": 1, "reason": "device"},
    {"event_id": "e2", "occurred_at": NOW - 3 * DAY, "model": "fraud", "rank": 2, "reason": "device"},
    {"event_id": "e2", "occurred_at": NOW - 3 * DAY, "model": "fraud", "rank": 1, "reason": "amount"},
    {"event_id": "e1", "occurred_at": NOW - 40 * DAY, "model": "fraud", "rank": 1, "reason": "device"},
]


def roll(store: Store) -> None:
    """Write the events into an empty store and build every rollup of them."""
    with store.writing() as cursor:
        install_geography(cursor)
        events, labels = pa.Table.from_pylist(whole(EVENTS)), pa.Table.from_pylist(whole(LABELS))
        cursor.register("events_given", events)
        cursor.register("labels_given", labels)
        cursor.execute("INSERT INTO scored BY NAME SELECT * FROM events_given")
        cursor.execute(SPINE_FROM_SCORED)
        cursor.execute("INSERT INTO labels BY NAME SELECT * FROM labels_given")
        cursor.execute("INSERT INTO accounts BY NAME SELECT 'new' AS account_id, 'FR' AS kyc_country")
        cursor.execute(
            "INSERT INTO signature_matches BY NAME SELECT * FROM (VALUES"
            " ('counterparty', '0xbad', 'ransomware', 'OFAC', NULL),"
            " ('ip', '1.1.1.1', 'vpn', 'list', $now - INTERVAL 1 DAY),"
            " ('device', 'phone', 'fraud_device', 'list', $now + INTERVAL 1 DAY)"
            ") AS matches(entity_kind, entity, category, source, listed_at)",
            {"now": NOW},
        )
        cursor.execute(
            "INSERT INTO devices BY NAME SELECT 'phone' AS device_id, 'Android' AS system, 'App' AS client"
        )
        explained, why = pa.Table.from_pylist(EXPLAINED), pa.Table.from_pylist(WHY)
        cursor.register("explained_given", explained)
        cursor.register("why_given", why)
        cursor.execute("INSERT INTO explanations BY NAME SELECT * FROM explained_given")
        cursor.execute("INSERT INTO reasons BY NAME SELECT * FROM why_given")
        build_rollups(cursor, NOW, silent)


def whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every row the same columns, null where it has none."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def answers(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Return all rows of a statement."""
    cursor = store.cursor()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()
