"""What is given lies within what was asked, whatever is asked of it and in which order; and the clocks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_requests import ASKED, NOON, OF_USER

from data.statement import read_statement
from data.store import Store
from desk.requests import clocks
from desk.requests.acting import begun
from desk.requests.answering import within
from desk.requests.clocks import clock_state, deadlines
from desk.requests.state import DATA_KINDS, RequestError

CLOCK = Path(clocks.__file__).with_name("request_clock.sql")
KINDS = st.lists(st.sampled_from((*DATA_KINDS, "faces")), max_size=8)


@settings(max_examples=300, deadline=None)
@given(asked=st.lists(st.sampled_from(DATA_KINDS), unique=True), tries=st.lists(KINDS, max_size=4))
def test_what_is_given_is_within_what_was_asked(asked: list[str], tries: list[list[str]]) -> None:
    state = begun(replace(ASKED, scope_asked=tuple(asked)), "Q-1", NOON)
    for scope in tries:
        with suppress(RequestError):
            state = replace(state, scope_given=within(state, scope))
            # Nothing is taken in silence: what was named is what is given.
            assert set(state.scope_given) == set(scope)
        assert set(state.scope_given) <= set(asked)
        assert len(set(state.scope_given)) == len(state.scope_given)


@pytest.mark.parametrize("scope", [("devices",), ("profile", "faces"), ()])
def test_more_than_was_asked_or_nothing_is_refused(scope: tuple[str, ...]) -> None:
    with pytest.raises(RequestError) as refused:
        within(begun(ASKED, "Q-1", NOON), scope)
    assert "Possible: profile, transactions, logins" in str(refused.value)


def test_an_emergency_has_an_hour_at_night_too_and_an_order_four_hours_of_the_desk() -> None:
    night = datetime(2025, 10, 29, 23, 30)
    assert deadlines("emergency", "authority", "sub_saharan_africa", night) == (
        night + timedelta(minutes=30),
        night + timedelta(minutes=60),
    )
    # Lagos works from 08:00 to 20:00, an hour ahead of UTC: from 07:00 UTC on the next day, Thursday.
    assert deadlines("freeze", "authority", "sub_saharan_africa", night) == (
        datetime(2025, 10, 30, 9),
        datetime(2025, 10, 30, 11),
    )
    # On Friday at 18:00 UTC one hour is left; the other three are Monday's.
    friday = datetime(2025, 10, 31, 18)
    assert deadlines("freeze", "authority", "sub_saharan_africa", friday)[1] == datetime(2025, 11, 3, 10)
    assert deadlines(OF_USER.request_class, "user", "unknown", NOON)[1] == NOON + timedelta(days=30)


def test_the_clock_says_in_sql_what_it_says_in_python(store: Store) -> None:
    state = begun(replace(ASKED, request_class="emergency"), "Q-1", NOON)
    moments = [NOON + timedelta(minutes=minutes) for minutes in (0, 29, 30, 31, 59, 60, 61, 200)]
    answered = [None, *moments]
    store.cursor().execute(read_statement(CLOCK).sql)
    told = {}
    for now in moments:
        for ended in answered:
            there = replace(state, answered_at=ended)
            asked = {"ended": ended, "risk": state.at_risk_at, "due": state.due_at, "now": now}
            sql = store.cursor().execute("SELECT request_clock($ended, $risk, $due, $now)", asked).fetchall()
            told[now, ended] = clock_state(there, now)
            assert sql[0][0] == told[now, ended]
    open_ones = [told[now, None] for now in moments]
    assert open_ones == ["on_time"] * 2 + ["at_risk"] * 4 + ["breached"] * 2
    assert told[moments[-1], moments[4]] == "on_time"
    assert told[moments[-1], moments[6]] == "breached"
