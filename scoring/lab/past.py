"""The weeks before a roll-out as its draft would have decided them, and how much of them is known by now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats
from scoring.lab.draft import Draft
from scoring.lab.evidence import RIPE, Evidence, Integers
from scoring.lab.outcomes import WEEK
from scoring.policy import ALLOW, HOLD, STEPS, Policy

# With fewer events of the newest model its own share above a threshold says too little.
_FEWEST_OF_MODEL = 3_000
# As if each day of the month had been seen so often besides, as busy as the mean day.
_PRIOR_DAYS = 0.5


@dataclass(frozen=True, slots=True)
class PastWeeks:
    """The weeks before a roll-out under a draft, oldest first, (weeks,) each.

    `alerts` and `wrongful` are events, and `ruled_` those of them that only a rule of verification stops;
    `hit` are customers with a loss caught that is known, `loss` its value, `known_share` the part of a week's
    labels that have come. `losses` (customers,) is what each of those hit lost, `lost_in` in which week.
    """

    alerts: Floats
    wrongful: Floats
    ruled_alerts: Floats
    ruled_wrongful: Floats
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

    def innocent(part: Bools) -> Floats:
        stopped = sums(part)
        return stopped - np.minimum(stopped, sums(part & crime) / np.maximum(known_of_alerts, 0.05))

    is_ruled = is_alert & (decided.by_score < HOLD)
    by_rule = innocent(is_ruled)
    by_score = innocent(is_alert & ~is_ruled)
    return PastWeeks(
        alerts=sums(is_alert),
        wrongful=by_rule + by_score,
        ruled_alerts=sums(is_ruled),
        ruled_wrongful=by_rule,
        hit=hit,
        loss=sums(loss),
        known_share=known,
        losses=losses,
        lost_in=lost_in,
    )


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


def calendar(before: Evidence, weeks: int, ahead: int) -> Floats:
    """Answer (weeks + ahead,) how busy each week is by the days of the month in it: paydays; 1 is usual.

    A day of the month counts as often as events came on it, drawn towards the mean day.
    """
    start = np.datetime64(before.span.until, "D") - 7 * weeks
    days = start + np.arange(7 * (weeks + ahead))
    of_month = (days - days.astype("datetime64[M]")).astype(np.int64)
    seen = np.clip((before.at.astype("datetime64[D]") - start).astype(np.int64), 0, 7 * weeks - 1)
    counts = np.bincount(seen, minlength=7 * weeks)
    mean = max(float(counts.mean()), 1e-9)
    sums = np.bincount(of_month[: 7 * weeks], weights=counts, minlength=31)
    often = np.bincount(of_month[: 7 * weeks], minlength=31)
    busy = (sums / mean + _PRIOR_DAYS) / (often + _PRIOR_DAYS)
    found: Floats = busy[of_month].reshape(weeks + ahead, 7).mean(axis=1)
    return found
