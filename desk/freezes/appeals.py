"""Appeals: a customer objects to a freeze, and another person than those who stood by it decides.

    file_appeal(records, "F-1", actor, "The customer sent the invoice", now)
    decide_appeal(records, "F-1", other, "The invoice is good", now, is_granted=True)

To grant is not yet to give back, which takes two people: a granted appeal asks for the release of all that no
authority ordered, and another person approves that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from desk.actors import CONFIRM_HOLD, RELEASE, SYSTEM, Actor, require
from desk.freezes.acting import ask_in
from desk.freezes.state import STOPPED, FreezeError, FreezeState
from desk.freezes.steps import FREEZE_STEPS, Step, append_steps, freezes_of
from desk.freezes.writing import Done, found
from desk.people import require_here
from desk.records import Records
from desk.transactional import take_turn

# Who did one of these stood by the freeze, and does not judge an objection to it.
STOOD_BY = ("requested", "applied", "confirmed", "reviewed")


def file_appeal(records: Records, freeze_id: str, actor: Actor, words: str, now: datetime) -> FreezeState:
    """Write down that the customer objects, with their words. Raises RightError, ActorError, FreezeError."""
    require(actor, RELEASE)
    _words(words, "what the customer says")
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        before = found(connection, freeze_id, actor)
        if before.status not in STOPPED or before.appeal == "filed":
            raise FreezeError(
                f"Nobody can object to {freeze_id} now.",
                possible="one objection at a time, while money is stopped",
                to_do="Look at what was done with it. Nothing was done.",
            )
        after = replace(before, version=before.version + 1, appeal="filed", appealed_at=now)
        append_steps(connection, [Step(before, after, "appealed", actor, words, now)])
    return after


def decide_appeal(
    records: Records, freeze_id: str, actor: Actor, reason: str, now: datetime, *, is_granted: bool
) -> FreezeState:
    """Say whether the objection holds: granted, with its release asked for, or the freeze upheld.

    Raises as `file_appeal` does, and LonelyError where nobody could approve the release.
    """
    require(actor, CONFIRM_HOLD)
    _words(reason, "a reason")
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        before = found(connection, freeze_id, actor)
        if before.appeal != "filed":
            raise FreezeError(f"No objection to {freeze_id} waits.", to_do="Write one down first.")
        if actor.name in _stood_by(connection, freeze_id):
            raise FreezeError(
                f"{actor.name} stood by this freeze: another person must look at the objection.",
                to_do="Ask a colleague. Nothing was done.",
            )
        answer = "granted" if is_granted else "upheld"
        after = replace(before, version=before.version + 1, appeal=answer)
        append_steps(connection, [Step(before, after, f"appeal_{answer}", actor, reason, now)])
        may_go = after.remaining_micro if after.kind == "order" else after.held_micro
        if not is_granted or may_go == 0:
            return after
        done = Done("release_asked", actor, reason, now, details={"is_wrongful": True})
        ask_in(connection, freeze_id, RELEASE, None, done)
        return freezes_of(connection, [freeze_id])[freeze_id]


def stood_by(records: Records, freeze_id: str) -> frozenset[str]:
    """Return the names of the people who asked for, confirmed or reviewed a freeze."""
    with records.reading() as connection:
        return _stood_by(connection, freeze_id)


def _stood_by(connection: Connection, freeze_id: str) -> frozenset[str]:
    steps = FREEZE_STEPS.c
    asked = select(steps.actor).where(steps.freeze_id == freeze_id, steps.action.in_(STOOD_BY))
    return frozenset(connection.execute(asked).scalars()) - {SYSTEM.name}


def _words(given: str, what: str) -> None:
    if not given.strip():
        raise FreezeError(f"This needs {what}.", to_do="Write it in a sentence.")
