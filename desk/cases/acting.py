"""Acting on cases: one door for every move, of one case or of many, each with its line of the audit log.

    do(records, Doing("C-4f0a91c2de", Pause(), actor, "Asked the customer", at, seen=7))
    do_all(records, ids, Assign("Olga"), actor, "Night shift", at)   # and why not, where refused
    undo(records, "C-4f0a91c2de", actor, at)                          # the last step, if nothing came since

A move on a version that is not the newest is refused with what happened meanwhile; a case in another
person's hands is refused with the name. All that write take turns, so of two at the same instant one is told.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from data.errors import WatchfloorError
from desk.actors import SYSTEM, Actor, require
from desk.audit import Entry, record_all
from desk.cases.disposing import write_labels
from desk.cases.endings import Dispose
from desk.cases.moves import Escalate, Move, Turn
from desk.cases.state import CaseError, CaseState, HeldError, StaleError
from desk.cases.steps import CASE_STEPS, Step, append_steps, state_of, states_of
from desk.channels.in_force import channels_in_force
from desk.records import Records
from desk.transactional import clock_of, take_turn

# What a step is compared by in the audit log.
_AUDITED = ("status", "severity", "level", "channel", "holder", "assignee", "outcome", "typology")


@dataclass(frozen=True, slots=True)
class Doing:
    """A move on a case by somebody: with which words, at the data's now, having read which version."""

    case_id: str
    move: Move
    actor: Actor
    words: str
    at: datetime
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a move on many cases: its id, the states after it, and by case why it was refused."""

    bulk_id: str
    states: Sequence[CaseState]
    refused: Mapping[str, str]


def do(records: Records, doing: Doing) -> CaseState:
    """Do a move and return the case after it.

    Raises RightError when the actor may not, HeldError when another person has the case in hand, StaleError
    when somebody acted on it since `seen`, CaseError when it is in no state for it or words are missing.
    """
    _may(doing.actor, doing.move, doing.words)
    with records.writing() as connection:
        take_turn(connection)
        return do_in(connection, doing)


def do_in(connection: Connection, doing: Doing) -> CaseState:
    """Do a move within the caller's transaction, which has taken its turn. Raises as `do` does."""
    _may(doing.actor, doing.move, doing.words)
    before = states_of(connection, [doing.case_id]).get(doing.case_id)
    if before is None:
        raise CaseError(f"There is no case {doing.case_id!r}.", to_do="Choose one from the queue.")
    _is_up_to_date(connection, before, doing)
    after = _moved(connection, before, doing)
    _write(connection, [(before, after, doing)], None)
    return after


def do_all(
    records: Records, case_ids: Sequence[str], move: Move, actor: Actor, words: str, at: datetime
) -> Done:
    """Do one move on many cases, each with its own line of the audit log; those refused are told and left.

    All of it is one transaction. Raises RightError, and CaseError without words.
    """
    _may(actor, move, words)
    bulk_id = f"B-{uuid.uuid4().hex[:10]}"
    refused: dict[str, str] = {}
    moved: list[tuple[CaseState, CaseState, Doing]] = []
    with records.writing() as connection:
        take_turn(connection)
        there = states_of(connection, case_ids)
        for case_id in dict.fromkeys(case_ids):
            doing = Doing(case_id, move, actor, words, at)
            before = there.get(case_id)
            if before is None:
                refused[case_id] = "There is no such case."
                continue
            try:
                moved.append((before, _moved(connection, before, doing), doing))
            except WatchfloorError as error:
                refused[case_id] = error.what
        _write(connection, moved, bulk_id)
    return Done(bulk_id, [after for _, after, _ in moved], refused)


def by_rule(
    connection: Connection, moves: Sequence[tuple[CaseState, Escalate, str]], at: datetime
) -> list[CaseState]:
    """Raise cases as rules of the configuration say, as the program itself, and return them after it.

    Within the caller's transaction, which has taken its turn; a case that somebody has in hand is left. The
    program holds no right: this is all that it does with a case by itself, and only by a rule that is there.

    Raises CaseError for an escalation by no rule of the configuration in force.
    """
    named = {rule.name for rule in channels_in_force().rules}
    moved = []
    for before, move, words in moves:
        if move.rule not in named:
            raise CaseError("The program escalates by rule only.", possible=", ".join(sorted(named)))
        doing = Doing(before.case_id, move, SYSTEM, words, at)
        with suppress(HeldError):
            moved.append((before, _moved(connection, before, doing), doing))
    if moved:
        _write(connection, moved, None)
    return [after for _, after, _ in moved]


def _may(actor: Actor, move: Move, words: str) -> None:
    require(actor, move.right)
    if move.needs_words and not words.strip():
        raise CaseError("This needs a note.", to_do="Say in a sentence why.")


