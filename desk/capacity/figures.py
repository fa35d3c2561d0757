"""What walks come to in one channel, counted: queues, waits, breaches, loss, wrongful holds.

A breach is a case that was looked at or ended later than its service level; a case counts in the shift in
which it came, and a seat's work in the shift in which it was begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from desk.capacity.counts import COUNTED, Counts
from desk.capacity.experiment import WEEK_MINUTES, Experiment, Run
from desk.capacity.setting import Setting
from scoring.calibration import Floats
from scoring.lab.evidence import Integers

# A hold ends by itself after three days (desk/freezes_view.py): what waits longer can leave.
HOLD_MINUTES = 3 * 1440.0


def count(experiment: Experiment, setting: Setting, runs: Iterable[Run] | None = None) -> Counts:
    """Walk (or take what was walked) and count the setting's channel."""
    channel = experiment.channels[setting.channel]
    calendar = experiment.calendar(setting)
    shift_of = calendar.shift[:, channel]
    shifts = len(experiment.desks[channel].shifts)
    parts = [
        _of_run(experiment, run, channel, shift_of, shifts)
        for run in (experiment.run(setting) if runs is None else runs)
    ]
    missed = _missed(experiment, setting, channel, shift_of, shifts)
    sums = {name: np.stack([part.sums[name] for part in parts]) for name in COUNTED if name != "missed"}
    quarters = 4 * len(parts[0].queue)
    seats = calendar.seats[:quarters, channel]
    return Counts(
        shifts=tuple(shift.name for shift in experiment.desks[channel].shifts),
        by_name={**sums, "missed": missed},
        waits=np.concatenate([part.waits for part in parts]),
        wait_shift=np.concatenate([part.wait_shift for part in parts]),
        queue=np.stack([part.queue for part in parts]),
        hour=calendar.hour[:quarters:4, channel],
        work=np.stack([part.work for part in parts]),
        seated=np.array([15.0 * seats[shift_of[:quarters] == number].sum() for number in range(shifts)]),
        elsewhere=np.stack([part.elsewhere for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class _OfRun:
    sums: Mapping[str, Floats]
    waits: Floats
    wait_shift: Integers
    queue: Integers
    work: Floats
    elsewhere: Floats


def _of_run(experiment: Experiment, run: Run, channel: int, shift_of: Integers, shifts: int) -> _OfRun:
    past, graded, walked, weeks = experiment.past, experiment.graded, run.walked, experiment.weeks
    week = np.minimum((run.came.at // WEEK_MINUTES).astype(np.int64), weeks - 1)
    shift = _shift(shift_of, run.came.at, shifts)
    wait, length = walked.begun - run.came.at, walked.ended - run.came.at
    places = np.arange(len(run.row))
    late_look = run.opened & (wait > graded.looks[run.row, walked.rank])
    late_end = run.opened & (length > run.came.allowed[places, walked.rank])
    breached = late_look | late_end
    of_case = walked.case
    innocent = ~past.crime[run.row] & past.is_ripe[run.row]
    # A case that never ends in the span is counted as waiting to its end.
    until = np.minimum(walked.ended[of_case], (weeks + 1) * WEEK_MINUTES)
    adds = {
        "cases": run.opened,
        "breaches": breached,
        "late_looks": late_look,
        "late_ends": late_end,
        "loss_left": np.where(walked.begun[of_case] - run.came.at > HOLD_MINUTES, past.value[run.row], 0.0),
        "wrongful": innocent,
        "wrongful_hours": np.where(innocent, (until - run.came.at) / 60.0, 0.0),
    }
    mine = run.came.channel == channel
    own_cases = mine & run.opened
    hours = int(weeks * 7 * 24)
    return _OfRun(
        sums={
            name: _table(week[mine], shift[mine], value[mine].astype(np.float64), weeks, shifts)
            for name, value in adds.items()
        },
        waits=np.minimum(wait[own_cases], (weeks + 1) * WEEK_MINUTES),
        wait_shift=shift[own_cases],
        queue=walked.queue[:hours, channel],
        work=_work(run, channel, shift_of, shifts),
        elsewhere=np.bincount(week[~mine & breached], minlength=weeks).astype(np.float64),
    )


def _shift(shift_of: Integers, minute: Floats, shifts: int) -> Integers:
    """Answer (n,) the shift on at these minutes; the number after the last where none is."""
    number = shift_of[np.minimum((minute // 15).astype(np.int64), len(shift_of) - 1)]
    found: Integers = np.where(number < 0, shifts, number)
    return found


def _table(week: Integers, shift: Integers, value: Floats, weeks: int, shifts: int) -> Floats:
    size = weeks * (shifts + 1)
    found = np.bincount(week * (shifts + 1) + shift, weights=value, minlength=size)
    return np.reshape(found.astype(np.float64), (weeks, shifts + 1))


def _work(run: Run, channel: int, shift_of: Integers, shifts: int) -> Floats:
    """Answer (shifts,) minutes that the channel's own seats spent on cases begun in each shift."""
    done = (run.walked.desk == channel) & np.isfinite(run.walked.begun)
    shift = _shift(shift_of, run.walked.begun[done], shifts)
    found = np.bincount(shift, weights=run.came.service[done], minlength=shifts + 1)
    return found[:shifts].astype(np.float64)


def _missed(
    experiment: Experiment, setting: Setting, channel: int, shift_of: Integers, shifts: int
) -> Floats:
    """Answer (repetitions, weeks, shifts + 1) the value of crime that is no alert at the setting's budget."""
    past, found = experiment.past, []
    below = (past.place > setting.budget) & (experiment.graded.channel == channel)
    for drawn in experiment.drawn:
        kept = below[drawn.row]
        at = drawn.came.at[kept]
        week = np.minimum((at // WEEK_MINUTES).astype(np.int64), experiment.weeks - 1)
        value = past.value[drawn.row[kept]]
        found.append(_table(week, _shift(shift_of, at, shifts), value, experiment.weeks, shifts))
    return np.stack(found)
