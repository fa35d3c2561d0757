from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from small_exchange import BLOCKED_AT, FROZEN_AT, NOW

from dashboard import ask
from dashboard.facts import facts
from dashboard.measures.quarter import Quarter
from dashboard.questions import accounts, explanations, overview, regions
from dashboard.questions.measures import BY_NAME, WORLD, readings, readings_in
from dashboard.questions.period import Period, period_of, shown_period
from dashboard.questions.reading import rows_of

pytestmark = pytest.mark.usefixtures("exchange")


def third_quarter() -> Period:
    return shown_period("2025Q3", facts())


def slice_of(model: str, quarter: str = "2025Q4", region: str | None = None) -> explanations.Slice:
    return explanations.Slice(model, shown_period(quarter, facts()), region)


def test_a_page_opens_on_the_newest_quarter_that_is_over() -> None:
    period = shown_period(None, facts())
    assert period.quarter == Quarter(2025, 3)
    assert (period.starts, period.ends) == (datetime(2025, 7, 1), datetime(2025, 10, 1))


def test_a_quarter_that_the_store_does_not_have_is_not_believed() -> None:
    assert shown_period("1999Q1", facts()).quarter == Quarter(2025, 3)


def test_an_unfinished_quarter_ends_at_the_last_event_and_refuses_comparison() -> None:
    period = shown_period("2025Q4", facts())
    assert period.ends > NOW
    assert period.ends.date() == date(2025, 10, 31)
    assert period.refusal == "Q4 2025 is not over: the last event is of 31 October 2025."
    assert readings(period)["suspicious_actions"][WORLD].change is None


def test_both_quarters_are_counted_as_known_equally_long_after_their_end() -> None:
    period = third_quarter()
    assert period.known_by - period.ends == period.base_known_by - period.base_ends


def test_an_empty_store_has_no_period() -> None:
    empty = facts()
    nothing = type(empty)(0, 0, None, None, "USDT", False, ())
    assert period_of(None, nothing) is None
    with pytest.raises(ValueError, match="no period"):
        shown_period(None, nothing)


def test_suspicious_actions_are_flagged_events_per_scored_event() -> None:
    reading = readings(third_quarter())["suspicious_actions"][WORLD]
    # 13 weeks of 10 against 13 weeks of 20; 1,010 and 1,020 events a week.
    assert (reading.value, reading.previous, reading.exposure) == (130, 260, 13 * 1010)
    assert reading.change is not None
    assert reading.change.ratio == pytest.approx((10 / 1010) / (20 / 1020))
    assert reading.change.is_shown


def test_an_incident_that_came_out_too_late_for_its_quarter_is_not_counted_against_it() -> None:
    change = readings(third_quarter())["organised_crime"][WORLD].change
    assert change is not None
    # 3 a week against 1 a week; the incident of June known in September is left out.
    assert (change.before, change.after) == (39, 13)
    assert change.ratio == pytest.approx(1 / 3)


def test_readings_by_country_add_up_to_their_region() -> None:
    period = third_quarter()
    countries = readings_in(period, "suspicious_actions", "cis")
    assert {code: reading.value for code, reading in countries.items()} == {"KZ": 130}
    assert readings(period)["suspicious_actions"]["cis"].value == 130


def test_the_weeks_of_a_line_are_whole() -> None:
    weeks = readings(third_quarter())["suspicious_actions"][WORLD].weeks
    # The first Monday of the second quarter is 7 April; the third's last whole week ends on 28 September.
    assert (weeks[0][0], weeks[-1][0]) == (date(2025, 4, 7), date(2025, 9, 22))
    assert weeks[0][1] == 20
    # The week of 30 June holds the first Tuesday of July.
    assert dict(weeks)[date(2025, 6, 30)] == 10


def test_money_frozen_counts_what_was_stopped_whatever_became_of_it() -> None:
    assert readings(shown_period("2025Q4", facts()))["money_frozen"][WORLD].value == 900


def test_an_alert_waits_until_its_truth_is_known_or_a_week_is_over() -> None:
    waiting = readings(shown_period("2025Q4", facts()))["alerts_waiting"]
    assert {place: reading.value for place, reading in waiting.items()} == {
        WORLD: 2,
        "cis": 1,
        "south_east_asia": 1,
    }
    assert readings(third_quarter())["alerts_waiting"][WORLD].value == 0


