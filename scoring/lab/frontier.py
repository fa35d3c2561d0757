"""The Pareto front: many drafts at once, and those that no other beats.

Each point is a draft with what it costs and what it brings: wrongful holds against the loss that is stopped,
or customers disturbed against all the loss that is caught, stopped or asked again. A point is beaten by one
that costs no more and brings no less, and is better in one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.lab.draft import Draft, threshold_at
from scoring.lab.evidence import Evidence, Integers
from scoring.lab.outcomes import ALERTS, CAUGHT, DISTURBED, STOPPED, WRONGFUL, Counted, count
from scoring.policy import Policy
from scoring.verification import VERIFIED_KINDS

Cost = Literal["wrongful_holds", "disturbed"]
COSTS: tuple[Cost, ...] = ("wrongful_holds", "disturbed")
# Shares of events that become alerts, from a quarter of the planned budget to four times it.
BUDGETS = (0.002, 0.004, 0.006, 0.008, 0.012, 0.016, 0.024, 0.032)
# Shares of events that are asked for one more factor or more, below the planned 5.55 %.
ASKED_SHARES = (0.01, 0.02, 0.03, 0.04)
# Levers of verification: how long an address or a device is new, and amounts as quantiles of withdrawals.
ADDRESS_HOURS = (1.0, 24.0)
DEVICE_HOURS = (24.0, 72.0)
AMOUNT_QUANTILES = (0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Point:
    """One draft of the sweep with its figures over the span; `is_best` where no other point beats it."""

    name: str
    draft: Draft | None
    alerts: float
    loss_caught: float
    loss_stopped: float
    wrongful_holds: float
    disturbed: float
    is_best: bool = False

    def cost(self, name: Cost) -> float:
        """Answer the cost called `name`."""
        return self.wrongful_holds if name == "wrongful_holds" else self.disturbed

    def gain(self, name: Cost) -> float:
        """Answer what is set against the cost called `name`."""
        return self.loss_stopped if name == "wrongful_holds" else self.loss_caught


def sweep(start: Draft, evidence: Evidence, before: Evidence) -> list[tuple[str, Draft]]:
    """Answer drafts around `start`: each way of verifying with each alert budget and each share asked.

    Thresholds and amounts come from the scores and withdrawals of `before`; where there are none, of what is
    tried, which needs no label.
    """
    seen = before if len(before) else evidence
    own, score = replace(start, budget=None), seen.occasion.score
    ways = _ways(own, seen)
    found = []
    for budget, (words, verified) in product(BUDGETS, ways):
        draft = replace(verified, budget=budget).at_budget(score)
        found.append((f"{100 * budget:g} % alerts, {words}", replace(draft, budget=None)))
    for share, (words, verified) in product(ASKED_SHARES, ways):
        step_up = min(threshold_at(score, share, "step_up"), verified.hold)
        found.append((f"{100 * share:g} % asked, {words}", replace(verified, step_up=step_up)))
    return found


def _ways(start: Draft, seen: Evidence) -> list[tuple[str, Draft]]:
    amounts = seen.occasion.amount[np.isin(seen.occasion.kind, VERIFIED_KINDS)]
    amounts = amounts[~np.isnan(amounts)]
    bare = replace(start, new_address_hours=None, step_up_from=None, new_device_hours=None, corridors=())
    ways = [("rules as now", start)]
    if bare != start:
        ways.append(("no rules", bare))
    ways += [(f"cool-off {hours:g} h", replace(bare, new_address_hours=hours)) for hours in ADDRESS_HOURS]
    ways += [(f"new devices {hours:g} h", replace(bare, new_device_hours=hours)) for hours in DEVICE_HOURS]
    for quantile in AMOUNT_QUANTILES if len(amounts) else ():
        limit = round(float(np.quantile(amounts, quantile)), 2)
        ways.append((f"one more factor from {limit:,.0f}", replace(bare, step_up_from=limit)))
    return ways


def points(evidence: Evidence, present: Sequence[Policy], drafts: Iterable[tuple[str, Draft]]) -> list[Point]:
    """Answer the present policy first, then every draft, over `evidence`; nothing is marked yet."""
    named = list(drafts)
    few = evidence.taken(_touched(evidence, present, [draft for _, draft in named]))
    week = np.zeros(len(few), dtype=np.int64)
    found = [_point("present policy", None, few, present, week)]
    for name, draft in named:
        policies = [draft.laid_over(policy) for policy in present]
        found.append(_point(name, draft, few, policies, week))
    return found


def _point(
    name: str, draft: Draft | None, few: Evidence, policies: Sequence[Policy], week: Integers
) -> Point:
    counted: Counted = count(few, few.decided(policies), week)
    return Point(
        name,
        draft,
        alerts=counted.total(ALERTS.name),
        loss_caught=counted.total(CAUGHT.name),
        loss_stopped=counted.total(STOPPED.name),
        wrongful_holds=counted.total(WRONGFUL.name),
        disturbed=counted.total(DISTURBED.name),
    )


def _touched(evidence: Evidence, present: Sequence[Policy], drafts: Sequence[Draft]) -> Bools:
    """Answer (n,) the events that any of the policies may not allow, and all known crime."""
    own = [Draft.of(policy, evidence.area) for policy in present]
    every = [*drafts, *own]
    lowest = min(limit for draft in every for limit in draft.thresholds.values())
    touched: Bools = evidence.crime | (evidence.occasion.score >= lowest)
    if any(draft.verification() for draft in every):
        touched |= np.isin(evidence.occasion.kind, VERIFIED_KINDS)
    return touched


def marked(found: Sequence[Point], cost: Cost) -> list[Point]:
    """Answer the points with those marked that no other beats, in their order."""
    costs = np.array([point.cost(cost) for point in found], dtype=np.float64)
    gains = np.array([point.gain(cost) for point in found], dtype=np.float64)
    return [replace(point, is_best=not _is_beaten(costs, gains, place)) for place, point in enumerate(found)]


def _is_beaten(costs: Floats, gains: Floats, place: int) -> bool:
    no_worse = (costs <= costs[place]) & (gains >= gains[place])
    better = (costs < costs[place]) | (gains > gains[place])
    return bool((no_worse & better).any())


def front(evidence: Evidence, draft: Draft, start: Draft, before: Evidence, cost: Cost) -> list[Point]:
    """Answer the present policy, the draft, and the sweep around `start`, with the best marked."""
    # A budget beyond floor or ceiling is the same draft again.
    others = {tried.text(): (name, tried) for name, tried in reversed(sweep(start, evidence, before))}
    tried = [("your draft", draft), *reversed(others.values())]
    return marked(points(evidence, evidence.policies, tried), cost)
