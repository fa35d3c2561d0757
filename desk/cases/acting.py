"""Acting on cases: one door for every move, of one case or of many, each with its line of the audit log.

    do(records, Doing("C-4f0a91c2de07", Pause(), actor, "Asked the customer", at, seen=7))
    do_all(records, ids, Assign("Olga"), actor, "Night shift", at)   # and why not, where refused

A move on a version that is not the newest is refused with what happened meanwhile; a case in another
person's hands is refused with the name. All that write take turns, so of two at the same instant one is told.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, select

from data.errors import WatchfloorError
from desk.actors import Actor, require
from desk.audit import Entry, record_all
from desk.cases.disposing import write_labels
from desk.cases.endings import Dispose, Reopen, Review
from desk.cases.moves import Assign, Hand, Move, Turn
from desk.cases.second_look import DICE, Dice, drawn
from desk.cases.state import MOST_WORDS, SUBJECTS, CaseError, CaseState, HeldError, StaleError, in_short
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, Step, append_steps, states_of
from desk.channels.in_force import channels_in_force
from desk.people import people_in, require_here
from desk.records import Records
from desk.transactional import AT_ONCE, clock_of, take_turn

# What a step is compared by in the audit log.
_SubjectKey = tuple[str, str]
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


def do(records: Records, doing: Doing, dice: Dice = DICE) -> CaseState:
    """Do a move and return the case after it; `dice` draw whether a disposition is looked at again.

    Raises RightError when the actor may not, HeldError when another person has the case in hand, StaleError
    when somebody acted on it since `seen`, CaseError when it is in no state for it or words are missing.
    """
    _may(doing.actor, doing.move, doing.words)
    with records.writing() as connection:
        take_turn(connection)
        return do_in(connection, doing, dice)


def do_in(connection: Connection, doing: Doing, dice: Dice = DICE) -> CaseState:
    """Do a move within the caller's transaction, which has taken its turn. Raises as `do` does."""
    _may(doing.actor, doing.move, doing.words)
    require_here(connection, doing.actor)
    _goes_somewhere(connection, doing.move)
    before = states_of(connection, [doing.case_id]).get(doing.case_id)
    if before is None:
        raise none_such(doing.case_id)
    _is_up_to_date(connection, before, doing)
    doing = replace(doing, move=drawn(doing.move.against(before), dice))
    after = moved_by(connection, before, doing)
    _begins_alone(before, after, _with_a_case(connection, doing.move, [before]))
    write_moves(connection, [(before, after, doing)], None)
    return after


def do_all(
    records: Records,
    case_ids: Sequence[str],
    move: Move,
    actor: Actor,
    words: str,
    at: datetime,
    *,
    seen: Mapping[str, int] | None = None,
    bulk_id: str | None = None,
    dice: Dice = DICE,
) -> Done:
    """Do one move on many cases, each with its own line of the audit log; those refused are told and left.

    All of it is one transaction; with the `bulk_id` of an earlier one, the two are undone together. `seen` is
    the version of each case that the actor read. Raises RightError, and CaseError without words.
    """
    _may(actor, move, words)
    bulk_id = bulk_id or f"B-{uuid.uuid4().hex[:10]}"
    read = seen or {}
    refused: dict[str, str] = {}
    moved: list[tuple[CaseState, CaseState, Doing]] = []
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        _goes_somewhere(connection, move)
        there = states_of(connection, case_ids)
        busy = _with_a_case(connection, move, there.values())
        for case_id in dict.fromkeys(case_ids):
            before = there.get(case_id)
            if before is None:
                refused[case_id] = "There is no such case."
                continue
            doing = Doing(case_id, drawn(move.against(before), dice), actor, words, at, read.get(case_id))
            try:
                _is_up_to_date(connection, before, doing)
                after = moved_by(connection, before, doing)
                _begins_alone(before, after, busy)
            except WatchfloorError as error:
                refused[case_id] = error.what
            else:
                moved.append((before, after, doing))
        write_moves(connection, moved, bulk_id)
    return Done(bulk_id, [after for _, after, _ in moved], refused)


