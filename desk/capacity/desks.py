"""Who sits at the desks: seats by shift in each channel's own time, and who serves a channel out of hours.

desks = desks_of(channels_in_force())
calendar(desks, since, weeks=13)       # seats and service for every quarter of an hour
changed(desks, {("cis", "night"): +1}) # the same with one more person in the night shift
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.errors import WatchfloorError
from desk.capacity.setting import Change
from desk.channels.model import Channels
from scoring.lab.evidence import Integers

QUARTERS_A_DAY = 96
EVERY_DAY = frozenset(range(7))
# Seats of one shift: beyond that a desk is another desk.
MOST_SEATS = 60


class CapacityError(WatchfloorError):
    """A change of staff that cannot be, or too little history to say what it would do."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift: from `starts` to `ends` local hours (over midnight where it ends before), on weekdays.

    Monday is 0; a shift over midnight belongs to the day on which it starts.
    """

    name: str
    starts: float
    ends: float
    seats: int
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of a channel: its zone (IANA), its shifts, and the channels that serve it when nobody sits."""

    channel: str
    zone: str
    shifts: tuple[Shift, ...]
    taken_by: tuple[str, ...] = ()


def desks_of(channels: Channels) -> tuple[Desk, ...]:
    """Return the desks of the configuration, in its order; dates on which one is closed are left out."""
    return tuple(
        Desk(
            slug,
            channel.zone,
            tuple(
                Shift(shift.name, shift.hours.since / 60, shift.hours.until / 60, shift.seats, channel.days)
                for shift in channel.shifts
            ),
            channel.next_desks,
        )
        for slug, channel in channels.channels.items()
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Desks over a span that begins at `since` (naive UTC, a full hour), for every quarter of an hour.

    `seats` (quarters, desks), `serves` (quarters, desks, channels), `shift` (quarters, desks) the number of
    the shift that is on, -1 for none; `hour` (quarters, desks) the local hour of the day.
    """

    since: datetime
    desks: tuple[Desk, ...]
    seats: Integers
    serves: NDArray[np.bool_]
    shift: Integers
    hour: Integers

    @property
    def changes(self) -> Integers:
        """The quarters in which seats or service are others than in the one before."""
        moved = (np.diff(self.seats, axis=0) != 0).any(axis=1)
        moved |= (np.diff(self.serves.reshape(len(self.serves), -1), axis=0) != 0).any(axis=1)
        return np.flatnonzero(moved) + 1


def changed(desks: Sequence[Desk], change: Change) -> tuple[Desk, ...]:
    """Return the desks with seats added to or taken from shifts, by (channel, shift).

    Raises CapacityError for a shift that is not there or fewer than no seats.
    """
    there = {(desk.channel, shift.name): shift.seats for desk in desks for shift in desk.shifts}
    for place, by in change.items():
        if place not in there or not 0 <= there[place] + by <= MOST_SEATS:
            raise CapacityError(
                f"{by:+d} seats in the shift {place[1]!r} of {place[0]} cannot be.",
                where="the staff that was tried",
                possible=", ".join(f"{name}/{shift}: {seats}" for (name, shift), seats in there.items()),
                to_do="Choose a shift that is there, and no fewer than no seats.",
            )
    return tuple(
        replace(
            desk,
            shifts=tuple(
                replace(shift, seats=shift.seats + change.get((desk.channel, shift.name), 0))
                for shift in desk.shifts
            ),
        )
        for desk in desks
    )


@lru_cache(maxsize=64)
def calendar(desks: tuple[Desk, ...], since: datetime, weeks: int) -> Calendar:
    """Return who works and serves from `since` on, for so many weeks."""
    quarters = weeks * 7 * QUARTERS_A_DAY
    minute = np.stack([local_minutes(desk.zone, since, quarters) for desk in desks], axis=1)
    seats, shift = np.zeros(minute.shape, dtype=np.int64), np.full(minute.shape, -1, dtype=np.int64)
    for place, desk in enumerate(desks):
        for number, one in enumerate(desk.shifts):
            on = _is_on(one, minute[:, place])
            seats[on, place] += one.seats
            shift[on, place] = number
    hour = (minute // 60) % 24
    return Calendar(since, desks, seats, _serves(desks, seats), shift, hour)


@lru_cache(maxsize=256)
def local_minutes(zone: str, since: datetime, quarters: int) -> Integers:
    """Return (quarters,) minutes of the local clock since the Monday midnight of 1970's first full week."""
    own, found = ZoneInfo(zone), np.empty(quarters, dtype=np.int64)
    utc, origin = ZoneInfo("UTC"), datetime(1970, 1, 5)
    for hour in range(0, quarters, 4):
        at = since + timedelta(minutes=15 * hour)
        local = at.replace(tzinfo=utc).astimezone(own).replace(tzinfo=None)
        first = int((local - origin).total_seconds() // 60)
        found[hour : hour + 4] = first + 15 * np.arange(min(4, quarters - hour))
    return found


def _is_on(shift: Shift, minute: Integers) -> NDArray[np.bool_]:
    """Answer (quarters,) whether a shift is on at these local minutes."""
    length = (shift.ends - shift.starts) % 24 or 24
    begun = minute - round(60 * shift.starts)
    is_of_day = np.isin((begun // 1440) % 7, list(shift.days))
    on: NDArray[np.bool_] = is_of_day & (begun % 1440 < round(60 * length))
    return on


def _serves(desks: Sequence[Desk], seats: Integers) -> NDArray[np.bool_]:
    """Answer (quarters, desks, channels): each its own, and of those where nobody sits the first taker."""
    number = {desk.channel: place for place, desk in enumerate(desks)}
    serves = np.zeros((len(seats), len(desks), len(desks)), dtype=np.bool_)
    for place, desk in enumerate(desks):
        left = seats[:, place] == 0
        serves[:, place, place] = ~left
        for taker in (number[name] for name in desk.taken_by if name in number):
            takes = left & (seats[:, taker] > 0)
            serves[takes, taker, place] = True
            left = left & ~takes
    return serves
