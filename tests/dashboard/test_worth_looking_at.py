"""What is worth looking at now, on a store of its own: these tests write to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_exchange import NOW

from dashboard import owner
from dashboard.questions import overview
from data.home import Home

INSERT = (
    "INSERT INTO flagged_events"
    " (event_id, account_id, occurred_at, stream, kind, amount, region, score, decision, answered_at) VALUES"
    " ($event_id, $account_id, $at, 'transaction', 'withdrawal', $amount, 'cis', $score, 'hold',"
    " $answered_at)"
)


pytestmark = pytest.mark.usefixtures("exchange", "more")


@pytest.fixture(scope="module")
def more(exchange: Home) -> None:
    assert owner.home() == exchange
    flagged = {"account_id": "A3", "amount": 9_000, "score": 0.2, "at": NOW, "answered_at": None}
    with owner.store().writing() as cursor:
        for row in (
            {"event_id": "dear"},
            {"event_id": "cheaper", "amount": 8_000},
            {"event_id": "answered", "account_id": "A4", "amount": 90_000, "answered_at": NOW},
            {"event_id": "old", "account_id": "A5", "amount": 90_000, "at": NOW - timedelta(days=7)},
        ):
            cursor.execute(INSERT, flagged | row)
    owner.bump()


def test_the_most_to_lose_comes_first_one_event_an_account_and_nothing_answered_or_old() -> None:
    # Today 0.2 of 9,000; 0.8 of 8,000, the median alert, halved over twice; 0.9 of 900, halved nearly twice.
    assert [alert.event_id for alert in overview.worth_looking_at(None)] == ["dear", "L1", "W1"]


def test_in_a_region_the_usual_alert_is_that_region_s() -> None:
    found = overview.worth_looking_at("cis")
    assert [(alert.event_id, alert.at_stake) for alert in found] == [("dear", 9_000), ("W1", 900)]
