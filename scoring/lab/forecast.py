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
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats
from scoring.lab.draft import Draft
from scoring.lab.evidence import RIPE, Evidence, Integers
from scoring.lab.outcomes import ALERTS, CAUGHT, WEEK, WRONGFUL
from scoring.policy import ALLOW, HOLD, STEPS, Policy

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
_PRIOR_PHI = 1.5
# With fewer events of the newest model its own share above a threshold says too little.
_FEWEST_OF_MODEL = 3_000


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
    samples = {
        ALERTS.name: ahead_of_counts(seen.alerts, np.ones(weeks), ahead, rng),
        CAUGHT.name: _losses(seen, ahead, rng),
        WRONGFUL.name: ahead_of_counts(seen.wrongful, np.ones(weeks), ahead, rng),
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


@dataclass(frozen=True, slots=True)
class PastWeeks:
    """The weeks before a roll-out under a draft, oldest first, (weeks,) each.

    `alerts` and `wrongful` are events, `hit` customers with a loss caught that is known, `loss` its value,
    `known_share` the part of a week's labels that have come. `losses` (customers,) is what each of those
    hit lost and `lost_in` the number of the week.
    """

    alerts: Floats
    wrongful: Floats
    hit: Floats
    loss: Floats
    known_share: Floats
    losses: Floats
    lost_in: Integers


def policies_before(before: Evidence, draft: Draft) -> list[Policy]:
    """Answer the draft laid over each policy that decided before.

    Scores of earlier models are not on the newest one's scale: there the draft's thresholds are those that
    take the same share of events as they take of the newest model's.
    """
    newest = max(range(len(before.policies)), key=lambda place: before.policies[place].created_as_of)
    own = before.occasion.score[before.policy == newest]
    made = []
    for place, policy in enumerate(before.policies):
        score = before.occasion.score[before.policy == place]
        is_other = policy.document["model_version"] != before.policies[newest].document["model_version"]
        if is_other and min(len(own), len(score)) >= _FEWEST_OF_MODEL:
            made.append(_moved(draft, own, score).laid_over(policy))
        else:
            made.append(draft.laid_over(policy))
    return made


def _moved(draft: Draft, own: Floats, other: Floats) -> Draft:
    """Answer the draft with thresholds that take the same share of `other` scores as of `own`."""
    step_up, hold, block = (_at_share(other, float((own >= draft.thresholds[step]).mean())) for step in STEPS)
    return replace(draft, step_up=min(step_up, hold), hold=hold, block=max(block, hold))


def _at_share(scores: Floats, share: float) -> float:
    return float(np.quantile(scores, 1.0 - share)) + 1e-9


def past_weeks(before: Evidence, policies: list[Policy], weeks: int) -> PastWeeks:
    """Decide the weeks before and count them; a label later than 30 days after its week's end is left out."""
    decided = before.decided(policies)
    week = (weeks - 1 - (np.datetime64(before.span.until) - before.at - 1) // np.timedelta64(WEEK)).astype(
        int
    )
    crime = before.crime & (before.told_at <= last_told(before.span.until, week - weeks))
    is_alert, caught = decided.decision >= HOLD, decided.decision > ALLOW
    loss = np.where(crime & caught & before.is_money_out, np.nan_to_num(before.occasion.amount), 0.0)
    # What was stopped is looked at sooner, so its labels come sooner than others.
    known = known_shares(before, crime & caught, weeks)
    known_of_alerts = known_shares(before, crime & is_alert, weeks)
    hit, losses, lost_in = _by_customer(before.account, week, loss, weeks)

    def sums(values: Bools | Floats) -> Floats:
        return np.bincount(week, weights=values, minlength=weeks).astype(np.float64)

    alerts = sums(is_alert)
    guilty = np.minimum(alerts, sums(is_alert & crime) / np.maximum(known_of_alerts, 0.05))
    return PastWeeks(alerts, alerts - guilty, hit, sums(loss), known, losses, lost_in)


def last_told(starts_at: datetime, week: Integers) -> NDArray[np.datetime64]:
    """Answer (n,) until when a label of an event `week` weeks after `starts_at` counts."""
    ends: NDArray[np.datetime64] = (
        np.datetime64(starts_at) + (week + 1) * np.timedelta64(WEEK) + np.timedelta64(RIPE)
    )
    return ends


def _by_customer(
    account: Integers, week: Integers, loss: Floats, weeks: int
) -> tuple[Floats, Floats, Integers]:
    """Answer (weeks,) customers with a loss, what each of them lost in a week, and which week."""
    rows = np.flatnonzero(loss > 0)
    keys, place = np.unique(account[rows] * weeks + week[rows], return_inverse=True)
    losses = np.bincount(place, weights=loss[rows], minlength=len(keys)).astype(np.float64)
    lost_in = (keys % weeks).astype(np.int64)
    return np.bincount(lost_in, minlength=weeks).astype(np.float64), losses, lost_in


def known_shares(before: Evidence, crime: Bools, weeks: int) -> Floats:
    """Answer (weeks,) which part of the labels of such crime that count in the end have come by now.

    The distribution of the delay is estimated from labels that have come, by reverse hazards: at each delay,
    how many came exactly then among those that came by then and could have been seen (age at least that).
    """
    age = np.datetime64(before.span.until) - before.at
    days = _days((before.told_at - before.at)[crime])
    ages = _days(age[crime])
    last = int((RIPE + WEEK) / timedelta(days=1))
    share = np.ones(last + 1)
    for day in range(last, 0, -1):
        could = (ages >= day) & (days <= day)
        came = could & (days == day)
        # Half an event more on each side keeps a gap in few labels from being taken for certainty.
        share[day - 1] = share[day] * (1.0 - came.sum() / max(1, could.sum()))
    offsets = np.arange(7)
    oldest = 7 * (weeks - 1 - np.arange(weeks))[:, None] + offsets
    found: Floats = share[np.minimum(oldest, last)].mean(axis=1)
    return found


def _days(length: NDArray[np.timedelta64]) -> Integers:
    return np.maximum(0, length // np.timedelta64(1, "D")).astype(np.int64)


def ahead_of_counts(count: Floats, exposure: Floats, ahead: int, rng: np.random.Generator) -> Floats:
    """Answer (DRAWS, ahead) draws of the weeks after `count` (oldest first), at an exposure of 1.

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
        drawn[:, week] = phi * rng.poisson(level)
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
