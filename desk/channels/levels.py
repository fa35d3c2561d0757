"""Service levels: within how many minutes a case must be looked at first, and must have ended.

level_of("cis", "fraud", "critical")      # ServiceLevel(first_look_minutes=15, minutes=240)
due_at(state)                             # when it must have ended, pauses added
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.cases.state import CaseState


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """Minutes to the first look and to the end of a case."""

    first_look_minutes: int
    minutes: int


STANDARD = {
    "critical": ServiceLevel(15, 240),
    "high": ServiceLevel(60, 720),
    "medium": ServiceLevel(240, 1440),
    "low": ServiceLevel(720, 4320),
}


def level_of(channel: str, kind: str, severity: str) -> ServiceLevel:
    """Return the service level of a channel for a kind of case and a severity."""
    del channel, kind
    return STANDARD[severity]


def due_at(state: CaseState) -> datetime:
    """Return when a case must have ended, naive UTC: the pauses that are over are added."""
    level = level_of(state.channel, state.kind, state.severity)
    return state.opened_at + timedelta(minutes=level.minutes, seconds=state.paused_seconds)
