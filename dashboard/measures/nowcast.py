"""How many incidents of a young quarter are not known yet?

An incident becomes known some days after it happened, so the youngest are missing: those seen are seen
because their delay was short (right truncation). The curve of delays is estimated in reverse time
(Lagakos, Barraj and De Gruttola 1988; the chain ladder of insurers gives the same numbers):

    F(d) = product over u > d of (1 - delays equal to u / incidents with delay <= u <= age)

F is the share that has arrived after d days, of what arrives within the oldest age seen. A day's count
over its share is what it will come to. Days so young that little has arrived are given the rate per
exposure of the older ones, since dividing by a small share only multiplies chance.

The interval redraws both: the curve from resampled incidents, and what is still missing as a negative
binomial number (the failures before as many successes as are known), stretched by the dispersion.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.measures.change import CONFIDENCE

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
ROUNDS = 500
# Below this share a day's own count says less about it than the other days' rate does.
_LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class DelayCurve:
    """The share of incidents known after 0, 1, 2, ... days; `shares` has shape (oldest age + 1,)."""

    shares: Floats

    def share_arrived(self, ages: Whole) -> Floats:
        """Return the share known at each age in days; 1 beyond the curve's end."""
        found: Floats = np.where(ages < 0, 0.0, self.shares[np.clip(ages, 0, self.shares.size - 1)])
        return found


@dataclass(frozen=True, slots=True)
class NowCast:
    """What a window's count will come to: `known` by now, `expected` in the end with its 95 % interval."""

    known: int
    expected: float
    low: float
    high: float

    @property
    def share_arrived(self) -> float:
        """The share of the labels that have arrived, estimated; 1 where nothing is expected."""
        return self.known / self.expected if self.expected else 1.0

    def sentence(self) -> str:
        """Say it plainly: `83 known, about 97 expected, between 90 and 106 (86 % have arrived)`."""
        if self.high - self.known < 0.5:
            return f"{self.known:,} known, all have arrived"
        return (
            f"{self.known:,} known, about {self.expected:,.0f} expected, between {self.low:,.0f} and "
            f"{self.high:,.0f} ({100 * self.share_arrived:.0f} % have arrived)"
        )


def delay_curve(delays: Whole, ages: Whole) -> DelayCurve:
    """Estimate the delay curve from incidents' delays and their ages at the watermark, both in days.

    Raises ValueError without incidents, or where a delay is negative or above its age.
    """
    if delays.size == 0 or delays.shape != ages.shape or delays.min() < 0 or np.any(delays > ages):
        raise ValueError(
            f"{delays.size} delays and {ages.size} ages: give one incident or more, 0 <= delay <= age (days)"
        )
    one = np.ones((1, delays.size))
    return DelayCurve(_curves(delays, ages, one, int(ages.max()))[0])


def now_cast(
    delays: Whole,
    ages: Whole,
    day_ages: Whole,
    seed: int,
    *,
    exposures: Floats | None = None,
    dispersion: float = 1.0,
    rounds: int = ROUNDS,
) -> NowCast:
    """Estimate what a window's count will come to.

    `delays` and `ages` are those of all known incidents, older ones than the window's too: they teach the
    curve. `day_ages` are the ages of the window's days at the watermark; `exposures` theirs, equal if
    None. Raises ValueError as `delay_curve` does.
    """
    curve = delay_curve(delays, ages).shares
    generator = np.random.default_rng(seed)
    known = np.bincount(ages, minlength=max(int(day_ages.max()), int(ages.max())) + 1)[day_ages]
    exposed = np.ones(day_ages.size) if exposures is None else exposures
    expected = float(_expected(known, exposed, DelayCurve(curve).share_arrived(day_ages)))
    weights = generator.poisson(1.0, (rounds, delays.size)).astype(np.float64)
    curves = _curves(delays, ages, weights, curve.size - 1)
    drawn = np.array(
        [_drawn(generator, known, exposed, DelayCurve(c).share_arrived(day_ages)) for c in curves]
    )
    count = int(known.sum())
    spread = math.sqrt(max(1.0, dispersion))
    low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    # Stretched like the intervals of changes; what is known stays known.
    low, high = expected - (expected - low) * spread, expected + (high - expected) * spread
    return NowCast(count, expected, max(float(count), min(low, expected)), max(high, expected))


def _curves(delays: Whole, ages: Whole, weights: Floats, oldest: int) -> Floats:
    """Return one curve for each row of weights, shape (rows, oldest + 1)."""
    by_delay, by_age = _by_day(delays, weights, oldest), _by_day(ages, weights, oldest)
    # At risk at u: arrived within u days, and old enough for a delay of u to have been seen.
    at_risk = np.cumsum(by_delay, axis=1) - (np.cumsum(by_age, axis=1) - by_age)
    hazard = by_delay / np.where(at_risk > 0, at_risk, 1)
    kept = np.clip(1 - hazard, 0, 1)
    # F(d) multiplies what is kept at every u beyond d.
    beyond = np.cumprod(kept[:, ::-1], axis=1)[:, ::-1]
    found: Floats = np.concatenate([beyond[:, 1:], np.ones((weights.shape[0], 1))], axis=1)
    return found


def _by_day(days: Whole, weights: Floats, oldest: int) -> Floats:
    """Sum each row of weights by day, shape (rows, oldest + 1)."""
    order = np.argsort(days, kind="stable")
    present, firsts = np.unique(days[order], return_index=True)
    found = np.zeros((weights.shape[0], oldest + 1))
    found[:, present] = np.add.reduceat(weights[:, order], firsts, axis=1)
    return found


def _expected(known: Whole, exposures: Floats, shares: Floats) -> np.float64:
    old = shares >= _LEAST_SHARE
    of_old = np.sum(known[old] / shares[old])
    return np.float64(of_old + np.sum(_missing_of_young(of_old, exposures, shares) + known[~old]))


def _missing_of_young(of_old: np.float64, exposures: Floats, shares: Floats) -> Floats:
    """Return what each young day still lacks, at the older days' rate; nothing where no day is old."""
    old = shares >= _LEAST_SHARE
    rate = of_old / exposures[old].sum() if exposures[old].sum() > 0 else 0.0
    found: Floats = rate * exposures[~old] * (1 - shares[~old])
    return found


def _drawn(generator: np.random.Generator, known: Whole, exposures: Floats, shares: Floats) -> float:
    old = shares >= _LEAST_SHARE
    is_open = old & (known > 0) & (shares < 1)
    missing = generator.negative_binomial(known[is_open], shares[is_open]).sum()
    of_old = np.float64(known[old].sum() + missing)
    young = generator.poisson(_missing_of_young(of_old, exposures, shares))
    return float(of_old + known[~old].sum() + young.sum())
