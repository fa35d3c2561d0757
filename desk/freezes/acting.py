"""What is done with freezes: asked for, applied once another approved, given back, handed over, ordered.

    state, asked = request_freeze(records, Asked("A1", "USDT", 5_000_000, "cis", "KZ"), maker, "Why", now)
    approve(records, asked.approval_id, checker, "Seen", now)
    carry_out(records, asked.approval_id, checker, now)               # the money is held

Freezing, giving back and handing over are dangerous: an approval (desk/approvals.py) that is bound to the
freeze and the amount is used up in the transaction that moves the money. A hold that policy placed was made
by the program, so one person confirms it; nobody confirms it in time, and it ends by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from desk.actors import CONFIRM_HOLD, FREEZE, RELEASE, SEIZE, SYSTEM, Actor, Right, require
from desk.acts import Approval, approvals_in
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import approval_of, propose_in, use
from desk.freezes.state import KINDS, REVIEW_EVERY, STOPPED, FreezeError, FreezeState
from desk.freezes.steps import FREEZE_STEPS, FREEZES_NOW, freeze_id_of, state_of
from desk.freezes.writing import (
    Done,
    act_of,
    found,
    move_out,
    refuse_unless,
    require_words,
    source_of,
    stop,
    to_act_on,
    write,
)
from desk.money import in_words
from desk.records import Records
from desk.requests.gate import refuse_unchecked
from desk.transactional import take_turn

_OWN = ("is_wrongful", "to_whom", "to", "request_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants frozen: whose money, how much of it in millionths, and what it rests on."""

    account_id: str
    asset: str
    amount_micro: int
    region: str
    country: str | None
    kind: str = "internal"
    tainted_micro: int | None = None
    event_id: str | None = None
    case_id: str | None = None
    request_id: str | None = None
    is_secret: bool = False


def request_freeze(
    records: Records, asked: Asked, actor: Actor, reason: str, now: datetime
) -> tuple[FreezeState, Approval]:
    """Ask for money to be frozen, and return the freeze with the approval that waits for a second person.

    Raises RightError, ActorError, LonelyError, and FreezeError without a reason or an amount, or of a kind
    that people do not ask for.
    """
    require_words(reason)
    if asked.amount_micro <= 0:
        raise FreezeError("A freeze stops more than nothing.", to_do="Name an amount above zero.")
    if asked.kind not in KINDS or asked.kind == "policy":
        raise FreezeError(
            f"Nobody asks for a freeze of the kind {asked.kind!r}.",
            possible="internal, or order where an authority ordered it",
            to_do="Name one of these: what policy stops is placed by the program.",
        )
    with records.writing() as connection:
        take_turn(connection)
        refuse_unchecked(connection, asked.request_id, asked.account_id)
        freeze_id = _next_id(connection, asked.account_id)
        state = FreezeState(
            freeze_id,
            1,
            asked.kind,
            asked.account_id,
            asked.asset,
            asked.region,
            asked.country,
            "requested",
            asked.amount_micro,
            0,
            now,
            tainted_micro=asked.tainted_micro,
            event_id=asked.event_id,
            case_id=asked.case_id,
            request_id=asked.request_id,
            is_secret=asked.is_secret,
        )
        act = act_of(FREEZE, state, asked.amount_micro, {})
        approval = propose_in(connection, act, actor, reason, now)
        write(connection, None, state, Done("requested", actor, reason, now, approval.approval_id))
    return state, approval


def ask_release(
    records: Records,
    freeze_id: str,
    amount_micro: int | None,
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    is_wrongful: bool | None = None,
) -> Approval:
    """Ask for money to be given back: so much of it, or all that may be. Raises as `request_freeze` does."""
    done = Done("release_asked", actor, reason, now, details={"is_wrongful": is_wrongful})
    with records.writing() as connection:
        return ask_in(connection, freeze_id, RELEASE, amount_micro, done)


def ask_seizure(
    records: Records,
    freeze_id: str,
    amount_micro: int | None,
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    to_whom: str,
) -> Approval:
    """Ask for money to be handed over to an authority. Raises as `request_freeze` does."""
    require_words(to_whom)
    done = Done("seizure_asked", actor, reason, now, details={"to_whom": to_whom.strip()})
    with records.writing() as connection:
        return ask_in(connection, freeze_id, SEIZE, amount_micro, done)


