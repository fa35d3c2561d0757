from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from opened import buttons_of, open_page, words_of
from small_monitoring import fill_monitoring

from dashboard import dispositions, owner
from dashboard.desk_records import desk_records
from dashboard.monitoring.alarms import in_order
from dashboard.questions import monitoring
from data.home import Home
from desk.actors import Actor
from desk.model_alarms import Handled, take

NOW = datetime(2025, 10, 31, 23)


@pytest.fixture(scope="module")
def monitored(exchange: Home) -> Home:
    fill_monitoring(owner.store())
    owner.bump()
    return exchange


@pytest.mark.usefixtures("exchange")
def test_a_store_that_monitoring_knows_nothing_of_says_so_in_each_part() -> None:
    assert "None was raised in CIS" in words_of(open_page("models", tab="monitoring", area="cis"))
    assert "No label of this area is known" in words_of(open_page("models", tab="labels", area="cis"))


@pytest.mark.usefixtures("monitored")
def test_alarms_stand_above_the_drift_that_raised_them() -> None:
    page = open_page("models", tab="monitoring", area="cis")

    said = words_of(page)
    assert "1 alarm not closed, CIS and everywhere" in said
    assert "device maker moved at once" in said
    assert "1 of 1" in buttons_of(page)
    # Without a choice the cell furthest over its limit is opened.
    assert "**Device maker**, week of 08 September 2025" in said
    assert {"Take", "Close"} <= set(buttons_of(page))


@pytest.mark.usefixtures("monitored")
def test_a_cell_of_the_heat_map_is_chosen_by_its_name_in_the_address() -> None:
    said = words_of(
        open_page("models", tab="monitoring", area="cis", feature="input:device_maker@2025-09-01")
    )

    assert "**Device maker**, week of 01 September 2025" in said


@pytest.mark.usefixtures("monitored")
def test_the_parts_of_a_week_are_shares_before_and_now() -> None:
    (_, second) = monitoring.drift_heat("cis", "fraud")

    parts = monitoring.drift_of_week("cis", "fraud", second)
    assert [(one.part, one.before, one.now) for one in parts] == [
        ("Apple", 0.6, 0.2),
        ("Samsung", 0.4, 0.4),
        ("never seen before", 0.0, 0.4),
    ]


@pytest.mark.usefixtures("monitored")
def test_performance_shows_what_scores_foretell_and_whether_they_are_calibrated() -> None:
    said = words_of(open_page("models", tab="monitoring", stage="performance", area="cis"))

    assert "How often an alert is right, CIS" in said
    assert "50 crimes among 1,000 events, where scores expected 40. Slope 1.10 (0.90 to 1.30)" in said


@pytest.mark.usefixtures("monitored")
def test_fairness_says_its_findings_in_words() -> None:
    said = words_of(open_page("models", tab="monitoring", stage="fairness", area="cis", period="2025Q3"))

    assert "accounts under 7 days old are stopped 5.0 times as often" in said


@pytest.mark.usefixtures("monitored")
def test_labels_say_how_many_how_sure_and_that_training_is_due() -> None:
    page = open_page("models", tab="labels", area="cis")

    # 40 labels, 10 at random, two corrected.
    assert {"40", "25%", "95%"} <= set(buttons_of(page))
    assert "Due: 120 confirmed labels since training" in words_of(page)


@pytest.mark.usefixtures("monitored")
def test_an_alarm_that_somebody_took_says_who_and_cannot_be_taken_again() -> None:
    take(desk_records(), "M-1", Actor("Ana", "analyst"), "New phones", NOW)

    page = open_page("models", tab="monitoring", area="cis")
    assert "Taken by Ana" in words_of(page)
    assert "Take" not in buttons_of(page)


@pytest.mark.usefixtures("monitored")
def test_closed_alarms_come_last() -> None:
    (one,) = monitoring.alarms_of_area("cis")
    other = replace(one, alarm_id="M-2")
    closed = {"M-1": Handled(closed_by="Ana", closed_at=NOW, closed_because="Known")}

    assert [found.alarm_id for found in in_order([one, other], closed)] == ["M-2", "M-1"]


@pytest.mark.usefixtures("monitored")
def test_what_an_analyst_says_of_an_event_stands_on_its_page_and_is_a_label() -> None:
    analyst = Actor("Ana", "analyst")
    assert "No analyst has said what this event was." in words_of(open_page("explanations", event="W1"))

    dispositions.said_now("W1", "confirmed", "account_takeover", "The customer denies it", analyst)
    dispositions.said_now("W1", "false_positive", "account_takeover", "The customer called", analyst)

    said = words_of(open_page("explanations", event="W1"))
    assert "**False positive** by Ana" in said
    assert "corrected: The customer called" in said
    with owner.store().cursor() as cursor:
        found = cursor.execute(
            "SELECT outcome, typology, source FROM labels WHERE event_id = 'W1' ORDER BY ingest_seq"
        ).fetchall()
    assert found == [("confirmed", "account_takeover", "desk"), ("false_positive", None, "desk")]
