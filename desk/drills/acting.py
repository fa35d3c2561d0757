"""Going through a drill: begun, each case shown, answered or skipped, paused, finished or abandoned.

    state = begin(records, drawn, actor, at)                       # D-4f0a91c2de
    state = show(records, state.drill_id, actor, evidence, at)     # the clock runs
    state = answer(records, state.drill_id, actor, given, at, place=state.place)
    state = abandon(records, state.drill_id, actor, at)

Only the trainee acts on a drill. Every step but the turning of pages (shown, paused) has a line of the audit
log, which names no case: whoever reads it while a drill runs learns nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from desk.actors import TRAIN, Actor, require
from desk.audit import Entry, record
from desk.cases.state import OUTCOMES
from desk.drills.drawing import Drawn
from desk.drills.marking import Mark, carrying, mark, skipped
from desk.drills.state import Answer, DrillError, DrillState, DrillStatus, Evidence
from desk.drills.steps import (
    DRILL_STEPS,
    Marked,
    append_step,
    details_of,
    marked_columns,
    state_columns,
    state_of,
)
from desk.people import require_here
from desk.records import Records
from desk.transactional import clock_of, take_turn


def begin(records: Records, drawn: Drawn, actor: Actor, at: datetime) -> DrillState:
    """Begin a drill with the cases that were drawn; `at` is the data's now.

    Raises RightError, and DrillError while another drill of the trainee runs.
    """
    require(actor, TRAIN)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        running = _running(connection, actor)
        if running is not None:
            raise DrillError("You are in a drill already.", to_do="Go on with it, or abandon it first.")
        state = DrillState(
            f"D-{uuid.uuid4().hex[:10]}", 1, actor.name, drawn.seed, drawn.cases, clock_of(connection)()
        )
        _write(connection, state, "started", actor, at, details={"notes": list(drawn.notes)})
        return state


def show(
    records: Records, drill_id: str, actor: Actor, evidence: Sequence[Evidence], at: datetime
) -> DrillState:
    """Put the case at hand on the screen with what it shows: its clock runs from here. Raises as `answer`."""
    with records.writing() as connection:
        before = _own(connection, drill_id, actor)
        if before.shown_at is not None:
            return before
        kept = before.evidence or carrying(evidence, before.case.truth)
        state = _next(before, shown_at=clock_of(connection)(), evidence=kept)
        _write(connection, state, "shown", actor, at, is_audited=False)
        return state


def pause(
    records: Records, drill_id: str, actor: Actor, at: datetime, seen_until: datetime | None = None
) -> DrillState:
    """Stop the clock of the case at hand; where somebody left without a word, at `seen_until` (wall clock).

    Raises as `answer` does.
    """
    with records.writing() as connection:
        before = _own(connection, drill_id, actor)
        if before.shown_at is None:
            return before
        spent = before.seconds(min(seen_until or clock_of(connection)(), clock_of(connection)()))
        state = _next(before, shown_at=None, spent_seconds=spent)
        _write(connection, state, "paused", actor, at, is_audited=False)
        return state


def answer(
    records: Records, drill_id: str, actor: Actor, given: Answer, at: datetime, *, place: int
) -> DrillState:
    """Decide the case at `place` and go on to the next; after the last one the drill is finished.

    Raises RightError, and DrillError for another's drill, one that is over, a case that is not at hand, and
    an answer that lacks its note, its typology or its evidence.
    """
    _check(given)
    return _leave(records, drill_id, actor, given, at, place)


def skip(records: Records, drill_id: str, actor: Actor, at: datetime, *, place: int) -> DrillState:
    """Leave the case at `place` without an answer, for no points, and go on. Raises as `answer` does."""
    return _leave(records, drill_id, actor, None, at, place)


def abandon(records: Records, drill_id: str, actor: Actor, at: datetime) -> DrillState:
    """End a drill before its last case; what was answered is kept. Raises as `answer` does."""
    with records.writing() as connection:
        before = _own(connection, drill_id, actor)
        state = _next(before, status="abandoned", shown_at=None, evidence=())
        _write(connection, state, "abandoned", actor, at)
        return state


def running(records: Records, actor: Actor) -> DrillState | None:
    """Return the drill that the actor is in; None when in none."""
    with records.reading() as connection:
        return _running(connection, actor)


def drill(records: Records, drill_id: str) -> DrillState:
    """Return a drill as it stands. Raises DrillError when there is none such."""
    with records.reading() as connection:
        return _there(connection, drill_id)


def _check(given: Answer) -> None:
    if given.outcome not in OUTCOMES:
        raise DrillError(f"There is no outcome {given.outcome!r}.", possible=", ".join(OUTCOMES))
    if (given.outcome == "confirmed") != bool(given.typology):
        raise DrillError(
            "A confirmed crime needs its kind, and nothing else has one.",
            to_do="Choose the kind of crime, or another outcome.",
        )
    if not given.note.strip():
        raise DrillError("This needs a note.", to_do="Say in a sentence why, as on a real case.")


def _leave(
    records: Records, drill_id: str, actor: Actor, given: Answer | None, at: datetime, place: int
) -> DrillState:
    with records.writing() as connection:
        before = _own(connection, drill_id, actor)
        if before.place != place:
            raise DrillError(
                f"Case {place} of this drill is decided already.", to_do="Go on with the case on the screen."
            )
        if given is not None and before.shown_at is None:
            raise DrillError("This case is not on the screen.", to_do="Show it, then decide.")
        seconds = before.seconds(clock_of(connection)())
        earned = skipped(seconds) if given is None else mark(given, before.case, before.evidence, seconds)
        return _left(connection, before, given, earned, actor, at)


def _left(
    connection: Connection,
    before: DrillState,
    given: Answer | None,
    earned: Mark,
    actor: Actor,
    at: datetime,
) -> DrillState:
    marked = Marked(before.case, given, earned)
    is_last = before.place == len(before.cases)
    status: DrillStatus = "finished" if is_last else "running"
    place = before.place if is_last else before.place + 1
    state = _next(before, status=status, place=place, shown_at=None, spent_seconds=0.0, evidence=())
    columns = marked_columns(marked) | {"details": details_of(before, marked)}
    words = "" if given is None else given.note
    _write(connection, state, "skipped" if given is None else "answered", actor, at, words=words, **columns)
    if not is_last:
        return state
    finished = _next(state)
    _write(connection, finished, "finished", actor, at)
    return finished


def _next(before: DrillState, **changes: Any) -> DrillState:
    return replace(before, version=before.version + 1, **changes)


def _there(connection: Connection, drill_id: str) -> DrillState:
    found = state_of(connection, drill_id)
    if found is None:
        raise DrillError(f"There is no drill {drill_id!r}.", to_do="Choose one from your history.")
    return found


def _own(connection: Connection, drill_id: str, actor: Actor) -> DrillState:
    """Return the running drill of the actor, in a transaction that has taken its turn."""
    require(actor, TRAIN)
    take_turn(connection)
    require_here(connection, actor)
    found = _there(connection, drill_id)
    if found.trainee != actor.name:
        raise DrillError(f"This is {found.trainee}'s drill.", to_do="Start one of your own.")
    if found.status != "running":
        raise DrillError(f"This drill is {found.status}.", to_do="Look at its result, or start another.")
    return found


def _running(connection: Connection, actor: Actor) -> DrillState | None:
    asked = select(DRILL_STEPS.c.drill_id).where(
        DRILL_STEPS.c.trainee == actor.name, DRILL_STEPS.c.action == "started"
    )
    for row in connection.execute(asked.order_by(DRILL_STEPS.c.number.desc()).limit(1)).all():
        found = _there(connection, row.drill_id)
        return found if found.status == "running" else None
    return None


def _write(
    connection: Connection,
    state: DrillState,
    action: str,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    details: dict[str, Any] | None = None,
    is_audited: bool = True,
    **columns: Any,
) -> None:
    row = {
        "at": at,
        "recorded_at": clock_of(connection)(),
        "actor": actor.name,
        "role": actor.role,
        "action": action,
        "reason": words.strip(),
        "details": details or {},
    }
    append_step(connection, row | state_columns(state) | columns)
    if is_audited:
        told = {"status": state.status, "place": state.place}
        record(connection, Entry(actor, action, "drill", state.drill_id, at, after=told, reason=words))
