from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
import pytest
from opened import open_page, words_of

from dashboard import acting, desk_clock, theme
from dashboard.channels import coverage, details
from dashboard.charts.follow_the_sun import follow_the_sun
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from dashboard.questions.channels import channel_counts, forecast
from data.home import Home
from desk.actors import SYSTEM, Actor
from desk.cases.state import CaseState
from desk.cases.steps import Step, append_steps
from desk.channels.in_force import put_in_force
from desk.channels.notices import dead_letters, notices
from desk.channels.reading import OWN_FILE, standard
from desk.channels.sending import MOST_TRIES, send_due
from desk.records import Records
from desk.transactional import take_turn

LENA = Actor("Lena Leaddemo", "desk_lead")
HOOK = """
[channels.cis]
title = "Desk of the CIS"
[[webhooks]]
name = "chat"
url = "http://127.0.0.1:9/told"
key_variable = "HOOK_KEY"
local = true
"""


@pytest.fixture(scope="module")
def cased(exchange: Home) -> Iterator[Home]:
    now = facts().now
    assert now is not None
    case = CaseState(
        "C-1", 1, "account", "A-1", ("cis",), "cis", "fraud", "high", 5, 1, now - timedelta(hours=11)
    )
    found = [
        case,
        replace(case, case_id="C-2", subject_id="A-2", opened_at=now - timedelta(hours=13)),
        replace(case, case_id="C-3", subject_id="A-3", opened_at=now, channel="a_channel_that_was"),
    ]
    with desk_records().writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(one, "opened", SYSTEM, "Alert", one.opened_at) for one in found])
    follow()
    yield exchange
    put_in_force(standard())


@pytest.fixture(autouse=True)
def as_lena(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "actor", lambda: LENA)


@pytest.mark.usefixtures("cased")
def test_channels_count_the_live_cases_by_how_their_clocks_stand() -> None:
    counts = channel_counts(present())

    assert (counts["cis"].live, counts["cis"].due_soon, counts["cis"].breached) == (2, 1, 1)
    assert (counts["unknown"].live, counts["unknown"].breached) == (1, 0)
    assert sum(one.live for one in counts.values()) == 3


@pytest.mark.usefixtures("cased")
def test_a_case_that_is_due_within_the_hours_may_be_foretold_to_breach() -> None:
    found = forecast(present())

    assert 0 <= found["cis"].low <= found["cis"].expected <= found["cis"].high <= 1
    assert found["europe"].high == 0


@pytest.mark.usefixtures("cased")
def test_the_tab_shows_a_channels_hours_levels_path_and_how_to_name_a_webhook() -> None:
    page = open_page("desk", tab="channels", channel="south_asia")
    said = words_of(page)

    for words in ("Asia/Kolkata (UTC+5:30)", "08:00-22:00, every day", "15 min", "risk manager"):
        assert words in said
    assert "Nobody is told of anything yet" in said
    assert [row["channel"] for row in page.dataframe[0].value.to_dict("records")][:2] == [
        "South-East Asia",
        "South Asia",
    ]


def test_a_round_of_the_desks_clock_follows_the_file_raises_and_tells(
    cased: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_KEY", "known to both")
    assert (desk_clock.round_once().raised, desk_clock.round_once().raised) == (2, 0)
    (cased.path / OWN_FILE).write_text(HOOK, encoding="utf-8")

    done = desk_clock.round_once()

    assert (done.raised, done.arrived) == (0, 0)
    records = desk_records()
    assert [one.notice_id for one in notices(records)] == [f"breached:C-2:{due_of_two():%Y%m%dT%H%M}:chat"]
    (one,) = notices(records)
    assert (one.standing, one.told.startswith("No answer: ConnectionRefusedError")) == ("failed", True)


@pytest.mark.usefixtures("cased")
def test_a_dead_letter_is_on_the_tab_and_sent_again_by_a_click() -> None:
    given_up(desk_records())
    page = open_page("desk", tab="channels", channel="cis")

    assert "Desk of the CIS" in words_of(page)
    assert "1 dead letter" in words_of(page)
    next(button for button in page.button if button.label == "Send again").click().run()

    assert dead_letters(desk_records()) == []


def test_a_faulty_configuration_is_told_on_the_tab(cased: Home) -> None:
    (cased.path / OWN_FILE).write_text("[channels.cis]\nzone = 'nowhere'", encoding="utf-8")
    desk_clock.round_once()

    page = open_page("desk", tab="channels")

    assert "no time zone 'nowhere'" in page.warning[0].value


def test_the_picture_of_the_day_has_a_row_a_channel_and_says_who_works_now() -> None:
    now = datetime(2025, 10, 31, 23, 40)
    found = coverage.stretches(standard(), now)
    for palette in (theme.LIGHT, theme.DARK):
        chart = follow_the_sun(found, now, ZoneInfo("Asia/Kolkata"), palette)
        drawn = go.Figure(chart.figure)
        assert list(drawn.layout.yaxis.ticktext) == [one.title for one in standard().channels.values()]
        assert {trace.name for trace in drawn.data} == {"Its own desk", "Another desk"}

    # 23:40 UTC is 05:10 of the next day in India.
    assert drawn.layout.shapes[0].x0 == "2025-11-01T05:10:00"
    assert "South Asia: Latin America" in chart.alt
    europe = [one for one in found if one.row == "Europe"]
    assert [(one.kind, one.since.hour) for one in europe][:3] == [("own", 19), ("other", 22), ("other", 1)]


def test_days_and_hours_are_said_as_a_person_does() -> None:
    config, now = standard(), datetime(2025, 10, 31, 23, 40)
    days = {slug: coverage.days_words(channel) for slug, channel in config.channels.items()}

    assert (days["europe"], days["north_america"], days["mena"]) == (
        "every day",
        "Mon-Fri",
        "Mon, Tue, Wed, Thu, Sun",
    )
    assert coverage.clock_words(config.channel("south_asia"), now) == "Sat 05:10 UTC+5:30"
    ring = next(rule for rule in config.rules if rule.name == "large_ring")
    assert details.conditions(ring, "USDT") == "ring; over 10,000 USDT"


def present() -> datetime:
    now = facts().now
    assert now is not None
    return now


def due_of_two() -> datetime:
    return present() - timedelta(hours=13) + timedelta(minutes=720)


def given_up(records: Records) -> None:
    """Have every notice be tried until nobody tries any more."""
    wall = records.clock
    try:
        for n in range(MOST_TRIES):
            records.clock = lambda ahead=n: wall() + timedelta(hours=ahead)
            send_due(records, {"HOOK_KEY": "known to both"}, seconds=1.0)
    finally:
        records.clock = wall
