"""What walks of one setting come to in one channel, as counted by `figures.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.calibration import Floats
from scoring.lab.evidence import Integers

# What is counted by week and shift, and added up.
COUNTED = (
    "cases",
    "breaches",
    "late_looks",
    "late_ends",
    "loss_left",
    "wrongful",
    "wrongful_hours",
    "missed",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """One setting in one channel over all repetitions.

    `by_name` (repetitions, weeks, shifts + 1) sums, the last place those out of hours; `waits` (cases,) to
    the first look and the shift of each; `queue` (repetitions, hours) with `hour` (hours,) of the local day;
    `work` (repetitions, shifts) minutes of the `seated` (shifts,); `elsewhere` (repetitions, weeks).
    """

    shifts: tuple[str, ...]
    by_name: Mapping[str, Floats]
    waits: Floats
    wait_shift: Integers
    queue: Integers
    hour: Integers
    work: Floats
    seated: Floats
    elsewhere: Floats
