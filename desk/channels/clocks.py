"""Clocks of cases, derived when they are read: when a case is due, how much is left, how it stands.

    clock_of(state, now)       # Clock(first_due_at, due_at, state="due_soon", minutes_left=22, ...)
    due_at(state)              # when it must have ended, pauses added; for the queue's order

Nothing here is stored. A clock counts always, or in the working hours of the case's channel; a pause stands
still in the same time, so that a pause over a night in which nobody works adds nothing. The first look has no
pauses: who sets a case aside has looked at it. The same in SQL: `desk/channels/clock_rows.sql`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk.channels.hours import counted, later, micros
from desk.channels.in_force import channels_in_force
from desk.channels.model import MINUTE_US, Channels, ClockState, Counts, ServiceLevel, Thresholds

if TYPE_CHECKING:
    from desk.cases.state import CaseState

_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Clock:
    """How a case stands at an instant.

    `minutes_left` are minutes of its clock, rounded down, negative once it has breached; `first_state` and
    `first_minutes_left` are of the first look, None when somebody has looked. Times are naive UTC.
    """

    first_due_at: datetime
    due_at: datetime
    state: ClockState
    minutes_left: int
    first_state: ClockState | None
    first_minutes_left: int | None
    level: ServiceLevel


def clock_of(state: CaseState, at: datetime, channels: Channels | None = None) -> Clock:
    """Return how a live case stands at `at`; a paused one as if it went on now."""
    config = channels or channels_in_force()
    level = config.level(state.channel, state.kind, state.severity)
    paused = _paused_micro(state, at, level.counts, config)
    due = _due(state, level, level.minutes, paused, config)
    left = level.minutes * MINUTE_US + paused - _passed(state, at, level.counts, config)
    is_paused = state.is_paused(at)
    first_left = level.first_look_minutes * MINUTE_US - _passed(state, at, level.counts, config)
    waits = state.first_look_at is None
    first = state_of_clock(
        first_left, level.first_look_minutes, is_paused=is_paused, thresholds=config.thresholds
    )
    return Clock(
        _due(state, level, level.first_look_minutes, 0, config),
        due,
        state_of_clock(left, level.minutes, is_paused=is_paused, thresholds=config.thresholds),
        math.floor(left / MINUTE_US),
        first if waits else None,
        math.floor(first_left / MINUTE_US) if waits else None,
        level,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """From when on a live case is at risk, due soon and breached, naive UTC: so it stands until a next step.

    `paused_left` are the microseconds of its clock that a paused case had left, None where it is not paused;
    a pause that has an end is added as if it were over. `channel` is the one in whose hours it counts.
    """

    at_risk_at: datetime
    due_soon_at: datetime
    due_at: datetime
    paused_left: int | None
    counts: Counts
    channel: str


def standing_of(state: CaseState, channels: Channels | None = None) -> Standing:
    """Return the instants at which the clock of a live case changes how it stands."""
    config = channels or channels_in_force()
    level = config.level(state.channel, state.kind, state.severity)
    paused, whole = _paused_so_far(state, level.counts, config), level.minutes * MINUTE_US
    # Fewer than `soon` are left from here on; at most `risk`.
    soon = math.ceil(_soon_left(whole, config.thresholds)) - 1
    risk = math.floor(_risk_left(whole, config.thresholds))
    left = None
    if state.paused_since is not None:
        left = whole + state.paused_seconds * _SECOND_US
        left -= _counted(state.channel, state.opened_at, state.paused_since, level.counts, config)
    return Standing(
        _due(state, level, level.minutes, paused - risk, config),
        _due(state, level, level.minutes, paused - soon, config),
        _due(state, level, level.minutes, paused, config),
        left,
        level.counts,
        config.channel(state.channel).slug,
    )


def due_at(state: CaseState, channels: Channels | None = None) -> datetime:
    """Return when a case must have ended, naive UTC.

    Pauses are added: those that are over, and a present one that has an end. One without an end adds nothing
    until it is over.
    """
    config = channels or channels_in_force()
    level = config.level(state.channel, state.kind, state.severity)
    return _due(state, level, level.minutes, _paused_so_far(state, level.counts, config), config)


def counted_seconds(state: CaseState, since: datetime, until: datetime) -> int:
    """Return for how many seconds the clock of a case would have run between two instants, rounded."""
    config = channels_in_force()
    level = config.level(state.channel, state.kind, state.severity)
    return round(max(0, _counted(state.channel, since, until, level.counts, config)) / _SECOND_US)


def state_of_clock(left: int, minutes: int, *, is_paused: bool, thresholds: Thresholds) -> ClockState:
    """Return how a clock stands that has `left` microseconds left of `minutes`."""
    whole = minutes * MINUTE_US
    if is_paused:
        return "paused"
    if left <= 0:
        return "breached"
    if left < _soon_left(whole, thresholds):
        return "due_soon"
    return "at_risk" if left <= _risk_left(whole, thresholds) else "on_track"


def _soon_left(whole: int, thresholds: Thresholds) -> float:
    return max(thresholds.due_soon_left * whole, min(thresholds.due_soon_minutes * MINUTE_US, 0.5 * whole))


def _risk_left(whole: int, thresholds: Thresholds) -> float:
    return (1 - thresholds.at_risk_used) * whole


def _due(state: CaseState, level: ServiceLevel, minutes: int, paused: int, config: Channels) -> datetime:
    given = minutes * MINUTE_US + paused
    if level.counts == "always":
        return state.opened_at + timedelta(microseconds=given)
    return later(config.channel(state.channel), state.opened_at, given)


def _passed(state: CaseState, at: datetime, counts: Counts, config: Channels) -> int:
    return _counted(state.channel, state.opened_at, at, counts, config)


def _counted(channel: str, since: datetime, until: datetime, counts: Counts, config: Channels) -> int:
    if counts == "always":
        return micros(until) - micros(since)
    return counted(config.channel(channel), since, until)


def _paused_so_far(state: CaseState, counts: Counts, config: Channels) -> int:
    """Return the microseconds of all pauses, of a present one only where its end is known."""
    if state.paused_since is None or state.paused_until is None:
        return state.paused_seconds * _SECOND_US
    return _paused_micro(state, state.paused_until, counts, config)


def _paused_micro(state: CaseState, at: datetime, counts: Counts, config: Channels) -> int:
    """Return the microseconds of its clock for which a case was set aside until `at`."""
    over = state.paused_seconds * _SECOND_US
    if state.paused_since is None:
        return over
    until = at if state.paused_until is None else min(at, state.paused_until)
    return over + max(0, _counted(state.channel, state.paused_since, until, counts, config))
