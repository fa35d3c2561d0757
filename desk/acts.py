"""A dangerous action before it is done, and its approval as the steps so far leave it.

Act("promote_model", "fraud-cis-2", None, {"area": "cis"}, "Promote fraud-cis-2 in CIS").bound_to("Ana")
approvals_in(connection, now, APPROVAL_EVENTS.c.object_id == "fraud-cis-2")
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select

from data.errors import WatchfloorError
from desk.actors import RIGHTS, Actor, Right
from desk.approval_events import APPROVAL_EVENTS
from desk.canonical import canonical, digest

# A week-end and a day: long enough to find a second person, too short for what was asked to be out of date.
LIFE = timedelta(days=3)
State = Literal["waiting", "approved", "rejected", "withdrawn", "used", "expired"]


class ApprovalError(WatchfloorError):
    """A dangerous action is refused: not approved, approved by its maker, used, expired, or another act."""


@dataclass(frozen=True, slots=True)
class Act:
    """A dangerous action on one object: all that its approval is bound to.

    `action` is the name of a right with checkers; `amount_micro` in millionths, None where no money is in it;
    `details` are plain values that JSON can hold; `summary` is what the checker reads.
    """

    action: str
    object_id: str
    amount_micro: int | None
    details: Mapping[str, Any]
    summary: str

    def bound_to(self, maker: str) -> str:
        """Return the hash of this act proposed by the person called `maker`."""
        return digest(
            canonical(
                {
                    "action": self.action,
                    "object_id": self.object_id,
                    "amount_micro": self.amount_micro,
                    "details": self.details,
                    "summary": self.summary,
                    "maker": maker,
                }
            )
        )


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval as its steps leave it; times are the data's now, naive UTC.

    `decided_at` and `note` are those of the checker; `ended_at` is when it was rejected, withdrawn or used,
    `ended_by` who did that. `state` is as at the time that it was asked for.
    """

    approval_id: str
    act: Act
    act_hash: str
    maker: Actor
    reason: str
    proposed_at: datetime
    expires_at: datetime
    state: State = "waiting"
    checker: Actor | None = None
    note: str = ""
    decided_at: datetime | None = None
    ended_by: Actor | None = None
    ended_because: str = ""
    ended_at: datetime | None = None

    @property
    def right(self) -> Right:
        """The right that its act needs."""
        return right_of(self.act)


def right_of(act: Act) -> Right:
    """Return the right that `act` needs. Raises ApprovalError where that is no dangerous action."""
    right = RIGHTS.get(act.action)
    if right is None or not right.is_dangerous:
        raise ApprovalError(
            f"{act.action!r} is not an action that two people approve.",
            possible=", ".join(right.name for right in RIGHTS.values() if right.is_dangerous),
            to_do="Name one of these.",
        )
    return right


def approvals_in(
    connection: Connection, now: datetime | None, *wanted: ColumnElement[bool]
) -> list[Approval]:
    """Return the approvals that fit, in the order in which they were proposed."""
    found: dict[str, Approval] = {}
    asked = select(APPROVAL_EVENTS).where(*wanted).order_by(APPROVAL_EVENTS.c.number)
    for row in connection.execute(asked):
        known = found.get(row.approval_id)
        found[row.approval_id] = _proposed(row) if known is None else _after(known, row)
    return [_at(each, now) for each in found.values()]


def _proposed(row: Row[Any]) -> Approval:
    act = Act(row.action, row.object_id, row.amount_micro, json.loads(row.details), row.summary)
    maker = Actor(row.maker, row.role)
    return Approval(row.approval_id, act, row.act_hash, maker, row.reason, row.at, row.expires_at)


def _after(known: Approval, row: Row[Any]) -> Approval:
    """Return the approval after one more step."""
    actor = Actor(row.actor, row.role)
    known = replace(known, state=row.step)
    if row.step in ("approved", "rejected"):
        known = replace(known, checker=actor, note=row.reason, decided_at=row.at)
    if row.step != "approved":
        known = replace(known, ended_by=actor, ended_because=row.reason, ended_at=row.at)
    return known


def _at(known: Approval, now: datetime | None) -> Approval:
    is_over = now is not None and now >= known.expires_at and known.state in ("waiting", "approved")
    return replace(known, state="expired") if is_over else known
