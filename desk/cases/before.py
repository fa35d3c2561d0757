"""Ring cases of before the desk: their table `case_events` is taken over once, into steps, when it is met.

Who opened and withdrew them, when and why, stays as it was; the old table is left where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, Integer, String, column, inspect, select, table

from desk.actors import SYSTEM, Actor
from desk.audit import Entry, record
from desk.cases.endings import Withdraw
from desk.cases.moves import Move, Note, Turn
from desk.cases.opening import Subject, begun
from desk.cases.state import CaseState
from desk.cases.steps import CASE_STEPS, Step, append_steps
from desk.channels.routing import channel_of
from desk.money import MICRO

_OLD = table(
    "case_events",
    column("number", Integer),
    *(column(name, String) for name in ("case_id", "actor", "role", "action", "reason")),
    *(column(name, String) for name in ("subject_kind", "subject_id", "severity")),
    *(column(name, DateTime) for name in ("at", "recorded_at")),
    *(column(name, JSON) for name in ("regions", "facts")),
)


def take_over(connection: Connection) -> int:
    """Write the cases of an old table that have no step yet, and return how many; 0 where there is no table.

    Within `records.writing()`, with the tables of the desk made.
    """
    if not inspect(connection).has_table(_OLD.name):
        return 0
    known = select(CASE_STEPS.c.case_id).where(CASE_STEPS.c.case_id == _OLD.c.case_id)
    found = connection.execute(select(_OLD).where(~known.exists()).order_by(_OLD.c.number)).all()
    states: dict[str, CaseState] = {}
    steps = []
    for row in found:
        steps.append(_step(row, states))
        states[row.case_id] = steps[-1].state
    append_steps(connection, steps)
    if steps:
        words = f"{len(states)} cases of before the desk"
        record(connection, Entry(SYSTEM, "took_over_cases", "records", _OLD.name, steps[-1].at, reason=words))
    return len(states)


def _step(row: Any, states: dict[str, CaseState]) -> Step:
    actor = Actor(row.actor, row.role)
    if row.action == "opened":
        state, details = _opened(row, states.values()), {"facts": row.facts}
        return Step(state, "opened", actor, row.reason, row.at, details, recorded_at=row.recorded_at)
    move: Move = Withdraw() if row.action == "withdrawn" else Note()
    state = move.after(states[row.case_id], Turn(actor, row.at, row.recorded_at))
    return Step(state, move.action, actor, row.reason, row.at, recorded_at=row.recorded_at)


def _opened(row: Any, earlier: Iterable[CaseState]) -> CaseState:
    opened = begun(
        Subject(row.subject_kind, row.subject_id, tuple(row.regions), row.severity, row.facts),
        channel=channel_of(row.regions[0] if row.regions else None),
        kind="ring",
        expected_loss_micro=round(float(row.facts.get("expected_loss") or 0) * MICRO),
        alerts=0,
        at=row.at,
        earlier=sum(state.subject_id == row.subject_id for state in earlier),
    )
    return replace(opened, case_id=row.case_id)
