"""How much of what happened in a period is known by now: the delay curve of incidents, and now-casts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import numpy as np

from dashboard import ask, reader
from dashboard.measures.measure import Measure
from dashboard.measures.nowcast import NowCast
from dashboard.measures.nowcast import now_cast as cast_count
from dashboard.questions.period import Period

# What is counted in confirmed crimes, whose delays the curve is made of.
CAST = ("incidents", "organised_crime")
SEED = 20_250_101


@dataclass(frozen=True, slots=True)
class Maturity:
    """The share of a period's incidents that are known by its `known_by`, and what they will come to."""

    cast: NowCast

    @property
    def arrived(self) -> float:
        """Share of the labels that have arrived, 0 to 1."""
        return self.cast.share_arrived


@reader.summing()
def maturity_of(period: Period) -> Maturity | None:
    """Return the maturity of a period; None where no incident before its end has a time it became known."""
    return _maturity(reader.version(), period)


def now_cast(measure: Measure, value: float, matured: Maturity | None) -> tuple[float, float, float] | None:
    """Return what a measure of crimes will come to, (expected, low, high); None for others or without crimes.

    The curve is that of all incidents: places and rings are taken to become known as fast as they do.
    """
    if matured is None or measure.name not in CAST or not value or not matured.cast.known:
        return None
    scale = value / matured.cast.known
    return matured.cast.expected * scale, matured.cast.low * scale, matured.cast.high * scale


@lru_cache(maxsize=64)
def _maturity(_version: str, period: Period) -> Maturity | None:
    table = ask.answer("incident_delays", ends=period.ends, known_by=period.known_by)
    if not table.num_rows:
        return None
    age, delay = (np.asarray(table.column(name), dtype=np.int64) for name in ("age", "delay"))
    # The ages of the window's days at the instant at which it is counted.
    last = (period.known_by.date() - (period.ends - timedelta(microseconds=1)).date()).days
    days = (period.ends - timedelta(microseconds=1)).date().toordinal() - period.starts.date().toordinal() + 1
    return Maturity(cast_count(delay, age, np.arange(last, last + days), SEED))