def _may(actor: Actor, move: Move, words: str) -> None:
    require(actor, move.right)
    if move.needs_words and not words.strip():
        raise CaseError("This needs a note.", to_do="Say in a sentence why.")
    if len(words) > MOST_WORDS:
        raise CaseError(
            f"The note has {len(words):,} characters.",
            possible=f"up to {MOST_WORDS:,}",
            to_do="Say it shorter, or add the whole as a file.",
        )
    move.check()


def _goes_somewhere(connection: Connection, move: Move) -> None:
    """Refuse to keep a case for a person or a channel that is not here: nobody would get it.

    Where nobody was named, any name will do for a person.
    """
    if isinstance(move, Hand) and move.channel not in (channels := channels_in_force().channels):
        raise CaseError(f"There is no channel {move.channel!r}.", possible=", ".join(channels))
    if not isinstance(move, Assign) or move.to is None:
        return
    here = [someone.name for someone in people_in(connection)]
    if here and move.to not in here:
        raise CaseError(f"There is no person {move.to!r} here.", possible=", ".join(here))


def _is_up_to_date(connection: Connection, before: CaseState, doing: Doing) -> None:
    if not doing.move.needs_fresh or doing.seen is None or doing.seen == before.version:
        return
    asked = select(CASE_STEPS.c.action, CASE_STEPS.c.actor, CASE_STEPS.c.reason).where(
        CASE_STEPS.c.case_id == before.case_id, CASE_STEPS.c.version > doing.seen
    )
    told = [
        f"{row.actor}: {row.action}{f' ({in_short(row.reason)})' if row.reason else ''}"
        for row in connection.execute(asked.order_by(CASE_STEPS.c.version))
        if (row.action, row.actor) != ("taken", doing.actor.name)
    ]
    if told:
        raise StaleError(
            f"Case {before.case_id} has changed since you read it: {'; '.join(told)}.",
            where=f"you read version {doing.seen}, it is at {before.version}",
            to_do="Look at it again, then decide. What you wrote is kept on the screen.",
        )


def moved_by(connection: Connection, before: CaseState, doing: Doing) -> CaseState:
    """Return a case after a move on it, not written. Raises CaseError where it cannot be, HeldError."""
    move, recorded_at = doing.move, clock_of(connection)()
    if before.status not in move.allowed:
        raise CaseError(
            f"Case {before.case_id} is {_standing(before)}: it cannot be {move.action.replace('_', ' ')}.",
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


def _standing(state: CaseState) -> str:
    if state.closed_at is None:
        return state.status
    return f"{state.status} (by {state.closed_by}, {state.closed_at:%Y-%m-%d %H:%M} UTC)"


def _with_a_case(connection: Connection, move: Move, states: Iterable[CaseState]) -> set[_SubjectKey]:
    """Return those of the subjects of `states` that have a live case, where `move` opens cases again."""
    if not isinstance(move, Reopen | Review):
        return set()
    named = sorted({state.subject_id for state in states})
    found: set[_SubjectKey] = set()
    steps, waiting = CASE_STEPS.c, CASE_QUEUE.c
    for start in range(0, len(named), AT_ONCE):
        asked = select(steps.subject_kind, steps.subject_id).join(
            CASE_QUEUE, and_(waiting.case_id == steps.case_id, waiting.version == steps.version)
        )
        some = asked.where(
            steps.subject_kind.in_(SUBJECTS), steps.subject_id.in_(named[start : start + AT_ONCE])
        )
        found |= {(row.subject_kind, row.subject_id) for row in connection.execute(some)}
    return found


def _begins_alone(before: CaseState, after: CaseState, busy: set[_SubjectKey]) -> None:
    """Refuse to open a case again beside a live one of its subject; else it is live from here on."""
    if before.is_live or not after.is_live:
        return
    subject = (after.subject_kind, after.subject_id)
    if subject in busy:
        raise CaseError(
            f"Another case about {after.subject_kind} {after.subject_id} is open.", to_do="Act on that one."
        )
    busy.add(subject)


def write_moves(
    connection: Connection, moved: Sequence[tuple[CaseState, CaseState, Doing]], bulk_id: str | None
) -> None:
    """Write moves (the case before and after each) with their labels and lines of the audit log."""
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


def none_such(case_id: str) -> CaseError:
    """Return the error that says that there is no such case."""
    return CaseError(f"There is no case {case_id!r}.", to_do="Choose one from the queue.")
