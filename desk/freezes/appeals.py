"""Appeals: a customer objects to a freeze, and a person who did not stop the money decides on it.

    appeal(records, freeze_id, "It is my salary", actor, now)
    state, asked = decide_appeal(records, freeze_id, "granted", other, "The employer confirms it", now)

An appeal that is granted proposes that the money is given back, so another person approves that; one that is
upheld leaves the freeze as it is, and the customer may object again with something new.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from desk.actors import CONFIRM_HOLD, RELEASE, Actor, require
from desk.acts import Approval
from desk.freezes.acting import ask_in
from desk.freezes.state import STOPPED, FreezeError, FreezeState
from desk.freezes.steps import FREEZE_STEPS
from desk.freezes.writing import Done, found, require_words, to_act_on, write
from desk.records import Records

Decided = Literal["granted", "upheld"]
# Who did one of these has a part in the freeze.
_STOPPED_IT = ("requested", "confirmed")


def appeal(records: Records, freeze_id: str, words: str, actor: Actor, now: datetime) -> FreezeState:
    """Write that a customer objects, in the customer's words, and return the freeze.

    Raises RightError, ActorError, and FreezeError without words, while an appeal waits, or where nothing was
    ever stopped.
    """
    require(actor, RELEASE)
    require_words(words)
    with records.writing() as connection:
        before = to_act_on(connection, freeze_id, actor, *STOPPED, "released", "seized")
        if before.appeal == "filed":
            raise FreezeError(
                f"An appeal against {freeze_id} waits already.",
                to_do="Decide on it, or add a note to its case.",
            )
        after = replace(before, appeal="filed", appealed_at=now)
        return write(connection, before, after, Done("appealed", actor, words, now))


def decide_appeal(
    records: Records, freeze_id: str, decided: Decided, actor: Actor, reason: str, now: datetime
) -> tuple[FreezeState, Approval | None]:
    """Decide on an appeal that waits; return the freeze, and where it is granted what waits for a second one.

    What an authority ordered stays stopped, whatever the customer says to the exchange. Raises RightError,
    ActorError, and FreezeError without a reason, an appeal, or where the actor stopped the money.
    """
    require(actor, CONFIRM_HOLD)
    require_words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, freeze_id, actor, *STOPPED, "released", "seized")
        _refuse_decision(connection, before, decided, actor)
        after = replace(before, appeal=decided)
        if decided == "granted" and not before.is_stopped:
            after = replace(after, is_wrongful=True)
        state = write(connection, before, after, Done("appeal_decided", actor, reason, now))
        may_go = state.remaining_micro if state.kind == "order" else state.held_micro
        if decided == "upheld" or not state.is_stopped or may_go == 0:
            return state, None
        done = Done("release_asked", actor, reason, now, details={"is_wrongful": True})
        asked = ask_in(connection, freeze_id, RELEASE, None, done)
        return found(connection, freeze_id), asked


def _refuse_decision(connection: Connection, before: FreezeState, decided: str, actor: Actor) -> None:
    if decided not in ("granted", "upheld"):
        raise FreezeError(
            f"An appeal is not {decided!r}.", possible="granted or upheld", to_do="Choose one of these."
        )
    if before.appeal != "filed":
        raise FreezeError(
            f"No appeal against {before.freeze_id} waits.", to_do="Write down first what the customer says."
        )
    steps = FREEZE_STEPS.c
    asked = select(steps.action).where(
        steps.freeze_id == before.freeze_id, steps.actor == actor.name, steps.action.in_(_STOPPED_IT)
    )
    if connection.execute(asked.limit(1)).first() is not None:
        raise FreezeError(
            f"{actor.name} stopped this money: somebody else decides on the appeal.",
            to_do="Ask a colleague who had no part in the freeze.",
        )
