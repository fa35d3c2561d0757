"""A small exchange, scored by hand: the numbers that tests of questions and pages expect come from here.

    quarter   transactions, all settled   held             crimes, each of a ring of its own
    Q2 2025   1,000 in each of 13 weeks   20 in each       3 in each, and one that came out in September
    Q3 2025   1,000 in each of 13 weeks   10 in each       1 in each
    October   none but those below

All of that is in cis (Kazakhstan); a held deposit is worth 10 USDT and nobody ever says what it was. The
account A1 (Russia, cis) has trades of 100 USDT on 2 January and four times in September, and a withdrawal of
900 on 30 October, frozen with the score 0.9: base 0.1, and the points 0.6, 0.4 and -0.2. It signs in once
more on 31 October, the last event. A2 (Indonesia) uses the device D1 too; its identity check was blocked the
day before. A3 never did anything.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
from small_connections import CORRIDORS, ENTITIES, HABITS, LAST_TIE, TIES, TOLD_TIES, Rows

from data.geography import install_geography
from data.store import Store
from desk.freezes_view import install_freezes
from desk.projection_tables import DESK_TABLES
from scoring.contract import SCORING_TABLES

FROZEN_AT = LAST_TIE
BLOCKED_AT = datetime(2025, 10, 29, 12)
NOW = datetime(2025, 10, 31, 23)
# Tuesdays on which the two quarters start; every row of `daily` lies on one, so each in a week of its own.
STARTS = {date(2025, 4, 1): (20, 3), date(2025, 7, 1): (10, 1)}


def fill(store: Store) -> None:
    """Write the small exchange into an empty store."""
    store.create((*SCORING_TABLES, *DESK_TABLES))
    with store.writing() as cursor:
        install_geography(cursor)
        for table, rows in (
            ("daily", daily()),
            ("incidents", incidents()),
            ("scored", scored()),
            ("transactions", [row for row in scored() if row["stream"] == "transaction"]),
            ("logins", [row for row in scored() if row["stream"] == "login"]),
            ("liveness_checks", [row for row in scored() if row["stream"] == "liveness"]),
            ("explanations", EXPLANATIONS),
            ("reasons", REASONS),
            ("accounts", ACCOUNTS),
            ("account_risk", ACCOUNT_RISK),
            ("ties_by_account", TOLD_TIES),
            ("ties_by_entity", TIES),
            ("entity_risk", ENTITIES),
            ("corridors", CORRIDORS),
            ("flagged_events", [*held(), *(row for row in scored() if row["decision"] != "allow")]),
            ("event_accounts", [*held(), *scored()]),
            ("sampled_reasons", [row for row in REASONS if row["event_id"] == "W1"]),
            ("account_profiles", _profiles()),
        ):
            insert(cursor, table, rows)
    install_freezes(store)


def insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Write `rows` into `table`; columns that no row names are null, names without a column are left."""
    columns = cursor.table(table).columns
    named = [name for name in columns if any(name in row for row in rows)]
    cursor.register("given", pa.table({name: [row.get(name) for row in rows] for name in named}))
    missing = (f"NULL AS {name}" for name in columns if name not in named)
    cursor.table("given").project(", ".join([*named, *missing])).project(", ".join(columns)).insert_into(
        table
    )
    cursor.unregister("given")


def _profiles() -> Rows:
    named = {
        name: {row["account_id"]: row for row in rows} for name, rows in (("a", ACCOUNTS), ("h", HABITS))
    }
    return [{**named["a"][r["account_id"]], **named["h"].get(r["account_id"], {}), **r} for r in ACCOUNT_RISK]


def daily() -> Rows:
    day_of = {"stream": "transaction", "kind": "deposit", "region": "cis", "country": "KZ", "waiting": 0}
    rows: list[dict[str, Any]] = []
    for start, (flagged, _) in STARTS.items():
        for week in range(13):
            day = {**day_of, "day": start + timedelta(days=7 * week)}
            rows += [
                {**day, "decision": "allow", "events": 1000, "settled": 1000, "amount": Decimal(50000)},
                {**day, "decision": "hold", "events": flagged, "settled": 0, "amount": Decimal(10 * flagged)},
            ]
    return rows


def held() -> Rows:
    """The deposits of `daily` that were held, one row each, by different accounts."""
    what = {"stream": "transaction", "kind": "deposit", "region": "cis", "country": "KZ", "decision": "hold"}
    return [
        what
        | {
            "event_id": f"H{start:%m%d}-{week}-{number}",
            "account_id": f"K{number}",
            "occurred_at": datetime.combine(start, datetime.min.time()) + timedelta(days=7 * week, hours=12),
            "model": "fraud",
            "score": 0.5,
            "amount": Decimal(10),
        }
        for start, (flagged, _) in STARTS.items()
        for week in range(13)
        for number in range(flagged)
    ]


def incidents() -> Rows:
    rows: list[dict[str, Any]] = []
    for start, (_, organised) in STARTS.items():
        for number in range(13 * organised):
            happened = datetime.combine(start, datetime.min.time()) + timedelta(days=7 * (number % 13))
            rows.append(_incident(f"{start}-{number}", happened, happened + timedelta(days=3)))
    rows.append(_incident("late", datetime(2025, 6, 3), datetime(2025, 9, 20)))
    return rows


