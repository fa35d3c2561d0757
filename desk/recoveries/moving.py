"""What every action on a claim shares: the claim is found, is as it must be, and moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from desk.actors import WORK_CLAIMS, Actor, Right, require
from desk.people import require_here
from desk.records import Records
from desk.recoveries.state import ENDS, ClaimError, ClaimState
from desk.recoveries.steps import Step, append_steps, claims_of, state_of
from desk.recoveries.steps_table import CLAIMS_NOW
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, by whom, why, at the data's now, and the approval and transfer that belong to it."""

    action: str
    actor: Actor
    reason: str
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    approval_id: str | None = None
    transfer_id: str | None = None


def claim(records: Records, claim_id: str) -> ClaimState:
    """Return a claim as it stands. Raises ClaimError where there is none."""
    with records.reading() as connection:
        return found(connection, claim_id)


def claims_like(records: Records, state: ClaimState) -> list[ClaimState]:
    """Return the claims of the same account, transaction or hash, the claim itself among them."""
    with records.reading() as connection:
        return same_in(connection, state)


def same_in(connection: Connection, state: ClaimState) -> list[ClaimState]:
    """Return the same as `claims_like`, as the transaction sees it, the oldest first."""
    now = CLAIMS_NOW.c
    wanted = [now.account_id == state.account_id]
    if state.event_id is not None:
        wanted.append(now.event_id == state.event_id)
    if state.tx_hash is not None:
        wanted.append(now.tx_hash == state.tx_hash)
    asked = select(CLAIMS_NOW).where(or_(*wanted)).order_by(now.claimed_at, now.claim_id)
    return [state_of(row) for row in connection.execute(asked)]


def found(connection: Connection, claim_id: str) -> ClaimState:
    """Return a claim as the transaction sees it. Raises ClaimError where there is none."""
    there = claims_of(connection, [claim_id]).get(claim_id)
    if there is None:
        raise ClaimError(
            f"There is no claim {claim_id!r}.", to_do="Choose one from the page Freezes, tab Recoveries."
        )
    return there


def to_act_on(
    connection: Connection,
    claim_id: str,
    actor: Actor,
    statuses: Sequence[str],
    right: Right = WORK_CLAIMS,
) -> ClaimState:
    """Return a claim that `actor` may act on now. Raises RightError, ActorError, ClaimError."""
    require(actor, right)
    take_turn(connection)
    require_here(connection, actor)
    before = found(connection, claim_id)
    refuse_unless(before, statuses)
    return before


def refuse_unless(state: ClaimState, statuses: Sequence[str]) -> None:
    """Refuse a claim that is in another state. Raises ClaimError."""
    if state.status not in statuses:
        raise ClaimError(
            f"{state.claim_id} is {state.status.replace('_', ' ')}.",
            possible=f"of a claim that is {' or '.join(one.replace('_', ' ') for one in statuses)}",
            to_do="Look at what was done with it. Nothing was done.",
        )


def moved(connection: Connection, before: ClaimState, after: ClaimState, done: Done) -> ClaimState:
    """Write what was done with a claim, and return the claim after it."""
    after = replace(after, version=before.version + 1)
    step = Step(
        before,
        after,
        done.action,
        done.actor,
        done.reason,
        done.at,
        done.details,
        done.approval_id,
        done.transfer_id,
    )
    append_steps(connection, [step])
    return after


def ended(before: ClaimState, status: str, outcome: str, at: datetime) -> ClaimState:
    """Return the claim as it is when it has ended so."""
    assert outcome in ENDS[status], f"{status} does not come to {outcome}"
    return replace(before, status=status, outcome=outcome, ended_at=at)


def words(given: str) -> None:
    """Refuse an action without a reason. Raises ClaimError."""
    if not given.strip():
        raise ClaimError("This needs words.", to_do="Say in a sentence why.")
