"""The twelve events of `tests/scoring/lab/lab_dozen.py` as a scored store, so that the lab says the same."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from data.geography import install_geography
from data.progress import silent
from data.store import Store
from scoring.contract import SCORING_TABLES
from scoring.features import FRAUD_FEATURES
from scoring.policy import policy_of
from scoring.rings.tables import RING_FEATURES
from scoring.rollups import build_rollups

START = datetime(2025, 7, 7, 12)
NOW = datetime(2025, 10, 1)
LADDER = {"step_up": 0.1, "hold": 0.5, "block": 0.9}
# Day, account, kind, amount, score, crime, seconds since the address was first used.
EVENTS = (
    (0, 0, "withdrawal", 100, 0.05, False, 864000.0),
    (0, 1, "withdrawal", 200, 0.2, False, 864000.0),
    (1, 2, "withdrawal", 1000, 0.6, True, 864000.0),
    (1, 3, "withdrawal", 300, 0.6, False, 864000.0),
    (2, 4, "withdrawal", 500, 0.05, True, 864000.0),
    (3, 1, "login", None, 0.3, False, None),
    (3, 5, "internal_transfer", 50, 0.95, True, None),
    (7, 0, "withdrawal", 400, 0.05, False, 0.0),
    (8, 4, "withdrawal", 700, 0.2, True, 864000.0),
    (8, 3, "deposit", 900, 0.7, False, None),
    (9, 6, "withdrawal", 80, 0.05, False, 7200.0),
    (10, 1, "trade", 60, 0.15, False, None),
)
DECISIONS = ("allow", "step_up", "hold", "block")


POLICY = policy_of(
    {
        "model": "fraud",
        "model_version": "fraud-x",
        "as_of": "2025-07-01T00:00:00",
        "budget": {"step_up": 0.0555, "hold": 0.008, "block": 0.0015},
        "default": LADDER,
        "regions": {"cis": {"thresholds": LADDER}},
        "freeze": {"kinds": [], "amount_from": None, "or_known_bad": False},
    }
)


def fill(store: Store) -> None:
    """Write the events with their scores, truth and policy, and one more event on 1 October: the now."""
    store.create((*SCORING_TABLES, RING_FEATURES))
    names = [feature.name for feature in FRAUD_FEATURES]
    features = [_features(names, key, since) for key, (*_, since) in enumerate(EVENTS)]
    schema = pa.schema(
        [("event_id", pa.string()), ("event_key", pa.int64()), *((name, pa.float64()) for name in names)]
    )
    policies = [
        {
            "policy_version": POLICY.policy_version,
            "created_as_of": POLICY.created_as_of,
            "document": json.dumps(POLICY.document),
        }
    ]
    with store.writing() as cursor:
        install_geography(cursor)
        cursor.register("features_given", pa.Table.from_pylist(features, schema=schema))
        cursor.execute("CREATE OR REPLACE TABLE fraud_features AS FROM features_given")
        given = {"scored": _scored(), "labels": _labels(), "policies": policies}
        for table, rows in given.items():
            cursor.register("rows_given", pa.Table.from_pylist(rows))
            cursor.execute(f"INSERT INTO {table} BY NAME FROM rows_given")
        cursor.execute(
            "INSERT INTO spine BY NAME SELECT event_id, event_key, stream, kind, account_id, occurred_at,"
            " amount, outcome, region, country FROM scored"
        )
        cursor.execute(
            "INSERT INTO transactions BY NAME SELECT event_id, account_id, occurred_at, kind FROM scored"
        )
        build_rollups(cursor, NOW, silent)


def _features(names: list[str], key: int, since: float | None) -> dict[str, object]:
    found: dict[str, object] = dict.fromkeys(names)
    return found | {
        "event_id": f"e{key}",
        "event_key": key,
        "account_counterparty_since_first_events": since,
    }


def _scored() -> list[dict[str, object]]:
    rows = []
    for key, (day, account, kind, amount, score, _, _) in enumerate(EVENTS):
        rows.append(_event(key, START + timedelta(days=day, seconds=key), account, kind, amount, score))
    return [*rows, _event(len(EVENTS), NOW, 9, "trade", 10, 0.01)]


def _event(
    key: int, at: datetime, account: int, kind: str, amount: int | None, score: float
) -> dict[str, object]:
    return {
        "event_id": f"e{key}",
        "event_key": key,
        "stream": "login" if kind == "login" else "transaction",
        "kind": kind,
        "outcome": "success" if kind == "login" else "settled",
        "account_id": f"A{account}",
        "occurred_at": at,
        "amount": None if amount is None else Decimal(amount),
        "region": "cis",
        "country": "KZ",
        "model": "fraud",
        "model_version": "fraud-x",
        "policy_version": POLICY.policy_version,
        "score": score,
        "decision": DECISIONS[sum(score >= limit for limit in LADDER.values())],
    }


def _labels() -> list[dict[str, object]]:
    return [
        {
            "label_id": f"l{key}",
            "event_id": f"e{key}",
            "account_id": f"A{account}",
            "outcome": "confirmed",
            "typology": "mule",
            "occurred_at": START + timedelta(days=day),
            "known_at": START + timedelta(days=day + 1),
        }
        for key, (day, account, _, _, _, is_crime, _) in enumerate(EVENTS)
        if is_crime
    ]
