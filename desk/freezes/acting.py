"""What is done with freezes: asked for, applied once another approved, given back, handed over.

    state, asked = request_freeze(records, Asked("A1", "USDT", 5_000_000, "cis", "KZ"), maker, "Why", now)
    approve(records, asked.approval_id, checker, "Seen", now)
    carry_out(records, asked.approval_id, checker, now)               # the money is held

Freezing, giving back and handing over are dangerous: an approval (desk/approvals.py) that is bound to the
freeze and the amount is used up in the transaction that moves the money. A hold that policy placed was made
by the program, so one person confirms it; nobody confirms it in time, and it ends by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from desk.actors import CONFIRM_HOLD, FREEZE, RELEASE, SEIZE, SYSTEM, Actor, Right, require
from desk.acts import Act, Approval, approvals_in
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import approval_of, propose_in, use
from desk.canonical import digest
from desk.freezes.state import REVIEW_EVERY, STOPPED, FreezeError, FreezeState
from desk.freezes.steps import FREEZE_STEPS, FREEZES_NOW, Step, append_steps, freezes_of, state_of
from desk.ledger.posting import Transfer, post
from desk.money import in_words
from desk.people import require_here
from desk.records import Records
from desk.transactional import take_turn


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

    Raises RightError, ActorError, LonelyError, and FreezeError without a reason or an amount.
    """
    _words(reason)
    if asked.amount_micro <= 0:
        raise FreezeError("A freeze stops more than nothing.", to_do="Name an amount above zero.")
    with records.writing() as connection:
        take_turn(connection)
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
        approval = propose_in(connection, _act(FREEZE, state, asked.amount_micro, {}), actor, reason, now)
        step = Step(None, state, "requested", actor, reason, now, approval_id=approval.approval_id)
        append_steps(connection, [step])
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
    """Ask for money to be given back: so much of it, or all that is left. Raises as `request_freeze` does."""
    done = _Done("release_asked", actor, reason, now, details={"is_wrongful": is_wrongful})
    return _ask(records, freeze_id, RELEASE, amount_micro, done)


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
    _words(to_whom)
    done = _Done("seizure_asked", actor, reason, now, details={"to_whom": to_whom.strip()})
    return _ask(records, freeze_id, SEIZE, amount_micro, done)


def carry_out(records: Records, approval_id: str, actor: Actor, now: datetime) -> FreezeState:
    """Do what was approved: freeze, give back or hand over; the approval is used up with it.

    Raises ApprovalError for an approval that is not good, FreezeError where the freeze is not as it was,
    LedgerError where there is less money, and RightError or ActorError for the actor; then nothing is done.
    """
    asked = approval_of(records, approval_id, now)
    act = asked.act
    if act.action not in (FREEZE.name, RELEASE.name, SEIZE.name):
        raise FreezeError(f"{approval_id} is not about a freeze.", to_do="Carry it out where it belongs.")
    with records.writing() as connection:
        take_turn(connection)
        before = _found(connection, act.object_id)
        use(connection, approval_id, act, actor, now)
        done = _Done("applied", actor, asked.reason, now, approval_id, _own(act.details))
        if act.action == FREEZE.name:
            return _apply(connection, before, done)
        amount = act.amount_micro or 0
        if act.action == RELEASE.name:
            return _move_out(connection, before, amount, "released", replace(done, action="released"))
        return _move_out(connection, before, amount, "seized", replace(done, action="seized"))


