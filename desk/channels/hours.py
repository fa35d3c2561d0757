"""Working time of a channel, counted in microseconds between instants: exact over changes of the clocks.

    counted(channel, monday_0700, monday_0900)     # of these, how much its desk was open
    later(channel, friday_2130, 3600 * 10**6)      # the instant at which it has been open for an hour more

Hours are local; each day's are turned into UTC by the zone's own rules, so a night on which the clocks change
has an hour more or less. Instants are naive UTC. What is kept is one list of intervals a channel, which grows
when an instant beyond it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from desk.channels.model import DAY_MINUTES, Channel, Hours

_EPOCH = datetime(1970, 1, 1)
_US = timedelta(microseconds=1)
# A list that is made reaches so far beyond what was asked for.
_MARGIN_YEARS = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working intervals of some years, microseconds since 1970, and what was counted before each."""

    first_year: int
    last_year: int
    since: tuple[int, ...]
    until: tuple[int, ...]
    before: tuple[int, ...]

    def counted_until(self, moment: int) -> int:
        """Return the working microseconds from the calendar's beginning to `moment`."""
        place = bisect_right(self.since, moment) - 1
        if place < 0:
            return 0
        return self.before[place] + min(moment, self.until[place]) - self.since[place]

    def moment_of(self, counted: int) -> int | None:
        """Return the first instant at which so much was counted; None where the calendar ends before."""
        place = bisect_left(self.before, counted) - 1
        if place < 0:
            return self.since[0] if self.since else None
        moment = self.since[place] + counted - self.before[place]
        return moment if moment <= self.until[place] else None


def micros(moment: datetime) -> int:
    """Return a naive UTC instant in microseconds since 1970."""
    return (moment - _EPOCH) // _US


def instant(micro: int) -> datetime:
    """Return the naive UTC instant of microseconds since 1970."""
    return _EPOCH + micro * _US


def counted(channel: Channel, since: datetime, until: datetime) -> int:
    """Return the working microseconds from `since` to `until`; negative where `until` is earlier."""
    calendar = calendar_of(channel, min(since, until).year, max(since, until).year)
    return calendar.counted_until(micros(until)) - calendar.counted_until(micros(since))


def later(channel: Channel, since: datetime, micro: int) -> datetime:
    """Return the instant by which `micro` working microseconds have passed since `since`.

    Raises ValueError where that is never, because the desk is not open at all.
    """
    last_year = since.year
    while last_year < since.year + 20:
        calendar = calendar_of(channel, since.year, last_year)
        found = calendar.moment_of(calendar.counted_until(micros(since)) + micro)
        if found is not None:
            return instant(found)
        last_year = calendar.last_year + 1
    raise ValueError(f"channel {channel.slug} is not open within 20 years of {since}")


_calendars: dict[Channel, Calendar] = {}


def calendar_of(channel: Channel, first_year: int, last_year: int) -> Calendar:
    """Return the calendar of a channel that covers these years and one on each side."""
    known = _calendars.get(channel)
    if known is not None and known.first_year < first_year and last_year < known.last_year:
        return known
    if known is not None:
        first_year, last_year = min(first_year, known.first_year + 1), max(last_year, known.last_year - 1)
    made = _made(channel, first_year - _MARGIN_YEARS, last_year + _MARGIN_YEARS)
    if len(_calendars) > 200:
        _calendars.clear()
    _calendars[channel] = made
    return made


@lru_cache(maxsize=64)
def _made(channel: Channel, first_year: int, last_year: int) -> Calendar:
    since: list[int] = []
    until: list[int] = []
    for start, end in _days(channel, first_year, last_year):
        if until and start <= until[-1]:
            until[-1] = max(until[-1], end)
        elif end > start:
            since.append(start)
            until.append(end)
    before = [0]
    for start, end in zip(since, until, strict=True):
        before.append(before[-1] + end - start)
    return Calendar(first_year, last_year, tuple(since), tuple(until), tuple(before[: len(since)]))


def _days(channel: Channel, first_year: int, last_year: int) -> Iterator[tuple[int, int]]:
    """Yield the working intervals of each day in UTC, in order."""
    zone, day = channel.zone_info, date(first_year, 1, 1)
    while day.year <= last_year:
        if day.weekday() in channel.days and day not in channel.closed:
            yield span(channel.hours, day, zone)
        day += timedelta(days=1)


def span(hours: Hours, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Return from when to when hours of a local day last, microseconds since 1970.

    A time that the clocks skip is taken as far after the gap, one that they show twice as the first.
    """
    until = hours.since + hours.minutes
    return _utc(day, hours.since, zone), _utc(day, until, zone)


def _utc(day: date, minute: int, zone: ZoneInfo) -> int:
    days, of_day = divmod(minute, DAY_MINUTES)
    local = datetime(day.year, day.month, day.day) + timedelta(days=days, minutes=of_day)
    return micros(local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None))


def local_time(channel: Channel, moment: datetime) -> datetime:
    """Return the naive local time of a channel at a naive UTC instant."""
    return moment.replace(tzinfo=UTC).astimezone(channel.zone_info).replace(tzinfo=None)


def is_open(channel: Channel, moment: datetime) -> bool:
    """Answer whether a channel's own desk works at an instant: from its first minute to before its end."""
    calendar, micro = calendar_of(channel, moment.year, moment.year), micros(moment)
    place = bisect_right(calendar.since, micro) - 1
    return place >= 0 and micro < calendar.until[place]


def opens_at(channel: Channel, moment: datetime) -> datetime | None:
    """Return when a channel's desk opens next, `moment` itself while it works; None where it never does."""
    if is_open(channel, moment):
        return moment
    calendar, micro = calendar_of(channel, moment.year, moment.year), micros(moment)
    place = bisect_right(calendar.since, micro)
    return instant(calendar.since[place]) if place < len(calendar.since) else None


def closes_at(channel: Channel, moment: datetime) -> datetime | None:
    """Return when the desk that works at `moment` closes; None while it does not work."""
    calendar, micro = calendar_of(channel, moment.year, moment.year), micros(moment)
    place = bisect_right(calendar.since, micro) - 1
    return instant(calendar.until[place]) if place >= 0 and micro < calendar.until[place] else None
