"""What Models and policy asks first: which areas there are, and how much each has to look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard import ask
from dashboard.questions import words
from dashboard.questions.period import Period
from dashboard.tables import Asked


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """An area in a period: its transactions and sign-ins, those a person must look at, those not allowed."""

    area: str
    events: int
    alerts: int
    flagged: int

    @property
    def alert_share(self) -> float | None:
        """Share of the events that a person must look at; None where there are none."""
        return self.alerts / self.events if self.events else None


def areas_asked(period: Period) -> Asked:
    """Return the question of areas in a period."""
    return Asked("areas_there", period.between)


def areas_there(period: Period) -> tuple[AreaCounts, ...]:
    """Answer every area that ever had an event, those with most alerts first."""
    asked = areas_asked(period)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    return tuple(AreaCounts(row["area"], row["events"] or 0, row["alerts"], row["flagged"]) for row in rows)


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """What decides in an area: the policy's name and time, the area's ladder, and what stands beside it.

    `thresholds` by step; `basis` is region, global or roll-out; `verification` by rule, as it is set;
    `explored` is the share of blocks held at random to be looked at.
    """

    policy_version: str
    since: datetime
    thresholds: Mapping[str, float]
    budget: Mapping[str, float]
    basis: str
    verification: Mapping[str, object]
    explored: float | None
    rollout: str | None


def policy_in_force(area: str) -> PolicyInForce | None:
    """Answer the newest policy of the fraud model as it holds in an area; None before anything was scored.

    A country apart without thresholds of its own has those of the region it lies in.
    """
    rows = ask.answer("fraud_policies", area=area).slice(0, 1).to_pylist()
    if not rows:
        return None
    document = json.loads(rows[0]["document"])
    regions = document["regions"]
    own = regions.get(area) or regions.get(words.region_of_area(area)) or {"thresholds": document["default"]}
    return PolicyInForce(
        policy_version=rows[0]["policy_version"],
        since=rows[0]["created_as_of"],
        thresholds=own["thresholds"],
        budget=document["budget"],
        basis=own.get("basis", "global"),
        verification=document.get("verification", {}).get(area, {}),
        explored=document.get("exploration", {}).get("share"),
        rollout=document.get("rollouts", {}).get(area),
    )


def acts_asked(area: str, period: Period, act: str | None = None) -> Asked:
    """Return the question of the events that a rule decided, of one rule or all."""
    return Asked("acts_of_area", {"area": area, **period.between, "act": act})


def acts_in_area(area: str, period: Period) -> Mapping[str, int]:
    """Answer how many events each rule decided in an area, by the rule's name."""
    rows = ask.answer("acts_in_area", area=area, **period.between).to_pylist()
    return {row["act"]: row["events"] for row in rows}
