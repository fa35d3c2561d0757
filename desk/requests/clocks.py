"""Clocks of requests: by when each must be answered, in minutes of its class or hours of its place.

    at_risk_at, due_at = deadlines("freeze", "authority", "europe", received_at)
    clock_state(state, now)                   # on_time, at_risk or breached

Both instants are worked out when a request comes in and kept in its state, so that SQL compares instants only
(`request_clock` of `request_clock.sql`), and a change of the configuration moves no promise made before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from desk.channels.hours import later
from desk.channels.in_force import channels_in_force
from desk.channels.model import MINUTE_US
from desk.requests.state import RequestState

RequestClockState = Literal["on_time", "at_risk", "breached"]
CLOCK_STATES: tuple[RequestClockState, ...] = ("on_time", "at_risk", "breached")


def deadlines(request_class: str, asker: str, place: str, received_at: datetime) -> tuple[datetime, datetime]:
    """Return from when on a request is at risk and by when it must be answered, naive UTC."""
    config = channels_in_force()
    clock = config.requests["user" if asker == "user" else request_class]
    whole = clock.minutes * MINUTE_US
    used = int(whole * config.thresholds.at_risk_used)
    if clock.counts == "always":
        return received_at + timedelta(microseconds=used), received_at + timedelta(microseconds=whole)
    channel = config.channel(place)
    return later(channel, received_at, used), later(channel, received_at, whole)


def clock_state(state: RequestState, now: datetime) -> RequestClockState:
    """Answer how a request stands at `now`; one that has ended, as it stood when it did."""
    moment = min(now, state.answered_at) if state.answered_at else now
    if moment > state.due_at:
        return "breached"
    return "on_time" if state.answered_at or moment < state.at_risk_at else "at_risk"
