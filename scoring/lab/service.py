"""Service level: the share of alerts that a desk begins to look at within its target, replayed one by one.

A desk of an area works in three shifts of eight hours of the area's own time. Alerts are taken in the order
in which they come; an operator begins one only during a shift that has a place for them, and finishes what
was begun. Nothing is random: the arrivals are the real ones.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from data.geography import countries, regions
from scoring.areas import APART
from scoring.calibration import Floats
from scoring.lab.evidence import Integers, Span, Times

SHIFT = timedelta(hours=8)
SHIFTS = ("night, 0-8 h", "day, 8-16 h", "evening, 16-24 h")
_DEGREES_AN_HOUR = 15.0


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at alerts: operators in each of three shifts, minutes an alert takes, target in minutes."""

    operators: tuple[int, int, int] = (1, 1, 1)
    minutes_per_alert: float = 20.0
    target_minutes: float = 30.0

    def capacity(self) -> tuple[float, float, float]:
        """Answer how many alerts each shift can look at."""
        minutes = SHIFT / timedelta(minutes=1)
        night, day, evening = (people * minutes / self.minutes_per_alert for people in self.operators)
        return night, day, evening


def offset_of(area: str) -> timedelta:
    """Answer the local time of an area's middle against UTC, in whole hours of its longitude."""
    if area in APART:
        longitude = next(country.longitude for country in countries() if country.alpha2 == area)
    else:
        longitude = next((region.longitude for region in regions() if region.slug == area), 0.0)
    return timedelta(hours=round(longitude / _DEGREES_AN_HOUR))


def shift_numbers(at: Times, offset: timedelta) -> Integers:
    """Answer (n,) the number of each instant's local shift since 1970; modulo 3 its place in the day."""
    local = at.astype("datetime64[us]") + np.timedelta64(offset)
    return (local.astype(np.int64) // (SHIFT // timedelta(microseconds=1))).astype(np.int64)


def by_shift(at: Times, span: Span, offset: timedelta) -> Integers:
    """Answer (3, days + 1) how many of `at` fall into each shift of each local day; a column a day."""
    edges = shift_numbers(np.array([span.since, span.until], dtype="datetime64[us]"), offset) // 3
    number = shift_numbers(at, offset)
    days = int(edges[1] - edges[0]) + 1
    counts = np.zeros((3, days), dtype=np.int64)
    np.add.at(counts, (number % 3, number // 3 - edges[0]), 1)
    return counts


def waits(at: Times, desk: Desk, offset: timedelta) -> Floats:
    """Answer (n,) minutes from each alert, in the order of time, until somebody begins to look at it.

    Infinite where no shift has anybody.
    """
    if not any(desk.operators):
        return np.full(len(at), np.inf)
    minute = (at.astype("datetime64[us]") + np.timedelta64(offset)).astype(np.int64) / 60e6
    # The place of an operator is on duty in the shifts that have so many.
    free = [(0.0, place) for place in range(max(desk.operators))]
    found = np.empty(len(minute))
    for row, arrives in enumerate(minute):
        begins, place = min((_on_duty(max(since, arrives), place, desk), place) for since, place in free)
        free.remove(next(one for one in free if one[1] == place))
        heapq.heappush(free, (begins + desk.minutes_per_alert, place))
        found[row] = begins - arrives
    return found


def _on_duty(minute: float, place: int, desk: Desk) -> float:
    """Answer the first minute from `minute` on at which the operator of a place is on duty."""
    length = SHIFT / timedelta(minutes=1)
    for ahead in range(4):
        shift = minute // length + ahead
        if desk.operators[int(shift) % 3] > place:
            return max(minute, shift * length)
    return float("inf")


def service_level(at: Times, desk: Desk, offset: timedelta) -> float:
    """Answer the share of alerts that somebody looks at within the target; 1 where there are none."""
    if not len(at):
        return 1.0
    within: NDArray[np.bool_] = waits(np.sort(at), desk, offset) <= desk.target_minutes + 1e-6
    return float(within.mean())
