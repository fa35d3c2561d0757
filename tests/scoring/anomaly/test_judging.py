"""Judging withdrawals: who is unusual, who raises an alert, and that nothing later is ever looked at."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from outgoing_events import ACCOUNTS, EACH, TRAFFIC, quiet, signal

from data.progress import Step, silent
from scoring.anomaly.judging import judge
from scoring.anomaly.signals import SIGNALS
from scoring.anomaly.telling import anomaly_rows, reason_rows
from scoring.sayings import Sayings

MARCH = 2 * EACH
TOR, PACE = signal("event_is_tor"), signal("account_count_transactions_24h")


def test_the_only_strange_event_is_more_unusual_than_all_and_its_reasons_add_up() -> None:
    events = quiet()
    events.matrix[MARCH + 7, TOR] = 1.0

    judged = judge(events, TRAFFIC, silent)

    # Nobody of 1,200 peers came through Tor: ln 1201, a third of its reason of three signals.
    whole = round(log(1201) * 1e6) // 3 / 1e6
    assert judged.total[MARCH + 7] == pytest.approx(whole, abs=1e-9)
    assert judged.score[MARCH + 7] == 1.0
    assert np.flatnonzero(judged.is_alert).tolist() == [MARCH + 7]
    told = reason_rows(events, judged, Sayings(SIGNALS)).to_pylist()
    assert [(row["event_id"], row["rank"], row["reason"], row["feature"], row["share"]) for row in told] == [
        ("W1207", 1, "masked network", "event_is_tor", 1.0)
    ]
    assert (
        told[0]["sentence"] == "It came through Tor (the anonymity network)." or "Tor" in told[0]["sentence"]
    )


def test_there_is_no_score_before_two_months_of_peers() -> None:
    judged = judge(quiet(), TRAFFIC, silent)
    assert np.isnan(judged.score[:MARCH]).all()
    assert np.isnan(judged.total[:EACH]).all()
    assert (judged.score[MARCH:] == 0).all()
    assert not judged.is_alert.any()


def test_an_account_that_always_does_so_is_less_unusual_than_one_that_never_did() -> None:
    events = quiet()
    always, once = 3, 8
    # A market maker's pace in every one of its six withdrawals a month, and one newcomer to that pace.
    events.matrix[events.account.code == always, PACE] = 50.0
    events.matrix[MARCH + once, PACE] = 50.0

    judged = judge(events, TRAFFIC, silent)

    assert judged.total[MARCH + once] > 5 * judged.total[MARCH + always] > 0


def test_an_account_raises_one_alert_in_seven_days() -> None:
    events = quiet()
    # Every fourth day (100 hours), the same account.
    same = MARCH + 7 + ACCOUNTS * np.arange(4)
    events.matrix[same, TOR] = 1.0

    judged = judge(events, TRAFFIC, silent)

    # The second comes 4.2 days after the first; the third 8.3 days, the fourth only 4.2 after that.
    assert np.flatnonzero(judged.is_alert).tolist() == [same[0], same[2]]


def test_no_budget_means_no_alert() -> None:
    events = quiet()
    events.matrix[MARCH + 7, TOR] = 1.0
    # 0.8 % of 100 events is less than one.
    few = dict.fromkeys(TRAFFIC, 50)
    assert not judge(events, few, silent).is_alert.any()


def test_what_happens_later_changes_nothing_earlier() -> None:
    rng = np.random.default_rng(3)
    events, other = quiet(), quiet()
    events.matrix[:] = rng.integers(0, 4, events.matrix.shape)
    events.matrix[rng.random(events.matrix.shape) < 0.1] = np.nan
    middle = MARCH + 300
    other.matrix[:middle], other.matrix[middle:] = events.matrix[:middle], 9.0

    first, second = judge(events, TRAFFIC, silent), judge(other, TRAFFIC, silent)

    assert (first.score[MARCH:middle] == second.score[MARCH:middle]).all()
    assert (first.total[EACH:middle] == second.total[EACH:middle]).all()
    assert (first.is_alert[:middle] == second.is_alert[:middle]).all()
    assert (first.score[middle:] != second.score[middle:]).any()


def test_every_row_keeps_its_strongest_reason_only_where_it_is_unusual() -> None:
    events = quiet()
    events.matrix[MARCH + 7, TOR] = 1.0
    rows = anomaly_rows(events, judge(events, TRAFFIC, silent), Sayings(SIGNALS)).to_pylist()
    assert len(rows) == EACH
    assert {row["reason"] for row in rows} == {None, "masked network"}
    assert [row["event_id"] for row in rows if row["sentence"]] == ["W1207"]


def test_progress_is_told_in_events() -> None:
    told: list[Step] = []
    judge(quiet(), TRAFFIC, told.append)
    assert (told[-1].done, told[-1].total, told[-1].unit) == (3 * EACH, 3 * EACH, "events")
