"""What a setting comes to in figures with intervals, beside today's.

    answer = answer_of(setting, today_counts, tried_counts)
    answer.figure("breaches")                    # Estimate(value, low, high) of all shifts together
    answer.change("breaches", "late")            # against today, in one shift

The interval of a weekly figure holds nine simulated weeks of ten, that of a share nine quarters of ten; a
change is paired: the same weeks and durations with and without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from desk.capacity.counts import COUNTED, Counts
from desk.capacity.setting import Setting
from scoring.calibration import Floats

ALL_SHIFTS = "all"
OUT_OF_HOURS = "out of hours"
LOW, HIGH = 0.05, 0.95
# What is answered, by name in words.
MEASURES: Mapping[str, str] = {
    "cases": "Cases a week.",
    "chance": "Share of cases looked at or ended later than their service level.",
    "breaches": "Cases a week looked at or ended later than their service level.",
    "late_looks": "Cases a week looked at later than their service level.",
    "late_ends": "Cases a week that ended later than their service level.",
    "wait": "Minutes to the first look: the median, and nine in ten.",
    "queue": "Cases that wait at a full hour: the median, and nine hours in ten.",
    "busy": "Share of the seats' time that is spent on cases.",
    "missed": "Value a week of known crime about to leave, below the threshold of a hold.",
    "loss_left": "Value a week of known crime in cases nobody began within the three days a hold lasts.",
    "wrongful": "Alerts a week of which nothing was known as crime 30 days later.",
    "wrongful_hours": "Hours a week that customers of wrongful alerts wait until their case ends.",
    "elsewhere": "Breaches a week in all other channels.",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 90 % interval; of waits and queues the median, with 10 % and 90 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Hour:
    """Cases that wait at a local hour of the day, 0 to 23: on average, the median, and nine days in ten."""

    hour: int
    mean: float
    median: float
    most: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One setting in one channel: figures and changes by shift and measure, and the queue over the day."""

    setting: Setting
    shifts: tuple[str, ...]
    figures: Mapping[tuple[str, str], Estimate]
    changes: Mapping[tuple[str, str], Estimate]
    hours: tuple[Hour, ...]

    def figure(self, measure: str, shift: str = ALL_SHIFTS) -> Estimate:
        """Answer a figure of a shift, or of all."""
        return self.figures[(shift, measure)]

    def change(self, measure: str, shift: str = ALL_SHIFTS) -> Estimate:
        """Answer how it differs from today."""
        return self.changes[(shift, measure)]


def answer_of(setting: Setting, today: Counts, tried: Counts) -> Answer:
    """Answer everything that is shown of a setting."""
    before, after = dict(_series(today)), dict(_series(tried))
    figures = {key: _estimate(values) for key, values in after.items()}
    figures |= dict(_spread(tried))
    changes = {key: _paired(before[key], after[key]) for key in after}
    return Answer(setting, (*tried.shifts, OUT_OF_HOURS), figures, changes, tuple(_hours(tried)))


def _series(counts: Counts) -> Iterator[tuple[tuple[str, str], Floats]]:
    """Yield (repetitions, weeks or 1) of each shift and measure that has an interval."""
    for shift, place in _places(counts):
        tables = {name: _of(counts, name, place) for name in COUNTED}
        for name, table in tables.items():
            yield (shift, name), table
        cases = np.maximum(tables["cases"].sum(axis=1, keepdims=True), 1.0)
        yield (shift, "chance"), tables["breaches"].sum(axis=1, keepdims=True) / cases
        if place is None:
            yield (shift, "elsewhere"), counts.elsewhere
            yield (shift, "busy"), _share(counts.work.sum(axis=1), float(counts.seated.sum()))
        elif place < len(counts.shifts):
            yield (shift, "busy"), _share(counts.work[:, place], float(counts.seated[place]))


def _share(work: Floats, seated: float) -> Floats:
    """Answer (repetitions, 1) the part of the seats' time that is spent; 0 where nobody sits."""
    return np.reshape(work / seated if seated else np.zeros_like(work), (-1, 1))


def _places(counts: Counts) -> Iterator[tuple[str, int | None]]:
    yield ALL_SHIFTS, None
    yield from zip((*counts.shifts, OUT_OF_HOURS), range(len(counts.shifts) + 1), strict=True)


def _of(counts: Counts, name: str, place: int | None) -> Floats:
    table = counts.by_name[name]
    found: Floats = table.sum(axis=2) if place is None else table[:, :, place]
    return found


def _estimate(values: Floats) -> Estimate:
    low, high = np.quantile(values, [LOW, HIGH])
    return Estimate(float(values.mean()), float(low), float(high))


def _paired(before: Floats, after: Floats) -> Estimate:
    gap = (after - before).mean(axis=1)
    low, high = np.quantile(gap, [LOW, HIGH])
    return Estimate(float(gap.mean()), float(low), float(high))


def _spread(counts: Counts) -> Iterator[tuple[tuple[str, str], Estimate]]:
    """Yield waits and queues: the median, with what one and nine in ten are below."""
    for shift, place in _places(counts):
        waits = counts.waits if place is None else counts.waits[counts.wait_shift == place]
        yield (shift, "wait"), _tenths(waits)
    yield (ALL_SHIFTS, "queue"), _tenths(counts.queue.ravel().astype(np.float64))


def _tenths(values: Floats) -> Estimate:
    if not len(values):
        return Estimate(0.0, 0.0, 0.0)
    low, median, high = np.quantile(values, [0.1, 0.5, 0.9])
    return Estimate(float(median), float(low), float(high))


def _hours(counts: Counts) -> Iterator[Hour]:
    for hour in range(24):
        values = counts.queue[:, counts.hour == hour]
        median, most = np.quantile(values, [0.5, 0.9])
        yield Hour(hour, float(values.mean()), float(median), float(most))
