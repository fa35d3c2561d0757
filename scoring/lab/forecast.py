"""Forecast: alerts, loss caught and wrongful holds of the weeks after a roll-out, with 90 % intervals.

1. The weeks before the roll-out, counted back from it, are decided as the draft would.
2. A week's level follows the newest weeks: a Gamma belief of it, discounted by a factor each week
   (West and Harrison 1997, chapter 10); the factor is the one that would have foretold the past best.
3. Counts scatter more than Poisson, because rings act together: phi, from how far off the same method was
   on those weeks, widens everything.
4. What is not known yet counts as what part of it is: the share of labels that come within a week's age
   (reverse hazards, which allow for labels that are still to come; Lawless 1994) is its exposure.
5. Loss is customers hit times what each loses, drawn from the losses of the past: no amount is cut off.

"Known" means known 30 days after the week's end, before and after alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from scoring.calibration import Floats
from scoring.lab.draft import Draft
from scoring.lab.evidence import Evidence, Integers
from scoring.lab.outcomes import ALERTS, CAUGHT, WEEK, WRONGFUL
from scoring.lab.past import PastWeeks, calendar, last_told, past_weeks, policies_before
from scoring.policy import ALLOW, HOLD

FORETOLD = (ALERTS.name, CAUGHT.name, WRONGFUL.name)
# More weeks than this are another season, and another model.
MOST_WEEKS = 16
FEWEST_WEEKS = 4
DRAWS = 4_000
LEVEL = (0.05, 0.95)
_DISCOUNTS = (0.6, 0.7, 0.8, 0.85, 0.9)
# Weeks at the start from which the level is first known before errors are counted.
_WARM_UP = 3
# As if so many weeks had been seen with ordinary scatter: a handful of lucky weeks proves no calm.
_PRIOR_WEEKS = 4.0
# Past weeks from which the losses of one future week are drawn.
BLOCKS = 1
_PRIOR_PHI = 3.0


@dataclass(frozen=True, slots=True)
class Foretold:
    """One outcome of one week after the roll-out: the middle of its forecast and its 90 % interval."""

    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """The interval's width as a share of the forecast; infinite where nothing is foretold."""
        return (self.high - self.low) / self.value if self.value > 0 else float("inf")

    def holds(self, actual: float) -> bool:
        """Whether the interval holds what happened, its ends included."""
        return self.low - 1e-9 <= actual <= self.high + 1e-9


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is foretold of each outcome by week from `starts_at` on; `past` are the weeks it stands on."""

    area: str
    starts_at: datetime
    weeks_seen: int
    by_name: Mapping[str, tuple[Foretold, ...]]
    past: Mapping[str, tuple[float, ...]]

    def as_json(self) -> dict[str, object]:
        """Answer the forecast as a roll-out keeps it."""
        weeks = {
            name: [
                {"value": round(w.value, 2), "low": round(w.low, 2), "high": round(w.high, 2)} for w in found
            ]
            for name, found in self.by_name.items()
        }
        return {"starts_at": self.starts_at.isoformat(), "weeks_seen": self.weeks_seen, "weeks": weeks}


def forecast(before: Evidence, draft: Draft, ahead: int, seed: int = 1) -> Forecast | None:
    """Foretell `ahead` weeks after the end of `before`, from what was known at that end.

    None where there are fewer than FEWEST_WEEKS whole weeks before it.
    """
    until = before.span.until
    weeks = min(MOST_WEEKS, (until - before.span.since) // WEEK)
    if weeks < FEWEST_WEEKS or not len(before):
        return None
    before = before.within(replace(before.span, since=until - weeks * WEEK)).known_by(
        min(before.known_at, until)
    )
    seen = past_weeks(before, policies_before(before, draft), weeks)
    rng = np.random.default_rng(seed)
    busy = calendar(before, weeks, ahead)
    samples = {
        ALERTS.name: _in_two(seen.alerts, seen.ruled_alerts, busy, ahead, rng),
        CAUGHT.name: _losses(seen, ahead, rng),
        WRONGFUL.name: _in_two(seen.wrongful, seen.ruled_wrongful, busy, ahead, rng),
    }
    found = {name: tuple(_foretold(column) for column in drawn.T) for name, drawn in samples.items()}
    told = seen.known_share
    past = {
        ALERTS.name: tuple(seen.alerts.tolist()),
        CAUGHT.name: tuple((seen.loss / np.maximum(told, 0.05)).tolist()),
        WRONGFUL.name: tuple(seen.wrongful.tolist()),
    }
    return Forecast(before.area, until, int(weeks), found, past)


def _foretold(drawn: Floats) -> Foretold:
    low, high = np.quantile(drawn, LEVEL)
    return Foretold(float(drawn.mean()), float(low), float(high))


def _in_two(count: Floats, ruled: Floats, busy: Floats, ahead: int, rng: np.random.Generator) -> Floats:
    """Answer (DRAWS, ahead) draws of counts: what rules stop follows paydays, what scores stop does not."""
    weeks = len(count)
    drawn = ahead_of_counts(count - ruled, np.ones(weeks), ahead, rng)
    return drawn + ahead_of_counts(ruled, busy[:weeks], ahead, rng, busy[weeks:]) if ruled.any() else drawn


def ahead_of_counts(
    count: Floats, exposure: Floats, ahead: int, rng: np.random.Generator, later: Floats | None = None
) -> Floats:
    """Answer (DRAWS, ahead) draws of the weeks after `count` (oldest first), at exposures `later`, else 1.

    A Gamma belief of the level, discounted each week; all in units of phi, so that the scatter is phi times
    that of Poisson.
    """
    discount, phi = _fitted(count, exposure)
    shape, rate = _belief(count / phi, exposure, discount)
    drawn = np.empty((DRAWS, ahead))
    for week in range(ahead):
        # Discounting is a random walk of the level: the belief keeps its mean and loses weight.
        weight = discount ** (week + 1)
        level = rng.gamma(max(shape * weight, 1e-3), 1.0 / (rate * weight), DRAWS)
        drawn[:, week] = phi * rng.poisson(level * (1.0 if later is None else later[week]))
    return _as_counts(drawn, phi, rng)


def _as_counts(drawn: Floats, phi: float, rng: np.random.Generator) -> Floats:
    """Answer draws in steps of phi spread over the whole numbers between, so that counts are counts."""
    spread = rng.uniform(-0.5, 0.5, drawn.shape) * (phi - 1.0)
    return np.maximum(0.0, np.rint(drawn + np.where(drawn > 0, spread, np.maximum(spread, 0.0))))


def _belief(count: Floats, exposure: Floats, discount: float) -> tuple[float, float]:
    """Answer shape and rate of the Gamma belief after the last week."""
    shape, rate = 0.5, 0.5 / max(float(count.sum() / max(exposure.sum(), 1e-9)), 0.5)
    for seen, part in zip(count, exposure, strict=True):
        shape, rate = discount * shape + seen, discount * rate + part
    return shape, max(rate, 1e-6)


def _fitted(count: Floats, exposure: Floats) -> tuple[float, float]:
    """Answer the discount that would have foretold the past best, and phi at it."""
    best = (float("inf"), 1.0, 1.0)
    for discount in _DISCOUNTS:
        errors = _past_errors(count, exposure, discount)
        phi = (_PRIOR_WEEKS * _PRIOR_PHI + float(errors.sum())) / (_PRIOR_WEEKS + len(errors))
        # What errors and their allowance cost together; a low discount widens every interval.
        cost = phi * (1.0 + (1.0 - discount))
        if cost < best[0]:
            best = (cost, discount, max(1.0, phi))
    return best[1], best[2]


def _past_errors(count: Floats, exposure: Floats, discount: float) -> Floats:
    """Answer the squared errors of one week ahead over their variance without phi, past the warm-up."""
    shape, rate = _belief(count[:_WARM_UP], exposure[:_WARM_UP], discount)
    errors = []
    for seen, part in zip(count[_WARM_UP:], exposure[_WARM_UP:], strict=True):
        shape, rate = discount * shape, discount * rate
        mean = part * shape / rate
        variance = mean * (1.0 + part / rate)
        errors.append((seen - mean) ** 2 / max(variance, 0.25))
        shape, rate = shape + seen, rate + part
    return np.array(errors)


def _losses(seen: PastWeeks, ahead: int, rng: np.random.Generator) -> Floats:
    """Answer (DRAWS, ahead) draws of loss caught: customers hit, each with a loss drawn from the past."""
    if not len(seen.losses):
        return np.zeros((DRAWS, ahead))
    hit = ahead_of_counts(seen.hit, seen.known_share, ahead, rng).astype(np.int64)
    total = np.zeros(hit.shape)
    for week in range(ahead):
        drawn = _drawn_losses(seen, hit[:, week], rng)
        total[:, week] = np.bincount(
            np.repeat(np.arange(DRAWS), hit[:, week]), weights=drawn, minlength=DRAWS
        )
    return total


def _drawn_losses(seen: PastWeeks, hit: Integers, rng: np.random.Generator) -> Floats:
    """Answer (sum of hit,) losses: those of one future week come from few past weeks, as rings hit together.

    Each draw takes BLOCKS past weeks with a loss, at random, and its customers' losses from those.
    """
    order = np.argsort(seen.lost_in, kind="stable")
    weeks, start, size = np.unique(seen.lost_in[order], return_index=True, return_counts=True)
    block = rng.choice(len(weeks), (DRAWS, BLOCKS), p=size / size.sum())
    customer = np.repeat(np.arange(DRAWS), hit)
    chosen = block[customer, rng.integers(0, BLOCKS, len(customer))]
    place = start[chosen] + (rng.random(len(customer)) * size[chosen]).astype(np.int64)
    losses: Floats = seen.losses[order][place]
    return losses


def happened(
    after: Evidence, draft: Draft, starts_at: datetime, ahead: int
) -> Mapping[str, tuple[float, ...]]:
    """Answer what came of each outcome in each of `ahead` weeks from `starts_at` on, decided by the draft.

    Labels count as in the forecast; the weeks must be old enough at `after.known_at` for that.
    """
    week = ((after.at - np.datetime64(starts_at)) // np.timedelta64(WEEK)).astype(np.int64)
    few = after.taken((week >= 0) & (week < ahead))
    week = week[(week >= 0) & (week < ahead)]
    decided = few.decided([draft.laid_over(policy) for policy in few.policies])
    crime = few.crime & (few.told_at <= last_told(starts_at, week))
    is_alert, is_caught = decided.decision >= HOLD, decided.decision > ALLOW
    loss = np.where(crime & is_caught & few.is_money_out, np.nan_to_num(few.occasion.amount), 0.0)
    adds = {ALERTS.name: is_alert, CAUGHT.name: loss, WRONGFUL.name: is_alert & ~crime}
    return {
        name: tuple(np.bincount(week, weights=value, minlength=ahead).tolist())
        for name, value in adds.items()
    }