def _is_up_to_date(connection: Connection, before: CaseState, doing: Doing) -> None:
    if not doing.move.needs_fresh or doing.seen is None or doing.seen == before.version:
        return
    asked = select(CASE_STEPS.c.action, CASE_STEPS.c.actor, CASE_STEPS.c.reason).where(
        CASE_STEPS.c.case_id == before.case_id, CASE_STEPS.c.version > doing.seen
    )
    told = [
        f"{row.actor}: {row.action}{f' ({row.reason})' if row.reason else ''}"
        for row in connection.execute(asked.order_by(CASE_STEPS.c.version))
        if (row.action, row.actor) != ("taken", doing.actor.name)
    ]
    if told:
        raise StaleError(
            f"Case {before.case_id} has changed since you read it: {'; '.join(told)}.",
            where=f"you read version {doing.seen}, it is at {before.version}",
            to_do="Look at it again, then decide. What you wrote is kept on the screen.",
        )


def _moved(connection: Connection, before: CaseState, doing: Doing) -> CaseState:
    move, recorded_at = doing.move, clock_of(connection)()
    if before.status not in move.allowed:
        raise CaseError(
            f"Case {before.case_id} is {before.status}: it cannot be {move.action.replace('_', ' ')}.",
            possible=f"cases that are {' or '.join(move.allowed)}",
            to_do="Look at it again.",
        )
    holder = before.held_by(recorded_at)
    if move.needs_hands and holder is not None and holder != doing.actor.name:
        raise HeldError(
            f"{holder} has case {before.case_id} in hand.",
            to_do="Take the next one, ask them, or have a desk lead release it.",
        )
    return move.after(before, Turn(doing.actor, doing.at, recorded_at))


def _write(
    connection: Connection, moved: Sequence[tuple[CaseState, CaseState, Doing]], bulk_id: str | None
) -> None:
    steps = [
        Step(after, doing.move.action, doing.actor, doing.words, doing.at, doing.move.details, bulk_id)
        for _, after, doing in moved
    ]
    append_steps(connection, steps)
    disposed = [
        (after, doing.move, doing.actor, doing.words, doing.at)
        for _, after, doing in moved
        if isinstance(doing.move, Dispose)
    ]
    write_labels(connection, disposed)
    record_all(connection, [entry(before, step) for (before, _, _), step in zip(moved, steps, strict=True)])


def entry(before: CaseState | None, step: Step) -> Entry:
    """Return the line of the audit log for a step: what of the case was changed, before and after."""
    after = step.state
    changed = [name for name in _AUDITED if before is None or getattr(before, name) != getattr(after, name)]
    return Entry(
        step.actor,
        step.action,
        "case",
        after.case_id,
        step.at,
        before=None if before is None else {name: getattr(before, name) for name in changed},
        after={name: getattr(after, name) for name in changed}
        | ({} if step.bulk_id is None else {"bulk_id": step.bulk_id}),
        reason=step.reason,
    )


def undo(records: Records, case_id: str, actor: Actor, at: datetime) -> CaseState:
    """Take back the last step of a case: the one who did it, and only where nothing came since.

    Raises CaseError when the last step is another person's, or of a kind that is not taken back.
    """
    with records.writing() as connection:
        take_turn(connection)
        return _undo_in(connection, case_id, actor, at, None)


def undo_all(records: Records, bulk_id: str, actor: Actor, at: datetime) -> Done:
    """Take back an action on many cases, of each case where nothing came since. Raises nothing else."""
    refused: dict[str, str] = {}
    states: list[CaseState] = []
    undone = f"B-{uuid.uuid4().hex[:10]}"
    with records.writing() as connection:
        take_turn(connection)
        asked = select(CASE_STEPS.c.case_id, CASE_STEPS.c.version).where(CASE_STEPS.c.bulk_id == bulk_id)
        for row in connection.execute(asked).all():
            try:
                states.append(_undo_in(connection, row.case_id, actor, at, undone, row.version))
            except WatchfloorError as error:
                refused[row.case_id] = error.what
    return Done(undone, states, refused)


def _undo_in(
    connection: Connection,
    case_id: str,
    actor: Actor,
    at: datetime,
    bulk_id: str | None,
    version: int | None = None,
) -> CaseState:
    asked = select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id)
    last = connection.execute(asked.order_by(CASE_STEPS.c.version.desc()).limit(2)).all()
    if len(last) < 2 or (version is not None and last[0].version != version):
        raise CaseError(f"Case {case_id} has changed since.", to_do="Look at it, and act on it as it is.")
    newest, earlier = last
    undoable = {move.action for move in _moves() if move.can_be_undone}
    if newest.action not in undoable:
        raise CaseError(
            f"What was done last with case {case_id} is not taken back: {newest.action}.",
            possible=", ".join(sorted(undoable)),
            to_do="Act on the case as it is; a closed one is reopened with a reason.",
        )
    if newest.actor != actor.name:
        raise CaseError(f"{newest.actor} did this, and only they take it back.")
    require(actor)
    state = replace(state_of(earlier), version=newest.version + 1)
    step = Step(state, "undone", actor, f"Undid: {newest.action}", at, {"undoes": newest.version}, bulk_id)
    append_steps(connection, [step])
    record_all(connection, [entry(state_of(newest), step)])
    return state


def _moves() -> list[type[Move]]:
    found: list[type[Move]] = []
    left = [Move]
    while left:
        kinds = left.pop().__subclasses__()
        found += kinds
        left += kinds
    return found
