"""What the tab Channels asks: how each channel stands, and what breaches within the next hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from dashboard import ask, owner
from dashboard.tables import Asked
from desk.channels.forecast import WEEKS, Floor, Foretold, HourSeen, Waiting, foretold, measured_minutes
from desk.channels.in_force import channels_in_force
from desk.channels.model import CLOCK_STATES

LIVE_STATES = list(CLOCK_STATES)
# The same numbers for the same desk at the same instant.
SEED = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """Live cases of a channel, by how their clocks stand; `unlooked` are late for their first look."""

    channel: str
    live: int
    paused: int
    at_risk: int
    due_soon: int
    breached: int
    unlooked: int


def channel_counts(now: datetime) -> Mapping[str, Standing]:
    """Return by channel how it stands, in the configuration's order."""
    return {row["channel"]: Standing(**row) for row in ask.answer("channel_counts", now=now).to_pylist()}


def cases_asked(now: datetime, channels: list[str], states: list[str] | None = None) -> Asked:
    """Return the question for the live cases of some channels, whose clocks stand in some way."""
    return Asked("channel_cases", {"now": now, "channels": channels, "states": states or LIVE_STATES})


def forecast(now: datetime) -> Mapping[str, Foretold]:
    """Return by channel what breaches within the next hours, kept until the store or the desk changes."""
    return _forecast(now, owner.version(), owner.desk_version(), channels_in_force().fingerprint)


@lru_cache(maxsize=8)
def _forecast(now: datetime, *_versions: object) -> Mapping[str, Foretold]:
    return foretold(floor_at(now), now, SEED)


def floor_at(now: datetime) -> Floor:
    """Return what a forecast at `now` starts from: nothing that came about later."""
    since, config = now - timedelta(weeks=WEEKS), channels_in_force()

    def slug(row: dict[str, Any]) -> str:
        # A channel that is configured no more is worked as one of no known region.
        return config.channel(row["channel"]).slug

    arrivals: dict[str, Counter[int]] = defaultdict(Counter)
    mix: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in ask.answer("channel_arrivals", now=now, since=since).to_pylist():
        arrivals[slug(row)][row["hour_of_week"]] += row["cases"]
        mix[slug(row)][row["kind"], row["severity"]] += row["cases"]
    hours = [
        HourSeen(row["hour_at"], slug(row), row["waiting"], row["ended"])
        for row in ask.answer("channel_hours", now=now, since=since).to_pylist()
    ]
    waiting = [
        Waiting(slug(row), row["severity"], row["due_at"], row["runs_at"])
        for row in ask.answer("channel_waiting", now=now).to_pylist()
    ]
    return Floor(waiting, arrivals, mix, measured_minutes(hours, config), config)
