"""The outbox of notices and what came of sending them: two tables that only grow.

A notice is written in the transaction of what it tells, so there is never one without the other; an attempt
is written after the other side answered, or did not. A notice stands as its newest attempt says.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Integer, String, Table, Text

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

OUTCOMES = ("sent", "failed", "given_up", "again")
CASE_NOTICES = Table(
    "case_notices",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the notice, in the order of writing."),
    Column("notice_id", String, nullable=False, unique=True, comment="What the receiver knows it by."),
    Column("at", DateTime, nullable=False, comment="The data's now when it came about, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock then, UTC."),
    Column("webhook", String, nullable=False, comment="Who is told, by the name in the configuration."),
    Column("what", String, nullable=False, comment="critical, escalated or breached."),
    Column("case_id", String, nullable=False, index=True, comment="The case it is about."),
    Column("channel", String, nullable=False, comment="Its channel."),
    Column("severity", String, nullable=False, comment="How severe the case was then."),
    Column("due_at", DateTime, nullable=False, comment="When it had to have ended, UTC."),
    Column("body", Text, nullable=False, comment="What is sent, JSON."),
    CheckConstraint("what IN ('critical', 'escalated', 'breached')", name="known_notice"),
    comment="What others are told about cases, each in the transaction of what it tells.",
    sqlite_autoincrement=True,
)
refuse_changes(CASE_NOTICES, "notice_id = NEW.notice_id")
NOTICE_ATTEMPTS = Table(
    "notice_attempts",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the attempt, in the order of writing."),
    Column("notice_id", String, nullable=False, comment="The notice."),
    Column("attempt", Integer, nullable=False, comment="Counts the rows of the notice from 1."),
    Column("tries", Integer, nullable=False, comment="How often it was tried since it was last asked for."),
    Column("tried_at", DateTime, nullable=False, comment="The wall clock, UTC."),
    Column("outcome", String, nullable=False, comment="sent, failed, given_up, or again: asked for anew."),
    Column("told", Text, nullable=False, comment="What the other side answered, or why it did not."),
    Column("next_at", DateTime, comment="When it is tried again, by the wall clock, UTC."),
    CheckConstraint("outcome IN ('sent', 'failed', 'given_up', 'again')", name="known_outcome"),
    Index("each_attempt_once", "notice_id", "attempt", unique=True),
    comment="What came of sending notices; the newest attempt of a notice says how it stands.",
    sqlite_autoincrement=True,
)
refuse_changes(NOTICE_ATTEMPTS, "notice_id = NEW.notice_id AND attempt = NEW.attempt")
