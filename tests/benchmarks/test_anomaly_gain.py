"""The benchmark of anomalies: what counts as found, and a budget shared week by week, worked by hand."""

from __future__ import annotations

import numpy as np

from benchmarks.anomaly import Weeks, _hit, _most_unusual, _numbered, _taken

FRAUD = [0.9, 0.8, 0.7, 0.1, 0.6, 0.5]
SURPRISE = [1.0, 0.0, 0.0, 9.0, 0.0, 5.0]


def weeks() -> Weeks:
    """Four events of one week with two fraud alerts, two of the next with one; three crimes."""
    crime = _numbered(["i1", None, None, "i2", "i3", "i3"])
    return Weeks(
        week=np.array([1, 1, 1, 1, 2, 2], dtype=object),
        account=np.array(list("abcdef"), dtype=object),
        fraud=np.array(FRAUD),
        is_fraud=np.array([True, True, False, False, True, False]),
        is_anomaly=np.array([True, False, False, True, False, True]),
        surprise=np.array(SURPRISE),
        known=crime,
        true=crime,
    )


def test_crimes_are_numbered_by_name_and_hit_once() -> None:
    assert weeks().known.tolist() == [0, -1, -1, 1, 2, 2]
    assert _hit(np.array([True, True, False, False, True, True]), weeks().known).tolist() == [
        True,
        False,
        True,
    ]


def test_the_most_unusual_alerts_are_never_more_than_fraud_alerts() -> None:
    # Three fraud alerts, three anomaly alerts: all count; with two, the least unusual is left.
    assert _most_unusual(weeks()).tolist() == [True, False, False, True, False, True]


def test_a_shared_budget_takes_the_least_likely_and_gives_it_to_the_most_unusual() -> None:
    assert _taken(weeks(), 0.0).tolist() == [True, True, False, False, True, False]
    # Half of two alerts is one: the second by its score gives way; half of one rounds to none.
    assert _taken(weeks(), 0.5).tolist() == [True, False, False, True, True, False]
