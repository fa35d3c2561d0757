"""Who works each channel over a day, and how a channel stands now, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dashboard.charts.follow_the_sun import Stretch
from dashboard.formats import duration, zone_name
from desk.channels.duty import Duty, on_duty, seats, shifts_at
from desk.channels.model import WEEKDAYS, Channel, Channels

# Shifts and hours begin at full quarters.
STEP = timedelta(minutes=15)
# So that who worked last is on the picture too.
BEFORE, AFTER = timedelta(hours=4), timedelta(hours=20)


def stretches(config: Channels, now: datetime) -> list[Stretch]:
    """Return from when to when each channel is worked by which desk, from BEFORE to AFTER around `now`."""
    begins = (now - BEFORE).replace(minute=0, second=0, microsecond=0)
    moments = [begins + n * STEP for n in range(int((BEFORE + AFTER) / STEP))]
    found: list[Stretch] = []
    for slug, channel in config.channels.items():
        own: list[Stretch] = []
        for moment in moments:
            one = _stretch(config, channel.title, slug, moment)
            last = own[-1] if own else None
            if last is not None and (last.desk, last.seats) == (one.desk, one.seats):
                own[-1] = Stretch(one.row, one.desk, one.kind, last.since, one.until, one.seats)
            else:
                own.append(one)
        found += own
    return found


def _stretch(config: Channels, row: str, slug: str, moment: datetime) -> Stretch:
    duty = on_duty(config, slug, moment)
    if not duty.is_open:
        return Stretch(row, "Nobody", "nobody", moment, moment + STEP, 0)
    kind = "own" if duty.is_own else "other"
    desk = config.channel(duty.desk).title
    return Stretch(row, desk, kind, moment, moment + STEP, seats(config, duty.desk, moment))


def worked_by(config: Channels, duty: Duty, now: datetime) -> str:
    """Say which desk works a channel: `Europe, for 3 h 20 min`, `closed; Europe opens in 2 h`."""
    desk = config.channel(duty.desk).title
    if not duty.is_open:
        return "Nobody" if duty.opens_at is None else f"Nobody; {desk} in {in_minutes(duty.opens_at - now)}"
    name = "Its own desk" if duty.is_own else desk
    if duty.closes_at is None or duty.closes_at - now > timedelta(days=7):
        return name
    return f"{name}, for {in_minutes(duty.closes_at - now)}"


def in_minutes(length: timedelta) -> str:
    """Write a length of time in full minutes: `1 h 20 min`."""
    return duration(timedelta(minutes=length // timedelta(minutes=1)))


def clock_words(channel: Channel, now: datetime) -> str:
    """Say the local time of a channel, its zone named: `Sat 04:59 UTC+5`."""
    aware = now.replace(tzinfo=UTC).astimezone(channel.zone_info)
    return f"{aware:%a %H:%M} {zone_name(aware)}"


def staff_words(config: Channels, duty: Duty, now: datetime) -> str:
    """Say who sits at the desk that works a channel: `3 (late)`."""
    running = shifts_at(config.channel(duty.desk), now)
    if not running:
        return "0"
    return f"{sum(shift.seats for shift in running)} ({', '.join(shift.name for shift in running)})"


def days_words(channel: Channel) -> str:
    """Say on which days a desk works: `every day`, `Mon-Fri`, `Sun, Mon, Tue`."""
    if len(channel.days) == 7:
        return "every day"
    named = [WEEKDAYS[day].capitalize() for day in sorted(channel.days)]
    is_a_run = max(channel.days) - min(channel.days) == len(channel.days) - 1
    return f"{named[0]}-{named[-1]}" if is_a_run and len(named) > 2 else ", ".join(named)
