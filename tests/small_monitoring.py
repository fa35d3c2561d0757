"""What monitoring found in the area cis, by hand: what tests of its page and questions expect.

One fraud model, two weeks of September. The maker of devices moved in the second: 60 of 100 events before,
20 of 100 then. Of ten foretold-right alerts in a week labels confirm half. Young accounts are held far more
often than others. One alarm of drift; 40 labels, of which 10 were drawn at random.
"""

from __future__ import annotations

from datetime import date, datetime

from small_connections import Rows
from small_exchange import insert

from data.store import Store

MODEL = {"model": "fraud", "model_version": "fraud-a", "area": "cis"}
SECOND = date(2025, 9, 8)
DRIFTED = {
    **MODEL,
    "kind": "input",
    "subject": "device_maker",
    "events": 100,
    "before": 100,
    "is_left_out": False,
}
DRIFT: Rows = [
    DRIFTED
    | {"week": date(2025, 9, 1), "psi": 0.01, "psi_limit": 0.1, "is_moved": False, "parts": [58, 42, 0]},
    DRIFTED | {"week": SECOND, "psi": 0.9, "psi_limit": 0.1, "is_moved": True, "parts": [20, 40, 40]},
]
PARTS: Rows = [
    {
        **MODEL,
        "kind": "input",
        "subject": "device_maker",
        "labels": ["Apple", "Samsung", "never seen before"],
        "before": [60, 40, 0],
    }
]
PERFORMED = {
    **MODEL,
    "cut": "all",
    "part": "all",
    "alerts": 10,
    "arrived": 1.0,
    "foretold_precision": 0.9,
    "foretold_precision_low": 0.8,
    "foretold_precision_high": 1.0,
    "confirmed_precision": 0.5,
    "confirmed_precision_low": 0.3,
    "confirmed_precision_high": 0.7,
}
PERFORMANCE: Rows = [
    PERFORMED | {"grain": "week", "since": date(2025, 9, 1)},
    PERFORMED | {"grain": "month", "since": date(2025, 9, 1), "crimes": 8, "confirmed_recall": 0.625},
]
CALIBRATED = {**MODEL, "events": 1_000, "crimes": 50, "expected": 0.04, "observed": 0.05}
CALIBRATION: Rows = [
    CALIBRATED
    | {
        "bin": -1,
        "observed_low": 0.04,
        "observed_high": 0.06,
        "slope": 1.1,
        "slope_low": 0.9,
        "slope_high": 1.3,
        "intercept": 0.2,
    },
    CALIBRATED | {"bin": 3, "observed_low": 0.04, "observed_high": 0.06},
]
TREATED = {"quarter": date(2025, 7, 1), "area": "cis", "cut": "account_age", "accounts": 100}
FAIRNESS: Rows = [
    TREATED
    | {
        "part": "under 7 days",
        "events": 1_000,
        "held": 50,
        "rate": 0.05,
        "rate_low": 0.04,
        "rate_high": 0.07,
        "rest_rate": 0.01,
        "ratio": 5.0,
        "is_finding": True,
        "sentence": "Honest events of accounts under 7 days old are stopped 5.0 times as often as others.",
    },
]
SUPPLIED = {
    "quarter": date(2025, 7, 1),
    "area": "cis",
    "model": "fraud",
    "false_positives": 0,
    "inconclusive": 0,
}
SUPPLY: Rows = [
    SUPPLIED
    | {
        "source": "desk",
        "labels": 30,
        "confirmed": 30,
        "corrected": 2,
        "delay_days": 1.5,
        "delay_days_p90": 4.0,
        "is_random": False,
    },
    SUPPLIED
    | {
        "source": "audit",
        "labels": 10,
        "confirmed": 10,
        "corrected": 0,
        "delay_days": 20.0,
        "delay_days_p90": 30.0,
        "is_random": True,
    },
]
NEED: Rows = [
    {
        **MODEL,
        "trained_as_of": datetime(2025, 7, 1),
        "labels_before": 100,
        "labels_since": 120,
        "labels_needed": 100,
        "alarms_since": 1,
        "is_due": True,
        "sentence": "Due: 120 confirmed labels since training, 100 make it due.",
    }
]
ALARMS: Rows = [
    {
        **MODEL,
        "alarm_id": "M-1",
        "kind": "input",
        "subject": "device_maker",
        "others": ["event_amount"],
        "raised_at": datetime(2025, 9, 15),
        "week": SECOND,
        "value": 0.9,
        "value_limit": 0.1,
        "events": 100,
        "severity": "high",
        "sentence": "device maker moved at once in the week of 2025-09-08.",
    }
]


def fill_monitoring(store: Store) -> None:
    """Write what monitoring found into a store that has the small exchange."""
    with store.writing() as cursor:
        for table, rows in (
            ("monitor_drift", DRIFT),
            ("monitor_parts", PARTS),
            ("monitor_performance", PERFORMANCE),
            ("monitor_calibration", CALIBRATION),
            ("fairness", FAIRNESS),
            ("label_supply", SUPPLY),
            ("label_need", NEED),
            ("monitor_alarms", ALARMS),
        ):
            insert(cursor, table, rows)
