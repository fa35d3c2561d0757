from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_configured import configured

from desk.channels.forecast import (
    FEWEST_ENDED,
    MINUTES_A_CASE,
    WEEKS,
    Floor,
    HourSeen,
    Waiting,
    foretold,
    measured_minutes,
    rate,
)
from desk.channels.model import Channels

# A Wednesday, ten in the morning in Berlin.
NOW = datetime(2025, 7, 2, 8)


@pytest.fixture
def one(tmp_path: Path) -> Channels:
    """Europe works alone, with one person from 08:00 to 20:00 Berlin time."""
    return configured(
        tmp_path,
        '[channels.europe]\nhours = "08:00-20:00"\nnext = []\n'
        'shifts = [{ name = "day", hours = "08:00-20:00", seats = 1 }]',
    )


def floor(config: Channels, waiting: list[Waiting], minutes: Mapping[str, float]) -> Floor:
    return Floor(waiting, {}, {}, minutes, config)


def due_in(hours: float, severity: str = "high", runs_at: datetime | None = None) -> Waiting:
    return Waiting("europe", severity, NOW + timedelta(hours=hours), runs_at)


def test_a_desk_with_time_lets_nothing_breach(one: Channels) -> None:
    found = foretold(floor(one, [due_in(3), due_in(3.5)], {"europe": 0.01}), NOW, seed=1, runs=20)

    assert (found["europe"].expected, found["europe"].low, found["europe"].high) == (0, 0, 0)


def test_a_desk_that_gets_nowhere_breaches_all_that_is_due_within_the_hours(one: Channels) -> None:
    # What breached before does not breach anew, and what is due in five hours is not due in four.
    waiting = [due_in(1), due_in(2), due_in(3.9), due_in(-1), due_in(5)]
    found = foretold(floor(one, waiting, {"europe": 1e9}), NOW, seed=1, runs=20)

    assert (found["europe"].expected, found["europe"].low, found["europe"].high) == (3, 3, 3)
    assert found["cis"].expected == 0


def test_the_most_severe_goes_first_and_the_rest_waits(one: Channels) -> None:
    # Ninety high ones of three minutes keep one person busy for over four hours: the low one is left.
    waiting = [due_in(9) for _ in range(90)] + [due_in(2, "low")]
    found = foretold(floor(one, waiting, {"europe": 3.0}), NOW, seed=1, runs=50)

    assert found["europe"].expected == 1


def test_a_paused_case_is_to_be_had_when_its_pause_is_over(one: Channels) -> None:
    never = datetime(9999, 1, 1)
    waiting = [due_in(1, runs_at=never), due_in(3, runs_at=NOW + timedelta(hours=1))]
    found = foretold(floor(one, waiting, {"europe": 1e9}), NOW, seed=1, runs=10)

    assert found["europe"].expected == 1


def test_new_cases_come_as_in_that_hour_of_the_week_before(one: Channels) -> None:
    # 168 in the eight weeks before, all on Wednesdays from 10:00 to 11:00: their mean is 0.125 an hour.
    known = replace(floor(one, [], {"europe": 1e9}), arrivals={"europe": {24 * 2 + 10: 168}})

    assert rate(known, "europe", NOW) == pytest.approx((168 + 2 * 0.125) / (WEEKS + 2))
    assert rate(known, "europe", NOW + timedelta(hours=1)) == pytest.approx(2 * 0.125 / (WEEKS + 2))
    # Critical ones are due in four hours, and those that came before the end of them breach: none does.
    critical = replace(known, mix={"europe": {("sanction", "critical"): 1}})
    found = foretold(critical, NOW, seed=1, runs=100)["europe"]
    assert 12 < found.expected < 22
    assert found.low < found.expected < found.high


def test_the_same_seed_tells_the_same(one: Channels) -> None:
    start = replace(floor(one, [due_in(1)], {"europe": 60.0}), arrivals={"europe": {58: 80}})

    assert foretold(start, NOW, seed=3, runs=30) == foretold(start, NOW, seed=3, runs=30)


def test_speed_is_the_time_of_people_while_a_case_waited_for_each_that_ended(one: Channels) -> None:
    # Ten hours with one person and a case that waited, twenty of them ended: half an hour each.
    seen = [HourSeen(NOW.replace(hour=6) + timedelta(hours=n), "europe", 1, 2) for n in range(10)]
    idle = [HourSeen(NOW + timedelta(days=1), "europe", 0, 0)]

    assert measured_minutes([*seen, *idle], one)["europe"] == 30


def test_a_desk_that_ended_little_takes_what_all_take_and_a_new_one_the_declared_minutes(
    one: Channels,
) -> None:
    few = [HourSeen(NOW, "europe", 1, FEWEST_ENDED - 1)]
    assert measured_minutes(few, one)["europe"] == MINUTES_A_CASE
    enough = [*few, HourSeen(NOW, "unknown", 1, 11)]

    # One person of Europe and one of the unknown channel for an hour, thirty ended: four minutes.
    assert measured_minutes(enough, one)["europe"] == 4
