"""What people do with cases: one row an action in a table that only grows; the state of a case is a view.

    number = append(connection, CaseEvent(...))

A case is opened once and withdrawn at most once, which the database holds by unique indexes; so of many
processes that act at the same instant one is first and the others are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Index,
    String,
    Table,
    column,
    event,
    insert,
    table,
    text,
)

from data.statement import read_statement
from desk.actors import Actor, require
from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

Action = Literal["opened", "note", "withdrawn"]

CASE_EVENTS = Table(
    "case_events",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the event, in the order of writing."),
    Column("case_id", String, nullable=False, index=True, comment="The case: C-4f0a91c2de."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
    Column("actor", String, nullable=False, comment="Who did it."),
    Column("role", String, nullable=False, comment="In which role."),
    Column("action", String, nullable=False, comment="opened, note or withdrawn."),
    Column("subject_kind", String, nullable=False, comment="What the case is about: ring."),
    Column("subject_id", String, nullable=False, comment="Which one: the id of the ring."),
    Column("regions", JSON, nullable=False, comment="Regions of its accounts, a list."),
    Column("severity", String, nullable=False, comment="critical, high or medium, when it was opened."),
    Column("facts", JSON, nullable=False, comment="What was known of the subject then, by name."),
    Column("reason", String, nullable=False, comment="The words of whoever did it."),
    CheckConstraint("action IN ('opened', 'note', 'withdrawn')", name="known_action"),
    CheckConstraint("subject_kind IN ('ring')", name="known_subject"),
    CheckConstraint("length(trim(actor)) > 0", name="somebody_acts"),
    CheckConstraint("length(trim(reason)) > 0", name="with_a_reason"),
    Index("by_subject", "subject_kind", "subject_id"),
    comment="What people did with cases, one row an action; rows are never changed or removed.",
    sqlite_autoincrement=True,
)
for _action in ("opened", "withdrawn"):
    _once = text(f"action = '{_action}'")
    Index(f"{_action}_once", CASE_EVENTS.c.case_id, unique=True, sqlite_where=_once, postgresql_where=_once)
refuse_changes(
    CASE_EVENTS, "case_id = NEW.case_id AND action = NEW.action AND action IN ('opened', 'withdrawn')"
)
_CREATE_VIEW = read_statement(Path(__file__).with_name("case_states.sql")).sql


@event.listens_for(CASE_EVENTS, "after_create")
def _create_view(_table: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(_CREATE_VIEW)


CASE_STATES = table(
    "case_states",
    *(
        column(name, CASE_EVENTS.c[name].type)
        for name in ("number", "case_id", "subject_kind", "subject_id", "regions", "severity", "facts")
    ),
    *(column(name, DateTime) for name in ("opened_at", "recorded_at", "withdrawn_at")),
    *(column(name, String) for name in ("state", "note", "opened_by", "opened_as")),
    *(column(name, String) for name in ("withdrawn_by", "withdrawn_as", "withdrawn_because")),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about: its kind and id, its regions, how severe it is, and what is known of it."""

    kind: str
    subject_id: str
    regions: tuple[str, ...]
    severity: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One action on a case. `at` is the data's now, `recorded_at` the wall clock, both naive UTC."""

    case_id: str
    action: Action
    subject: Subject
    actor: Actor
    reason: str
    at: datetime
    recorded_at: datetime


def append(connection: Connection, done: CaseEvent) -> int:
    """Write one event and return its number.

    Raises ActorError when nobody acts, and sqlalchemy's IntegrityError when the case was opened or withdrawn
    already, or the reason is missing.
    """
    require(done.actor)
    written = connection.execute(
        insert(CASE_EVENTS).values(
            case_id=done.case_id,
            at=done.at,
            recorded_at=done.recorded_at,
            actor=done.actor.name,
            role=done.actor.role,
            action=done.action,
            subject_kind=done.subject.kind,
            subject_id=done.subject.subject_id,
            regions=list(done.subject.regions),
            severity=done.subject.severity,
            facts=dict(done.subject.facts),
            reason=done.reason.strip(),
        )
    )
    key = written.inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave the new event no number")
    return int(key[0])
