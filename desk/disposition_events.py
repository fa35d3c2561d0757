"""The table of dispositions: what analysts say events turned out to be, in a table that only grows."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, String, Table

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

DISPOSITIONS = Table(
    "dispositions",
    TRANSACTIONAL,
    *acted("disposition"),
    Column("event_id", String, nullable=False, index=True, comment="The event."),
    Column("account_id", String, nullable=False, comment="Its account."),
    Column("occurred_at", DateTime, comment="When the event happened, UTC."),
    Column("outcome", String, nullable=False, comment="confirmed, false_positive or inconclusive."),
    Column("typology", String, comment="The kind of crime, where it is confirmed."),
    Column("note", String, nullable=False, comment="Why, in the words of whoever said it."),
    CheckConstraint("outcome IN ('confirmed', 'false_positive', 'inconclusive')", name="known_outcome"),
    CheckConstraint("length(trim(note)) > 0", name="disposed_with_a_note"),
    comment="What analysts say events turned out to be; the newest of an event counts; rows never change.",
    sqlite_autoincrement=True,
)
refuse_changes(DISPOSITIONS)
