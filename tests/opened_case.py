"""A case of the small exchange: the frozen withdrawal W1 of A1, opened when it happened, and what is done.

The desk of these tests has nobody named, so that every name may act; take the fixture `desked` with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import small_exchange

from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from desk.actors import SYSTEM, Actor
from desk.cases.acting import Doing, do
from desk.cases.alerts import Alert, append_alerts
from desk.cases.moves import Move
from desk.cases.opening import Subject, begun
from desk.cases.state import CaseState
from desk.cases.steps import Step, append_steps
from desk.transactional import take_turn

NOW = small_exchange.NOW
OPENED_AT = small_exchange.FROZEN_AT
ANA = Actor("Ana", "analyst")
OLGA = Actor("Olga", "desk_operator")
MICRO = 1_000_000


def alert(
    event_id: str, at: datetime, *, account: str = "A1", kind: str = "fraud", amount: int = 900
) -> Alert:
    """Return an alert of an event, of which nine tenths may be lost."""
    return Alert(
        f"{kind}:{event_id}", kind, account, event_id, None, at, 0.9, amount * MICRO,
        amount * MICRO * 9 // 10, "high", "freeze", "cis", "RU", "2 accounts used this device",
    )  # fmt: skip


def opened(account: str, alerts: Sequence[Alert], *, kind: str = "fraud", earlier: int = 0) -> CaseState:
    """Open a case about an account, as intake does, and return it."""
    state = begun(
        Subject("account", account, ("cis",), "high", {}),
        channel="cis",
        kind=kind,
        expected_loss_micro=sum(one.expected_loss_micro for one in alerts),
        alerts=len(alerts),
        at=alerts[0].at,
        earlier=earlier,
    )
    with desk_records().writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(state, "opened", SYSTEM, "Shared device", alerts[0].at)])
        append_alerts(connection, [(state.case_id, one) for one in alerts])
    follow()
    return state


def opened_w1() -> CaseState:
    """Open the case of the frozen withdrawal W1."""
    return opened("A1", [alert("W1", OPENED_AT)])


def done(
    case_id: str, move: Move, actor: Actor, words: str = "", at: datetime = NOW, dice: float = 1.0
) -> CaseState:
    """Do a move on a case and have the store follow; with a `dice` of 0 it is drawn for a second look."""
    after = do(desk_records(), Doing(case_id, move, actor, words, at), lambda: dice)
    follow()
    return after


def scene(actor: Actor = ANA) -> DeskScene:
    """Return the desk as a page draws it."""
    known = facts()
    assert known.now == NOW
    return DeskScene(known, NOW, actor, None)


def minutes_after(minutes: int) -> datetime:
    """Return a moment after W1."""
    return OPENED_AT + timedelta(minutes=minutes)
