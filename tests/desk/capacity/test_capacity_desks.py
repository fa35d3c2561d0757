"""Who sits when: local clocks with daylight saving, half hours and leap days, and desks that take over."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from desk.capacity.desks import CapacityError, Desk, Shift, calendar, changed, desks_of
from desk.channels.reading import standard

DAY = Shift("day", 8, 16, 2)


def sits(desk: Desk, since: datetime, *moments: datetime) -> list[int]:
    """How many seats there are at each moment, UTC."""
    found = calendar((desk,), since, 1)
    return [int(found.seats[int((at - since).total_seconds() // 900), 0]) for at in moments]


def test_a_shift_begins_at_eight_local_before_and_after_the_clocks_go_back() -> None:
    # Berlin leaves summer time on 26 October 2025 at 01:00 UTC.
    berlin = Desk("europe", "Europe/Berlin", (DAY,))
    since = datetime(2025, 10, 20)

    before = sits(
        berlin, since, datetime(2025, 10, 25, 5, 45), datetime(2025, 10, 25, 6), datetime(2025, 10, 25, 14)
    )
    after = sits(
        berlin, since, datetime(2025, 10, 26, 6, 45), datetime(2025, 10, 26, 7), datetime(2025, 10, 26, 15)
    )
    assert before == after == [0, 2, 0]


def test_a_zone_of_half_an_hour_begins_on_the_half_hour() -> None:
    kolkata = Desk("south_asia", "Asia/Kolkata", (DAY,))
    since = datetime(2025, 7, 7)

    assert sits(kolkata, since, datetime(2025, 7, 8, 2, 15), datetime(2025, 7, 8, 2, 30)) == [0, 2]
    assert calendar((kolkata,), since, 1).hour[:3, 0].tolist() == [5, 5, 6]


def test_a_leap_day_is_a_day_of_the_week_like_others() -> None:
    # 29 February 2024 is a Thursday.
    thursdays = Desk("cis", "UTC", (Shift("day", 8, 16, 1, frozenset({3})),))
    since = datetime(2024, 2, 26)

    assert sits(
        thursdays, since, datetime(2024, 2, 28, 9), datetime(2024, 2, 29, 9), datetime(2024, 3, 1, 9)
    ) == [0, 1, 0]


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    # Sunday's night shift ends on Monday morning; Monday has none.
    sundays = Desk("cis", "UTC", (Shift("night", 22, 6, 1, frozenset({6})),))
    since = datetime(2025, 7, 6)

    found = sits(
        sundays,
        since,
        datetime(2025, 7, 6, 21),
        datetime(2025, 7, 6, 22),
        datetime(2025, 7, 7, 5, 45),
        datetime(2025, 7, 7, 6),
    )
    assert found == [0, 1, 1, 0]
    assert sits(sundays, since, datetime(2025, 7, 7, 23)) == [0]


def test_a_channel_without_anybody_is_served_by_the_first_desk_that_sits() -> None:
    desks = (
        Desk("cis", "UTC", (DAY,), ("mena", "europe")),
        Desk("mena", "UTC", (Shift("late", 16, 20, 1),)),
        Desk("europe", "UTC", (Shift("late", 16, 24, 1),)),
    )
    serves = calendar(desks, datetime(2025, 7, 7), 1).serves

    assert serves[9 * 4, :, 0].tolist() == [True, False, False]
    assert serves[17 * 4, :, 0].tolist() == [False, True, False]
    assert serves[21 * 4, :, 0].tolist() == [False, False, True]
    assert not serves[1 * 4, :, 0].any()


def test_seats_are_added_in_one_shift_of_one_channel() -> None:
    desks = (Desk("cis", "UTC", (DAY,)), Desk("mena", "UTC", (DAY,)))

    more = changed(desks, {("cis", "day"): 1})
    assert [desk.shifts[0].seats for desk in more] == [3, 2]
    with pytest.raises(CapacityError, match="-3 seats in the shift 'day' of cis cannot be"):
        changed(desks, {("cis", "day"): -3})
    with pytest.raises(CapacityError, match="cis/day: 2, mena/day: 2"):
        changed(desks, {("cis", "night"): 1})


def test_the_shipped_configuration_becomes_desks_with_all_of_its_seats() -> None:
    desks = {desk.channel: desk for desk in desks_of(standard())}

    assert desks["south_asia"].zone == "Asia/Kolkata"
    assert [shift.name for shift in desks["south_asia"].shifts] == ["early", "late"]
    never_closes = calendar((desks["unknown"],), datetime(2025, 7, 7), 1)
    assert np.all(never_closes.seats == 1)