def ask_order(
    records: Records,
    freeze_id: str,
    amount_micro: int | None,
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    request_id: str,
) -> Approval:
    """Ask for held money to be put under an authority's order: so much of it, or all that is held.

    Raises as `request_freeze` does.
    """
    require_words(request_id)
    details = {"to": "ordered", "request_id": request_id.strip()}
    done = Done("order_asked", actor, reason, now, details=details)
    with records.writing() as connection:
        return ask_in(connection, freeze_id, FREEZE, amount_micro, done)


def ask_order_end(
    records: Records, freeze_id: str, amount_micro: int | None, actor: Actor, reason: str, now: datetime
) -> Approval:
    """Ask for an order on held money to end: it stays held, for its own reason. Raises as the others do.

    A freeze that is an order itself has no other reason: it is released.
    """
    done = Done("order_end_asked", actor, reason, now, details={"to": "held"})
    with records.writing() as connection:
        return ask_in(connection, freeze_id, RELEASE, amount_micro, done)


def ask_in(
    connection: Connection, freeze_id: str, right: Right, amount_micro: int | None, done: Done
) -> Approval:
    """Propose that money of a freeze moves, with a step that says so, in the caller's transaction."""
    require_words(done.reason)
    take_turn(connection)
    before = found(connection, freeze_id, done.actor)
    refuse_unless(before, STOPPED)
    refuse_unchecked(connection, done.details.get("request_id"), before.account_id)
    amount = _most(before, right, done.details) if amount_micro is None else amount_micro
    _refuse_amount(before, right, amount, done.details)
    act = act_of(right, before, amount, done.details)
    approval = propose_in(connection, act, done.actor, done.reason, done.at)
    write(connection, before, before, replace(done, approval_id=approval.approval_id))
    return approval


def carry_out(records: Records, approval_id: str, actor: Actor, now: datetime) -> FreezeState:
    """Do what was approved: freeze, give back, hand over, order; the approval is used up with it.

    Raises ApprovalError for an approval that is not good, FreezeError where the freeze is not as it was,
    LedgerError where there is less money, and RightError or ActorError for the actor; then nothing is done.
    """
    asked = approval_of(records, approval_id, now)
    act = asked.act
    if act.action not in (FREEZE.name, RELEASE.name, SEIZE.name):
        raise FreezeError(f"{approval_id} is not about a freeze.", to_do="Carry it out where it belongs.")
    amount = act.amount_micro or 0
    # What of an act's details the freeze itself does not carry.
    details = {name: act.details[name] for name in _OWN if act.details.get(name) is not None}
    with records.writing() as connection:
        take_turn(connection)
        before = found(connection, act.object_id, actor)
        use(connection, approval_id, act, actor, now)
        done = Done("applied", actor, asked.reason, now, approval_id, details)
        # What was checked when it was asked for may be doubted by now.
        if act.action == FREEZE.name:
            refuse_unchecked(connection, details.get("request_id", before.request_id), before.account_id)
        if details.get("to") is not None:
            return _turn(connection, before, amount, done)
        if act.action == FREEZE.name:
            return stop(connection, before, done, now + REVIEW_EVERY)
        target = "released" if act.action == RELEASE.name else "seized"
        return move_out(connection, before, amount, target, replace(done, action=target))


def confirm(records: Records, freeze_id: str, actor: Actor, reason: str, now: datetime) -> FreezeState:
    """Stand by a hold that policy placed, so that it stays. Raises RightError, ActorError, FreezeError."""
    require(actor, CONFIRM_HOLD)
    require_words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, freeze_id, actor, "provisional")
        if before.expires_at is not None and before.expires_at <= now:
            raise FreezeError(
                f"{freeze_id} ended by itself at {before.expires_at:%d %B %Y, %H:%M} UTC.",
                to_do="Ask for a freeze of your own, with another person's approval.",
            )
        after = replace(
            before, status="active", confirmed_at=now, expires_at=None, review_by=now + REVIEW_EVERY
        )
        return write(connection, before, after, Done("confirmed", actor, reason, now))


def review(records: Records, freeze_id: str, actor: Actor, reason: str, now: datetime) -> FreezeState:
    """Say that an active freeze still has its reason, for another REVIEW_EVERY. Raises as `confirm` does."""
    require(actor, CONFIRM_HOLD)
    require_words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, freeze_id, actor, "active")
        after = replace(before, review_by=now + REVIEW_EVERY)
        return write(connection, before, after, Done("reviewed", actor, reason, now))


