"""Roll-outs: a draft of the policy lab becomes what decides in an area, from a day on, under four eyes.

    plan = Plan("ID", "Stricter withdrawals", starts_at, draft.changes(), told.as_json())
    asked = propose_rollout(records, plan, maker, "Losses go to new addresses", now)
    approve(records, asked.approval_id, checker, "", now)                   # desk.approvals, another person
    rollout_id = roll_out(records, store, asked.approval_id, maker, now)    # recorded, and served
    back_of(plan.area, starts_at)                                           # a plan that takes it back

The record is kept first, then copied to the store's table `rollouts`, from which scoring serves it; a copy
that was cut short is made up for by `serve_rollouts`, which every scoring calls first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from data.errors import WatchfloorError
from data.statement import read_statement
from data.store import Store
from desk.actors import ROLL_OUT_POLICY, Actor
from desk.acts import Act, Approval
from desk.approvals import approval_of, propose, use
from desk.audit import Entry, record
from desk.canonical import canonical, digest
from desk.records import Records
from desk.rollout_events import ROLLOUT_EVENTS
from desk.transactional import clock_of
from scoring.areas import area_in_words
from scoring.policy import STEPS
from scoring.verification import RULES

SERVED = Path(__file__).with_name("rollout_served.sql")


class RolloutError(WatchfloorError):
    """A roll-out cannot be: it would begin in the past, or change nothing that a policy has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A roll-out before it is made: where, what, from when on (naive UTC), and what was foretold of it.

    `changes` may hold `thresholds` and `verification`, each whole; empty they restore the model's policy.
    """

    area: str
    title: str
    starts_at: datetime
    changes: Mapping[str, Any]
    forecast: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_back(self) -> bool:
        """Whether it takes earlier roll-outs back."""
        return not self.changes

    def act(self) -> Act:
        """Return the dangerous action that two people agree on."""
        details = {
            "area": self.area,
            "title": self.title,
            "starts_at": self.starts_at.isoformat(),
            "changes": dict(self.changes),
            "forecast": dict(self.forecast),
        }
        summary = f"{self.title}, in {area_in_words(self.area)} from {self.starts_at:%d %B %Y, %H:%M} UTC"
        return Act(ROLL_OUT_POLICY.name, self.area, None, details, summary)


@dataclass(frozen=True, slots=True)
class Made:
    """A roll-out that was made: its plan, its id, who proposed and approved it, and when (the data's now)."""

    rollout_id: str
    plan: Plan
    maker: str
    checker: str
    approved_at: datetime
    made_at: datetime


def back_of(area: str, starts_at: datetime) -> Plan:
    """Return the plan that takes every roll-out of an area back: the policy of the model holds again."""
    return Plan(area, "Back to the policy of the model", starts_at, {})


def plan_of(act: Act) -> Plan:
    """Return the plan that an act holds. Raises RolloutError where it is another action."""
    if act.action != ROLL_OUT_POLICY.name:
        raise RolloutError(
            f"{act.summary} is no roll-out of a policy.",
            possible=f"approvals of {ROLL_OUT_POLICY.name}",
            to_do="Choose one from the policy lab.",
        )
    told = act.details
    starts_at = datetime.fromisoformat(told["starts_at"])
    return Plan(told["area"], told["title"], starts_at, told["changes"], told["forecast"])


def propose_rollout(records: Records, plan: Plan, actor: Actor, reason: str, now: datetime) -> Approval:
    """Ask a second person to approve a roll-out.

    Raises RolloutError where it would begin before `now` or changes what a policy does not have, and what
    `propose` raises.
    """
    _check(plan, now)
    return propose(records, plan.act(), actor, reason, now)


def roll_out(records: Records, store: Store, approval_id: str, actor: Actor, now: datetime) -> str:
    """Make an approved roll-out: use the approval up, record it, and have it served; return its id.

    Raises ApprovalError where it was not approved, is used or expired; RolloutError where it would begin
    before `now`, because what was decided stays decided.
    """
    asked = approval_of(records, approval_id, now)
    plan = plan_of(asked.act)
    _check(plan, now)
    rollout_id = f"P-{digest(approval_id)[:10]}"
    with records.writing() as connection:
        use(connection, approval_id, plan.act(), actor, now)
        _record(connection, rollout_id, asked, actor, now)
    serve_rollouts(records, store)
    return rollout_id


def rollouts(records: Records, area: str | None = None) -> list[Made]:
    """Return every roll-out, the newest first; of one area where it is named."""
    asked = select(ROLLOUT_EVENTS).order_by(ROLLOUT_EVENTS.c.number.desc())
    if area is not None:
        asked = asked.where(ROLLOUT_EVENTS.c.area == area)
    with records.reading() as connection:
        return [_read(row) for row in connection.execute(asked)]


def serve_rollouts(records: Records, store: Store) -> int:
    """Copy the roll-outs that the store does not serve yet; return how many. Only for the store's owner."""
    made = rollouts(records)
    with store.writing() as cursor:
        served = {row[0] for row in cursor.execute("SELECT rollout_id FROM rollouts").fetchall()}
        missing = [one for one in reversed(made) if one.rollout_id not in served]
        for one in missing:
            cursor.execute(read_statement(SERVED).sql, _served(one))
    return len(missing)


def _served(made: Made) -> dict[str, Any]:
    plan = made.plan
    return {
        "rollout_id": made.rollout_id,
        "area": plan.area,
        "title": plan.title,
        "starts_at": plan.starts_at,
        "changes": canonical(dict(plan.changes)),
        "forecast": canonical(dict(plan.forecast)),
        "drafted_by": made.maker,
        "approved_by": made.checker,
        "approved_at": made.approved_at,
    }


def _record(connection: Connection, rollout_id: str, asked: Approval, actor: Actor, now: datetime) -> None:
    plan, approval_id = plan_of(asked.act), asked.approval_id
    connection.execute(
        insert(ROLLOUT_EVENTS).values(
            rollout_id=rollout_id,
            at=now,
            recorded_at=clock_of(connection)(),
            actor=actor.name,
            role=actor.role,
            maker=asked.maker.name,
            checker=asked.checker.name if asked.checker else "",
            approved_at=asked.decided_at,
            approval_id=approval_id,
            area=plan.area,
            title=plan.title,
            starts_at=plan.starts_at,
            changes=canonical(dict(plan.changes)),
            forecast=canonical(dict(plan.forecast)),
        )
    )
    after = {"area": plan.area, "starts_at": plan.starts_at, "changes": dict(plan.changes)}
    record(
        connection,
        Entry(actor, "rolled out", "policy", rollout_id, now, None, after, plan.title, approval_id),
    )


def _read(row: Any) -> Made:
    plan = Plan(row.area, row.title, row.starts_at, json.loads(row.changes), json.loads(row.forecast))
    return Made(row.rollout_id, plan, row.maker, row.checker, row.approved_at, row.at)


def _check(plan: Plan, now: datetime) -> None:
    if not plan.title.strip():
        raise RolloutError("A roll-out needs a title.", to_do="Say in a few words what changes.")
    if plan.starts_at < now:
        raise RolloutError(
            f"A roll-out cannot begin at {plan.starts_at:%d %B %Y, %H:%M} UTC: that is over.",
            where=f"{plan.title}, in {plan.area}",
            possible=f"{now:%d %B %Y, %H:%M} UTC, the store's last event, or later",
            to_do="Choose a later beginning; events that were decided keep their decisions.",
        )
    known = {"thresholds": set(STEPS), "verification": set(RULES)}
    for part, names in plan.changes.items():
        if part not in known or not set(names) <= known[part]:
            raise RolloutError(
                f"A policy has no {part} {', '.join(sorted(names))}.",
                where=f"{plan.title}, in {plan.area}",
                possible="; ".join(f"{name}: {', '.join(sorted(parts))}" for name, parts in known.items()),
                to_do="Draft it in the policy lab.",
            )
    ladder = [plan.changes["thresholds"].get(step) for step in STEPS] if "thresholds" in plan.changes else []
    if any(limit is None for limit in ladder) or ladder != sorted(ladder):
        raise RolloutError(
            f"The thresholds do not rise: {ladder}.",
            where=f"{plan.title}, in {plan.area}",
            possible="step_up <= hold <= block, all three",
            to_do="Draft it in the policy lab.",
        )
