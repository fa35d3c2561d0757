"""Who is on duty: which desk works a channel at an instant, and whose cases a person is offered.

    on_duty(config, "oceania", now)            # Duty(desk="europe", is_own=False, until=..., ...)
    channels_of(config, actor, now)            # ("cis", "mena"): what a desk's person is offered now
    covered_by(config, now)                    # {"europe": ("europe", "mena"), ...}

A channel's own desk works it in its hours; out of them the first of its next desks that is open, and where
none is, the one that opens first (follow the sun).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.actors import SUPERVISE, Actor
from desk.channels.hours import closes_at, is_open, local_time, opens_at, span
from desk.channels.model import Channel, Channels, Shift


@dataclass(frozen=True, slots=True)
class Duty:
    """The desk that works a channel at an instant: its own or another, and until when."""

    channel: str
    desk: str
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None

    @property
    def is_own(self) -> bool:
        """Whether the channel's own desk works it."""
        return self.desk == self.channel


def on_duty(config: Channels, slug: str, at: datetime) -> Duty:
    """Return which desk works a channel at `at` (naive UTC)."""
    own = config.channel(slug)
    desks = [own, *(config.channel(other) for other in own.next_desks)]
    for desk in desks:
        if is_open(desk, at):
            return Duty(own.slug, desk.slug, True, at, closes_at(desk, at))
    opening = [(moment, desk) for desk in desks if (moment := opens_at(desk, at)) is not None]
    if not opening:
        return Duty(own.slug, own.slug, False, None, None)
    moment, desk = min(opening, key=lambda each: each[0])
    return Duty(own.slug, desk.slug, False, moment, None)


def covered_by(config: Channels, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Return the channels that each desk works at an instant, by desk; none for one that works nothing."""
    covered: dict[str, list[str]] = {slug: [] for slug in config.channels}
    for slug in config.channels:
        covered[on_duty(config, slug, at).desk].append(slug)
    return {desk: tuple(slugs) for desk, slugs in covered.items()}


def channels_of(config: Channels, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Return the channels whose cases a person is offered now, their own desk's first.

    Their own and those that their desks cover; all for who leads, and for who is on no desk's list.
    """
    own = [slug for slug, channel in config.channels.items() if actor.name in channel.members]
    if not own or actor.may(SUPERVISE):
        return tuple(config.channels)
    covering = covered_by(config, at)
    offered = [*own, *(slug for desk in own for slug in covering[desk])]
    return tuple(dict.fromkeys(offered))


def level_of_person(config: Channels, slug: str, actor: Actor) -> int:
    """Return the highest level of a channel's escalation path that a person answers for; else 0, the desk's.

    Where a level names people it is theirs alone, else of everybody in its roles.
    """
    path = config.channel(slug).escalation
    return max(
        (
            number
            for number, level in enumerate(path)
            if (actor.name in level.people if level.people else actor.role in level.roles)
        ),
        default=0,
    )


def shifts_at(channel: Channel, at: datetime) -> tuple[Shift, ...]:
    """Return the shifts of a channel that run at an instant; none while its desk is closed."""
    if not is_open(channel, at):
        return ()
    day, zone = local_time(channel, at).date(), channel.zone_info
    micro = (at - datetime(1970, 1, 1)) // timedelta(microseconds=1)
    # One that began yesterday may still run.
    days = (day - timedelta(days=1), day)
    return tuple(
        shift
        for shift in channel.shifts
        if any(since <= micro < until for since, until in (span(shift.hours, each, zone) for each in days))
    )


def seats(config: Channels, desk: str, at: datetime) -> int:
    """Return how many people sit at a desk at an instant, by its shifts."""
    return sum(shift.seats for shift in shifts_at(config.channel(desk), at))
