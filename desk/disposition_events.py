"""The table of dispositions: what analysts say events turned out to be, in a table that only grows."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, String, Table

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

DISPOSITIONS = Table(
    "dispositions",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the disposition, in the order of writing."),
    Column("event_id", String, nullable=False, index=True, comment="The event."),
    Column("account_id", String, nullable=False, comment="Its account."),
    Column("occurred_at", DateTime, comment="When the event happened, UTC."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was said, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was said, UTC."),
    Column("actor", String, nullable=False, comment="Who said it."),
    Column("role", String, nullable=False, comment="In which role."),
    Column("outcome", String, nullable=False, comment="confirmed, false_positive or inconclusive."),
    Column("typology", String, comment="The kind of crime, where it is confirmed."),
    Column("note", String, nullable=False, comment="Why, in the words of whoever said it."),
    CheckConstraint("outcome IN ('confirmed', 'false_positive', 'inconclusive')", name="known_outcome"),
    CheckConstraint("length(trim(actor)) > 0", name="somebody_disposes"),
    CheckConstraint("length(trim(note)) > 0", name="disposed_with_a_note"),
    comment="What analysts say events turned out to be; the newest of an event counts; rows never change.",
    sqlite_autoincrement=True,
)
refuse_changes(DISPOSITIONS)
