"""Service levels of the configuration in force: within how many minutes a case is looked at, and has ended.

level_of("cis", "fraud", "critical")      # ServiceLevel(first_look_minutes=15, minutes=240, counts="always")
due_at(state)                             # when it must have ended, pauses added
"""

from __future__ import annotations

from desk.channels.clocks import due_at
from desk.channels.in_force import channels_in_force
from desk.channels.model import ServiceLevel

__all__ = ["ServiceLevel", "due_at", "level_of"]


def level_of(channel: str, kind: str, severity: str) -> ServiceLevel:
    """Return the service level of a channel for a kind of case and a severity."""
    return channels_in_force().level(channel, kind, severity)
