"""Amendments: an area's dated changes laid over the policy of a model, each result a policy of its own.

A model's policy holds from the model's first event on. Every roll-out that begins while the model is in force
makes another policy from that time on: the same document with that area's thresholds and verification
replaced. The newest roll-out of an area counts; one without changes restores what the model's policy says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from data.geography import countries
from data.statement import read_statement
from scoring.areas import APART
from scoring.policy import Policy, policy_of

BEGUN = Path(__file__).with_name("run") / "rollouts_begun.sql"


@dataclass(frozen=True, slots=True)
class Rollout:
    """A dated change of one area: `changes` may hold `thresholds` and `verification`, each whole."""

    rollout_id: str
    area: str
    starts_at: datetime
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InTime:
    """A policy with the half-open span of event times in which it decides."""

    policy: Policy
    since: datetime
    until: datetime


def rollouts_begun(cursor: duckdb.DuckDBPyConnection) -> list[Rollout]:
    """Answer every roll-out of the store, oldest first."""
    rows = cursor.execute(read_statement(BEGUN).sql).fetchall()
    return [Rollout(name, area, starts_at, json.loads(changes)) for name, area, starts_at, changes in rows]


def amended(policy: Policy, rollouts: Sequence[Rollout]) -> Policy:
    """Answer `policy` with the newest of `rollouts` of each area laid over it; they are given oldest first.

    Raises PolicyError when a change is malformed.
    """
    newest = {rollout.area: rollout for rollout in rollouts}
    if not newest:
        return policy
    document = deepcopy(policy.document)
    said = {area: rollout.rollout_id for area, rollout in newest.items()}
    for area, rollout in newest.items():
        _lay_over(document, area, rollout.changes)
    return policy_of(document | {"rollouts": said})


def region_of(area: str) -> str:
    """Answer the region that an area lies in: of a country apart its own, else the area itself."""
    if area not in APART:
        return area
    return next(country.region for country in countries() if country.alpha2 == area)


def _lay_over(document: dict[str, Any], area: str, changes: Mapping[str, Any]) -> None:
    if "thresholds" in changes:
        known = document["regions"].get(area, {})
        # A country apart with its region's thresholds keeps them when only the rest of the region changes.
        for apart in APART:
            if apart != area and apart not in document["regions"] and region_of(apart) == area:
                kept = known or {"thresholds": document["default"], "basis": "global"}
                document["regions"][apart] = deepcopy(kept)
        document["regions"][area] = known | {"thresholds": changes["thresholds"], "basis": "roll-out"}
    if "verification" in changes:
        document.setdefault("verification", {})[area] = dict(changes["verification"])


def in_time(policy: Policy, rollouts: Sequence[Rollout], since: datetime, until: datetime) -> list[InTime]:
    """Answer the policies that decide in [since, until), oldest first, without gap or overlap."""
    starts = sorted({rollout.starts_at for rollout in rollouts if since < rollout.starts_at < until})
    edges = [since, *starts, until]
    return [
        InTime(amended(policy, [one for one in rollouts if one.starts_at <= begins]), begins, ends)
        for begins, ends in pairwise(edges)
    ]
