"""Backtest: the same events decided by the present policy and by a draft, and what would have differed.

The decisions come from `scoring.policy.decide`, the code that serves. Intervals are of the difference and
paired: accounts are drawn again (Poisson bootstrap), each with all that both policies do to it, so that what
the policies share falls out. A backtest of the present policy against itself is zero throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from scipy import sparse

from scoring.calibration import Floats
from scoring.lab.draft import Draft
from scoring.lab.evidence import Evidence, Integers
from scoring.lab.outcomes import CAUGHT, DISTURBED, MISSED, NAMES, WEEK, Counted, count, monday, weeks_of
from scoring.lab.service import Desk, by_shift, offset_of, service_level
from scoring.policy import HOLD, Decided
from scoring.quality import Interval

REPETITIONS = 400


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome under both policies with the difference, draft less present, and its 95 % interval."""

    present: float
    draft: float
    difference: Interval

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out no difference."""
        return not self.difference.low <= 0 <= self.difference.high


@dataclass(frozen=True, slots=True)
class DeskLoad:
    """Alerts against what a desk can look at, under one policy.

    `per_shift` are mean and busiest number of alerts of the night, day and evening shift; `over` the share of
    shifts with more alerts than the desk can look at.
    """

    per_shift: tuple[tuple[float, int], ...]
    over: float
    service_level: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a draft would have done: totals, weeks (their Mondays, oldest first) and the desk, by policy.

    `changed` are the events decided otherwise, and the keys by outcome those that add to it, by policy.
    """

    area: str
    events: int
    accounts: int
    totals: Mapping[str, Compared]
    weeks: tuple[datetime, ...]
    weekly: Mapping[str, tuple[Compared, ...]]
    present_desk: DeskLoad
    draft_desk: DeskLoad
    changed: Integers
    present_keys: Mapping[str, Integers]
    draft_keys: Mapping[str, Integers]

    @property
    def loss_known(self) -> float:
        """The value of crime known in the span, caught or missed; 0 where loss says nothing."""
        return self.totals[CAUGHT.name].present + self.totals[MISSED.name].present


def backtest(evidence: Evidence, draft: Draft, desk: Desk | None = None, seed: int = 1) -> Backtest:
    """Decide `evidence` by the policies that were in force and with the draft laid over each, and compare."""
    week = weeks_of(evidence)
    present = evidence.decided(evidence.policies)
    tried = evidence.decided([draft.laid_over(policy) for policy in evidence.policies])
    counted = count(evidence, present, week), count(evidence, tried, week)
    first, weeks = monday(evidence.span.since), int(week.max(initial=-1)) + 1
    totals, weekly = _compared(evidence, counted, week, weeks, seed)
    desk = desk or Desk()
    return Backtest(
        area=evidence.area,
        events=len(evidence),
        accounts=len(np.unique(evidence.account)),
        totals=totals,
        weeks=tuple(first + number * WEEK for number in range(weeks)),
        weekly=weekly,
        present_desk=desk_load(evidence, present, desk),
        draft_desk=desk_load(evidence, tried, desk),
        changed=evidence.key[present.decision != tried.decision],
        present_keys=_keys(evidence, counted[0]),
        draft_keys=_keys(evidence, counted[1]),
    )


def _keys(evidence: Evidence, counted: Counted) -> dict[str, Integers]:
    adds = {**counted.by_name, DISTURBED.name: counted.disturbed_once}
    return {name: evidence.key[values > 0] for name, values in adds.items()}


def _compared(
    evidence: Evidence, counted: tuple[Counted, Counted], week: Integers, weeks: int, seed: int
) -> tuple[dict[str, Compared], dict[str, tuple[Compared, ...]]]:
    """Answer totals and weeks by name; the last column of each outcome is the whole span."""
    sums = [_by_account(evidence, one, week, weeks) for one in counted]
    columns = weeks + 1
    points = [np.asarray(one.sum(axis=0)).ravel() for one in sums]
    rng = np.random.default_rng(seed)
    weights = rng.poisson(1.0, (REPETITIONS, sums[0].shape[0])).astype(np.float64)
    gaps = np.asarray((sums[1] - sums[0]).T.dot(weights.T)).T
    low, high = np.quantile(gaps, [0.025, 0.975], axis=0)
    made = [
        Compared(
            float(present),
            float(tried),
            Interval(float(tried - present), *_around(float(tried - present), low[place], high[place])),
        )
        for place, (present, tried) in enumerate(zip(*points, strict=True))
    ]
    totals = {name: made[place * columns + weeks] for place, name in enumerate(NAMES)}
    weekly = {
        name: tuple(made[place * columns : place * columns + weeks]) for place, name in enumerate(NAMES)
    }
    return totals, weekly


def _around(point: float, low: float, high: float) -> tuple[float, float]:
    return min(float(low), point), max(float(high), point)


def _by_account(evidence: Evidence, counted: Counted, week: Integers, weeks: int) -> sparse.csr_matrix:
    """Answer (accounts, outcomes * (weeks + 1)) sums: each week, then the whole span."""
    accounts = int(evidence.account.max(initial=-1)) + 1
    rows, places, values = [], [], []
    for number, name in enumerate(NAMES):
        adds = counted.by_name[name]
        whole = counted.disturbed_once if name == DISTURBED.name else adds
        for column, value in ((week, adds), (np.full_like(week, weeks), whole)):
            held = np.flatnonzero(value)
            rows.append(evidence.account[held])
            places.append(number * (weeks + 1) + column[held])
            values.append(value[held])
    shape = (accounts, len(NAMES) * (weeks + 1))
    found = sparse.coo_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(places))), shape=shape
    )
    return found.tocsr()


def desk_load(evidence: Evidence, decided: Decided, desk: Desk) -> DeskLoad:
    """Answer what the alerts of one policy are to a desk."""
    at, offset = evidence.at[decided.decision >= HOLD], offset_of(evidence.area)
    counts = by_shift(at, evidence.span, offset)
    capacity = np.array(desk.capacity())[:, None]
    days: Floats = counts.sum(axis=1) / max(1.0, (evidence.span.until - evidence.span.since).days)
    return DeskLoad(
        tuple((float(mean), int(most)) for mean, most in zip(days, counts.max(axis=1), strict=True)),
        float((counts > capacity).mean()),
        service_level(at, desk, offset),
    )