def test_every_measure_opens_to_as_many_rows_as_it_counts() -> None:
    period = shown_period("2025Q4", facts())
    # The frozen withdrawal and the blocked check, of which nobody has said yet what they were.
    counted = {"suspicious_actions": 2, "deepfakes_stopped": 0, "money_frozen": 1, "alerts_waiting": 2}
    for name, rows in counted.items():
        asked = rows_of(BY_NAME[name], period, None)
        assert ask.first(asked.name, 100, **asked.parameters)[1] == rows, name
    crimes = rows_of(BY_NAME["organised_crime"], third_quarter(), "cis", "KZ")
    assert ask.first(crimes.name, 100, **crimes.parameters)[1] == 13


def test_the_headline_says_the_fall_with_its_interval() -> None:
    period = third_quarter()
    said = overview.headline(readings(period)["organised_crime"][WORLD], period)
    assert said.startswith("Organised-crime rings fell 67 % in Q3 2025 against Q2, between ")
    assert said.endswith(" %.")


def test_the_headline_of_an_unfinished_quarter_refuses() -> None:
    period = shown_period("2025Q4", facts())
    said = overview.headline(readings(period)["organised_crime"][WORLD], period)
    assert said == (
        "Organised-crime rings: 0 in Q4 2025, not comparable with Q3. "
        "Q4 2025 is not over: the last event is of 31 October 2025."
    )


def test_worth_looking_at_is_one_event_an_account_with_what_else_spoke_for_it() -> None:
    first, second = overview.worth_looking_at(None)
    assert (first.event_id, first.account_id, first.sentence) == ("W1", "A1", "2 accounts used this device")
    # The reason that lowered the score is none for looking.
    assert first.also == ("9 times this customer's normal amount",)
    # An identity check moves no money: what is at stake is what an alert here is usually worth.
    assert (second.event_id, second.also, second.amount, second.at_stake) == ("L1", (), None, 900)
    assert [alert.event_id for alert in overview.worth_looking_at("south_east_asia")] == ["L1"]


def test_the_region_that_moved_most_is_one_whose_change_is_shown() -> None:
    assert regions.moved_most(readings(third_quarter())["suspicious_actions"]) == "cis"


def test_a_corridor_leads_from_one_country_to_another() -> None:
    found = regions.corridors_between(third_quarter(), None, None)
    assert [(c.from_name, c.to_name, c.flagged) for c in found] == [
        ("Russia", "United Arab Emirates", 10),
        ("Netherlands", "Kazakhstan", 2),
    ]
    assert found[0].flagged_share == 0.25
    assert [c.to_country for c in regions.corridors_between(third_quarter(), "cis", "KZ")] == ["KZ"]


def test_an_account_is_found_by_its_name_its_device_its_network_and_its_counterparty() -> None:
    for text, expected in {
        "A1": ["A1"],
        "D1": ["A1", "A2"],
        "10.0.0.1": ["A1"],
        "0xBAD": ["A1"],
        "nobody": [],
    }.items():
        asked = accounts.find_accounts(text)
        assert ask.answer(asked.name, **asked.parameters).column("account_id").to_pylist() == expected, text


def test_the_riskiest_account_is_the_one_to_open() -> None:
    assert accounts.riskiest_account(None) == "A1"
    assert accounts.riskiest_account("south_east_asia") == "A2"
    assert accounts.riskiest_account("oceania") is None


def test_what_is_normal_is_the_past_before_the_last_thirty_days() -> None:
    habits = {habit.label: habit for habit in accounts.account_normal("A1")}
    # Trades of 100 in January and September, one withdrawal of 900 in the last 30 days.
    assert (habits["Largest amount"].before, habits["Largest amount"].now) == (100, 900)
    assert habits["Largest amount"].ratio == 9
    assert (habits["Counterparties"].before, habits["Counterparties"].now) == (0, 1)
    assert (habits["Median amount out"].before, habits["Median amount out"].now) == (None, 900)


def test_an_account_without_a_past_has_nothing_to_compare_with() -> None:
    assert all(habit.before is None for habit in accounts.account_normal("A2"))


def test_hours_are_shares_of_the_days_hours() -> None:
    before, now = accounts.account_hours("A1")
    assert (before[10], now[3], now[23]) == (1.0, 0.5, 0.5)
    assert (len(before), sum(share or 0 for share in now)) == (24, 1.0)


