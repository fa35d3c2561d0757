"""Freeze orders: an authority's order becomes a freeze of kind `order`, under two signatures like any other.

    state, asked = ask_order(records, request_id, account, maker, "Court order", now)
    approve(records, asked.approval_id, checker, "Seen", now)
    state = execute(records, asked.approval_id, actor, now)       # the money is ordered, the request executed

The freeze carries the request's number and its secrecy. What is done with it on another page is followed by
`follow_freezes`, which may run at any time: it finds freezes by the number of their request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from desk.actors import SYSTEM, Actor
from desk.acts import Approval
from desk.approvals import approval_of
from desk.freezes.acting import Asked, ask_release, ask_seizure, carry_out, request_freeze
from desk.freezes.state import FreezeState
from desk.freezes.steps import FREEZES_NOW
from desk.freezes.steps import state_of as freeze_of
from desk.records import Records
from desk.requests.acting import refuse_unless, to_act_on, words
from desk.requests.answering import OPEN, Ended, end
from desk.requests.reading import found
from desk.requests.state import CHECKED, RequestError, RequestState
from desk.requests.steps import state_of
from desk.requests.steps_table import REQUESTS_NOW
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class OrderedAccount:
    """Whose money an order freezes: account, asset, how much in millionths, and where the account is."""

    account_id: str
    asset: str
    amount_micro: int
    region: str
    country: str | None
    tainted_micro: int | None = None


def ask_order(
    records: Records, request_id: str, ordered: OrderedAccount, actor: Actor, reason: str, now: datetime
) -> tuple[RequestState, Approval]:
    """Ask for the money of one account to be frozen because of an order; once for each account it names.

    Raises RequestError where it is no verified order, names another account or less money; RightError for
    who may not work requests or ask for a freeze; LonelyError, FreezeError.
    """
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, request_id, actor, (*OPEN, "waiting_approval"))
        _refuse_beyond(before, ordered, frozen_for(connection, request_id))
    asked = Asked(
        ordered.account_id,
        ordered.asset,
        ordered.amount_micro,
        ordered.region,
        ordered.country,
        kind="order",
        tainted_micro=ordered.tainted_micro,
        case_id=before.case_id,
        request_id=request_id,
        is_secret=before.is_secret,
    )
    freeze, approval = request_freeze(records, asked, actor, reason, now)
    with records.writing() as connection:
        take_turn(connection)
        before = found(connection, request_id, actor)
        changed = {"status": "waiting_approval", "freeze_ids": (*before.freeze_ids, freeze.freeze_id)}
        done = Ended("freeze_asked", actor, reason, now, changed, approval_id=approval.approval_id)
        return end(connection, before, done), approval


def execute(records: Records, approval_id: str, actor: Actor, now: datetime) -> RequestState:
    """Carry an approved order out: the money is ordered, and when all of it is, the request is executed.

    Raises as `desk.freezes.acting.carry_out`; RequestError for an approval of no order.
    """
    asked = approval_of(records, approval_id, now)
    with records.reading() as connection:
        row = connection.execute(
            select(FREEZES_NOW).where(FREEZES_NOW.c.freeze_id == asked.act.object_id)
        ).first()
        if row is None or row.request_id is None:
            raise RequestError(f"{approval_id} executes no order.", to_do="Carry it out where it belongs.")
        before = found(connection, row.request_id, actor)
        refuse_unless(before, ("waiting_approval",))
    carry_out(records, approval_id, actor, now)
    follow_freezes(records, now, before.request_id)
    with records.reading() as connection:
        return found(connection, before.request_id, actor)


def ask_hand_over(
    records: Records, request_id: str, freeze_id: str, actor: Actor, reason: str, now: datetime
) -> Approval:
    """Ask for the money of an executed order to be handed over to whoever ordered it. Raises RequestError."""
    state = _executed(records, request_id, freeze_id, actor)
    to_whom = state.agency or state.request_id
    return ask_seizure(records, freeze_id, None, actor, reason, now, to_whom=to_whom)


def ask_end(
    records: Records, request_id: str, freeze_id: str, actor: Actor, reason: str, now: datetime
) -> Approval:
    """Ask for the money of an executed order to be given back, because the order ended."""
    _executed(records, request_id, freeze_id, actor)
    return ask_release(records, freeze_id, None, actor, reason, now)


def follow_freezes(records: Records, now: datetime, request_id: str | None = None) -> int:
    """Have orders follow their freezes: executed when none waits any more, open again when all were dropped.

    Returns how many changed; the program's own act, which may be done again at any time.
    """
    # One that was carried out on a hold of before never waited here.
    about = REQUESTS_NOW.c
    asked = select(REQUESTS_NOW).where(about.request_class == "freeze", about.status.in_(CHECKED))
    if request_id is not None:
        asked = asked.where(REQUESTS_NOW.c.request_id == request_id)
    count = 0
    with records.writing() as connection:
        take_turn(connection)
        for before in [state_of(row) for row in connection.execute(asked)]:
            if done := _followed(before, frozen_for(connection, before.request_id), now):
                end(connection, before, done)
                count += 1
    return count


def frozen_for(connection: Connection, request_id: str) -> list[FreezeState]:
    """Return the freezes that execute an order, as they stand, the earliest first."""
    asked = select(FREEZES_NOW).where(FREEZES_NOW.c.request_id == request_id)
    ordered = asked.order_by(FREEZES_NOW.c.opened_at, FREEZES_NOW.c.freeze_id)
    return [freeze_of(row) for row in connection.execute(ordered)]


def _followed(before: RequestState, freezes: list[FreezeState], now: datetime) -> Ended | None:
    if not freezes or any(each.status == "requested" for each in freezes):
        return None
    placed = [each for each in freezes if each.placed_at is not None]
    ids = tuple(each.freeze_id for each in placed)
    if not placed and before.status != "waiting_approval":
        return None
    if not placed:
        words_of_it = "No freeze of it was approved."
        return Ended("freeze_dropped", SYSTEM, words_of_it, now, {"status": "answering", "freeze_ids": ()})
    changed = {"status": "executed", "outcome": "executed", "answered_at": now, "freeze_ids": ids}
    return Ended("executed", SYSTEM, "Its money is frozen.", now, changed, {"was": list(before.freeze_ids)})


def _executed(records: Records, request_id: str, freeze_id: str, actor: Actor) -> RequestState:
    with records.reading() as connection:
        state = found(connection, request_id, actor)
        refuse_unless(state, ("executed",))
        if freeze_id not in {each.freeze_id for each in frozen_for(connection, request_id)}:
            raise RequestError(f"{freeze_id} does not execute {request_id}.", to_do="Choose one that does.")
    return state


def _refuse_beyond(state: RequestState, ordered: OrderedAccount, freezes: list[FreezeState]) -> None:
    """Refuse to freeze what was not ordered."""
    if state.request_class != "freeze":
        raise RequestError(f"{state.request_id} orders no freeze.", to_do="Ask for a freeze of your own.")
    if ordered.account_id not in state.account_ids:
        raise RequestError(
            f"{state.request_id} does not name {ordered.account_id}.", possible=", ".join(state.account_ids)
        )
    asked = sum(each.amount_micro for each in freezes if each.status != "dropped")
    if state.amount_micro is not None and asked + ordered.amount_micro > state.amount_micro:
        left = (state.amount_micro - asked) / 1_000_000
        raise RequestError(
            f"{state.request_id} orders less.",
            possible=f"at most {left:,.6f} more",
            to_do="Freeze what was ordered, or ask for a freeze of your own beside it.",
        )
