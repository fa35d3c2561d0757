"""The clock of a case in words: what is left until the first look and until its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from dashboard.formats import duration
from desk.cases.state import CaseState
from desk.channels.clocks import Clock, clock_of

Colour = Literal["red", "orange", "green", "gray"]
COLOURS: Mapping[str, Colour] = {
    "breached": "red",
    "due_soon": "orange",
    "at_risk": "orange",
    "on_track": "green",
    "paused": "gray",
}


def clocks_in_words(state: CaseState, now: datetime) -> list[tuple[str, Colour]]:
    """Return what to say of each clock of a live case, with its colour: first look, then end."""
    clock = clock_of(state, now)
    told = [_end(state, clock)]
    if clock.first_state is not None and clock.first_minutes_left is not None:
        told.insert(0, (_left("First look", clock.first_minutes_left), COLOURS[clock.first_state]))
    return told


def _end(state: CaseState, clock: Clock) -> tuple[str, Colour]:
    if clock.state == "paused":
        until = f" until {state.paused_until:%d %b %H:%M} UTC" if state.paused_until else ""
        return f"Paused{until}", COLOURS["paused"]
    return _left("End", clock.minutes_left), COLOURS[clock.state]


def _left(what: str, minutes: int) -> str:
    length = duration(timedelta(minutes=abs(minutes)))
    return f"{what} {length} overdue" if minutes < 0 else f"{what} due in {length}"
