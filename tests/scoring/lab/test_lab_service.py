from datetime import datetime, timedelta

import numpy as np
import pytest

from scoring.lab.evidence import Span
from scoring.lab.service import Desk, by_shift, offset_of, service_level, waits

MIDNIGHT = datetime(2025, 7, 7)
NONE = timedelta(0)


def at(*minutes: float) -> np.ndarray:
    return np.array([MIDNIGHT + timedelta(minutes=m) for m in minutes], dtype="datetime64[us]")


def minute_by_minute(arrivals: list[int], desk: Desk) -> list[float]:
    """Answer the waits by going through every minute: the slow twin."""
    waiting, found = list(range(len(arrivals))), [0.0] * len(arrivals)
    free = [0] * max(desk.operators)
    minute = 0
    while waiting:
        for place in range(len(free)):
            on_duty = desk.operators[minute // 480 % 3] > place and free[place] <= minute
            if on_duty and waiting and arrivals[waiting[0]] <= minute:
                row = waiting.pop(0)
                found[row] = minute - arrivals[row]
                free[place] = minute + int(desk.minutes_per_alert)
        minute += 1
    return found


@pytest.mark.parametrize("seed", range(25))
def test_waits_are_those_of_going_through_every_minute(seed: int) -> None:
    rng = np.random.default_rng(seed)
    operators = tuple(int(n) for n in rng.integers(0, 4, 3))
    desk = Desk((operators[0], operators[1], max(1, operators[2])), float(rng.integers(5, 60)))
    arrivals = np.sort(rng.integers(0, 3000, 60)).tolist()
    # 1970 began at midnight, so this Monday's night is shift 0 of its day for both.
    assert waits(at(*arrivals), desk, NONE).round(6).tolist() == minute_by_minute(arrivals, desk)


def test_the_third_of_three_alerts_at_once_waits_for_two() -> None:
    desk = Desk((1, 1, 1), minutes_per_alert=20, target_minutes=30)
    assert waits(at(0, 0, 0), desk, NONE).tolist() == [0, 20, 40]
    assert service_level(at(0, 0, 0), desk, NONE) == pytest.approx(2 / 3)


def test_an_alert_of_the_night_waits_for_the_first_shift_with_anybody() -> None:
    assert waits(at(60), Desk((0, 1, 1)), NONE).tolist() == [420]


def test_nobody_on_duty_looks_at_nothing_and_no_alert_is_all_in_time() -> None:
    assert service_level(at(1), Desk((0, 0, 0)), NONE) == 0
    assert service_level(at(), Desk((0, 0, 0)), NONE) == 1


def test_a_shift_is_of_the_areas_own_time() -> None:
    # Indonesia's middle lies eight hours east: 23:00 UTC is seven in the morning there, the next day.
    assert offset_of("ID") == timedelta(hours=8)
    counts = by_shift(at(23 * 60, 60), Span(MIDNIGHT, MIDNIGHT + timedelta(days=2)), offset_of("ID"))
    assert counts[0].tolist() == [0, 1, 0]
    assert counts[1].tolist() == [1, 0, 0]


def test_capacity_is_the_minutes_of_a_shift_over_those_of_an_alert() -> None:
    assert Desk((1, 2, 0), 20).capacity() == (24, 48, 0)
