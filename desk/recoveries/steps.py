"""Steps of claims: written with their lines of the audit log, and read as claims that stand.

    append_steps(connection, [Step(before, after, "checked", actor, "Our own address", at)])

A step carries the whole state after it, and (claim, version) is there once: of two people who act on the same
version of a claim, the database lets one in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk.actors import Actor, require
from desk.audit import Entry, record_all
from desk.canonical import row_hash
from desk.recoveries.state import STATE_NAMES, ClaimState
from desk.recoveries.steps_table import CLAIM_STEPS, CLAIMS_NOW
from desk.transactional import AT_ONCE, clock_of, take_turn

# Of a state, what the audit log says before and after a step.
_AUDITED = (
    "status",
    "amount_micro",
    "payable_micro",
    "paid_micro",
    "fee_micro",
    "event_id",
    "tx_hash",
    "holder",
    "is_recoverable",
    "challenge_micro",
    "challenge_until",
    "proof",
    "outcome",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One action on a claim: the states before and after, who did it and why, at the data's now."""

    before: ClaimState | None
    state: ClaimState
    action: str
    actor: Actor
    reason: str
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    approval_id: str | None = None
    transfer_id: str | None = None


def append_steps(connection: Connection, steps: Sequence[Step]) -> None:
    """Write steps, in their order, with their lines of the audit log; within `records.writing()`.

    Raises ActorError when nobody acts, and an error of sqlalchemy when a claim has that version already.
    """
    take_turn(connection)
    recorded_at = clock_of(connection)()
    for actor in {step.actor for step in steps}:
        require(actor)
    rows = [_row(step, recorded_at) for step in steps]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(CLAIM_STEPS), rows[start : start + AT_ONCE])
    record_all(connection, [_entry(step, row) for step, row in zip(steps, rows, strict=True)])


def _row(step: Step, recorded_at: datetime) -> dict[str, Any]:
    return {
        "at": step.at,
        "recorded_at": recorded_at,
        "actor": step.actor.name,
        "role": step.actor.role,
        "action": step.action,
        "reason": step.reason.strip(),
        "details": dict(step.details),
        "approval_id": step.approval_id,
        "transfer_id": step.transfer_id,
        **{name: getattr(step.state, name) for name in STATE_NAMES},
    }


def _entry(step: Step, row: Mapping[str, Any]) -> Entry:
    return Entry(
        step.actor,
        step.action,
        "claim",
        step.state.claim_id,
        step.at,
        before=None if step.before is None else _audited(step.before),
        after={**_audited(step.state), "hash": row_hash(row)},
        reason=step.reason,
        approval_id=step.approval_id,
    )


def _audited(state: ClaimState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _AUDITED}


def state_of(row: Any) -> ClaimState:
    """Return the state that a row of `claim_steps` or `claims_now` carries."""
    return ClaimState(**{name: getattr(row, name) for name in STATE_NAMES})


def claims_of(connection: Connection, claim_ids: Iterable[str]) -> dict[str, ClaimState]:
    """Return the claims as they stand, by id; who is not there is left out."""
    named = list(dict.fromkeys(claim_ids))
    found: dict[str, ClaimState] = {}
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        for row in connection.execute(select(CLAIMS_NOW).where(CLAIMS_NOW.c.claim_id.in_(some))):
            found[row.claim_id] = state_of(row)
    return found