def _incident(name: str, happened: datetime, known: datetime) -> dict[str, Any]:
    what = {"incident_id": name, "occurred_at": happened, "known_at": known, "typology": "mule"}
    place = {"region": "cis", "country": "KZ"}
    ring = {"ring_id": name, "ring_accounts": 3, "tie_kinds": 2}
    return {**what, "is_organised": True, "accounts": 3, "events": 5, "amount": Decimal(0)} | place | ring


def scored() -> Rows:
    trade = {
        "stream": "transaction",
        "kind": "trade",
        "outcome": "settled",
        "account_id": "A1",
        "amount": Decimal(100),
        "asset": "USDT",
        "device_id": "D1",
        "ip": "10.0.0.1",
        "region": "cis",
        "country": "RU",
        "network_country": "RU",
        "model": "fraud",
        "model_version": "fraud-1",
        "score": 0.01,
        "threshold": 0.3,
        "decision": "allow",
        "policy_version": "p1",
        "is_in_training": False,
        "is_explained": False,
    }
    frozen = {
        **trade,
        "event_id": "W1",
        "kind": "withdrawal",
        "amount": Decimal(900),
        "counterparty": "0xbad",
        "occurred_at": FROZEN_AT,
        "score": 0.9,
        "decision": "freeze",
        "is_explained": True,
        "reason": "shared device",
        "sentence": "2 accounts used this device",
    }
    check = {
        **trade,
        "event_id": "L1",
        "stream": "liveness",
        "kind": "identity_check",
        "outcome": "fail",
        "account_id": "A2",
        "amount": None,
        "asset": None,
        "region": "south_east_asia",
        "country": "ID",
        "occurred_at": BLOCKED_AT,
        "model": "liveness",
        "model_version": "liveness-1",
        "score": 0.8,
        "decision": "block",
        "is_explained": True,
        "reason": "camera",
        "sentence": "The camera is virtual",
        "is_virtual_camera": True,
        "frame_rate": 30.0,
    }
    days = [datetime(2025, 1, 2, 10), *(datetime(2025, 9, day, 10) for day in (1, 8, 15, 22))]
    trades = [{**trade, "event_id": f"T{day:%m%d}", "occurred_at": day} for day in days]
    login = {
        **trade,
        "event_id": "S1",
        "stream": "login",
        "kind": "login",
        "occurred_at": NOW,
        "amount": None,
    }
    return [*trades, frozen, check, login]


EXPLANATIONS: Rows = [
    {
        "event_id": "W1",
        "model_version": "fraud-1",
        "base_probability": 0.1,
        "score": 0.9,
        "is_sample": True,
        "nearest_change": "It would have been allowed with a device of its own.",
    },
    {
        "event_id": "L1",
        "model_version": "liveness-1",
        "base_probability": 0.05,
        "score": 0.8,
        "is_sample": False,
    },
]


def _reason(event: str, rank: int, reason: str, points: float, sentence: str) -> dict[str, Any]:
    is_check = event == "L1"
    return {
        "event_id": event,
        "rank": rank,
        "reason": reason,
        "feature": f"feature_of_{rank}",
        "value": float(rank),
        "normal": 1.0,
        "contribution": 4 * points,
        "points": points,
        "sentence": sentence,
        "occurred_at": BLOCKED_AT if is_check else FROZEN_AT,
        "region": "south_east_asia" if is_check else "cis",
        "model": "liveness" if is_check else "fraud",
    }


REASONS: Rows = [
    _reason("W1", 1, "shared device", 0.6, "2 accounts used this device"),
    _reason("W1", 2, "amount against own past", 0.4, "9 times this customer's normal amount"),
    _reason("W1", 3, "own record", -0.2, "Nothing is known against this customer"),
    _reason("L1", 1, "camera", 0.75, "The camera is virtual"),
]

ACCOUNTS: Rows = [
    {
        "account_id": "A1",
        "opened_at": datetime(2025, 1, 2),
        "kyc_country": "RU",
        "customer_type": "individual",
    },
    {"account_id": "A2", "opened_at": None, "kyc_country": "ID", "customer_type": None},
    {"account_id": "A3", "opened_at": None, "kyc_country": "ID", "customer_type": None},
]
ACCOUNT_RISK: Rows = [
    {
        "account_id": "A1",
        "region": "cis",
        "country": "RU",
        "opened_at": datetime(2025, 1, 2),
        "first_seen": datetime(2025, 1, 2, 10),
        "last_seen": NOW,
        "events": 7,
        "flagged": 1,
        "amount": Decimal(1400),
        "amount_stopped": Decimal(900),
        "score": 0.9,
        "peak_score": 0.9,
        "peak_event_id": "W1",
        "sentence": "2 accounts used this device",
        "state": "frozen",
    },
    {
        "account_id": "A2",
        "region": "south_east_asia",
        "country": "ID",
        "first_seen": BLOCKED_AT,
        "last_seen": BLOCKED_AT,
        "events": 1,
        "flagged": 1,
        "amount": Decimal(0),
        "amount_stopped": Decimal(0),
        "score": 0.8,
        "peak_score": 0.8,
        "peak_event_id": "L1",
        "sentence": "The camera is virtual",
        "state": "restricted",
    },
    {
        "account_id": "A3",
        "region": "south_east_asia",
        "country": "ID",
        "events": 0,
        "flagged": 0,
        "amount": Decimal(0),
        "amount_stopped": Decimal(0),
        "state": "open",
    },
]
