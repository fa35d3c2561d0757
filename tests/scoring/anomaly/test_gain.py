"""The gain: incidents found by hand-made alerts, never more anomaly alerts than fraud alerts."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from scoring.anomaly.gain import Raised, gains

APRIL, JULY = date(2025, 4, 1), date(2025, 7, 1)
# quarter, account, incident, fraud alert, anomaly alert, anomaly score
ROWS = [
    (APRIL, "a", "i1", True, False, 0.5),
    (APRIL, "b", None, True, True, 0.99),
    (APRIL, "c", "i2", False, True, 0.98),
    # The third anomaly alert of a quarter with two fraud alerts is one too many.
    (APRIL, "d", "i3", False, True, 0.97),
    (JULY, "a", "i4", True, True, 0.99),
    (JULY, "c", "i2", False, False, 0.1),
]


def raised(rows: list[tuple[Any, ...]]) -> Raised:
    """The rows as columns, all in the CIS."""
    quarter, account, incident, is_fraud, is_anomaly, score = zip(*rows, strict=True)

    def words(values: tuple[Any, ...]) -> Any:
        found = np.empty(len(values), dtype=object)
        found[:] = values
        return found

    return Raised(
        words(("cis",) * len(rows)),
        words(quarter),
        words(account),
        words(incident),
        np.array(is_fraud),
        np.array(is_anomaly),
        np.array(score),
        np.array(score),
    )


def test_incidents_are_counted_once_and_only_within_the_budget() -> None:
    whole, april, july = gains(raised(ROWS))
    names = (
        "quarter",
        "incidents",
        "by_fraud",
        "by_anomaly",
        "only_anomaly",
        "fraud_alerts",
        "anomaly_alerts",
    )
    assert [april[name] for name in names] == [APRIL, 3, 1, 1, 1, 2, 2]
    assert [july[name] for name in names] == [JULY, 2, 1, 1, 0, 1, 1]
    # i2 spans both quarters and counts once.
    assert [whole[name] for name in names] == [None, 4, 2, 2, 1, 3, 3]
    assert (whole["fraud_confirmed"], whole["anomaly_confirmed"]) == (2, 2)
    assert whole["precision"] == pytest.approx(2 / 3)


def test_intervals_hold_their_figure_and_are_the_same_every_time() -> None:
    one, again = list(gains(raised(ROWS))), list(gains(raised(ROWS)))
    assert one == again
    for gain in one:
        assert gain["only_low"] <= gain["only_anomaly"] <= gain["only_high"]
        assert 0 <= gain["precision_low"] <= gain["precision"] <= gain["precision_high"] <= 1


def test_without_an_alert_there_is_no_precision() -> None:
    whole, _ = gains(raised([(APRIL, "a", "i1", True, False, 0.5)]))
    assert (whole["precision"], whole["precision_low"], whole["only_high"]) == (None, None, 0.0)
