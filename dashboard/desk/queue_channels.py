"""Which channels a person works now: those chosen in the address, else those that they are on duty for."""

from __future__ import annotations

from datetime import datetime

from dashboard.state import View
from desk.actors import Actor
from desk.channels.duty import channels_of
from desk.channels.in_force import channels_in_force


def next_channels(view: View, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Return the channels from which the next case is taken, at the data's `now`, naive UTC."""
    chosen = tuple(filter(None, (view.channel or view.region or "").split(",")))
    return chosen or channels_of(channels_in_force(), actor, now)


def offered(actor: Actor, now: datetime) -> tuple[str, ...] | None:
    """Return the channels that a person is on duty for; None for who sees all of them."""
    config = channels_in_force()
    mine = channels_of(config, actor, now)
    return None if set(mine) == set(config.channels) else mine
