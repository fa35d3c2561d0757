"""The demonstration's time: its window, how busy each day is, and what each asset costs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.world.columns import ASSETS, Floats, Ints, Rng

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FIRST_DAY = date(2025, 1, 1)
LAST_DAY = date(2025, 10, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
START = (FIRST_DAY - date(1970, 1, 1)).days * DAY
END = START + DAYS * DAY
MONTH_STARTS: Ints = (
    np.array([(date(2025, month, 1) - FIRST_DAY).days for month in range(1, 12)]) * DAY + START
)

# USDT per unit on 1 January 2025, and the size of a usual day's move.
_PRICES = (1.0, 94_000.0, 3_350.0, 1.0, 193.0, 0.25)
_DAILY_MOVE = (0.0, 0.024, 0.034, 0.0, 0.04, 0.026)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How busy days are and what things cost.

    `busy` has one row for a Saturday-Sunday and one for a Friday-Saturday weekend: running sums of day
    weights, DAYS + 1 long from 0. `prices` is DAYS x ASSETS.
    """

    busy: Floats
    prices: Floats


def make_calendar(rng: Rng) -> Calendar:
    """Draw market swings: days of large moves are busy days, paydays and workdays too."""
    moves = rng.standard_normal(DAYS)
    storm = np.zeros(DAYS)
    for day in range(1, DAYS):
        storm[day] = 0.8 * storm[day - 1] + 0.09 * moves[day]
    days = [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
    market = _level_by_quarter(np.exp(storm), np.array([(d.month - 1) // 3 for d in days]))
    payday = np.array([1.22 if d.day in (1, 2, 15, 25, 26, 28) else 1.0 for d in days])
    weekday = np.array([d.weekday() for d in days])
    busy = [market * payday * np.where(np.isin(weekday, off), 0.78, 1.0) for off in ((5, 6), (4, 5))]
    shocks = rng.standard_normal((DAYS, len(ASSETS))) * np.exp(0.5 * (storm - storm.mean()))[:, None]
    walk = np.cumsum(shocks * np.array(_DAILY_MOVE), axis=0)
    return Calendar(
        busy=np.stack([np.r_[0.0, np.cumsum(weights)] for weights in busy]),
        prices=np.array(_PRICES) * np.exp(walk - walk[0]),
    )


def _level_by_quarter(market: Floats, quarter: Ints) -> Floats:
    """Return the market with the same mean in each quarter: days swing, but no seed has a year of its own.

    Otherwise chance would move the exposure of a quarter by a tenth, and every rate with it.
    """
    means = np.bincount(quarter, weights=market) / np.bincount(quarter)
    return market / means[quarter]


def draw_days(calendar: Calendar, has_friday_weekend: Ints, start: Ints, end: Ints, rng: Rng) -> Ints:
    """Return a day (from 0) within each pair of times, busy days more often."""
    drawn = np.empty(len(start), dtype=np.int64)
    first = np.clip((start - START) / DAY, 0, DAYS - 1e-6)
    last = np.clip((end - START) / DAY, first + 1e-6, DAYS)
    for row, running in enumerate(calendar.busy):
        mine = has_friday_weekend == row
        low = np.interp(first[mine], np.arange(DAYS + 1), running)
        high = np.interp(last[mine], np.arange(DAYS + 1), running)
        point = low + rng.random(int(mine.sum())) * (high - low)
        drawn[mine] = np.searchsorted(running, point, side="right") - 1
    return np.clip(drawn, 0, DAYS - 1)
