"""The clock of a training case: it runs while the case is on the screen, and stands when its trainee is gone.

A page that is open asks for the time every few seconds; when nobody asked for a while, the trainee had left
without pausing, and the time since then does not count. What is remembered here is of this process: after a
restart the clock stands at the last step in the records.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from dashboard.desk_records import desk_records
from dashboard.formats import duration
from desk.actors import Actor
from desk.drills.acting import pause
from desk.drills.state import DrillState

TICK_SECONDS = 5
# Browsers let a page in the background ask once a minute only.
GONE_AFTER = timedelta(seconds=90)
_seen: dict[str, datetime] = {}


def seen(drill_id: str) -> None:
    """Remember that the case is on a screen now."""
    _seen[drill_id] = desk_records().clock()


def stopped_if_gone(state: DrillState, actor: Actor, at: datetime) -> DrillState:
    """Return the drill with its clock stopped where its trainee had left; `at` is the data's now."""
    if state.shown_at is None:
        return state
    last = max(_seen.get(state.drill_id, state.shown_at), state.shown_at)
    if desk_records().clock() - last < GONE_AFTER:
        return state
    return pause(desk_records(), state.drill_id, actor, at, seen_until=last)


@st.fragment(run_every=TICK_SECONDS)
def draw(state: DrillState) -> None:
    """Draw how long the case at hand has been on the screen."""
    seen(state.drill_id)
    passed = timedelta(seconds=state.seconds(desk_records().clock()))
    st.markdown(f":material/timer: **{duration(passed)}**", width="content")
