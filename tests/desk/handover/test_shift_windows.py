"""When shifts are, across nights on which the clocks change, half-hour zones and a leap day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desk.channels.model import Channel, Hours, Shift
from desk.channels.reading import standard
from desk.handover.shifts import ShiftWindow, shifts_until

# Every day, two shifts of twelve hours: 08:00 to 20:00 and 20:00 to 08:00.
TWICE = (Shift("day", Hours(480, 1200), 2), Shift("night", Hours(1200, 480), 1))


def channel(zone: str, shifts: tuple[Shift, ...] = TWICE) -> Channel:
    europe = standard().channel("europe")
    return replace(europe, zone=zone, days=frozenset(range(7)), shifts=shifts, closed=frozenset())


def newest(zone: str, at: datetime) -> ShiftWindow:
    return shifts_until(channel(zone), at, 1)[0]


@pytest.mark.parametrize(
    ("zone", "at", "starts", "ends", "hours"),
    [
        # Berlin goes to summer time on 30 March 2025 at 01:00 UTC: 20:00 is 19:00 UTC, 08:00 is 06:00.
        (
            "Europe/Berlin",
            datetime(2025, 3, 30, 3),
            datetime(2025, 3, 29, 19),
            datetime(2025, 3, 30, 6),
            11,
        ),
        # And back on 26 October: 20:00 is 18:00 UTC, 08:00 is 07:00.
        (
            "Europe/Berlin",
            datetime(2025, 10, 26, 3),
            datetime(2025, 10, 25, 18),
            datetime(2025, 10, 26, 7),
            13,
        ),
        # India is 5:30 ahead: 20:00 is 14:30 UTC, and no clock ever changes.
        (
            "Asia/Kolkata",
            datetime(2025, 3, 30, 1),
            datetime(2025, 3, 29, 14, 30),
            datetime(2025, 3, 30, 2, 30),
            12,
        ),
        # Nepal is 5:45 ahead.
        (
            "Asia/Kathmandu",
            datetime(2025, 3, 29, 15),
            datetime(2025, 3, 29, 14, 15),
            datetime(2025, 3, 30, 2, 15),
            12,
        ),
        # Lord Howe Island turns its clocks by half an hour: on 5 October 2025 from 10:30 ahead to 11:00.
        (
            "Australia/Lord_Howe",
            datetime(2025, 10, 4, 16),
            datetime(2025, 10, 4, 9, 30),
            datetime(2025, 10, 4, 21),
            11.5,
        ),
        # The night of a leap day: 29 February 2024, 20:00 in Berlin, to 1 March.
        (
            "Europe/Berlin",
            datetime(2024, 3, 1, 1),
            datetime(2024, 2, 29, 19),
            datetime(2024, 3, 1, 7),
            12,
        ),
    ],
)
def test_a_night_shift_lasts_as_long_as_the_night_does(
    zone: str, at: datetime, starts: datetime, ends: datetime, hours: float
) -> None:
    assert newest(zone, at) == ShiftWindow("night", starts, ends)
    assert newest(zone, at).hours == hours
    assert newest(zone, at).is_running(at)


def test_shifts_are_listed_newest_first_and_none_that_has_not_begun() -> None:
    found = shifts_until(channel("UTC"), datetime(2025, 10, 31, 19, 59), 3)

    assert [(one.name, one.starts.day) for one in found] == [("day", 31), ("night", 30), ("day", 30)]


def test_a_shift_that_begins_now_is_the_running_one_and_the_one_before_is_over() -> None:
    at = datetime(2025, 10, 31, 20)
    running, before = shifts_until(channel("UTC"), at, 2)

    assert (running.name, running.is_running(at)) == ("night", True)
    assert (before.name, before.is_running(at)) == ("day", False)


def test_days_on_which_the_desk_is_closed_have_no_shift() -> None:
    # Friday 31 October 2025 is closed, Saturday and Sunday are never worked.
    weekdays = replace(
        channel("UTC"), days=frozenset({0, 1, 2, 3, 4}), closed=frozenset({date(2025, 10, 31)})
    )

    assert [one.starts.day for one in shifts_until(weekdays, datetime(2025, 11, 2, 12), 2)] == [30, 30]


def test_a_channel_without_shifts_works_in_one_and_words_are_local() -> None:
    desk = replace(channel("Asia/Kolkata", ()), hours=Hours(540, 1020))
    (one,) = shifts_until(desk, datetime(2025, 10, 31, 12), 1)

    assert one == ShiftWindow("day", datetime(2025, 10, 31, 3, 30), datetime(2025, 10, 31, 11, 30))
    assert one.in_words(desk) == "Fri 31 Oct 09:00 to 17:00"
    assert newest("UTC", datetime(2025, 10, 31, 21)).in_words(channel("UTC")) == (
        "Fri 31 Oct 20:00 to Sat 01 Nov 08:00"
    )
