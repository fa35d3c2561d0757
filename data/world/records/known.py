"""What records are made from: the history, its events in one shape, and how crimes became known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.world.calendar import END, MONTH_STARTS, START
from data.world.columns import NONE, Flags, Ints, Rng
from data.world.history import History
from data.world.labels import Happened, Labels, Reports
from data.world.writing import money, times

# First instants of the quarters of the window, the end of the window last.
QUARTER_STARTS: Ints = np.r_[MONTH_STARTS[[0, 3, 6, 9]], END]


@dataclass(frozen=True, slots=True)
class Known:
    """The world as its records see it."""

    seed: int
    history: History
    happened: Happened
    labels: Labels
    reports: Reports

    def involved(self) -> tuple[Ints, Ints]:
        """Return each pair of a crime and an account that has events of it: incidents and accounts."""
        crime = self.happened.incident != NONE
        pairs = np.stack([self.happened.incident[crime], self.happened.account[crime]], axis=1)
        incident, account = np.unique(pairs, axis=0).T
        return incident, account

    def open_accounts(self, at: Ints, rng: Rng) -> Ints:
        """Draw one account for each time, opened by then; accounts are numbered by opening."""
        known = np.maximum(np.searchsorted(self.history.scene.people.opened_at, at), 1)
        return np.floor(rng.random(len(at)) * known).astype(np.int64)


def moments(counts: Ints, bounds: Ints, rng: Rng) -> Ints:
    """Draw `counts[i]` times in each [bounds[i], bounds[i + 1]), in order of time."""
    period = np.repeat(np.arange(len(counts)), counts)
    length = bounds[period + 1] - bounds[period]
    return np.sort(bounds[period] + (rng.random(len(period)) * length).astype(np.int64))


def inside(at: Ints) -> Ints:
    """Return times moved into the window."""
    return np.clip(at, START, END - 1)


def optional_times(at: Ints, is_there: Ints | Flags) -> pa.Array:
    """Return times, null where there is none."""
    return times(at).take(pa.array(np.arange(len(at)), mask=~is_there.astype(bool)))


def optional_money(micro: Ints) -> pa.Array:
    """Return money in millionths, null where it is NONE."""
    return money(micro).take(pa.array(np.arange(len(micro)), mask=micro == NONE))
