"""The table of case steps, the view of cases as they stand, and the queue that is an index over it.

    append_steps(connection, [Step(state, "paused", actor, "Asked the customer", at)])

A step carries the whole state after it, and (case, version) is there once: of two people who act on the same
version of a case, the database lets one in. `case_queue` holds the cases that need somebody, so that the next
one is found among these and not among all that ever were; it is written with the step, in one transaction,
and `queue_differs` says whether it still is what the steps lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    delete,
    event,
    insert,
    select,
    table,
    text,
)

from data.statement import read_statement
from desk.actors import Actor, require
from desk.append_only import refuse_changes, refuse_gaps
from desk.cases.endings import MOVES
from desk.cases.state import KINDS, LIVE, OUTCOMES, SEVERITIES, STATUSES, SUBJECTS, CaseState
from desk.channels.announcing import Notice, announce
from desk.channels.levels import due_at
from desk.transactional import AT_ONCE, TRANSACTIONAL, acted, clock_of, take_turn


def _one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in values)})"


_WITH_WORDS = tuple(move.action for move in MOVES if move.needs_words)
_IS_MERGED = text("merged_into IS NOT NULL")
CASE_STEPS = Table(
    "case_steps",
    TRANSACTIONAL,
    *acted("step"),
    Column("action", String, nullable=False, comment="What was done: opened, joined, taken, ..."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    Column("details", JSON, nullable=False, comment="What else belongs to the action, by name."),
    Column("bulk_id", String, index=True, comment="The action on many cases that it was part of."),
    Column("case_id", String, nullable=False, comment="The case: C-4f0a91c2de07."),
    Column("version", Integer, nullable=False, comment="How many steps the case has with this one."),
    Column("subject_kind", String, nullable=False, comment="What the case is about: account or ring."),
    Column("subject_id", String, nullable=False, comment="Which one."),
    Column("regions", JSON, nullable=False, comment="Regions of its accounts, a list."),
    Column("channel", String, nullable=False, comment="The regional channel whose queue it is in."),
    Column("kind", String, nullable=False, comment="fraud, identity, anomaly, ring or sanction."),
    Column("severity", String, nullable=False, comment="critical, high, medium or low."),
    Column("expected_loss_micro", BigInteger, nullable=False, comment="What may be lost, millionths."),
    Column("alerts", Integer, nullable=False, comment="Alerts that it holds."),
    Column("opened_at", DateTime, nullable=False, comment="When it was opened, UTC."),
    Column("status", String, nullable=False, comment="open, paused, closed, merged, withdrawn or lapsed."),
    Column("level", Integer, nullable=False, comment="How far it was escalated; 0: the desk's operators."),
    Column("holder", String, comment="Who has it in hand."),
    Column("lease_until", DateTime, comment="Until when, by the wall clock, UTC."),
    Column("assignee", String, comment="Who alone is offered it."),
    Column("first_look_at", DateTime, comment="When somebody first took it, UTC."),
    Column("paused_since", DateTime, comment="Since when its clock stands still, UTC."),
    Column("paused_until", DateTime, comment="When the pause ends by itself, UTC."),
    Column("paused_seconds", Integer, nullable=False, comment="Seconds of pauses that are over."),
    Column("outcome", String, comment="confirmed, false_positive or inconclusive."),
    Column("typology", String, comment="The kind of crime, where it is confirmed."),
    Column("loss_micro", BigInteger, comment="What was lost, millionths; NULL: not known."),
    Column("closed_at", DateTime, comment="When it ended, UTC."),
    Column("closed_by", String, comment="Who ended it."),
    Column("second_look", Boolean, nullable=False, comment="Drawn for a review by another person."),
    Column("reopened", Integer, nullable=False, comment="How often it was opened again."),
    Column("merged_into", String, comment="The case that it went on in."),
    CheckConstraint(_one_of("status", STATUSES), name="known_status"),
    CheckConstraint(_one_of("severity", SEVERITIES), name="known_severity"),
    CheckConstraint(_one_of("kind", KINDS), name="known_kind"),
    CheckConstraint(_one_of("subject_kind", SUBJECTS), name="known_subject"),
    CheckConstraint("length(trim(action)) > 0", name="something_done"),
    CheckConstraint(f"NOT {_one_of('action', _WITH_WORDS)} OR length(trim(reason)) > 0", name="with_words"),
    CheckConstraint("version > 0", name="counted_from_one"),
    CheckConstraint("holder IS NULL OR lease_until IS NOT NULL", name="held_until"),
    CheckConstraint(f"holder IS NULL OR {_one_of('status', LIVE)}", name="held_while_live"),
    CheckConstraint("(status = 'paused') = (paused_since IS NOT NULL)", name="paused_since_when"),
    CheckConstraint("status <> 'closed' OR outcome IS NOT NULL", name="closed_as_something"),
    CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', OUTCOMES)}", name="known_outcome"),
    CheckConstraint("(status = 'merged') = (merged_into IS NOT NULL)", name="merged_into_one"),
    CheckConstraint(f"closed_at IS NULL OR NOT {_one_of('status', LIVE)}", name="ended_once"),
    Index("each_version_once", "case_id", "version", unique=True),
    Index("steps_by_subject", "subject_kind", "subject_id"),
    # Almost no case is merged; who asks which were does not read the others.
    Index("steps_merged", "merged_into", sqlite_where=_IS_MERGED, postgresql_where=_IS_MERGED),
    comment="What was done with cases, one row a step, each with the case's state after it.",
    sqlite_autoincrement=True,
)
refuse_changes(CASE_STEPS, "case_id = NEW.case_id AND version = NEW.version")
refuse_gaps(CASE_STEPS, "case_id", "version")

CASE_QUEUE = Table(
    "case_queue",
    TRANSACTIONAL,
    Column("case_id", String, primary_key=True, comment="A case that needs somebody."),
    Column("version", Integer, nullable=False, comment="Its newest step."),
    Column("channel", String, nullable=False, comment="Its channel."),
    Column("severity_rank", Integer, nullable=False, comment="0 for critical, 3 for low."),
    Column("expected_loss_micro", BigInteger, nullable=False, comment="What may be lost, millionths."),
    Column("due_at", DateTime, nullable=False, comment="When it must have ended, UTC, pauses so far added."),
    Column("due_minute", BigInteger, nullable=False, comment="The same in minutes since 1970."),
    Column("level", Integer, nullable=False, comment="How far it was escalated."),
    Column("paused_until", DateTime, comment="Until when it is paused; NULL with is_paused: without end."),
    Column("is_paused", Boolean, nullable=False, comment="Its clock stands still."),
    Column("holder", String, comment="Who has it in hand."),
    Column("lease_until", DateTime, comment="Until when, by the wall clock, UTC."),
    Column("assignee", String, comment="Who alone is offered it."),
    Index("queue_by_channel", "channel", "severity_rank"),
    comment="The cases that need somebody: an index over the newest steps, written with them.",
)

_CREATE_VIEW = read_statement(Path(__file__).with_name("cases_now.sql")).sql
STATE_NAMES = tuple(each.name for each in fields(CaseState))
CASES_NOW = table(
    "cases_now",
    column("number", CASE_STEPS.c.number.type),
    *(column(name, CASE_STEPS.c[name].type) for name in STATE_NAMES),
)
_EPOCH = datetime(1970, 1, 1)


@event.listens_for(CASE_STEPS, "after_create")
def _create_view(_table: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(_CREATE_VIEW)


@dataclass(frozen=True, slots=True)
class Step:
    """One action on a case: the state after it, who did it and why, at the data's now (naive UTC).

    `recorded_at` is the wall clock of what was taken over from elsewhere; None: it is done now.
    """

    state: CaseState
    action: str
    actor: Actor
    reason: str
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    bulk_id: str | None = None
    recorded_at: datetime | None = None


def append_steps(connection: Connection, steps: Sequence[Step]) -> None:
    """Write steps, in their order, and have the queue follow; within `records.writing()`.

    Who is to be told of critical cases has that in the outbox, in the same transaction.

    Raises ActorError when nobody acts, and an error of sqlalchemy when a case has that version already, or
    not the one before.
    """
    # Numbers are given in turn, so that whoever reads on after the last one misses none.
    take_turn(connection)
    recorded_at = clock_of(connection)()
    for actor in {step.actor for step in steps}:
        require(actor)
    rows = [_row(step, recorded_at) for step in steps]
    newest = {step.state.case_id: step.state for step in steps}
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(CASE_STEPS), rows[start : start + AT_ONCE])
    _follow(connection, list(newest.values()))
    when = {step.state.case_id: step.at for step in steps}
    told = [state for state in newest.values() if state.is_live and state.severity == "critical"]
    announce(connection, [Notice("critical", state, when[state.case_id]) for state in told])


def _row(step: Step, recorded_at: datetime) -> dict[str, Any]:
    return {
        "at": step.at,
        "recorded_at": step.recorded_at or recorded_at,
        "actor": step.actor.name,
        "role": step.actor.role,
        "action": step.action,
        "reason": step.reason.strip(),
        "details": dict(step.details),
        "bulk_id": step.bulk_id,
        # `asdict` copies deep, which takes longer than the database does.
        **{name: getattr(step.state, name) for name in STATE_NAMES},
        "regions": list(step.state.regions),
    }


def _follow(connection: Connection, states: Sequence[CaseState]) -> None:
    for start in range(0, len(states), AT_ONCE):
        some = states[start : start + AT_ONCE]
        named = [state.case_id for state in some]
        connection.execute(delete(CASE_QUEUE).where(CASE_QUEUE.c.case_id.in_(named)))
        waiting = [queued(state) for state in some if state.is_live]
        if waiting:
            connection.execute(insert(CASE_QUEUE), waiting)


def queued(state: CaseState) -> dict[str, Any]:
    """Return the row of the queue that a live case has."""
    due = due_at(state)
    return {
        "case_id": state.case_id,
        "version": state.version,
        "channel": state.channel,
        "severity_rank": SEVERITIES.index(state.severity),
        "expected_loss_micro": state.expected_loss_micro,
        "due_at": due,
        "due_minute": int((due - _EPOCH).total_seconds() // 60),
        "level": state.level,
        "paused_until": state.paused_until,
        "is_paused": state.status == "paused",
        "holder": state.holder,
        "lease_until": state.lease_until,
        "assignee": state.assignee,
    }


def state_of(row: Any) -> CaseState:
    """Return the state that a row of `case_steps` or `cases_now` carries."""
    told = {name: getattr(row, name) for name in STATE_NAMES}
    return CaseState(**(told | {"regions": tuple(row.regions), "second_look": bool(row.second_look)}))


def states_of(connection: Connection, case_ids: Iterable[str]) -> dict[str, CaseState]:
    """Return the cases as they stand, by id; who is not there is left out."""
    named = list(dict.fromkeys(case_ids))
    found: dict[str, CaseState] = {}
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        for row in connection.execute(select(CASES_NOW).where(CASES_NOW.c.case_id.in_(some))):
            found[row.case_id] = state_of(row)
    return found


def requeue(connection: Connection) -> int:
    """Have the queue be what the steps lead to, where it is not, and return how many cases that were.

    For after a change of the configuration, by which cases are due at other times; within
    `records.writing()`, which has taken its turn.
    """
    differing = queue_differs(connection)
    for start in range(0, len(differing), AT_ONCE):
        some = differing[start : start + AT_ONCE]
        connection.execute(delete(CASE_QUEUE).where(CASE_QUEUE.c.case_id.in_(some)))
        waiting = [queued(state) for state in states_of(connection, some).values() if state.is_live]
        if waiting:
            connection.execute(insert(CASE_QUEUE), waiting)
    return len(differing)


def taken_up(connection: Connection, case_ids: Iterable[str]) -> dict[str, str]:
    """Return by case, those of `case_ids` and all that went on in them, in which of these it goes on."""
    newest = list(dict.fromkeys(case_ids))
    into = {case_id: case_id for case_id in newest}
    while newest:
        merged: dict[str, str] = {}
        for start in range(0, len(newest), AT_ONCE):
            asked = select(CASES_NOW.c.case_id, CASES_NOW.c.merged_into)
            some = asked.where(CASES_NOW.c.merged_into.in_(newest[start : start + AT_ONCE]))
            merged |= {row.case_id: into[row.merged_into] for row in connection.execute(some)}
        newest = [case_id for case_id in merged if case_id not in into]
        into |= {case_id: merged[case_id] for case_id in newest}
    return into


def queue_differs(connection: Connection) -> list[str]:
    """Return the ids of cases for which the queue is not what their steps lead to."""
    there = {row.case_id: dict(row._mapping) for row in connection.execute(select(CASE_QUEUE))}
    wanted = {state.case_id: queued(state) for state in _live(connection)}
    return sorted(
        case_id for case_id in there.keys() | wanted.keys() if there.get(case_id) != wanted.get(case_id)
    )


def _live(connection: Connection) -> list[CaseState]:
    return [
        state_of(row) for row in connection.execute(select(CASES_NOW).where(CASES_NOW.c.status.in_(LIVE)))
    ]
