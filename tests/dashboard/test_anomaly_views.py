"""Anomalies on the screen, over a few rows by hand: in words, beside scores, and the block of an area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from small_exchange import insert
from streamlit.testing.v1 import AppTest

from dashboard import ask, owner
from dashboard.anomaly import anomaly_block, anomaly_views
from dashboard.questions import anomalies
from data.geography import install_geography
from data.home import Home
from scoring.contract import SCORING_TABLES

NOW = datetime(2025, 10, 31, 12)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("unusual")


def anomaly(key: int, account: str, days_ago: int, score: float, **known: object) -> dict[str, object]:
    """One judged withdrawal of the CIS."""
    return {
        "event_id": f"W{key}",
        "event_key": key,
        "account_id": account,
        "area": "cis",
        "kind": "withdrawal",
        "occurred_at": NOW - days_ago * DAY,
        "score": score,
        "surprise": 10 * score,
        "is_alert": False,
    } | known


STRANGE = {"is_alert": True, "reason": "masked network", "sentence": "It came through Tor."}
ANOMALIES = [
    anomaly(1, "ann", 60, 0.2),
    anomaly(2, "ann", 50, 0.4),
    anomaly(3, "ann", 20, 0.9976, **STRANGE),
    anomaly(4, "ann", 2, 0.5),
    # Flagged by the fraud model as well.
    anomaly(5, "bob", 3, 1.0, **STRANGE),
    # An alert of long ago.
    anomaly(6, "cat", 40, 0.999, **STRANGE),
]
REASONS = [
    {
        "event_id": "W3",
        "rank": 1,
        "reason": "masked network",
        "share": 0.75,
        "sentence": "It came through Tor.",
    },
    {"event_id": "W3", "rank": 2, "reason": "unusual hour", "share": 0.25, "sentence": "Rarely so late."},
]
MEASURED = {
    "area": "cis",
    "incidents": 300,
    "by_fraud": 180,
    "by_anomaly": 80,
    "only_anomaly": 15,
    "only_low": 8.0,
    "only_high": 22.0,
    "fraud_alerts": 480,
    "fraud_confirmed": 384,
    "anomaly_alerts": 450,
    "anomaly_confirmed": 90,
    "precision": 0.2,
    "precision_low": 0.16,
    "precision_high": 0.24,
}


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("unusual"))
    store = owner.become(folder).store
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        install_geography(cursor)
        insert(cursor, "anomalies", ANOMALIES)
        insert(cursor, "anomaly_reasons", REASONS)
        insert(cursor, "anomaly_gain", [MEASURED, {**MEASURED, "quarter": date(2025, 7, 1)}])
        scored = [{**row, "score": 0.01, "model": "fraud", "decision": "allow"} for row in ANOMALIES]
        insert(cursor, "scored", scored)
        insert(cursor, "flagged_events", [row for row in scored if row["account_id"] == "bob"])
    yield folder
    owner.resign()


def test_an_event_is_told_beside_its_peers_rounded_down() -> None:
    found = anomalies.anomaly_of_event("W3")
    assert found is not None
    assert anomaly_views.in_words(found) == (
        "More unusual than 99.7% of withdrawals in CIS in the three months before. "
        "An anomaly alert. It came through Tor."
    )
    assert anomalies.anomaly_of_event("nobody") is None


def test_nothing_more_usual_is_said_as_all() -> None:
    found = anomalies.anomaly_of_event("W5")
    assert found is not None
    assert anomalies.unusual(found) == "more unusual than all withdrawals in CIS in the three months before"


def test_an_account_is_told_against_its_own_past() -> None:
    found = anomalies.account_anomaly("ann")
    assert found is not None
    # 0.2 and 0.4 before the last 30 days; 0.9976 and 0.5 in them.
    assert (found.peak.event_id, found.events_before, found.events_recent) == ("W3", 2, 2)
    assert found.usual_before == pytest.approx(0.3)
    assert anomalies.usual_before(found) == "Its 2 events before were more unusual than 30% on the median."
    assert anomalies.account_anomaly("nobody") is None


def test_an_account_without_a_past_says_so() -> None:
    found = anomalies.account_anomaly("bob")
    assert found is not None
    assert found.usual_before is None
    assert "no past of its own" in anomalies.usual_before(found)


def test_reasons_are_shares_of_the_surprise() -> None:
    html = anomaly_views.reasons_table(anomalies.anomaly_reasons("W3"))
    assert html.index("75%") < html.index("It came through Tor.") < html.index("25%")
    assert 'style="width:33%"' in html


def test_the_gain_says_what_only_anomalies_found_and_how_often_they_are_wrong() -> None:
    gain = anomalies.gain_of_area("cis")
    assert gain is not None
    assert anomaly_block.gain_in_words(gain) == (
        "Of 300 confirmed crimes in CIS fraud alerts found 180, and anomaly alerts **15** that no fraud "
        "alert lies on (95% interval 8 to 22). Of 450 anomaly alerts 20% were confirmed (16% to 24%), "
        "of 480 fraud alerts 80%."
    )
    assert anomalies.gain_of_area("europe") is None


def test_accounts_that_the_fraud_model_did_not_flag_are_listed() -> None:
    asked = anomalies.unflagged_asked("cis", NOW)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert [(row["account_id"], row["event_id"], row["unusual"], row["score"]) for row in rows] == [
        ("ann", "W3", 0.9976, 0.01)
    ]


def test_the_block_of_an_area_is_drawn_and_so_is_that_of_nothing() -> None:
    def page() -> None:
        from datetime import datetime  # noqa: PLC0415

        import streamlit as st  # noqa: PLC0415

        from dashboard.anomaly import anomaly_block, anomaly_views  # noqa: PLC0415

        anomaly_block.draw(st.query_params["area"], datetime(2025, 10, 31, 12))
        anomaly_views.draw_event("W3")
        anomaly_views.draw_account("ann")

    app = AppTest.from_function(page, default_timeout=30)
    app.query_params["area"] = "cis"
    assert not app.run().exception
    shown = " ".join(element.value for element in app.markdown)
    assert "anomaly alerts **15** that" in shown
    assert "not flagged by the fraud model" in shown
    assert len(app.dataframe) == 2
    app = AppTest.from_function(page, default_timeout=30)
    app.query_params["area"] = "europe"
    assert not app.run().exception
    assert any("Nothing is measured here yet" in element.value for element in app.caption)