def lapse(records: Records, now: datetime) -> int:
    """End every provisional hold whose time is over, at that time, and return how many those were.

    The program's own act. What of a hold an authority ordered stays, and with it the freeze.
    """
    holds = FREEZES_NOW.c
    due = select(FREEZES_NOW).where(
        holds.status == "provisional", holds.expires_at <= now, holds.remaining_micro > holds.ordered_micro
    )
    with records.writing() as connection:
        take_turn(connection)
        over = [state_of(row) for row in connection.execute(due.order_by(holds.expires_at, holds.freeze_id))]
        for before in over:
            done = Done("lapsed", SYSTEM, "Nobody confirmed it in time.", before.expires_at or now)
            move_out(connection, before, before.held_micro, "released", done)
    return len(over)


def drop_undone(records: Records, now: datetime) -> int:
    """Drop every freeze that was asked for and never will be applied: rejected, withdrawn or expired."""
    dropped = 0
    with records.writing() as connection:
        take_turn(connection)
        asked = select(FREEZES_NOW).where(FREEZES_NOW.c.status == "requested")
        for before in [state_of(row) for row in connection.execute(asked)]:
            ended = _ended(connection, before.freeze_id, now)
            if ended is not None:
                why = f"Its approval was {ended.state}."
                done = Done("dropped", SYSTEM, why, now, ended.approval_id)
                write(connection, before, replace(before, status="dropped", ended_at=now), done)
                dropped += 1
    return dropped


def freeze(records: Records, freeze_id: str) -> FreezeState:
    """Return a freeze as it stands. Raises FreezeError where there is none."""
    with records.reading() as connection:
        return found(connection, freeze_id)


def _ended(connection: Connection, freeze_id: str, now: datetime) -> Approval | None:
    """Return the approval of a freeze that was asked for, where it is over without a use."""
    about = APPROVAL_EVENTS.c
    there = approvals_in(connection, now, about.action == FREEZE.name, about.object_id == freeze_id)
    return there[-1] if there and there[-1].state in ("rejected", "withdrawn", "expired") else None


def _most(state: FreezeState, right: Right, details: Mapping[str, Any]) -> int:
    """Return the largest amount that may go the way that is asked for."""
    if details.get("to") == "held" or (right == SEIZE and state.ordered_micro):
        return state.ordered_micro
    return state.remaining_micro if state.kind == "order" else state.held_micro


def _refuse_amount(state: FreezeState, right: Right, amount: int, details: Mapping[str, Any]) -> None:
    """Refuse an amount that cannot go the way that is asked for. Raises FreezeError."""
    to = details.get("to")
    if to is None:
        source_of(state, amount, "seized" if right == SEIZE else "released")
        return
    if state.kind == "order":
        raise FreezeError(
            f"{state.freeze_id} is an order itself.",
            to_do="Ask for its money to be given back, or handed over.",
        )
    there = state.held_micro if to == "ordered" else state.ordered_micro
    if not 0 < amount <= there:
        raise FreezeError(
            f"{in_words(amount)} of {state.freeze_id} cannot become {to}.",
            possible=f"more than nothing, at most {in_words(there)}",
            to_do="Name another amount.",
        )


def _turn(connection: Connection, before: FreezeState, amount: int, done: Done) -> FreezeState:
    """Put held money under an order, or end the order on it; an ordered hold no longer ends by itself."""
    refuse_unless(before, STOPPED)
    _refuse_amount(before, FREEZE, amount, done.details)
    if done.details["to"] == "held":
        after = replace(before, ordered_micro=before.ordered_micro - amount)
        return write(connection, before, after, replace(done, action="order_ended"))
    after = replace(
        before,
        ordered_micro=before.ordered_micro + amount,
        request_id=done.details["request_id"],
        status="active",
        confirmed_at=before.confirmed_at or done.at,
        expires_at=None,
        review_by=before.review_by or done.at + REVIEW_EVERY,
    )
    return write(connection, before, after, replace(done, action="ordered"))


def _next_id(connection: Connection, account_id: str) -> str:
    """Return the id of an account's next freeze: the same for everyone who asks at this moment."""
    steps = FREEZE_STEPS.c
    asked = select(func.count()).where(steps.account_id == account_id, steps.version == 1)
    return freeze_id_of(account_id, int(connection.execute(asked).scalar_one()))
