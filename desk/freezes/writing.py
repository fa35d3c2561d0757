"""Writing a step of a freeze: with the transfer that it makes, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desk.actors import FREEZE, RELEASE, SEE_SECRET, SEIZE, SYSTEM, Actor, Right
from desk.acts import Act
from desk.freezes.moved import transfer_of
from desk.freezes.state import STOPPED, FreezeError, FreezeState
from desk.freezes.steps import Step, append_steps, freezes_of
from desk.ledger.posting import post
from desk.money import in_words
from desk.people import require_here
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, by whom, why, at the data's now, and the approval that it asked for or used up."""

    action: str
    actor: Actor
    reason: str
    at: datetime
    approval_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def write(connection: Connection, before: FreezeState | None, after: FreezeState, done: Done) -> FreezeState:
    """Write the step that leads to `after`, and what it moves in the ledger; return `after`, its version set.

    Raises LedgerError where the money is not there, or nobody approved.
    """
    after = replace(after, version=before.version + 1 if before else 1)
    step = Step(before, after, done.action, done.actor, done.reason, done.at, done.details, done.approval_id)
    transfer = transfer_of(step)
    moved = post(connection, [transfer]) if transfer else [None]
    append_steps(connection, [replace(step, transfer_id=moved[0])])
    return after


def stop(connection: Connection, before: FreezeState, done: Done, review_by: datetime) -> FreezeState:
    """Stop the money of a freeze that was asked for."""
    refuse_unless(before, ("requested",))
    after = replace(
        before,
        status="active",
        remaining_micro=before.amount_micro,
        ordered_micro=before.amount_micro if before.kind == "order" else 0,
        placed_at=done.at,
        confirmed_at=done.at,
        review_by=review_by,
    )
    return write(connection, before, after, done)


def move_out(
    connection: Connection, before: FreezeState, amount_micro: int, target: str, done: Done
) -> FreezeState:
    """Give back (released) or hand over (seized) money of a freeze; when nothing is left, it has ended so."""
    refuse_unless(before, STOPPED)
    source = source_of(before, amount_micro, target)
    after = replace(before, remaining_micro=before.remaining_micro - amount_micro)
    if source == "ordered":
        after = replace(after, ordered_micro=before.ordered_micro - amount_micro)
    if target == "released":
        after = replace(after, released_micro=before.released_micro + amount_micro)
    else:
        after = replace(after, seized_micro=before.seized_micro + amount_micro)
    if after.remaining_micro == 0:
        ended = "seized" if after.seized_micro else "released"
        after = replace(after, status=ended, ended_at=done.at, expires_at=None, review_by=None)
    if done.details.get("is_wrongful") is not None:
        after = replace(after, is_wrongful=bool(done.details["is_wrongful"]))
    return write(connection, before, after, done)


def source_of(state: FreezeState, amount_micro: int, target: str) -> str:
    """Return from which of a freeze's two places an amount goes out. Raises FreezeError where it cannot.

    What an authority ordered is not given back before the order ends, unless the freeze is that order; to an
    authority money goes from one place at a time, the ordered one first.
    """
    places = {"ordered": state.ordered_micro, "held": state.held_micro}
    if target == "released" and state.kind != "order":
        del places["ordered"]
    source = next((name for name, there in places.items() if 0 < amount_micro <= there), None)
    if source is None:
        most = " or ".join(f"{in_words(there)} that is {name}" for name, there in places.items() if there)
        raise FreezeError(
            f"{in_words(amount_micro)} cannot go out of {state.freeze_id}.",
            possible=f"more than nothing, at most the {most}" if most else "nothing: all of it is ordered",
            to_do="Name another amount. What is ordered is given back when the order has ended.",
        )
    return source


def act_of(right: Right, state: FreezeState, amount_micro: int, details: Mapping[str, Any]) -> Act:
    """Return the act that two people decide on; it is bound to the freeze, the amount and the details."""
    money = f"{in_words(amount_micro)} in {state.asset} of {state.account_id}"
    if details.get("to") == "ordered":
        words = f"Put {money} under the order {details['request_id']}"
    elif details.get("to") == "held":
        words = f"End the order on {money}; it stays held"
    else:
        verb = {FREEZE.name: "Freeze", RELEASE.name: "Give back", SEIZE.name: "Hand over"}[right.name]
        words = f"{verb} {money}" + (f" to {details['to_whom']}" if details.get("to_whom") else "")
    bound = {"account_id": state.account_id, "asset": state.asset, "kind": state.kind, **details}
    return Act(right.name, state.freeze_id, amount_micro, bound, words)


def found(connection: Connection, freeze_id: str, actor: Actor | None = None) -> FreezeState:
    """Return a freeze as it stands, to `actor` where one acts. Raises FreezeError where there is none.

    Who may not know of a secret freeze learns by no refusal that it is there.
    """
    state = freezes_of(connection, [freeze_id]).get(freeze_id)
    is_hidden = actor is not None and actor != SYSTEM and not actor.may(SEE_SECRET)
    if state is None or (state.is_secret and is_hidden):
        raise FreezeError(f"There is no freeze {freeze_id!r}.", to_do="Choose one from the page Freezes.")
    return state


def to_act_on(connection: Connection, freeze_id: str, actor: Actor, *statuses: str) -> FreezeState:
    """Return a freeze that one person may act on now. Raises ActorError and FreezeError."""
    take_turn(connection)
    require_here(connection, actor)
    before = found(connection, freeze_id, actor)
    refuse_unless(before, statuses)
    return before


def refuse_unless(state: FreezeState, statuses: Sequence[str]) -> None:
    """Refuse a freeze in any other status. Raises FreezeError."""
    if state.status not in statuses:
        raise FreezeError(
            f"{state.freeze_id} is {state.status}.",
            possible=f"of a freeze that is {' or '.join(statuses)}",
            to_do="Look at what was done with it. Nothing was done.",
        )


def require_words(given: str) -> None:
    """Refuse an act without words. Raises FreezeError."""
    if not given.strip():
        raise FreezeError("This needs words.", to_do="Say in a sentence why.")
