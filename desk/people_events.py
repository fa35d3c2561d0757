"""Who joined, changed role or left: one row a change, in a table that only grows."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, Index, String, Table, Text, text

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

PEOPLE_EVENTS = Table(
    "people_events",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the change, in the order of writing."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
    Column("name", String, nullable=False, comment="Whom it is about."),
    Column("change", String, nullable=False, comment="joined, role_changed or left."),
    Column("role", String, nullable=False, comment="The role from then on; of one who left, the last."),
    Column("actor", String, nullable=False, comment="Who did it."),
    Column("actor_role", String, nullable=False, comment="In which role."),
    Column("reason", Text, nullable=False, comment="Why."),
    Column("approval_id", String, comment="The approval that it used up; NULL for the first people."),
    CheckConstraint("change IN ('joined', 'role_changed', 'left')", name="known_change"),
    CheckConstraint("length(trim(name)) > 0", name="person_has_a_name"),
    CheckConstraint("length(trim(reason)) > 0", name="change_has_a_reason"),
    Index("people_by_name", "name"),
    comment="Who joined, changed role or left, one row a change.",
    sqlite_autoincrement=True,
)
for _change in ("joined", "left"):
    _once = text(f"change = '{_change}'")
    Index(f"{_change}_once", PEOPLE_EVENTS.c.name, unique=True, sqlite_where=_once, postgresql_where=_once)
refuse_changes(PEOPLE_EVENTS, "name = NEW.name AND change = NEW.change AND change IN ('joined', 'left')")
