"""The clock of a case in words: what is left until the first look and until its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from dashboard.formats import duration
from desk.cases.state import CaseState
from desk.channels.levels import due_at, level_of


def clock_in_words(state: CaseState, now: datetime) -> str:
    """Say how much is left until the first look, where nobody took it yet, and until the end."""
    if state.is_paused(now):
        until = f" until {state.paused_until:%d %b %H:%M} UTC" if state.paused_until else ""
        return f"paused{until}"
    level = level_of(state.channel, state.kind, state.severity)
    parts = []
    if state.first_look_at is None:
        parts.append(_left("first look", state.opened_at + timedelta(minutes=level.first_look_minutes) - now))
    parts.append(_left("end", due_at(state) - now))
    return ", ".join(parts)


def _left(what: str, left: timedelta) -> str:
    if left < timedelta(0):
        return f"{what} {duration(-left)} overdue"
    return f"{what} due in {duration(left)}"