def test_ties_say_how_many_others_use_them_the_known_bad_first() -> None:
    asked = accounts.account_ties("A1")
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert [(row["entity"], row["other_accounts"]) for row in rows] == [
        ("0xbad", 0),
        ("D1", 1),
        ("10.0.0.1", 0),
    ]
    users = accounts.entity_users("device", "D1")
    assert ask.answer(users.name, **users.parameters).column("account_id").to_pylist() == ["A1", "A2"]


def test_the_points_of_an_event_lead_from_its_base_to_its_score() -> None:
    event = explanations.event("W1", "A1")
    assert event is not None
    assert event.base_probability is not None
    reasons = explanations.event_reasons(event)
    assert [reason.points for reason in reasons] == [0.6, 0.4, -0.2]
    assert event.base_probability + sum(reason.points for reason in reasons) == pytest.approx(event.score)


def test_an_event_is_found_without_its_account_and_with_a_wrong_one() -> None:
    for account in (None, "A2"):
        found = explanations.event("W1", account)
        assert found is not None
        assert found.account_id == "A1"
    assert explanations.event("no such event", None) is None


def test_explanations_open_on_the_newest_blocked_event_of_a_model() -> None:
    shown = {
        model: explanations.shown_event(None, None, model, None) for model in (None, "fraud", "liveness")
    }
    assert {model: event and event.event_id for model, event in shown.items()} == {
        None: "W1",
        "fraud": "W1",
        "liveness": "L1",
    }


def test_an_event_of_the_url_gives_way_when_another_model_is_chosen() -> None:
    kept = explanations.shown_event("W1", "A1", None, None)
    left = explanations.shown_event("W1", "A1", "liveness", None)
    assert (kept and kept.event_id, left and left.event_id) == ("W1", "L1")


def test_importance_is_of_the_random_sample_only() -> None:
    found = explanations.reason_importance(slice_of("fraud"))
    assert [(one.reason, one.mean, one.events) for one in found] == [
        ("shared device", 0.6, 1),
        ("amount against own past", 0.4, 1),
        ("own record", 0.2, 1),
    ]
    assert explanations.reason_importance(slice_of("liveness")) == ()


def test_a_swarm_has_a_row_a_reason_and_a_dot_an_event() -> None:
    rows = explanations.reason_swarm(slice_of("fraud"))
    assert [(row.label, list(row.points), list(row.events)) for row in rows] == [
        ("Shared device", [0.6], ["W1"]),
        ("Amount against own past", [0.4], ["W1"]),
        ("Own record", [-0.2], ["W1"]),
    ]


def test_dependence_pairs_values_with_points() -> None:
    chosen = slice_of("liveness", region="south_east_asia")
    assert explanations.reason_features(chosen, "camera") == ("feature_of_1",)
    values, points, events, sentences = explanations.reason_dependence(chosen, "camera", "feature_of_1")
    assert (list(values), list(points), events, sentences) == (
        [1.0],
        [0.75],
        ["L1"],
        ["The camera is virtual"],
    )


def test_the_camera_of_a_check_is_known_and_of_a_transfer_is_not() -> None:
    assert explanations.capture_signals("L1")["is_virtual_camera"] is True
    assert explanations.capture_signals("W1") == {}


def test_next_goes_back_through_the_flagged_events_of_the_same_model() -> None:
    frozen = explanations.event("W1", "A1")
    blocked = explanations.event("L1", "A2")
    assert frozen is not None
    assert blocked is not None
    # Before the frozen withdrawal the first of the deposits that were held on 23 September.
    assert explanations.next_flagged(frozen, None) == ("H0701-12-0", "K0")
    # The only other flagged event of South-East Asia is an identity check.
    assert explanations.next_flagged(frozen, "south_east_asia") is None
    later = replace(blocked, occurred_at=NOW)
    assert explanations.next_flagged(later, None) == ("L1", "A2")
    assert explanations.next_flagged(later, "cis") is None


def test_what_came_before_an_event_ends_with_the_event_itself() -> None:
    event = explanations.event("W1", "A1")
    assert event is not None
    before = explanations.account_before(event)
    assert [row["event_id"] for row in before] == ["W1", "T0922", "T0915", "T0908", "T0901", "T0102"]
    assert (before[0]["occurred_at"], BLOCKED_AT < FROZEN_AT) == (FROZEN_AT, True)
