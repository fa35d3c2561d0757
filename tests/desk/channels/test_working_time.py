from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desk.channels.hours import closes_at, counted, is_open, later, local_time, opens_at
from desk.channels.model import Channel, Hours
from desk.channels.reading import standard

MINUTE = 60_000_000
EVERY_DAY = frozenset(range(7))
BASE = standard().channel("europe")


def desk(zone: str, since: int = 9 * 60, until: int = 17 * 60, days: frozenset[int] = EVERY_DAY) -> Channel:
    return replace(BASE, zone=zone, hours=Hours(since, until), days=days, closed=frozenset())


def minutes(channel: Channel, since: datetime, until: datetime) -> float:
    return counted(channel, since, until) / MINUTE


def test_a_working_day_counts_its_hours() -> None:
    berlin = desk("Europe/Berlin")

    # 09:00 to 17:00 in winter is 08:00 to 16:00 UTC.
    assert minutes(berlin, datetime(2025, 1, 6), datetime(2025, 1, 7)) == 480
    assert minutes(berlin, datetime(2025, 1, 6, 15), datetime(2025, 1, 7, 9)) == 60 + 60
    assert later(berlin, datetime(2025, 1, 6, 15, 30), 45 * MINUTE) == datetime(2025, 1, 7, 8, 15)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("Asia/Kolkata", datetime(2025, 6, 2, 3, 30)),
        ("Asia/Kathmandu", datetime(2025, 6, 2, 3, 15)),
        ("Pacific/Chatham", datetime(2025, 6, 1, 20, 15)),
        ("America/St_Johns", datetime(2025, 6, 2, 11, 30)),
    ],
)
def test_zones_of_a_half_and_of_three_quarters_of_an_hour_open_at_their_own_nine(
    zone: str, opens: datetime
) -> None:
    channel = desk(zone)

    assert opens_at(channel, opens - timedelta(hours=2)) == opens
    assert local_time(channel, opens) == datetime(2025, 6, 2, 9)
    assert (is_open(channel, opens - timedelta(microseconds=1)), is_open(channel, opens)) == (False, True)


def test_the_night_in_which_the_clocks_go_forward_has_an_hour_less_and_the_other_one_more() -> None:
    night = desk("Europe/Berlin", 22 * 60, 6 * 60)

    # On 30 March 2025 two o'clock is three; 22:00 is 21:00 UTC before, 06:00 is 04:00 UTC after.
    assert minutes(night, datetime(2025, 3, 29, 12), datetime(2025, 3, 30, 12)) == 7 * 60
    assert closes_at(night, datetime(2025, 3, 30, 0)) == datetime(2025, 3, 30, 4)
    # On 26 October three o'clock is two again.
    assert minutes(night, datetime(2025, 10, 25, 12), datetime(2025, 10, 26, 12)) == 9 * 60


def test_a_desk_that_never_closes_loses_no_minute_over_changes_of_the_clocks() -> None:
    always = desk("America/New_York", 0, 24 * 60)

    assert minutes(always, datetime(2025, 3, 1), datetime(2025, 12, 1)) == 275 * 1440


def test_the_29th_of_february_is_a_working_day() -> None:
    weekdays = desk("Europe/Berlin", days=frozenset(range(5)))

    # Thursday 29 February 2024; in 2025 the month has 28 days.
    assert minutes(weekdays, datetime(2024, 2, 28), datetime(2024, 3, 2)) == 3 * 480
    assert minutes(weekdays, datetime(2025, 2, 27), datetime(2025, 3, 2)) == 2 * 480
    assert later(weekdays, datetime(2024, 2, 28, 16), 480 * MINUTE) == datetime(2024, 2, 29, 16)


def test_weekends_and_closed_days_do_not_count() -> None:
    weekdays = replace(desk("Europe/Berlin", days=frozenset(range(5))), closed=frozenset({date(2025, 1, 6)}))

    # Friday 16:00 UTC is closing time; Monday is closed; Tuesday opens at 08:00 UTC.
    assert later(weekdays, datetime(2025, 1, 3, 15, 50), 20 * MINUTE) == datetime(2025, 1, 7, 8, 10)
    assert opens_at(weekdays, datetime(2025, 1, 4, 12)) == datetime(2025, 1, 7, 8)


def test_minutes_counted_one_by_one_are_the_same() -> None:
    random_of = random.Random(20)
    zones = ("Europe/Berlin", "Asia/Kathmandu", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata")
    for zone in zones:
        channel = desk(zone, random_of.randrange(1440), random_of.randrange(1, 1440), frozenset({0, 2, 5, 6}))
        for begins in (datetime(2024, 2, 27), datetime(2025, 3, 28), datetime(2025, 10, 4)):
            since = begins + timedelta(minutes=random_of.randrange(2000))
            until = since + timedelta(minutes=random_of.randrange(3000))

            assert minutes(channel, since, until) == walked(channel, since, until), (zone, since, until)


def walked(channel: Channel, since: datetime, until: datetime) -> int:
    """Count working minutes by looking at the clock on the wall of each: slow and obvious."""
    found = 0
    while since < until:
        wall = since.replace(tzinfo=UTC).astimezone(channel.zone_info)
        hours, of_day = channel.hours, wall.hour * 60 + wall.minute
        if hours.until > hours.since:
            day, is_in = wall.date(), hours.since <= of_day < hours.until
        else:
            is_in = of_day >= hours.since or of_day < hours.until
            day = wall.date() if of_day >= hours.since else wall.date() - timedelta(days=1)
        found += is_in and day.weekday() in channel.days
        since += timedelta(minutes=1)
    return found
