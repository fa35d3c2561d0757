"""Finding anomalies in a store: what is written, what was served stays, and an empty store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from data.progress import silent
from data.store import Store
from scoring.anomaly.find import find_anomalies
from scoring.contract import SCORING_TABLES
from scoring.features import FRAUD_FEATURES

STRANGE = 1207
# Six hundred withdrawals from the first of January, February and March on, an hour apart.
EVENTS = """
SELECT
  number AS event_key, 'W' || number AS event_id, 'A' || number % 100 AS account_id, 'withdrawal' AS kind,
  'transaction' AS stream, 'cis' AS region, 'KZ' AS country,
  make_timestamp(2025, 1 + number // 600, 1, 0, 0, 0.0) + to_hours(number % 600) AS occurred_at,
  epoch_us(occurred_at) AS t
FROM (SELECT CAST(range AS INTEGER) AS number FROM range(1800))
"""


@pytest.fixture
def withdrawals(store: Store) -> Store:
    """A store of quiet withdrawals, one through Tor and confirmed as crime."""
    store.create(SCORING_TABLES)
    zeros = ", ".join(f"CAST(0 AS DOUBLE) AS {feature.name}" for feature in FRAUD_FEATURES)
    with store.writing() as cursor:
        cursor.execute("CREATE TEMP TABLE made AS " + EVENTS)
        cursor.execute("INSERT INTO spine BY NAME SELECT * FROM made")
        cursor.execute(
            "INSERT INTO scored BY NAME SELECT *, 'fraud' AS model, 0.1 AS score, false AS is_in_training,"
            " CASE event_key WHEN 1300 THEN 'hold' ELSE 'allow' END AS decision FROM made"
        )
        cursor.execute(f"CREATE TABLE fraud_features AS SELECT event_id, event_key, {zeros} FROM made")
        cursor.execute("UPDATE fraud_features SET event_is_tor = 1 WHERE event_key = $key", {"key": STRANGE})
        cursor.execute(
            "INSERT INTO confirmed_events BY NAME SELECT event_id, account_id, 'i1' AS incident_id FROM made"
            " WHERE event_key = $key",
            {"key": STRANGE},
        )
    return store


def found(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Find anomalies, then answer a question."""
    with store.writing() as cursor:
        find_anomalies(cursor, silent)
        return cursor.execute(sql).fetchall()


def test_every_judged_event_is_stored_with_its_score_reasons_and_gain(withdrawals: Store) -> None:
    with withdrawals.writing() as cursor:
        # Of traffic of 600 a month in February, 0.8 % are four alerts.
        assert find_anomalies(cursor, silent) == 600
        alerts = cursor.execute(
            "SELECT event_id, account_id, area, kind, occurred_at, score, reason FROM anomalies"
            " WHERE is_alert"
        ).fetchall()
        assert alerts == [
            ("W1207", "A7", "cis", "withdrawal", datetime(2025, 3, 1, 7), 1.0, "masked network")
        ]
        reasons = cursor.execute("SELECT rank, reason, value, normal, share FROM anomaly_reasons").fetchall()
        assert reasons == [(1, "masked network", 1.0, 0.0, 1.0)]
        gain = cursor.execute(
            "SELECT incidents, by_fraud, by_anomaly, only_anomaly, fraud_alerts, anomaly_alerts"
            " FROM anomaly_gain ORDER BY quarter NULLS FIRST"
        ).fetchall()
        assert gain == [(1, 0, 1, 1, 1, 1), (1, 0, 1, 1, 1, 1)]


def test_what_was_served_stays_as_it_was_unless_all_is_judged_again(withdrawals: Store) -> None:
    assert found(withdrawals, "SELECT count(*) FROM anomalies") == [(600,)]
    with withdrawals.writing() as cursor:
        # The past is told otherwise afterwards, and one event was never served.
        cursor.execute("UPDATE fraud_features SET event_is_tor = 0")
        cursor.execute("DELETE FROM anomalies WHERE event_id = 'W1799'")
        assert find_anomalies(cursor, silent) == 1
        kept = "SELECT count(*) FILTER (is_alert), count(*) FROM anomalies"
        assert cursor.execute(kept).fetchall() == [(1, 600)]
        assert find_anomalies(cursor, silent, again=True) == 600
        assert cursor.execute(kept).fetchall() == [(0, 600)]
        assert cursor.execute("SELECT count(*) FROM anomaly_reasons").fetchall() == [(0,)]


def test_labels_change_the_gain_and_never_the_score(withdrawals: Store) -> None:
    scores = "SELECT event_id, score, surprise, is_alert FROM anomalies ORDER BY event_id"
    before = found(withdrawals, scores)
    with withdrawals.writing() as cursor:
        cursor.execute("DELETE FROM confirmed_events")
        find_anomalies(cursor, silent, again=True)
        assert cursor.execute(scores).fetchall() == before
        assert cursor.execute("SELECT max(incidents) FROM anomaly_gain").fetchall() == [(0,)]


def test_a_store_without_money_leaving_has_no_anomaly(withdrawals: Store) -> None:
    with withdrawals.writing() as cursor:
        cursor.execute("DELETE FROM spine")
    assert found(withdrawals, "SELECT count(*) FROM anomalies") == [(0,)]
