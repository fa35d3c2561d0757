"""Does capacity foretell the weeks that come, and how long does a person wait for it?

On a store with a worked desk, every channel's 13 weeks are foretold from the 13 before them, from what was
known then (alerts, handling times), with today's thresholds and staff, and set beside what happened: cases a
week, the share of first looks that were late, and the median wait. A baseline stands beside: the range of the
weeks before as they were. Speed is CPU and wall time.

    WATCHFLOOR_CAPACITY_HOME=/tmp/copy python -m benchmarks capacity      # a copy: it is written to
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.results import Figure, Result
from data.home import Home
from data.progress import silent
from data.store import Store, open_store
from desk.capacity.again import kept_experiment
from desk.capacity.check import CHECKED, foretold, happened, kinds_worked, only
from desk.capacity.desks import desks_of
from desk.capacity.experiment import experiment_of
from desk.capacity.figures import count
from desk.capacity.grading import graded
from desk.capacity.kept import kept_of
from desk.capacity.past import read_past, span_of
from desk.capacity.setting import Setting
from desk.capacity.working import measured, work_out
from desk.channels.in_force import channels_in_force
from desk.projection_tables import DESK_TABLES
from scoring.calibration import Floats
from scoring.contract import SCORING_TABLES
from scoring.lab.evidence import Span
from scoring.lab.outcomes import WEEK
from scoring.planning import watermark_of
from scoring.quality import proportion

SEED = 1
LOW, HIGH = 0.05, 0.95
ON_DEMAND = 12
TOLD = [place for place, name in enumerate(CHECKED) if name != "unlooked"]


@dataclass(frozen=True, slots=True)
class Told:
    """(channels, weeks) each: interval, middle, what came, the baseline's interval."""

    low: Floats
    high: Floats
    middle: Floats
    came: Floats
    base_low: Floats
    base_high: Floats


def main() -> None:
    """Measure the store that the environment names. Raises SystemExit without one."""
    named = os.environ.get("WATCHFLOOR_CAPACITY_HOME")
    if not named:
        raise SystemExit("name a copy of a built store: WATCHFLOOR_CAPACITY_HOME=/tmp/copy")
    with open_store(Home(Path(named)).store_path) as store:
        store.create((*SCORING_TABLES, *DESK_TABLES))
        figures = [*_calibration(store), *_speed(store)]
    notes = (
        "Foretold from the 13 weeks before: their alerts, and handling times of cases that ended by then.",
        "The earlier desk of the made-up exchange draws its waits from distributions; it has no queue. "
        "It tests the draw of weeks and durations; the queue itself is tested against Erlang C.",
        "Kinds of alerts that the earlier desk did not work are left out on both sides; late and wait are of "
        "cases that were looked at.",
        "CPU seconds are given because the machine was shared.",
    )
    question = "Does capacity foretell the weeks that come, and how long does one wait for it?"
    Result("desk", "capacity", question, tuple(figures), SEED, notes).write()


def _calibration(store: Store) -> Iterator[Figure]:
    """Yield for each measure how many weeks of all channels lay within the interval foretold."""
    with store.cursor() as cursor:
        after = span_of(watermark_of(cursor))
        told = {name: _told(cursor, after, place) for place, name in enumerate(CHECKED) if place in TOLD}
    for name, one in told.items():
        known = ~np.isnan(one.came) & ~np.isnan(one.low)
        held = known & (one.came >= one.low - 1e-9) & (one.came <= one.high + 1e-9)
        base = known & (one.came >= one.base_low) & (one.came <= one.base_high)
        share = proportion(int(held.sum()), int(known.sum()))
        naive = float(base.sum() / known.sum())
        words = name.replace("_", " ")
        label = f"weeks held by the 90 % interval, {words}"
        base_name = "range of the quarter before"
        yield Figure(label, share.value, "share", share.low, share.high, naive, base_name)
        middle, mean = float(one.middle[known].mean()), float(one.came[known].mean())
        yield Figure(f"foretold on average, {words}", middle, "a week", None, None, mean, "happened")


def _told(cursor: duckdb.DuckDBPyConnection, after: Span, place: int) -> Told:
    channels = channels_in_force()
    desks = desks_of(channels)
    numbers = {desk.channel: number for number, desk in enumerate(desks)}
    before = Span(after.since - 13 * WEEK, after.since)
    kinds = kinds_worked(cursor, before)
    past = only(read_past(cursor, before, silent), kinds)
    handling = measured(cursor, before, desks, after.since)
    made = experiment_of(past, graded(past, channels, numbers), handling, desks, SEED)
    weeks = foretold(made)[..., place]
    pooled = weeks.transpose(1, 0, 2).reshape(len(desks), -1)
    came = happened(cursor, after, made.weeks, numbers, channels, kinds)[..., place]
    was = happened(cursor, before, made.weeks, numbers, channels, kinds)[..., place]
    shape = came.shape
    low, middle, high = (_spread(pooled, share, shape) for share in (LOW, None, HIGH))
    return Told(low, high, middle, came, _spread(was, LOW, shape), _spread(was, HIGH, shape))


def _spread(values: Floats, share: float | None, shape: tuple[int, ...]) -> Floats:
    """Answer a quantile, or the mean, of each channel's weeks, once a week."""
    found = np.full(len(values), np.nan)
    for row, one in enumerate(values):
        kept = one[np.isfinite(one)]
        if len(kept):
            found[row] = kept.mean() if share is None else np.quantile(kept, share)
    return np.broadcast_to(found[:, None], shape)


def _speed(store: Store) -> Iterator[Figure]:
    """Time the job, the reading back, and settings that were not worked out."""
    channels = channels_in_force()
    wall, cpu = time.perf_counter(), time.process_time()
    settings = work_out(store, channels, silent)
    yield Figure("settings worked out", settings, "settings")
    yield Figure("worked out in", time.process_time() - cpu, "CPU s")
    yield Figure("worked out in, wall", time.perf_counter() - wall, "s")
    with store.cursor() as cursor:
        kept = kept_of(cursor)
        if kept is None:
            raise ValueError("nothing was kept")
        wall, cpu = time.perf_counter(), time.process_time()
        made = kept_experiment(cursor, kept, channels)
    yield Figure("read back", time.process_time() - cpu, "CPU s")
    spent = []
    for number, desk in enumerate(made.desks[:ON_DEMAND]):
        shift = desk.shifts[0]
        tried = Setting(desk.channel, number % 7, ((shift.name, 1),))
        cpu, wall = time.process_time(), time.perf_counter()
        count(made, tried)
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    yield Figure("a setting on the spot, median", float(np.median([one for one, _ in spent])), "CPU s")
    yield Figure("a setting on the spot, slowest", max(one for one, _ in spent), "CPU s")
    yield Figure("a setting on the spot, median, wall", float(np.median([one for _, one in spent])), "s")


if __name__ == "__main__":
    main()
