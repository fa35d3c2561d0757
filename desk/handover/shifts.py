"""Shifts of a channel as spans of time: the running one, and those before it.

    shifts_until(channel, now, 6)     # ShiftWindow("late", starts, ends), the newest first

Hours are local, so a shift over the night on which the clocks change has an hour more or less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.channels.hours import instant, local_time, span
from desk.channels.model import Channel, Shift

# A desk that works on one day of the week only still has this many shifts behind it.
_DAYS_BACK = 60


@dataclass(frozen=True, slots=True)
class ShiftWindow:
    """One shift of a channel, `[starts, ends)`, naive UTC."""

    name: str
    starts: datetime
    ends: datetime

    @property
    def hours(self) -> float:
        """How long it lasts: 11 or 13 hours where a shift of twelve is cut or stretched by the clocks."""
        return (self.ends - self.starts) / timedelta(hours=1)

    def in_words(self, channel: Channel) -> str:
        """Say when it is in the channel's own time: `Fri 31 Oct 15:00 to 22:00`."""
        starts, ends = (local_time(channel, moment) for moment in (self.starts, self.ends))
        day = "" if starts.date() == ends.date() else f"{ends:%a %d %b} "
        return f"{starts:%a %d %b %H:%M} to {day}{ends:%H:%M}"

    def is_running(self, at: datetime) -> bool:
        """Answer whether it is not over yet at `at`."""
        return self.starts <= at < self.ends


def shifts_until(channel: Channel, at: datetime, most: int) -> tuple[ShiftWindow, ...]:
    """Return the newest shifts of a channel that have begun by `at`, the newest first.

    A channel without shifts works in one, its hours.
    """
    shifts = channel.shifts or (Shift("day", channel.hours, 1),)
    day, found = local_time(channel, at).date(), list[ShiftWindow]()
    for back in range(_DAYS_BACK):
        one = day - timedelta(days=back)
        if one.weekday() not in channel.days or one in channel.closed:
            continue
        for shift in shifts:
            since, until = span(shift.hours, one, channel.zone_info)
            window = ShiftWindow(shift.name, instant(since), instant(until))
            if window.starts <= at:
                found.append(window)
        if len(found) >= most:
            break
    return tuple(sorted(found, key=lambda window: window.starts, reverse=True)[:most])