def _own(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an act's details the freeze itself does not carry."""
    return {name: details[name] for name in ("is_wrongful", "to_whom") if details.get(name) is not None}


def confirm(records: Records, freeze_id: str, actor: Actor, reason: str, now: datetime) -> FreezeState:
    """Stand by a hold that policy placed, so that it stays. Raises RightError, ActorError, FreezeError."""
    require(actor, CONFIRM_HOLD)
    _words(reason)
    with records.writing() as connection:
        before = _to_act_on(connection, freeze_id, actor, "provisional")
        after = replace(
            before,
            version=before.version + 1,
            status="active",
            confirmed_at=now,
            expires_at=None,
            review_by=now + REVIEW_EVERY,
        )
        append_steps(connection, [Step(before, after, "confirmed", actor, reason, now)])
    return after


def review(records: Records, freeze_id: str, actor: Actor, reason: str, now: datetime) -> FreezeState:
    """Say that an active freeze still has its reason, for another REVIEW_EVERY. Raises as `confirm` does."""
    require(actor, CONFIRM_HOLD)
    _words(reason)
    with records.writing() as connection:
        before = _to_act_on(connection, freeze_id, actor, "active")
        after = replace(before, version=before.version + 1, review_by=now + REVIEW_EVERY)
        append_steps(connection, [Step(before, after, "reviewed", actor, reason, now)])
    return after


def lapse(records: Records, now: datetime) -> int:
    """End every provisional hold whose time is over and return how many those were; the program's own act."""
    holds = FREEZES_NOW.c
    due = select(FREEZES_NOW).where(holds.status == "provisional", holds.expires_at <= now)
    with records.writing() as connection:
        take_turn(connection)
        over = [state_of(row) for row in connection.execute(due.order_by(holds.expires_at, holds.freeze_id))]
        for before in over:
            done = _Done("lapsed", SYSTEM, "Nobody confirmed it in time.", now)
            _move_out(connection, before, before.remaining_micro, "released", done)
    return len(over)


def drop_undone(records: Records, now: datetime) -> int:
    """Drop every freeze that was asked for and never will be applied: rejected, withdrawn or expired."""
    with records.writing() as connection:
        take_turn(connection)
        asked = select(FREEZES_NOW).where(FREEZES_NOW.c.status == "requested")
        waiting = [state_of(row) for row in connection.execute(asked)]
        steps = []
        for before in waiting:
            ended = _ended(connection, before.freeze_id, now)
            if ended is not None:
                after = replace(before, version=before.version + 1, status="dropped", ended_at=now)
                why = f"Its approval was {ended.state}."
                steps.append(Step(before, after, "dropped", SYSTEM, why, now, approval_id=ended.approval_id))
        append_steps(connection, steps)
    return len(steps)


def freeze(records: Records, freeze_id: str) -> FreezeState:
    """Return a freeze as it stands. Raises FreezeError where there is none."""
    with records.reading() as connection:
        return _found(connection, freeze_id)


def _ended(connection: Connection, freeze_id: str, now: datetime) -> Approval | None:
    """Return the approval of a freeze that was asked for, where it is over without a use."""
    about = APPROVAL_EVENTS.c
    found = approvals_in(connection, now, about.action == FREEZE.name, about.object_id == freeze_id)
    return found[-1] if found and found[-1].state in ("rejected", "withdrawn", "expired") else None


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done, by whom, why, at the data's now, and the approval that it used up."""

    action: str
    actor: Actor
    reason: str
    at: datetime
    approval_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def _ask(records: Records, freeze_id: str, right: Right, amount_micro: int | None, done: _Done) -> Approval:
    """Propose that money goes out of a freeze, with a step of the freeze that says so."""
    _words(done.reason)
    with records.writing() as connection:
        take_turn(connection)
        before = _found(connection, freeze_id)
        _refuse_unless(before, STOPPED)
        amount = before.remaining_micro if amount_micro is None else amount_micro
        if not 0 < amount <= before.remaining_micro:
            raise FreezeError(
                f"{in_words(amount)} cannot go out of {freeze_id}.",
                possible=f"more than nothing, at most the {in_words(before.remaining_micro)} that is stopped",
                to_do="Name another amount.",
            )
        act = _act(right, before, amount, done.details)
        approval = propose_in(connection, act, done.actor, done.reason, done.at)
        after = replace(before, version=before.version + 1)
        step = _step(before, after, replace(done, approval_id=approval.approval_id))
        append_steps(connection, [step])
    return approval


def _apply(connection: Connection, before: FreezeState, done: _Done) -> FreezeState:
    """Stop the money of a freeze that was asked for."""
    _refuse_unless(before, ("requested",))
    after = replace(
        before,
        version=before.version + 1,
        status="active",
        remaining_micro=before.amount_micro,
        placed_at=done.at,
        confirmed_at=done.at,
        review_by=done.at + REVIEW_EVERY,
    )
    moved = post(connection, [_transfer(before, "available", before.bucket, before.amount_micro, done)])
    append_steps(connection, [_step(before, after, done, moved[0])])
    return after


def _move_out(
    connection: Connection, before: FreezeState, amount_micro: int, target: str, done: _Done
) -> FreezeState:
    """Give back or hand over money of a freeze; when nothing is left, it has ended so."""
    _refuse_unless(before, STOPPED)
    left = before.remaining_micro - amount_micro
    after = replace(before, version=before.version + 1, remaining_micro=left)
    if target == "released":
        after = replace(after, released_micro=before.released_micro + amount_micro)
    else:
        after = replace(after, seized_micro=before.seized_micro + amount_micro)
    if left == 0:
        ended = "seized" if after.seized_micro else "released"
        after = replace(after, status=ended, ended_at=done.at, expires_at=None, review_by=None)
    if done.details.get("is_wrongful") is not None:
        after = replace(after, is_wrongful=bool(done.details["is_wrongful"]))
    moved = post(connection, [_transfer(before, before.bucket, target, amount_micro, done)])
    append_steps(connection, [_step(before, after, done, moved[0])])
    return after


def _transfer(state: FreezeState, source: str, target: str, amount_micro: int, done: _Done) -> Transfer:
    return Transfer(
        state.account_id,
        state.asset,
        source,
        target,
        amount_micro,
        "freeze",
        state.freeze_id,
        done.actor,
        done.at,
        done.reason,
        done.approval_id,
    )


def _step(before: FreezeState, after: FreezeState, done: _Done, transfer_id: str | None = None) -> Step:
    return Step(
        before,
        after,
        done.action,
        done.actor,
        done.reason,
        done.at,
        done.details,
        done.approval_id,
        transfer_id,
    )


def _act(right: Right, state: FreezeState, amount_micro: int, details: Mapping[str, Any]) -> Act:
    """Return the act that two people decide on; it is bound to the freeze as it stands now."""
    verbs = {FREEZE.name: "Freeze", RELEASE.name: "Give back", SEIZE.name: "Hand over"}
    whom = f" to {details['to_whom']}" if details.get("to_whom") else ""
    return Act(
        right.name,
        state.freeze_id,
        amount_micro,
        {"account_id": state.account_id, "asset": state.asset, "kind": state.kind, **details},
        f"{verbs[right.name]} {in_words(amount_micro)} in {state.asset} of {state.account_id}{whom}",
    )


def _next_id(connection: Connection, account_id: str) -> str:
    """Return the id of an account's next freeze: the same for everyone who asks at this moment."""
    steps = FREEZE_STEPS.c
    asked = select(func.count()).where(steps.account_id == account_id, steps.version == 1)
    earlier = int(connection.execute(asked).scalar_one())
    return freeze_id_of(account_id, earlier)


def freeze_id_of(account_id: str, earlier: int) -> str:
    """Return the id of an account's next freeze after `earlier` ones."""
    return f"F-{digest(f'{account_id} {earlier + 1}')[:12]}"


def _found(connection: Connection, freeze_id: str) -> FreezeState:
    found = freezes_of(connection, [freeze_id]).get(freeze_id)
    if found is None:
        raise FreezeError(f"There is no freeze {freeze_id!r}.", to_do="Choose one from the page Freezes.")
    return found


def _to_act_on(connection: Connection, freeze_id: str, actor: Actor, status: str) -> FreezeState:
    take_turn(connection)
    require_here(connection, actor)
    before = _found(connection, freeze_id)
    _refuse_unless(before, (status,))
    return before


def _refuse_unless(state: FreezeState, statuses: Sequence[str]) -> None:
    if state.status not in statuses:
        raise FreezeError(
            f"{state.freeze_id} is {state.status}.",
            possible=f"of a freeze that is {' or '.join(statuses)}",
            to_do="Look at what was done with it. Nothing was done.",
        )


def _words(given: str) -> None:
    if not given.strip():
        raise FreezeError("This needs words.", to_do="Say in a sentence why.")
