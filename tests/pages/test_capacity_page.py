"""The tab Capacity: before anything is worked out, with answers that were, and with one that was not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from opened import buttons_of, open_page, words_of

from dashboard import owner
from dashboard.capacity.levers import budget_words
from dashboard.capacity.sentences import setting_words
from dashboard.questions import capacity
from data.facts import write_fact
from data.home import Home
from data.rows import replace_rows
from desk.capacity import tables, working
from desk.capacity.again import kept_experiment
from desk.capacity.desks import desks_of
from desk.capacity.kept import FACT, Kept
from desk.capacity.setting import BUDGETS, Setting
from desk.channels.in_force import channels_in_force
from scoring.lab.evidence import Span

MONDAY = datetime(2025, 7, 7)
NOON = MONDAY + timedelta(days=1, hours=5)
SPAN = Span(MONDAY, MONDAY + timedelta(days=7))


@pytest.fixture(scope="module")
def worked_out(exchange: Home) -> Home:
    """Twenty alerts of one Tuesday noon in Almaty, each an hour's work, and all that follows from them."""
    rows = [
        {
            "event": f"a{number}", "channel": "cis", "came_at": NOON + timedelta(minutes=number),
            "region": "cis", "kind": "fraud", "account": f"A{number}", "score": 0.5, "amount": 100.0,
            "event_kind": "withdrawal", "decision": "hold", "severity": "high", "loss": 50.0,
            "place": 0 if number < 12 else 5, "budget": 0.5 if number < 12 else 3.0,
            "crime": number % 2 == 0, "is_ripe": True, "value": 100.0 if number % 2 == 0 else 0.0,
        }
        for number in range(20)
    ]  # fmt: skip
    durations = [
        {"number": number, "part": part, "kind": "fraud", "severity": "high", "minutes": minutes}
        for number, (part, minutes) in enumerate((("service", 60.0), ("reaction", 0.0)))
    ]
    store, kept = owner.store(), Kept(datetime(2025, 10, 31), channels_in_force().fingerprint, SPAN)
    with store.writing() as cursor:
        replace_rows(cursor, tables.CAPACITY_ALERTS, pa.Table.from_pylist(rows))
        replace_rows(cursor, tables.CAPACITY_DURATIONS, pa.Table.from_pylist(durations))
        made = kept_experiment(cursor, kept, channels_in_force())
        answers = list(working.answers_of(made, lambda _: None))
        replace_rows(cursor, tables.CAPACITY_ANSWERS, pa.Table.from_pylist(list(working.rows_of(answers))))
        replace_rows(cursor, tables.CAPACITY_HOURS, pa.Table.from_pylist(list(working.hours_of(answers))))
        write_fact(cursor, FACT, kept.text())
    owner.bump()
    return exchange


@pytest.mark.usefixtures("exchange")
def test_before_it_is_worked_out_the_tab_says_what_it_needs() -> None:
    page = open_page("desk", tab="capacity")

    assert "Nothing is worked out yet" in words_of(page)
    assert "It needs 60 cases that somebody ended" in words_of(page)
    assert "Work it out" in buttons_of(page)


@pytest.mark.usefixtures("worked_out")
def test_today_stands_in_a_sentence_with_what_helps_most() -> None:
    said = words_of(open_page("desk", tab="capacity"))

    # Three people take three of twelve at once, three an hour later, which is too late for high: six breach.
    assert "**CIS breaches 6 a week** (6 to 6 in nine weeks of ten), 50.0% of 12 cases." in said
    assert "One more person in the early shift of CIS would bring it to 4." in said


@pytest.mark.usefixtures("worked_out")
def test_a_seat_that_is_tried_is_in_the_address_and_changes_the_cards() -> None:
    page = open_page("desk", tab="capacity", channel="cis", staff="early+1")

    said = words_of(page)
    assert "**One more person in the early shift of CIS** brings breaches from 6 a week to 4 (4 to 4" in said
    assert "now 6" in said
    assert {"4", "33.3%"} <= set(buttons_of(page))


@pytest.mark.usefixtures("worked_out")
def test_a_budget_says_what_is_missed_and_who_is_held_wrongly() -> None:
    said = words_of(open_page("desk", tab="capacity", channel="cis", budget="3"))

    assert "It would miss 400 less a week of known loss, with 4 more wrongful holds." in said


@pytest.mark.usefixtures("worked_out")
def test_a_setting_that_was_not_worked_out_is_simulated_and_not_interpolated() -> None:
    setting = Setting("cis", BUDGETS.index(3.0), (("early", 3),))
    assert not capacity.is_at_hand(setting)

    found = capacity.answer(setting)
    # Six people for twenty cases: six at once, six after an hour, eight too late.
    assert found.figure("breaches").value == 8
    assert capacity.is_at_hand(setting)


@pytest.mark.usefixtures("worked_out")
def test_what_an_address_cannot_mean_is_left_out() -> None:
    assert capacity.setting_of("cis", "7", "early-9,never+1,late+1") == Setting("cis", change=(("late", 1),))
    assert [budget_words(text) for text in ("1", "0.5")] == ["today", "0.5\u00d7"]
    assert (
        setting_words(Setting("cis", change=(("early", -2),))) == "Two fewer people in the early shift of CIS"
    )


@pytest.mark.usefixtures("worked_out")
def test_the_desks_of_the_configuration_have_the_shift_that_is_tried() -> None:
    (cis,) = [desk for desk in desks_of(channels_in_force()) if desk.channel == "cis"]

    assert [(shift.name, shift.seats) for shift in cis.shifts] == [("early", 3), ("late", 2)]
