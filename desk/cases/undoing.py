"""Taking back what was done last with a case: by whoever did it, and only where nothing came since.

    undo(records, "C-4f0a91c2de07", actor, at)
    undo_all(records, done.bulk_id, actor, at)      # of each case; and why not, where refused

The step stays; another one leads back to the state before it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, join, select

from data.errors import WatchfloorError
from desk.actors import Actor, require
from desk.audit import record_all
from desk.cases.acting import Done, entry, none_such
from desk.cases.endings import UNDOABLE
from desk.cases.state import CaseError, CaseState
from desk.cases.steps import CASE_STEPS, Step, append_steps, state_of, states_of
from desk.people import require_here
from desk.records import Records
from desk.transactional import take_turn


def undo(records: Records, case_id: str, actor: Actor, at: datetime) -> CaseState:
    """Take back the last step of a case: the one who did it, and only where nothing came since.

    Raises CaseError when the last step is another person's, or of a kind that is not taken back.
    """
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        asked = select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id)
        last = connection.execute(asked.order_by(CASE_STEPS.c.version.desc()).limit(2)).all()
        if not last:
            raise none_such(case_id)
        _may_undo(last[0], actor)
        return _write_undone(connection, [(last[0], last[1])], actor, at, None)[0]


def undo_all(records: Records, bulk_id: str, actor: Actor, at: datetime) -> Done:
    """Take back an action on many cases, of each case where nothing came since, and tell why not elsewhere.

    Raises ActorError when nobody acts.
    """
    require(actor)
    undone = f"B-{uuid.uuid4().hex[:10]}"
    refused: dict[str, str] = {}
    taken_back: list[tuple[Any, Any]] = []
    earlier = CASE_STEPS.alias()
    before = and_(earlier.c.case_id == CASE_STEPS.c.case_id, earlier.c.version == CASE_STEPS.c.version - 1)
    of_bulk = CASE_STEPS.c.bulk_id == bulk_id
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        done = connection.execute(select(CASE_STEPS).where(of_bulk).order_by(CASE_STEPS.c.number)).all()
        asked = select(earlier).select_from(join(CASE_STEPS, earlier, before)).where(of_bulk)
        stood = {row.case_id: row for row in connection.execute(asked)}
        now = states_of(connection, [row.case_id for row in done])
        for row in done:
            try:
                if now[row.case_id].version != row.version:
                    raise CaseError(f"Case {row.case_id} has changed since.")
                _may_undo(row, actor)
                taken_back.append((row, stood[row.case_id]))
            except WatchfloorError as error:
                refused[row.case_id] = error.what
        states = _write_undone(connection, taken_back, actor, at, undone)
    return Done(undone, states, refused)


def _may_undo(newest: Any, actor: Actor) -> None:
    """Refuse to take back the newest step (a row) of a case. Raises ActorError or CaseError."""
    require(actor)
    if newest.action not in UNDOABLE:
        raise CaseError(
            f"What was done last with case {newest.case_id} is not taken back: {newest.action}.",
            possible=", ".join(sorted(UNDOABLE)),
            to_do="Act on the case as it is; a closed one is reopened with a reason.",
        )
    require(actor, UNDOABLE[newest.action])
    if newest.actor != actor.name:
        raise CaseError(f"{newest.actor} did this, and only they take it back.")


def _write_undone(
    connection: Connection, rows: Sequence[tuple[Any, Any]], actor: Actor, at: datetime, bulk_id: str | None
) -> list[CaseState]:
    """Write for each newest step and the one before (rows) a step that leads back to the latter."""
    steps = [
        Step(
            replace(state_of(earlier), version=newest.version + 1),
            "undone",
            actor,
            f"Undid: {newest.action}",
            at,
            {"undoes": newest.version},
            bulk_id,
        )
        for newest, earlier in rows
    ]
    append_steps(connection, steps)
    lines = [entry(state_of(newest), step) for (newest, _), step in zip(rows, steps, strict=True)]
    record_all(connection, lines)
    return [step.state for step in steps]
