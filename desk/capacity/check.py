"""Whether the simulation tells what happened: the weeks as they came, with today's thresholds and staff.

The handling times are those of the same desk and weeks, so this checks the queue, the rosters and the order
of cases; whether the weeks that follow are foretold is measured in `benchmarks/capacity.py`. Kinds of cases
that the desk did not work then (most were looked at by nobody) are left out on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np

from data.statement import read_statement
from desk.capacity.answers import HIGH, LOW, Estimate
from desk.capacity.experiment import WEEK_MINUTES, Experiment
from desk.capacity.past import Past
from desk.capacity.setting import NEVER
from desk.channels.model import Channels
from scoring.calibration import Bools, Floats
from scoring.lab.evidence import Integers, Span
from scoring.lab.outcomes import WEEK

HAPPENED = Path(__file__).with_name("happened.sql")
WORKED = Path(__file__).with_name("worked_kinds.sql")
CHECKED = ("cases", "unlooked", "late_share", "wait")


@dataclass(frozen=True, slots=True)
class Checked:
    """One measure of one channel in one week: foretold, and what happened; None where nothing is known."""

    channel: str
    week: datetime
    measure: str
    foretold: Estimate
    happened: float | None

    @property
    def is_held(self) -> bool:
        """Whether the interval holds what happened."""
        return self.happened is not None and self.foretold.low <= self.happened <= self.foretold.high


def kinds_worked(cursor: duckdb.DuckDBPyConnection, span: Span) -> list[str]:
    """Answer the kinds of cases that the desk worked in a span."""
    given = {"since": span.since, "until": span.until}
    return [str(row[0]) for row in cursor.execute(read_statement(WORKED).sql, given).fetchall()]


def only(past: Past, kinds: Sequence[str]) -> Past:
    """Answer the past with the alerts of other kinds taken out of every budget."""
    return replace(past, place=np.where(np.isin(past.kind.astype(str), kinds), past.place, NEVER))


def check(
    cursor: duckdb.DuckDBPyConnection, experiment: Experiment, channels: Channels, kinds: Sequence[str]
) -> Iterator[Checked]:
    """Yield every channel, week and measure; `experiment` has the weeks in order, of these kinds."""
    told = foretold(experiment)
    there = happened(cursor, experiment.past.span, experiment.weeks, experiment.channels, channels, kinds)
    for channel, number in experiment.channels.items():
        for week in range(experiment.weeks):
            monday = experiment.past.span.since + week * WEEK
            for place, measure in enumerate(CHECKED):
                values = told[:, number, week, place]
                known = there[number, week, place]
                yield Checked(
                    channel, monday, measure, _told(values), None if np.isnan(known) else float(known)
                )


def _told(values: Floats) -> Estimate:
    kept = values[~np.isnan(values)]
    if not len(kept):
        return Estimate(0.0, 0.0, 0.0)
    low, high = np.quantile(kept, [LOW, HIGH])
    return Estimate(float(kept.mean()), float(low), float(high))


def foretold(experiment: Experiment) -> Floats:
    """Answer (repetitions, channels, weeks, CHECKED) under today's thresholds and staff."""
    found, shape = [], (len(experiment.desks), experiment.weeks)
    for run in experiment.run_all({}, {}):
        opened = run.opened
        wait = (run.walked.begun - run.came.at)[opened]
        late = wait > experiment.graded.looks[run.row, run.walked.rank][opened]
        week = (run.came.at[opened] // WEEK_MINUTES).astype(np.int64)
        found.append(_weekly(run.came.channel[opened], week, late, wait, shape))
    return np.stack(found)


def _weekly(channel: Integers, week: Integers, late: Bools, wait: Floats, shape: tuple[int, int]) -> Floats:
    """Answer (channels, weeks, CHECKED); of a week in which nothing was looked at, late and wait are NaN."""
    cell = channel * shape[1] + np.minimum(week, shape[1] - 1)
    size, looked = shape[0] * shape[1], np.isfinite(wait)
    cases = np.bincount(cell, minlength=size).astype(np.float64)
    unlooked = np.bincount(cell[~looked], minlength=size).astype(np.float64)
    seen = cases - unlooked
    lates = np.bincount(cell[looked & late], minlength=size) / np.where(seen > 0, seen, np.nan)
    medians = np.full(size, np.nan)
    for one in np.unique(cell[looked]):
        medians[one] = np.median(wait[looked & (cell == one)])
    return np.stack([cases, unlooked, lates, medians], axis=1).reshape(*shape, len(CHECKED))


def happened(
    cursor: duckdb.DuckDBPyConnection,
    span: Span,
    weeks: int,
    numbers: Mapping[str, int],
    channels: Channels,
    kinds: Sequence[str],
) -> Floats:
    """Answer (channels, weeks, CHECKED) of the cases that were opened; NaN where a channel had none."""
    given = {"since": span.since, "until": span.until, "kinds": list(kinds)}
    found = cursor.execute(read_statement(HAPPENED).sql, given).fetchall()
    rows = [row for row in found if row[0] in numbers]
    channel = np.array([numbers[row[0]] for row in rows], dtype=np.int64)
    week = np.array([(row[3] - span.since) // WEEK for row in rows], dtype=np.int64)
    wait = np.array([np.inf if row[4] is None else float(row[4]) for row in rows])
    limit = np.array([channels.level(row[0], row[1], row[2]).first_look_minutes for row in rows])
    told = _weekly(channel, week, wait > limit, wait, (len(numbers), weeks))
    told[np.bincount(channel, minlength=len(numbers)) == 0] = np.nan
    return told
